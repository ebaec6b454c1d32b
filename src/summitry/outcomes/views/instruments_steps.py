"""The steps of an instrument's life, each with its date and where needed its reason; and its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.accounts.access import Actor, actor
from summitry.conferences import clock
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.outcomes import actions, rules
from summitry.outcomes.actions import NewFile
from summitry.outcomes.forms.instruments_steps import InstrumentFilesForm, LifecycleForm
from summitry.outcomes.forms.steps import LevelForm, StepForm
from summitry.outcomes.instrument_words import ENDING_STEPS, STEP_WORDS
from summitry.outcomes.kinds import LifecycleState
from summitry.outcomes.models import Instrument
from summitry.outcomes.models.vocabulary import Confidentiality
from summitry.outcomes.rules.instruments import instrument_may_become
from summitry.outcomes.views.common import page
from summitry.outcomes.views.instruments_shared import kept_instrument
from summitry.outcomes.views.shown import Words, taken
from summitry.outcomes.views.steps import KEEPING

#: What comes next on the usual way.
_USUAL: Final = {
    LifecycleState.IDEA: LifecycleState.AGREED_IN_PRINCIPLE,
    LifecycleState.AGREED_IN_PRINCIPLE: LifecycleState.NEGOTIATING,
    LifecycleState.NEGOTIATING: LifecycleState.TEXT_AGREED,
    LifecycleState.TEXT_AGREED: LifecycleState.CLEARED,
    LifecycleState.CLEARED: LifecycleState.SIGNED,
    LifecycleState.SIGNED: LifecycleState.IN_EFFECT,
    LifecycleState.UNDER_REVIEW: LifecycleState.IN_EFFECT,
}
#: Steps that are none of its life: the button, what follows, what is said, the verb.
_PUBLICATION: Final[dict[str, tuple[Words, Words, Words, str]]] = {
    "clear": (
        gettext_lazy("Clear for publication"),
        gettext_lazy("The press may use it, and what is told of the conference may rest on it."),
        gettext_lazy("Cleared."),
        "clear_instrument",
    ),
    "unclear": (
        gettext_lazy("Withdraw the clearance"),
        gettext_lazy("The press no longer sees it."),
        gettext_lazy("No longer cleared."),
        "clear_instrument",
    ),
    "level": (
        gettext_lazy("Change who may know"),
        gettext_lazy("What is made less public is no longer cleared."),
        gettext_lazy("Changed."),
        "set_confidentiality",
    ),
}


@dataclass(frozen=True, slots=True)
class InstrumentStep:
    """A step that can be taken now."""

    label: Words
    url: str
    is_main: bool
    is_danger: bool


def offered_instrument_steps(edition: Edition, found: Instrument, *, keeper: bool) -> list[InstrumentStep]:
    """Return the steps that a keeper can take now, what comes next first."""
    if not keeper:
        return []
    usual = _USUAL.get(LifecycleState(found.state))
    states = [state for state in STEP_WORDS if instrument_may_become(found.state, state)]
    offered = [
        InstrumentStep(
            STEP_WORDS[state][0],
            page(edition, "instrument-step", found.public_id, state.replace("_", "-")),
            state == usual,
            state in ENDING_STEPS,
        )
        for state in sorted(states, key=lambda state: state != usual)
    ]
    untold = found.state in {LifecycleState.IDEA, LifecycleState.ABANDONED}
    further = {
        "clear": not untold and found.cleared_on is None and found.confidentiality == Confidentiality.PUBLIC,
        "unclear": found.cleared_on is not None,
        "level": True,
    }
    return offered + [
        InstrumentStep(words[0], page(edition, "instrument-step", found.public_id, name), False, False)
        for name, words in _PUBLICATION.items()
        if further[name]
    ]


@edition_view(*KEEPING)
def instrument_step(request: HttpRequest, edition: Edition, instrument: UUID, step: str) -> HttpResponseBase:
    """Ask for a step with its consequence, and take it."""
    state = step.replace("-", "_")
    if state not in STEP_WORDS and step not in _PUBLICATION:
        raise Http404
    verb = "note_lifecycle" if state in STEP_WORDS else _PUBLICATION[step][3]
    found = kept_instrument(request, edition, instrument, verb)
    form = _form(request, edition, found, state)
    label, consequence = STEP_WORDS[state] if state in STEP_WORDS else _PUBLICATION[step][:2]
    return taken(
        request,
        edition,
        found,
        form,
        lambda: _take(found, edition, state, form.cleaned_data, actor(request)),
        done=str,
        names={"confidentiality": "level"},
        label=label,
        button=_("Note it") if state in STEP_WORDS else label,
        consequence=consequence,
        is_danger=state in ENDING_STEPS,
    )


def _form(request: HttpRequest, edition: Edition, found: Instrument, state: str) -> StepForm:
    data = request.POST if request.method == "POST" else None
    if state in STEP_WORDS:
        return LifecycleForm(
            data,
            today=clock.today(edition),
            needs_reason=rules.needs_reason(found.state, state),
        )
    return LevelForm(data, level=found.confidentiality) if state == "level" else StepForm(data)


def _take(found: Instrument, edition: Edition, state: str, typed: dict[str, Any], who: Actor) -> str:
    if state in STEP_WORDS:
        actions.note_lifecycle(
            instrument=found, state=state, on=typed["on"], reason=typed["reason"], by=who, edition=edition
        )
        return _("Noted: %(state)s.") % {"state": LifecycleState(state).label}
    if state == "level":
        actions.set_confidentiality(outcome=found, level=typed["level"], by=who)
    else:
        actions.clear_outcome(outcome=found, by=who, withdraw=state == "unclear", edition=edition)
    return str(_PUBLICATION[state][2])


@edition_view(*KEEPING)
def instrument_files(request: HttpRequest, edition: Edition, instrument: UUID) -> HttpResponseBase:
    """Attach files."""
    found = kept_instrument(request, edition, instrument, "attach_file")
    posted = request.method == "POST"
    form = InstrumentFilesForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        languages=[*found.languages, *edition.languages],
    )

    def take() -> object:
        typed = form.cleaned_data
        files = [NewFile(one, one.name, typed["language"], typed["kind"]) for one in typed["files"]]
        return actions.attach_to_instrument(instrument=found, files=files, by=actor(request))

    return taken(
        request,
        edition,
        found,
        form,
        take,
        done=_("Kept."),
        at="#files",
        names={"file": "files", "content": "files", "name": "files"},
        label=_("Attach files"),
    )
