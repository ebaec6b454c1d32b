"""What was agreed, typed in: what matters first, everything else when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

from babel.numbers import list_currencies
from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.bilaterals.models import Meeting
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.outcomes.actions import PLAIN_TERMS, Party, Step, Terms
from summitry.outcomes.exchange.columns import LEVELS
from summitry.outcomes.forms.fields import day_field, line_field, refuse, text_field
from summitry.outcomes.forms.outcome import OutcomeForm
from summitry.outcomes.kinds import CommitmentKind, PartyRole
from summitry.outcomes.models import Area, Commitment
from summitry.outcomes.queries import Sources
from summitry.records import RefusedError
from summitry.world.languages import LANGUAGES, text_in
from summitry.world.rules import DisplayName

MOST_ROWS: Final = 40
_FIELDS: Final = {
    "meeting": "source",
    "session": "source",
    "article": "source",
    "parties": "owner",
    "contact": "contact_role",
    "milestones": "due_on",
}
#: The languages of the world that conferences use most come first.
_FIRST_LANGUAGES: Final = ("en", "fr", "es", "ar")


class PartyForm(forms.Form):
    """One party beside the owner."""

    entity = forms.ChoiceField(label=gettext_lazy("Party"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("as"), choices=PartyRole.choices)

    def __init__(self, *args: Any, entities: Sequence[Any] = (), **words: Any) -> None:
        super().__init__(*args, **words)
        field = self.fields["entity"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *entities]
        for each in self.fields.values():
            each.widget.attrs["aria-label"] = each.label


class MilestoneRowForm(forms.Form):
    """One milestone."""

    number = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = line_field(gettext_lazy("Milestone"))
    due_on = day_field(gettext_lazy("by"))

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["title"].widget.attrs["aria-label"] = self.fields["title"].label
        self.fields["due_on"].widget.attrs["aria-label"] = self.fields["due_on"].label

    def clean(self) -> dict[str, Any]:
        """Ask for both, or neither."""
        typed: dict[str, Any] = super().clean() or {}
        if bool(typed.get("title")) != bool(typed.get("due_on")) and not self.errors:
            missing = "due_on" if typed.get("title") else "title"
            self.add_error(missing, _("Give a milestone both a title and a day."))
        return typed


PartyRows = forms.formset_factory(PartyForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
MilestoneRows = forms.formset_factory(MilestoneRowForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


class TermsForm(OutcomeForm):
    """What was promised.

    Parameters
    ----------
    offered
        What the edition has to choose from.
    names
        What entities are called, by id.
    initial
        As :func:`initial_terms` or :func:`initial_from` give it.
    """

    text = text_field(
        gettext_lazy("Text as agreed"),
        gettext_lazy("Word for word, as it was read out or written down. It is never changed silently."),
        rows=5,
        required=True,
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the text"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=[("", "—"), *CommitmentKind.choices])
    source = forms.ChoiceField(label=gettext_lazy("Where it was agreed"), required=False)
    owner = forms.ChoiceField(label=gettext_lazy("Promised by"))
    starts_on = day_field(gettext_lazy("Starts"))
    due_on = day_field(gettext_lazy("Due"))
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("Areas"), required=False, widget=forms.CheckboxSelectMultiple
    )
    places = line_field(
        gettext_lazy("Places"),
        gettext_lazy("ISO 3166 or UN M49 codes, separated by commas: BA, 039."),
        most=120,
        required=False,
    )
    indicator = line_field(gettext_lazy("Indicator"), gettext_lazy("What shows that it is kept."))
    baseline = line_field(gettext_lazy("Baseline"), gettext_lazy("How it is today."))
    target = forms.DecimalField(
        label=gettext_lazy("Target"),
        help_text=gettext_lazy("How many or how much: 20."),
        required=False,
        max_digits=14,
        decimal_places=3,
        localize=False,
    )
    unit = line_field(
        gettext_lazy("Unit"), gettext_lazy("What the target counts: devices, officers."), most=60
    )
    value = forms.DecimalField(
        label=gettext_lazy("Value"), required=False, max_digits=16, decimal_places=2, localize=False
    )
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), required=False)
    funding_source = line_field(gettext_lazy("Funding source"))
    contact_role = line_field(
        gettext_lazy("Contact"), gettext_lazy("The office that answers for it, not a person."), most=200
    )
    dependency = text_field(gettext_lazy("What it depends on"), rows=2)
    report_months = forms.IntegerField(
        label=gettext_lazy("A report every … months"),
        required=False,
        min_value=1,
        max_value=60,
        help_text=gettext_lazy("Empty: as the edition's follow-up asks."),
    )
    confidentiality = forms.ChoiceField(label=gettext_lazy("Who may know of it"), required=False)
    publish = forms.BooleanField(
        label=gettext_lazy("The parties wish it published once it is cleared"), required=False, initial=True
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = line_field(
        gettext_lazy("Why the text changes"),
        gettext_lazy("Kept with the wording before it, where the text is another now."),
    )

    def __init__(
        self,
        *args: Any,
        edition: Edition,
        offered: Sources,
        areas: Sequence[Area],
        names: Mapping[int, DisplayName],
        language: str,
        commitment: Commitment | None = None,
        **words: Any,
    ) -> None:
        super().__init__(*args, **words)
        self._commitment = commitment
        self._entities = {entity.code: entity for entity in offered.entities}
        self._areas = {area.code: area for area in areas}
        self._sources: dict[str, Any] = {}
        self._begin(
            edition=edition,
            names=names,
            language=language,
            titles=commitment.title if commitment else {},
            label=gettext_lazy("Short title"),
        )
        self._fill(offered)
        if commitment is None:
            del self.fields["reason"]
        given = words.get("initial") or {}
        data = self.data if self.is_bound else None
        entities = self._offered_entities(offered)
        self.parties = PartyRows(
            data, prefix="party", initial=given.get("parties"), form_kwargs={"entities": entities}
        )
        self.steps = MilestoneRows(data, prefix="step", initial=given.get("milestones"))

    def _fill(self, offered: Sources) -> None:
        first = [code for code in (*self._edition.languages, *_FIRST_LANGUAGES) if code in LANGUAGES]
        codes = dict.fromkeys([*first, *LANGUAGES])
        self._choices("language", [(code, LANGUAGES[code].endonym) for code in codes])
        self._choices("owner", [("", "—"), *self._offered_entities(offered)])
        self._choices("source", self._offered_sources(offered))
        self._choices("areas", [(code, text_in(a.title, self._language)) for code, a in self._areas.items()])
        self._choices("currency", [("", "—"), *((code, code) for code in sorted(list_currencies()))])
        levels = [(str(level), label) for level, label in LEVELS.items()]
        self._choices("confidentiality", [("", _("as where it was agreed")), *levels])
        if not self._areas:
            del self.fields["areas"]

    def _offered_sources(self, offered: Sources) -> list[Any]:
        meetings = [
            (self._day(day), [(f"meeting:{m.public_id}", self._meeting(m)) for m in held])
            for day, held in groupby(
                offered.meetings, lambda m: clock.local(self._edition, m.occasion.starts_at).date()
            )
        ]
        sessions = [
            (
                f"session:{s.public_id}",
                f"{self._when(s.occasion.starts_at)}, {text_in(s.title, self._language)}",
            )
            for s in offered.sessions
        ]
        articles = [
            (
                f"article:{a.public_id}",
                f"{a.instrument.ref} {text_in(a.instrument.title, self._language)}, {a.number}",
            )
            for a in offered.articles
        ]
        for kind, rows in (
            ("meeting", offered.meetings),
            ("session", offered.sessions),
            ("article", offered.articles),
        ):
            self._sources.update({f"{kind}:{row.public_id}": row for row in rows})
        groups = [*meetings, (_("Sessions"), sessions), (_("Articles"), articles)]
        return [("", _("elsewhere, or not said")), *(group for group in groups if group[1])]

    def _meeting(self, meeting: Meeting) -> str:
        met = [self._names[party.delegation.entity_id].short for party in meeting.request.parties.all()]
        return f"{clock.local(self._edition, meeting.occasion.starts_at):%H:%M} {' – '.join(met)}"

    def _day(self, day: date) -> str:
        return _("Bilaterals on %(day)s") % {"day": date_format(day, "l, j F")}

    def clean_places(self) -> list[str]:
        """Read the codes."""
        written = str(self.cleaned_data["places"]).replace(";", ",")
        return [place.strip().upper() for place in written.split(",") if place.strip()]

    def is_valid(self) -> bool:
        """Tell whether everything typed can be understood, the parties and the milestones too."""
        parties, steps = self.parties.is_valid(), self.steps.is_valid()
        return super().is_valid() and parties and steps

    def terms(self) -> Terms:
        """Return what is promised, of a form that is valid."""
        typed = self.cleaned_data
        owner = self._entities[typed["owner"]]
        kind, _colon, _id = typed["source"].partition(":")
        words: dict[str, Any] = {name: typed[name] for name in ("text", "language", "places", *PLAIN_TERMS)}
        if kind:
            words[kind] = self._sources[typed["source"]]
        kept = self._commitment
        return Terms(
            title=self.titles(),
            owner=owner,
            parties=[
                Party(self._entities[row["entity"]], row["role"])
                for row in self.parties.cleaned_data
                if row.get("entity")
            ],
            contact=kept.contact if kept and kept.owner_id == owner.pk else None,
            areas=[self._areas[code] for code in typed.get("areas", [])],
            milestones=[
                Step(row["title"], row["due_on"], row.get("number"))
                for row in self.steps.cleaned_data
                if row.get("title")
            ],
            confidentiality=int(typed["confidentiality"]) if typed["confidentiality"] else None,
            generated=kept.generated if kept else False,
            **words,
        )

    def refuse(self, error: RefusedError) -> None:
        """Show beside its field what the action refused."""
        if error.field == "title":
            self.add_error(self.title_fields[0], error.message)
        else:
            refuse(self, error, _FIELDS)

    @property
    def has_wrong_details(self) -> bool:
        """Whether something is wrong among what is folded away."""
        seen = {"text", "language", "kind", "source", "owner", "due_on", self.title_fields[0], "__all__"}
        return self.is_bound and (bool(set(self.errors) - seen) or not self.steps.is_valid())


def initial_terms(commitment: Commitment, row: Any) -> dict[str, Any]:
    """Return what a form begins with where a commitment is changed.

    Parameters
    ----------
    row
        The commitment as :func:`summitry.outcomes.queries.fetched` gives it.
    """
    wording = row.last_wordings[0]
    source = ""
    for name in ("meeting", "session", "article"):
        there = getattr(commitment, name)
        if there is not None:
            source = f"{name}:{there.public_id}"
    return {
        **{name: getattr(commitment, name) for name in (*PLAIN_TERMS, "version")},
        "text": wording.text,
        "language": wording.language,
        "owner": row.owner.code,
        "source": source,
        "areas": [area.code for area in row.areas.all()],
        "places": ", ".join(commitment.places),
        "confidentiality": str(commitment.confidentiality),
        "parties": [{"entity": p.entity.code, "role": p.role} for p in row.other_parties],
        "milestones": [
            {"number": step.number, "title": step.title, "due_on": step.due_on}
            for step in commitment.milestones.all()
        ],
    }
