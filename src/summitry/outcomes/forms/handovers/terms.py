"""A handover's terms, typed in with its list and who signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.conferences.models import Edition
from summitry.outcomes.actions import Signatory, Transfer
from summitry.outcomes.exchange.columns import LEVELS
from summitry.outcomes.forms.fields import day_field, line_field, refuse, text_field
from summitry.outcomes.forms.handovers.items import ItemsForm
from summitry.outcomes.forms.handovers.signing import SignatoryRows, initial_signatories, members_of
from summitry.outcomes.forms.outcome import OutcomeForm
from summitry.outcomes.kinds import TitlePasses, TransferType
from summitry.outcomes.models import Commitment, Handover, HandoverSignatory
from summitry.outcomes.models.vocabulary import Confidentiality
from summitry.outcomes.queries import Sources
from summitry.records import RefusedError
from summitry.world.languages import LANGUAGES, text_in
from summitry.world.rules import DisplayName

_TEXTS: Final = ("end_use", "maintenance", "insurance", "visibility")
_PLAIN: Final = (
    "transfer_type",
    "transferee_body",
    "ceremony_on",
    "place",
    "title_passes",
    "title_passes_on",
    "resale_allowed",
    "inspection_right",
    "customs_reference",
    "copies",
    "returns_on",
    *_TEXTS,
)
_PARTIES: Final = ("transferor", "transferee", "title_holder", "custodian")
_SHOWN_FIRST: Final = frozenset({"transferor", "transferee", "transferee_body", "transfer_type"})


class TransferForm(OutcomeForm, ItemsForm):
    """A handover.

    Parameters
    ----------
    offered
        What the edition has to choose from.
    names
        What entities are called, by id.
    """

    must_tell = False  # a draft may begin without a list
    transferor = forms.ChoiceField(label=gettext_lazy("Handed over by"))
    transferee = forms.ChoiceField(label=gettext_lazy("Received by"))
    transferee_body = line_field(
        gettext_lazy("Receiving service"), gettext_lazy("Which of its bodies takes them over."), most=200
    )
    transfer_type = forms.ChoiceField(label=gettext_lazy("Terms"), choices=TransferType.choices)
    title_passes = forms.ChoiceField(
        label=gettext_lazy("Title passes"),
        choices=TitlePasses.choices,
        help_text=gettext_lazy("Only a donation passes title; it is apart from the ceremony."),
    )
    title_passes_on = day_field(gettext_lazy("On which day"), gettext_lazy("Where it is a later date."))
    ceremony_on = day_field(
        gettext_lazy("Ceremony on"), gettext_lazy("It may come before anything is delivered.")
    )
    ceremony = forms.ChoiceField(label=gettext_lazy("In which session"), required=False)
    place = line_field(gettext_lazy("Place"), most=200)
    returns_on = day_field(gettext_lazy("To be returned by"), gettext_lazy("Of a loan, custody or use."))
    title_holder = forms.ChoiceField(label=gettext_lazy("Title held by"), required=False)
    custodian = forms.ChoiceField(label=gettext_lazy("In custody of"), required=False)
    commitments = forms.MultipleChoiceField(
        label=gettext_lazy("Commitments that it serves"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Which item counts towards which is said in its row."),
    )
    end_use = text_field(gettext_lazy("End use"), gettext_lazy("What they may be used for."), rows=2)
    resale_allowed = forms.BooleanField(label=gettext_lazy("They may be sold or passed on"), required=False)
    inspection_right = forms.BooleanField(
        label=gettext_lazy("Who hands over may look how they are used"), required=False, initial=True
    )
    maintenance = text_field(gettext_lazy("Maintenance"), rows=2)
    insurance = text_field(gettext_lazy("Insurance"), rows=2)
    visibility = text_field(gettext_lazy("Visibility"), gettext_lazy("Marks, plates, mentions."), rows=2)
    customs_reference = line_field(gettext_lazy("Customs or VAT reference"), most=120)
    certificate_languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages of the certificate"),
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=gettext_lazy("Each side keeps the text in all of them."),
    )
    copies = forms.IntegerField(label=gettext_lazy("Copies"), min_value=1, max_value=20, initial=2)
    confidentiality = forms.ChoiceField(label=gettext_lazy("Who may know of it"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        edition: Edition,
        offered: Sources,
        names: Mapping[int, DisplayName],
        language: str,
        commitments: Sequence[Commitment],
        signatories: Sequence[HandoverSignatory] = (),
        handover: Handover | None = None,
        **words: Any,
    ) -> None:
        super().__init__(*args, commitments=commitments, **words)
        self._handover = handover
        self._entities = {entity.code: entity for entity in offered.entities}
        self._sessions = {str(session.public_id): session for session in offered.sessions}
        self._begin(
            edition=edition,
            names=names,
            language=language,
            titles=handover.title if handover else {},
            label=gettext_lazy("Short title"),
        )
        self._fill(offered, commitments)
        self.signing = SignatoryRows(
            self.data if self.is_bound else None,
            prefix="sign",
            initial=initial_signatories(signatories),
            form_kwargs={"members": members_of(signatories)},
        )

    def _fill(self, offered: Sources, commitments: Sequence[Commitment]) -> None:
        entities = self._offered_entities(offered)
        for name in _PARTIES:
            self._choices(name, [("", "–"), *entities])
        self._choices("ceremony", [("", _("none, or not said")), *map(self._session, offered.sessions)])
        told = [
            (str(one.public_id), f"{one.ref} {text_in(one.title, self._language)}") for one in commitments
        ]
        self._choices("commitments", told)
        if not told:
            del self.fields["commitments"]
        first = [code for code in ("en", "fr", "es", *self._edition.languages) if code in LANGUAGES]
        codes = dict.fromkeys([*first, *LANGUAGES])
        self._choices("certificate_languages", [(code, LANGUAGES[code].endonym) for code in codes])
        self._choices("confidentiality", [(str(level), label) for level, label in LEVELS.items()])
        self.fields["confidentiality"].initial = str(int(Confidentiality.PARTIES))

    def _session(self, session: Any) -> tuple[str, str]:
        title = text_in(session.title, self._language)
        return str(session.public_id), f"{self._when(session.occasion.starts_at)}, {title}"

    def is_valid(self) -> bool:
        """Tell whether everything typed can be understood, items and signatories too."""
        return all([self.signing.is_valid(), super().is_valid()])

    def transfer(self) -> Transfer:
        """Return the terms, of a form that is valid."""
        typed = self.cleaned_data
        ticked = typed.get("commitments", [])
        named = [item.commitment for item in self.items() if item.commitment is not None]
        serves = {one.pk: one for one in [*(self.servable[key] for key in ticked), *named]}
        words: dict[str, Any] = {name: typed[name] for name in _PLAIN}
        return Transfer(
            title=self.titles(),
            transferor=self._entities[typed["transferor"]],
            transferee=self._entities[typed["transferee"]],
            title_holder=self._entities.get(typed["title_holder"]),
            custodian=self._entities.get(typed["custodian"]),
            commitments=list(serves.values()),
            ceremony=self._sessions.get(typed["ceremony"]),
            certificate_languages=typed["certificate_languages"],
            confidentiality=int(typed["confidentiality"]),
            generated=self._handover.generated if self._handover else False,
            **words,
        )

    def signatories(self) -> list[Signatory]:
        """Return who signs."""
        return [one for row in self.signing if (one := row.signatory()) is not None]

    def refuse(self, error: RefusedError) -> None:
        """Show beside its field what the action refused."""
        if error.field == "title":
            self.add_error(self.title_fields[0], error.message)
        else:
            refuse(self, error)

    @property
    def has_wrong_details(self) -> bool:
        """Whether something is wrong among what is folded away."""
        return self.is_bound and bool(set(self.errors) - _SHOWN_FIRST - {self.title_fields[0], "__all__"})


def initial_transfer(handover: Handover, served: Sequence[Commitment]) -> dict[str, Any]:
    """Return what a form begins with where a handover is changed."""
    parties = {name: one.code for name in _PARTIES if (one := getattr(handover, name)) is not None}
    return {
        **{name: getattr(handover, name) for name in _PLAIN},
        **parties,
        "ceremony": str(handover.ceremony.public_id) if handover.ceremony else "",
        "commitments": [str(one.public_id) for one in served],
        "certificate_languages": handover.certificate_languages,
        "confidentiality": str(handover.confidentiality),
        "version": handover.version,
    }
