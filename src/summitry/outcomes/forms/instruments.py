"""What an instrument says, typed in: what it is and between whom first, everything else when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.conferences.models import Edition
from summitry.outcomes.actions import Content, Doing, Provision, Signing
from summitry.outcomes.exchange.columns import LEVELS
from summitry.outcomes.forms.fields import day_field, line_field, refuse, text_field
from summitry.outcomes.forms.instruments_rows import ActivityRows, ArticleRows, SigningRows
from summitry.outcomes.forms.instruments_steps import language_choices
from summitry.outcomes.forms.outcome import OutcomeForm
from summitry.outcomes.kinds import InstrumentKind, LegalNature, LifecycleState
from summitry.outcomes.models import Activity, Area, Article, Instrument, InstrumentParty
from summitry.outcomes.queries import Sources
from summitry.records import RefusedError
from summitry.world.languages import LANGUAGES, text_in
from summitry.world.rules import DisplayName

_FIELDS: Final = {"meeting": "source", "session": "source", "on": "state_on", "reason": "state_reason"}
#: The languages of the United Nations: offered beside the edition's own.
_COMMON_LANGUAGES: Final = ("en", "fr", "es", "ar", "ru", "zh")
#: While its text is not agreed, its articles can be changed.
TEXT_OPEN: Final = (LifecycleState.IDEA, LifecycleState.AGREED_IN_PRINCIPLE, LifecycleState.NEGOTIATING)
_PLAIN: Final = (
    "kind",
    "legal_nature",
    "reference",
    "period_from",
    "period_to",
    "signed_on",
    "effect_on",
    "expires_on",
    "auto_renews",
    "renewal_months",
    "termination_notice_days",
    "review_months",
    "next_review_on",
    "financial_line",
    "data_protection",
)


def _months(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, required=False, min_value=1, max_value=600)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An instrument that is changed, with its parts in their order."""

    instrument: Instrument
    parties: Sequence[InstrumentParty]
    activities: Sequence[Activity]
    articles: Sequence[Article]

    @property
    def is_text_open(self) -> bool:
        """Whether its articles can still be changed."""
        return self.instrument.state in TEXT_OPEN


class InstrumentForm(OutcomeForm):
    """What an instrument says.

    Parameters
    ----------
    offered
        What the edition has to choose from.
    others
        Instruments that it can rest on or renew.
    names
        What entities are called, by id.
    recorded
        What is changed; none for a new one.
    """

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("", "—"), *InstrumentKind.choices],
        help_text=gettext_lazy("What it is, whatever its title says."),
    )
    legal_nature = forms.ChoiceField(
        label=gettext_lazy("Legal nature"),
        choices=LegalNature.choices,
        help_text=gettext_lazy("What it binds to. Neither title nor kind decides it."),
        initial=LegalNature.UNKNOWN,
    )
    reference = line_field(
        gettext_lazy("Reference"), gettext_lazy("The number that it bears itself."), most=80
    )
    source = forms.ChoiceField(label=gettext_lazy("Where it was agreed"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("How far it is"), choices=LifecycleState.choices, initial=LifecycleState.IDEA
    )
    state_on = day_field(gettext_lazy("Since"), gettext_lazy("Empty: today."))
    state_reason = line_field(gettext_lazy("Why"), gettext_lazy("Where it has ended before its time."))
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages of the text"), required=False, widget=forms.CheckboxSelectMultiple
    )
    authentic_languages = forms.MultipleChoiceField(
        label=gettext_lazy("Authentic are"), required=False, widget=forms.CheckboxSelectMultiple
    )
    signed_on = day_field(gettext_lazy("Signed or adopted on"))
    effect_on = day_field(gettext_lazy("In effect from"))
    expires_on = day_field(gettext_lazy("Expires on"), gettext_lazy("Its last day."))
    period_from = day_field(gettext_lazy("Period from"))
    period_to = day_field(gettext_lazy("Period to"))
    auto_renews = forms.BooleanField(label=gettext_lazy("It renews itself"), required=False)
    renewal_months = _months(gettext_lazy("each time for … months"))
    termination_notice_days = _months(gettext_lazy("Notice before it ends, in days"))
    review_months = _months(gettext_lazy("Reviewed every … months"))
    next_review_on = day_field(gettext_lazy("Next review"))
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("Areas"), required=False, widget=forms.CheckboxSelectMultiple
    )
    parent = forms.ChoiceField(
        label=gettext_lazy("Rests on"),
        required=False,
        help_text=gettext_lazy("The agreement under which it stands."),
    )
    predecessor = forms.ChoiceField(
        label=gettext_lazy("Renews"), required=False, help_text=gettext_lazy("The plan that it follows.")
    )
    depositary = forms.ChoiceField(label=gettext_lazy("Depositary"), required=False)
    financial_line = line_field(gettext_lazy("Who pays"), gettext_lazy("Its financial line, in a sentence."))
    data_protection = text_field(gettext_lazy("Clause on personal data"), rows=2)
    confidentiality = forms.ChoiceField(label=gettext_lazy("Who may know of it"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        edition: Edition,
        offered: Sources,
        others: Sequence[Instrument],
        areas: Sequence[Area],
        names: Mapping[int, DisplayName],
        language: str,
        recorded: Recorded | None = None,
        **words: Any,
    ) -> None:
        super().__init__(*args, **words)
        self._recorded = recorded
        self._entities = {entity.code: entity for entity in offered.entities}
        self._areas = {area.code: area for area in areas}
        self._others = {str(one.public_id): one for one in others}
        self._sources: dict[str, Any] = {}
        self._begin(
            edition=edition,
            names=names,
            language=language,
            titles=recorded.instrument.title if recorded else {},
            label=gettext_lazy("Title"),
        )
        entities = self._offered_entities(offered)
        self._fill(offered, entities)
        if recorded is not None:
            for name in ("state", "state_on", "state_reason"):
                del self.fields[name]
        data = self.data if self.is_bound else None
        given = words.get("initial") or {}
        area_options = [(code, text_in(area.title, language)) for code, area in self._areas.items()]
        self.parties = SigningRows(
            data, prefix="party", initial=given.get("parties"), form_kwargs={"entities": entities}
        )
        self.activities = ActivityRows(
            data,
            prefix="activity",
            initial=given.get("activities"),
            form_kwargs={"entities": entities, "areas": area_options},
        )
        self.articles = ArticleRows(
            data,
            prefix="article",
            initial=given.get("articles"),
            form_kwargs={"languages": language_choices(self._first_languages())},
        )

    def _first_languages(self) -> list[str]:
        kept = self._recorded.instrument.languages if self._recorded else []
        return list(
            dict.fromkeys(
                code for code in (*kept, *self._edition.languages, *_COMMON_LANGUAGES) if code in LANGUAGES
            )
        )

    @property
    def kept_articles(self) -> Sequence[Article]:
        """The articles of an agreed text, which stay as they are."""
        return () if self._recorded is None or self._recorded.is_text_open else self._recorded.articles

    def _fill(self, offered: Sources, entities: Sequence[Any]) -> None:
        languages = [(code, LANGUAGES[code].endonym) for code in self._first_languages()]
        self._choices("languages", languages)
        self._choices("authentic_languages", languages)
        self._choices("areas", [(code, text_in(a.title, self._language)) for code, a in self._areas.items()])
        self._choices("depositary", [("", "—"), *entities])
        others = [
            (key, f"{one.ref} {text_in(one.title, self._language)}") for key, one in self._others.items()
        ]
        for name in ("parent", "predecessor"):
            self._choices(name, [("", "—"), *others])
        levels = [(str(level), label) for level, label in LEVELS.items()]
        self._choices("confidentiality", [("", _("as where it was agreed")), *levels])
        self._choices("source", self._offered_sources(offered))

    def _offered_sources(self, offered: Sources) -> list[Any]:
        meetings, sessions = [], []
        for meeting in offered.meetings:
            key = f"meeting:{meeting.public_id}"
            met = [self._names[p.delegation.entity_id].short for p in meeting.request.parties.all()]
            meetings.append((key, f"{self._when(meeting.occasion.starts_at)}, {' – '.join(met)}"))
            self._sources[key] = meeting
        for session in offered.sessions:
            key = f"session:{session.public_id}"
            title = text_in(session.title, self._language)
            sessions.append((key, f"{self._when(session.occasion.starts_at)}, {title}"))
            self._sources[key] = session
        groups = [(_("Bilaterals"), meetings), (_("Sessions"), sessions)]
        return [("", _("elsewhere, or not said")), *(group for group in groups if group[1])]

    def is_valid(self) -> bool:
        """Tell whether everything typed can be understood, the rows too."""
        rows = [one.is_valid() for one in (self.parties, self.activities, self.articles)]
        return super().is_valid() and all(rows)

    def content(self) -> Content:
        """Return what the instrument says, of a form that is valid."""
        typed = self.cleaned_data
        kind, _colon, _id = typed["source"].partition(":")
        words: dict[str, Any] = {name: typed[name] for name in _PLAIN}
        if kind:
            words[kind] = self._sources[typed["source"]]
        kept = self._recorded.instrument if self._recorded else None
        return Content(
            title=self.titles(),
            parties=self._parties(),
            languages=typed["languages"],
            authentic_languages=typed["authentic_languages"],
            areas=[self._areas[code] for code in typed["areas"]],
            activities=[
                Doing(
                    self._areas[row["area"]],
                    row["title"],
                    row["description"],
                    self._entities.get(row["lead"]),
                    row["starts_on"],
                    row["due_on"],
                )
                for row in self.activities.cleaned_data
                if row.get("title")
            ],
            articles=[
                *(Provision(one.number, one.text, one.language, one.heading) for one in self.kept_articles),
                *(
                    Provision(row["number"], row["text"], row["language"], row["heading"])
                    for row in self.articles.cleaned_data
                    if row.get("text")
                ),
            ],
            parent=self._others.get(typed["parent"]),
            predecessor=self._others.get(typed["predecessor"]),
            depositary=self._entities.get(typed["depositary"]),
            confidentiality=int(typed["confidentiality"]) if typed["confidentiality"] else None,
            generated=kept.generated if kept else False,
            **words,
        )

    def _parties(self) -> list[Signing]:
        rows = self._recorded.parties if self._recorded else ()
        members = {row.entity.code: row.signatory_member for row in rows}
        found = []
        for row in self.parties.cleaned_data:
            code = row.get("entity")
            if not code:
                continue
            said = {name: row[name] for name in ("signatory", "office", "authority")}
            contact = {name: row[name] for name in ("contact_name", "contact_role", "contact_email")}
            looked_at = {"yes": True, "no": False}.get(row["credentials"])
            found.append(
                Signing(
                    entity=self._entities[code],
                    member=members.get(code),
                    credentials_ok=looked_at,
                    **said,
                    **contact,
                )
            )
        return found

    def refuse(self, error: RefusedError) -> None:
        """Show beside its field what the action refused."""
        if error.field == "title":
            self.add_error(self.title_fields[0], error.message)
        else:
            refuse(self, error, _FIELDS)


def initial_content(recorded: Recorded) -> dict[str, Any]:
    """Return what a form begins with where an instrument is changed."""
    one = recorded.instrument
    source = ""
    for name in ("meeting", "session"):
        there = getattr(one, name)
        if there is not None:
            source = f"{name}:{there.public_id}"
    looked_at = {True: "yes", False: "no", None: ""}
    return {
        **{name: getattr(one, name) for name in (*_PLAIN, "languages", "authentic_languages", "version")},
        "source": source,
        "areas": [area.code for area in one.areas.all()],
        "parent": str(one.parent.public_id) if one.parent else "",
        "predecessor": str(one.predecessor.public_id) if one.predecessor else "",
        "depositary": one.depositary.code if one.depositary else "",
        "confidentiality": str(one.confidentiality),
        "parties": [
            {
                "entity": party.entity.code,
                "signatory": party.signatory,
                "office": party.office,
                "authority": party.authority,
                "credentials": looked_at[party.credentials_ok],
                "contact_name": party.contact_name,
                "contact_role": party.contact_role,
                "contact_email": party.contact_email,
            }
            for party in recorded.parties
        ],
        "activities": [
            {
                "area": doing.area.code,
                "title": doing.title,
                "description": doing.description,
                "lead": doing.lead.code if doing.lead else "",
                "starts_on": doing.starts_on,
                "due_on": doing.due_on,
            }
            for doing in recorded.activities
        ],
        "articles": [
            {"number": a.number, "heading": a.heading, "text": a.text, "language": a.language}
            for a in recorded.articles
            if recorded.is_text_open
        ],
    }
