"""How records, fields and values are called beside a sentence."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.newsroom.models import Evidence
from summitry.outcomes.kinds import HandoverState, InstrumentKind, LifecycleState, Progress

MODELS: Final = {
    "conferences.edition": gettext_lazy("Edition"),
    "conferences.series": gettext_lazy("Series"),
    "conferences.theme": gettext_lazy("Theme"),
    "world.entity": gettext_lazy("Name"),
    "delegations.person": gettext_lazy("Person"),
    "programme.session": gettext_lazy("Session"),
    "programme.speaker": gettext_lazy("Speaker"),
    "programme.quotation": gettext_lazy("Quotation"),
    "bilaterals.meeting": gettext_lazy("Meeting"),
    "outcomes.instrument": gettext_lazy("Instrument"),
    "outcomes.commitment": gettext_lazy("Commitment"),
    "outcomes.handover": gettext_lazy("Handover"),
    "outcomes.area": gettext_lazy("Area"),
    "newsroom.pressprofile": gettext_lazy("Press profile"),
    "newsroom.term": gettext_lazy("Term"),
}
FIELDS: Final = {
    "about": gettext_lazy("about the host"),
    "agreed_on": gettext_lazy("agreed on"),
    "audience": gettext_lazy("who comes"),
    "cadence_years": gettext_lazy("years between two editions"),
    "ceremony_on": gettext_lazy("day of the ceremony"),
    "city": gettext_lazy("city"),
    "cleared_on": gettext_lazy("cleared on"),
    "display_name": gettext_lazy("name"),
    "ends_on": gettext_lazy("last day"),
    "held": gettext_lazy("held"),
    "hosted_by": gettext_lazy("host"),
    "is_paraphrase": gettext_lazy("paraphrase"),
    "kind": gettext_lazy("kind"),
    "name": gettext_lazy("name"),
    "office": gettext_lazy("office"),
    "organisation": gettext_lazy("service"),
    "owner": gettext_lazy("owner"),
    "parties": gettext_lazy("parties"),
    "period": gettext_lazy("period"),
    "phase": gettext_lazy("before, during or after"),
    "predecessor": gettext_lazy("renews"),
    "presentation": gettext_lazy("focus"),
    "progress": gettext_lazy("progress"),
    "starts_on": gettext_lazy("first day"),
    "state": gettext_lazy("state"),
    "text": gettext_lazy("text"),
    "title": gettext_lazy("title"),
    "wording": gettext_lazy("wording"),
    "year": gettext_lazy("year"),
}
_PHASES: Final = {
    "before": gettext_lazy("to come"),
    "during": gettext_lazy("going on"),
    "after": gettext_lazy("over"),
}
#: The words for values of fields that have few.
_CHOICES: Final = {
    "phase": _PHASES,
    "kind": dict(InstrumentKind.choices),
    "state": {**dict(HandoverState.choices), **dict(LifecycleState.choices)},
    "progress": dict(Progress.choices),
}


def model_label(model: str) -> str:
    """Return what a kind of record is called; a list is a number of rows."""
    return str(MODELS.get(model, model)) if model else _("Number")


def field_label(field: str) -> str:
    """Return what a field is called."""
    return str(FIELDS.get(field, field.replace("_", " ")))


def value_words(field: str, value: Any) -> str:
    """Return a value as a person reads it."""
    if value in (None, "", []):
        return _("none")
    match value:
        case bool():
            words = _("yes") if value else _("no")
        case str() if field in _CHOICES:
            words = str(_CHOICES[field].get(value, value))
        case str():
            words = _day(value) or value
        case list():
            told = [value_words(field, one) for one in value if one is not None]
            words = ", ".join(told) or _("none")
        case dict():
            words = "; ".join(value_words(field, one) for one in value.values() if one)
        case _:
            words = str(value)
    return words


def _day(value: str) -> str:
    """Return a date or a moment in words, nothing for any other text."""
    try:
        if "T" in value:
            return date_format(datetime.fromisoformat(value), "j F Y, H:i")
        return date_format(date.fromisoformat(value), "j F Y")
    except ValueError:
        return ""


def record_label(evidence: Evidence) -> str:
    """Return what a sentence rests on: "Speaker Michael Outram", "Accredited participants"."""
    return f"{model_label(evidence.model)} {evidence.title}" if evidence.model else evidence.title
