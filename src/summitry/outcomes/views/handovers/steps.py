"""The steps of a handover: the list agreed, the certificate signed, closed, cancelled or returned; who may know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from summitry.accounts.access import Actor, actor
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.outcomes import actions, rules
from summitry.outcomes.forms.fields import refuse
from summitry.outcomes.forms.handovers import SigningForm
from summitry.outcomes.forms.steps import LevelForm, ReasonForm, StepForm
from summitry.outcomes.kinds import EFFECTIVE_STATES, HandoverState
from summitry.outcomes.models import Handover
from summitry.outcomes.models.vocabulary import Confidentiality
from summitry.outcomes.queries import HandoverStory
from summitry.outcomes.views.common import page, refused
from summitry.outcomes.views.handovers.common import obtained_for
from summitry.outcomes.views.shown import Words, typed_into
from summitry.outcomes.views.steps import KEEPING, Offered
from summitry.records import RefusedError
from summitry.ui.htmx import go

Take = Callable[[Handover, Any, Actor], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    label: Words
    consequence: Words
    done: Words
    verb: str
    take: Take
    form: type[StepForm] = StepForm
    becomes: HandoverState | None = None
    is_main: bool = False
    is_danger: bool = False


_STEPS: Final[Mapping[str, _Step]] = {
    "agree": _Step(
        label=_("List is agreed"),
        consequence=_(
            "Both sides see the list, and it stands: what is rejected later is replaced on further lines. "
            "Every serial number on it is taken, and can be on no other transfer in effect."
        ),
        done=_("The list is agreed. Note what is delivered as it comes."),
        verb="agree_handover",
        take=lambda one, _form, who: actions.agree_handover(handover=one, by=who),
        becomes=HandoverState.AGREED,
        is_main=True,
    ),
    "sign": _Step(
        label=_("Certificate is signed"),
        consequence=_(
            "Two have signed for each side. Title passes by it where that was agreed; "
            "what is delivered and accepted is noted apart from it, before or after."
        ),
        done=_("Noted as signed."),
        verb="sign_handover",
        take=lambda one, form, who: actions.sign_handover(
            handover=one, signatories=form.signatories(), by=who
        ),
        form=SigningForm,
        becomes=HandoverState.SIGNED,
        is_main=True,
    ),
    "close": _Step(
        label=_("Close"),
        consequence=_("Everything on the list was delivered and inspected. It stays in effect."),
        done=_("Closed."),
        verb="close_handover",
        take=lambda one, _form, who: actions.close_handover(handover=one, by=who),
        becomes=HandoverState.CLOSED,
        is_main=True,
    ),
    "return": _Step(
        label=_("Everything has come back"),
        consequence=_("It is over, and its serial numbers are free for another transfer."),
        done=_("Noted as returned."),
        verb="return_handover",
        take=lambda one, form, who: actions.return_handover(
            handover=one, reason=form.cleaned_data["reason"], by=who
        ),
        form=ReasonForm,
        becomes=HandoverState.RETURNED,
    ),
    "clear": _Step(
        label=_("Clear for publication"),
        consequence=_("The press may use it."),
        done=_("Cleared."),
        verb="clear_handover",
        take=lambda one, _form, who: actions.clear_outcome(outcome=one, by=who),
    ),
    "unclear": _Step(
        label=_("Withdraw the clearance"),
        consequence=_("The press no longer sees it."),
        done=_("No longer cleared."),
        verb="clear_handover",
        take=lambda one, _form, who: actions.clear_outcome(outcome=one, by=who, withdraw=True),
    ),
    "level": _Step(
        label=_("Change who may know"),
        consequence=_("What is made less public is no longer cleared."),
        done=_("Changed."),
        verb="set_confidentiality",
        take=lambda one, form, who: actions.set_confidentiality(
            outcome=one, level=form.cleaned_data["level"], by=who
        ),
        form=LevelForm,
    ),
    "cancel": _Step(
        label=_("Cancel the handover"),
        consequence=_("Nothing goes over, and its serial numbers are free for another transfer."),
        done=_("Cancelled."),
        verb="cancel_handover",
        take=lambda one, form, who: actions.cancel_handover(
            handover=one, reason=form.cleaned_data["reason"], by=who
        ),
        form=ReasonForm,
        becomes=HandoverState.CANCELLED,
        is_danger=True,
    ),
}


def offered_steps(edition: Edition, found: Handover, story: HandoverStory) -> list[Offered]:
    """Return the steps that a keeper can take now, what comes next first."""
    return [
        Offered(step.label, page(edition, "handover-step", found.public_id, name), step.is_main)
        for name, step in _STEPS.items()
        if _is_open(name, step, found, story)
    ]


def _is_open(name: str, step: _Step, found: Handover, story: HandoverStory) -> bool:
    sums = [line.sums for line in story.lines]
    further = {
        "agree": bool(sums),
        "close": rules.handover_closing_error(sums) is None,
        "cancel": not any(one.accepted for one in sums),
        "clear": found.cleared_on is None
        and found.confidentiality == Confidentiality.PUBLIC
        and found.state in EFFECTIVE_STATES,
        "unclear": found.cleared_on is not None,
    }
    follows = step.becomes is None or rules.handover_may_become(
        found.state, step.becomes, transfer_type=found.transfer_type
    )
    return follows and further.get(name, True)


def _form(step: _Step, request: HttpRequest, found: Handover) -> StepForm:
    words: dict[str, Any] = {}
    if step.form is LevelForm:
        words = {"level": found.confidentiality}
    elif step.form is SigningForm:
        words = {"known": list(found.signatories.all())}
    return step.form(request.POST if request.method == "POST" else None, **words)


@edition_view(*KEEPING)
def step(request: HttpRequest, edition: Edition, handover: UUID, step: str) -> HttpResponseBase:
    """Ask for a step with its consequence, and take it."""
    asked = _STEPS.get(step)
    if asked is None:
        raise Http404
    found = obtained_for(request, edition, handover, asked.verb)
    form = _form(asked, request, found)
    url = page(edition, "handover", found.public_id)
    if form.is_bound and form.is_valid():
        try:
            asked.take(found, form, actor(request))
        except RefusedError as error:
            if error.field not in {*form.fields, "signatories"}:
                return refused(request, url, error)
            refuse(form, error)
        else:
            return go(request, url, told=str(asked.done))
    return typed_into(
        request,
        edition,
        found,
        form,
        template="handovers/sign" if asked.form is SigningForm else "step",
        back=url,
        label=asked.label,
        consequence=asked.consequence,
        is_danger=asked.is_danger,
    )
