"""The steps that a record takes: each asked for with its consequence in words, some with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.accounts.access import Actor, actor, allowed
from summitry.accounts.models import Role
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.outcomes import actions, rules
from summitry.outcomes.access import KEEPERS
from summitry.outcomes.forms import AgreementForm, LevelForm, ReasonForm, StepForm
from summitry.outcomes.forms.fields import refuse
from summitry.outcomes.kinds import PartyRole, Workflow
from summitry.outcomes.models import Commitment
from summitry.outcomes.models.vocabulary import Confidentiality
from summitry.outcomes.queries import CommitmentStory
from summitry.outcomes.views.common import obtained, page, refused
from summitry.outcomes.views.shown import Words, typed_into
from summitry.records import RefusedError
from summitry.ui.htmx import go

Take = Callable[[Commitment, Mapping[str, Any], Actor], object]
#: Who follows outcomes up, and who does what is secret.
KEEPING: Final = (*KEEPERS, Role.PROTOCOL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A step as it is asked for.

    Attributes
    ----------
    label
        The button, and the heading of its page.
    consequence
        What follows from it.
    done
        What is said when it is taken.
    verb
        What the policy calls it.
    is_main
        Whether it is what comes next.
    at_once
        Whether its button takes it without a page in between.
    """

    label: Words
    consequence: Words
    done: Words
    verb: str
    take: Take
    form: type[StepForm] = StepForm
    is_main: bool = False
    at_once: bool = False
    is_danger: bool = False


_STEPS: Final[Mapping[str, Asked]] = {
    "submit": Asked(
        label=gettext_lazy("Lay before the parties"),
        consequence=gettext_lazy(
            "Each party's focal point sees it and confirms it or asks for a change; it counts as agreed when all have confirmed."
        ),
        done=gettext_lazy("It lies before the parties now."),
        verb="submit_commitment",
        take=lambda one, _typed, who: actions.submit_commitment(commitment=one, by=who),
        is_main=True,
    ),
    "recall": Asked(
        label=gettext_lazy("Take back"),
        consequence=gettext_lazy(
            "The parties no longer see it, and what they answered so far no longer counts."
        ),
        done=gettext_lazy("It is a draft again."),
        verb="recall_commitment",
        take=lambda one, _typed, who: actions.recall_commitment(commitment=one, by=who),
    ),
    "agree": Asked(
        label=gettext_lazy("Agreed elsewhere"),
        consequence=gettext_lazy(
            "For what was agreed where not all parties are at this edition to confirm it. It counts as agreed from that day."
        ),
        done=gettext_lazy("Noted as agreed."),
        verb="note_agreement",
        take=lambda one, typed, who: actions.note_agreement(
            commitment=one, on=typed["on"], elsewhere=typed["elsewhere"], by=who
        ),
        form=AgreementForm,
    ),
    "reject": Asked(
        label=gettext_lazy("Reject"),
        consequence=gettext_lazy("It is put away as no commitment, with the reason; it can still be read."),
        done=gettext_lazy("It is put away."),
        verb="reject_commitment",
        take=lambda one, typed, who: actions.reject_commitment(
            commitment=one, reason=typed["reason"], by=who
        ),
        form=ReasonForm,
        is_danger=True,
    ),
    "correct": Asked(
        label=gettext_lazy("Correct"),
        consequence=gettext_lazy(
            "It no longer counts as agreed, and is no longer published, until the parties confirm the corrected text. All wordings and reports are kept."
        ),
        done=gettext_lazy("It can be corrected now; then lay it before the parties."),
        verb="correct_commitment",
        take=lambda one, typed, who: actions.correct_commitment(
            commitment=one, reason=typed["reason"], by=who
        ),
        form=ReasonForm,
        is_danger=True,
    ),
    "clear": Asked(
        label=gettext_lazy("Clear for publication"),
        consequence=gettext_lazy("The press may use it, and it can be published."),
        done=gettext_lazy("Cleared."),
        verb="clear_commitment",
        take=lambda one, _typed, who: actions.clear_outcome(outcome=one, by=who),
    ),
    "unclear": Asked(
        label=gettext_lazy("Withdraw the clearance"),
        consequence=gettext_lazy("The press no longer sees it."),
        done=gettext_lazy("No longer cleared."),
        verb="clear_commitment",
        take=lambda one, _typed, who: actions.clear_outcome(outcome=one, by=who, withdraw=True),
    ),
    "publish": Asked(
        label=gettext_lazy("Publish"),
        consequence=gettext_lazy(
            "Everybody can read it from now on. It is done after the conference, once the host has told the parties."
        ),
        done=gettext_lazy("Published."),
        verb="publish_commitment",
        take=lambda one, _typed, who: actions.publish_commitment(commitment=one, by=who),
        is_main=True,
    ),
    "unpublish": Asked(
        label=gettext_lazy("Withdraw from publication"),
        consequence=gettext_lazy("It stays agreed and cleared, but is no longer shown to everybody."),
        done=gettext_lazy("No longer published."),
        verb="unpublish_commitment",
        take=lambda one, typed, who: actions.unpublish_commitment(
            commitment=one, reason=typed["reason"], by=who
        ),
        form=ReasonForm,
    ),
    "close": Asked(
        label=gettext_lazy("Close"),
        consequence=gettext_lazy(
            "The host approves that it is completed (or cancelled): no report is asked for any more."
        ),
        done=gettext_lazy("Closed."),
        verb="close_commitment",
        take=lambda one, _typed, who: actions.close_commitment(commitment=one, by=who),
        is_main=True,
    ),
    "reopen": Asked(
        label=gettext_lazy("Open again"),
        consequence=gettext_lazy("It is agreed and open again, and reports are asked for."),
        done=gettext_lazy("Open again."),
        verb="reopen_commitment",
        take=lambda one, typed, who: actions.reopen_commitment(
            commitment=one, reason=typed["reason"], by=who
        ),
        form=ReasonForm,
    ),
    "level": Asked(
        label=gettext_lazy("Change who may know"),
        consequence=gettext_lazy("What is made less public is no longer cleared."),
        done=gettext_lazy("Changed."),
        verb="set_confidentiality",
        take=lambda one, typed, who: actions.set_confidentiality(outcome=one, level=typed["level"], by=who),
        form=LevelForm,
    ),
}
#: Steps that are no change of the record's state, or are called otherwise among the rules.
_OWN_CONDITIONS: Final = frozenset({"agree", "clear", "unclear", "level"})


@dataclass(frozen=True, slots=True)
class Offered:
    """A step that can be taken now."""

    label: Words
    url: str
    is_main: bool


def offered_steps(
    edition: Edition, found: Commitment, story: CommitmentStory, *, keeper: bool
) -> list[Offered]:
    """Return the steps that a keeper can take now, what comes next first."""
    if not keeper:
        return []
    return [
        Offered(asked.label, page(edition, "commitment-step", found.public_id, name), asked.is_main)
        for name, asked in _STEPS.items()
        if _is_open(name, found, story)
    ]


def _is_open(name: str, found: Commitment, story: CommitmentStory) -> bool:
    state = found.workflow
    may_take = name in _OWN_CONDITIONS or rules.may_take(name, state)
    bound = {found.owner_id, *(p.entity_id for p in found.parties.all() if p.role != PartyRole.SUPPORTER)}
    further = {
        "agree": state == Workflow.DRAFT and len(bound) > len(story.asked),
        "submit": bool(story.asked),
        "clear": found.agreed_on is not None
        and found.cleared_on is None
        and found.confidentiality == Confidentiality.PUBLIC
        and found.publish,
        "unclear": found.cleared_on is not None and state != Workflow.PUBLISHED,
        "publish": found.cleared_on is not None,
        "close": rules.closing_error(progress=found.progress, completion=found.completion) is None,
        "level": state != Workflow.PUBLISHED,
    }
    return may_take and further.get(name, True)


@edition_view(*KEEPING)
def step(request: HttpRequest, edition: Edition, commitment: UUID, step: str) -> HttpResponseBase:
    """Ask for a step with its consequence, and take it."""
    asked = _STEPS.get(step)
    if asked is None:
        raise Http404
    who = actor(request)
    found = obtained(request, edition, commitment)
    if not allowed(who, asked.verb, found):
        raise PermissionDenied(_("You do not follow this commitment up."))
    words: dict[str, Any] = {"level": found.confidentiality} if asked.form is LevelForm else {}
    form = asked.form(request.POST if request.method == "POST" else None, **words)
    url = page(edition, "commitment", found.public_id)
    if form.is_bound and form.is_valid():
        try:
            asked.take(found, form.cleaned_data, who)
        except RefusedError as error:
            if error.field not in form.fields:
                return refused(request, url, error)
            refuse(form, error)
        else:
            return go(request, url, told=str(asked.done))
    return typed_into(
        request,
        edition,
        found,
        form,
        back=url,
        label=asked.label,
        consequence=asked.consequence,
        is_danger=asked.is_danger,
    )
