"""Who signs the certificate: two for each side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.outcomes.actions import Signatory
from summitry.outcomes.forms.fields import day_field, line_field
from summitry.outcomes.forms.steps import StepForm
from summitry.outcomes.kinds import Side
from summitry.outcomes.models import HandoverSignatory
from summitry.records import RefusedError

_PER_SIDE: Final = 2


class SignatoryForm(forms.Form):
    """One who signs."""

    side = forms.ChoiceField(choices=Side.choices, widget=forms.HiddenInput)
    name = line_field(gettext_lazy("Name"), most=200)
    office = line_field(gettext_lazy("Office"), most=200)
    signed_on = day_field(gettext_lazy("Signed on"))

    def __init__(self, *args: Any, members: dict[tuple[str, str], Any] | None = None, **words: Any) -> None:
        super().__init__(*args, **words)
        self._members = members or {}
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label

    def clean(self) -> dict[str, Any]:
        """Ask for name and office, or neither."""
        typed: dict[str, Any] = super().clean() or {}
        if not self.errors:
            if typed["name"] and not typed["office"]:
                self.add_error("office", _("Give the office in which they sign."))
            if not typed["name"] and (typed["office"] or typed["signed_on"]):
                self.add_error("name", _("Say who signs."))
        return typed

    @property
    def side_label(self) -> str:
        """For whom they sign."""
        return str(Side(self["side"].value()).label)

    def signatory(self) -> Signatory | None:
        """Return who signs, if somebody is named."""
        typed = self.cleaned_data
        if not typed["name"]:
            return None
        member = self._members.get((typed["side"], typed["name"]))
        return Signatory(typed["side"], typed["name"], typed["office"], member, typed.get("signed_on"))


SignatoryRows = forms.formset_factory(SignatoryForm, extra=0, max_num=4, absolute_max=4)


def initial_signatories(known: Sequence[HandoverSignatory] = ()) -> list[dict[str, Any]]:
    """Return four rows, two a side, with who is known."""
    rows: list[dict[str, Any]] = []
    for side in Side:
        there: list[dict[str, Any]] = [
            {"side": side.value, "name": one.name, "office": one.office, "signed_on": one.signed_on}
            for one in known
            if one.side == side
        ]
        rows += [*there, *({"side": side.value} for _row in range(_PER_SIDE - len(there)))]
    return rows


def members_of(known: Sequence[HandoverSignatory]) -> dict[tuple[str, str], Any]:
    """Return the delegation's member of each signatory who is one, by side and name."""
    return {(one.side, one.name): one.member for one in known if one.member_id}


class SigningForm(StepForm):
    """When each of the four signed."""

    def __init__(self, *args: Any, known: Sequence[HandoverSignatory], **words: Any) -> None:
        super().__init__(*args, **words)
        data = self.data if self.is_bound else None
        self.signing = SignatoryRows(
            data,
            prefix="sign",
            initial=initial_signatories(known),
            form_kwargs={"members": members_of(known)},
        )

    def is_valid(self) -> bool:
        """Tell whether everything typed can be understood."""
        return all([self.signing.is_valid(), super().is_valid()])

    def signatories(self) -> list[Signatory]:
        """Return who signs."""
        return [one for row in self.signing if (one := row.signatory()) is not None]

    def refuse(self, error: RefusedError) -> None:
        """Show what the action refused over the table."""
        self.add_error(None, error.message)
