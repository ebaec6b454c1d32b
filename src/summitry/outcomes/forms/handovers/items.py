"""The list of a handover, typed or pasted in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from babel.numbers import list_currencies
from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from summitry.outcomes.actions import Item
from summitry.outcomes.forms.fields import day_field, line_field
from summitry.outcomes.kinds import Condition
from summitry.outcomes.models import Commitment, HandoverItem
from summitry.outcomes.queries.handing_over import Serial
from summitry.world.languages import base_code, text_in

MOST_ROWS: Final = 200
MOST_ITEMS: Final = 1000
#: What a row says beside what it is of; without any of them it is empty.
_TELLING: Final = ("category", "make", "model", "serial_number", "batch")
_PLAIN: Final = (
    "category",
    "make",
    "model",
    "part_number",
    "batch",
    "asset_tag",
    "year",
    "condition",
    "unit_value",
    "accessories",
    "warranty_to",
    "software_licence",
    "export_licence",
)
#: What every row shows, and what is folded away.
_MAIN: Final = (
    "category",
    "make",
    "model",
    "serial_number",
    "quantity",
    "unit",
    "condition",
    "unit_value",
    "currency",
    "commitment",
)
_FURTHER: Final = (
    "batch",
    "part_number",
    "asset_tag",
    "year",
    "warranty_to",
    "accessories",
    "software_licence",
    "export_licence",
    "data_wiped",
)


def _number(label: Any, *, digits: int, places: int, **words: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, max_digits=digits, decimal_places=places, localize=False, **words
    )


class ItemForm(forms.Form):
    """One line; several serial numbers in it become a line each."""

    line = forms.IntegerField(required=False, widget=forms.HiddenInput)
    category = line_field(gettext_lazy("What it is"), most=120)
    make = line_field(gettext_lazy("Make"), most=120)
    model = line_field(gettext_lazy("Model"), most=120)
    serial_number = forms.CharField(
        label=gettext_lazy("Serial numbers"),
        required=False,
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 1, "spellcheck": "false", "autocapitalize": "off"}),
    )
    quantity = _number(gettext_lazy("Quantity"), digits=14, places=3, min_value=0)
    unit = line_field(gettext_lazy("Unit"), most=60)
    condition = forms.ChoiceField(label=gettext_lazy("Condition"), choices=Condition.choices, required=False)
    unit_value = _number(gettext_lazy("Unit value"), digits=14, places=2, min_value=0)
    currency = line_field(gettext_lazy("Currency"), most=3, placeholder="EUR")
    commitment = forms.ChoiceField(label=gettext_lazy("Counts towards"), required=False)
    batch = line_field(gettext_lazy("Batch"), most=120)
    part_number = line_field(gettext_lazy("Part number"), most=80)
    asset_tag = line_field(gettext_lazy("Asset tag"), most=80)
    year = forms.IntegerField(
        label=gettext_lazy("Year"), required=False, min_value=1900, max_value=2200, localize=False
    )
    warranty_to = day_field(gettext_lazy("Warranty until"))
    accessories = line_field(gettext_lazy("Accessories"), most=1000)
    software_licence = line_field(gettext_lazy("Software licence"), most=200)
    export_licence = line_field(gettext_lazy("Export licence"), most=120)
    data_wiped = forms.TypedChoiceField(
        label=gettext_lazy("Data wiped"),
        required=False,
        choices=[
            ("", gettext_lazy("holds no data")),
            ("yes", gettext_lazy("yes")),
            ("no", gettext_lazy("no")),
        ],
    )

    def __init__(self, *args: Any, commitments: Mapping[str, Commitment], **words: Any) -> None:
        super().__init__(*args, **words)
        self._commitments = commitments
        language = base_code(get_language() or "en")
        field = self.fields["commitment"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "–"),
            *((key, f"{one.ref} {text_in(one.title, language)}") for key, one in commitments.items()),
        ]
        for one in self.fields.values():
            one.widget.attrs["aria-label"] = one.label

    def clean_serial_number(self) -> list[str]:
        """Read serial numbers, one a line."""
        written = str(self.cleaned_data["serial_number"]).replace("\t", "\n").splitlines()
        serials = [" ".join(one.split()) for one in written if one.strip()]
        if len({one.upper() for one in serials}) != len(serials):
            raise forms.ValidationError(_("A serial number stands here twice."))
        if any(len(one) > 80 for one in serials):  # noqa: PLR2004 the column's length
            raise forms.ValidationError(_("A serial number has at most 80 characters: write one a line."))
        return serials

    def clean_currency(self) -> str:
        """Read a currency's code (ISO 4217)."""
        code = str(self.cleaned_data["currency"]).strip().upper()
        if code and code not in list_currencies():
            raise forms.ValidationError(_("This is no currency's code, such as EUR."))
        return code

    @property
    def main_cells(self) -> list[forms.BoundField]:
        """What every row shows."""
        return [self[name] for name in _MAIN]

    @property
    def further_cells(self) -> list[forms.BoundField]:
        """What is folded away."""
        return [self[name] for name in _FURTHER]

    @property
    def has_wrong_details(self) -> bool:
        """Whether something is wrong among what is folded away."""
        return any(name in self.errors for name in _FURTHER)

    @property
    def told_details(self) -> str:
        """What is known among what is folded away, where a line is there already."""
        values = (self.initial.get(name) for name in _FURTHER if name != "data_wiped")
        return ", ".join(str(value) for value in values if value)

    @property
    def is_told(self) -> bool:
        """Whether the row says anything."""
        return any(self.cleaned_data.get(name) for name in _TELLING)

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be a line, beside the cell that is wrong."""
        typed: dict[str, Any] = super().clean() or {}
        if not self.errors and self.is_told:
            for name, words in self._wrong(typed):
                self.add_error(name, words)
        return typed

    def _wrong(self, typed: Mapping[str, Any]) -> list[tuple[str, str]]:
        serials = typed["serial_number"]
        quantity = typed["quantity"]
        wrong = [
            ("category", not typed["category"].strip(), _("Say what it is.")),
            ("unit", not typed["unit"].strip(), _("Say in what it is counted.")),
            ("quantity", quantity is not None and quantity <= 0, _("Give more than nothing.")),
            ("make", serials and not typed["make"].strip(), _("A serial number needs its make.")),
            ("model", serials and not typed["model"].strip(), _("A serial number needs its model.")),
            ("batch", serials and typed["batch"].strip(), _("Give a batch or serial numbers, not both.")),
            (
                "quantity",
                serials and quantity is not None and quantity not in {1, len(serials)},
                _("There are %(count)d serial numbers: give that quantity, or none.")
                % {"count": len(serials)},
            ),
            (
                "serial_number",
                typed.get("line") and len(serials) > 1,
                _("A line that there is already has one serial number: add rows for others."),
            ),
            (
                "currency",
                typed["unit_value"] is not None and not typed["currency"],
                _("Give the currency."),
            ),
            (
                "unit_value",
                typed["unit_value"] is None and typed["currency"],
                _("Give the value of one, or no currency."),
            ),
        ]
        return [(name, words) for name, is_wrong, words in wrong if is_wrong]

    def serials(self) -> list[Serial]:
        """Return make, model and serial number of each piece of the row."""
        typed = self.cleaned_data
        make, model = (" ".join(typed[name].split()) for name in ("make", "model"))
        return [(make, model, serial) for serial in typed["serial_number"]]

    def items(self) -> list[Item]:
        """Return the lines of the row."""
        typed = self.cleaned_data
        if not self.is_told:
            return []
        words: dict[str, Any] = {name: typed[name] for name in _PLAIN}
        words |= {
            "condition": typed["condition"] or Condition.NEW,
            "unit": typed["unit"],
            "currency": typed["currency"],
            "commitment": self._commitments.get(typed["commitment"]),
            "data_wiped": {"yes": True, "no": False}.get(typed["data_wiped"]),
        }
        serials: Sequence[str] = typed["serial_number"]
        if not serials:
            return [Item(line=typed["line"], quantity=typed["quantity"] or Decimal(1), **words)]
        return [Item(line=typed["line"], serial_number=one, **words) for one in serials]


class _Rows(forms.BaseFormSet):  # type: ignore[type-arg]  # not to be subscribed when it runs
    """The table."""

    def clean(self) -> None:
        """Refuse a serial number that stands in two rows, and a list that nobody could read."""
        seen: set[Serial] = set()
        count = 0
        for form in self.forms:
            if form.errors or not form.cleaned_data:
                continue
            count += max(1, len(form.cleaned_data["serial_number"]))
            keys = {(make.upper(), model.upper(), serial.upper()) for make, model, serial in form.serials()}
            if twice := seen & keys:
                words = _("%(serial)s stands in two rows.") % {"serial": min(twice)[2]}
                form.add_error("serial_number", words)
            seen |= keys
        if count > MOST_ITEMS:
            raise forms.ValidationError(
                _("At most %(most)d lines stand on one list: make two handovers of it.")
                % {"most": MOST_ITEMS}
            )


ItemRows = forms.formset_factory(
    ItemForm, formset=_Rows, extra=0, max_num=MOST_ITEMS, absolute_max=MOST_ITEMS
)


class ItemsForm(forms.Form):
    """Lines to be added to a list.

    Parameters
    ----------
    commitments
        What items can count towards.
    rows
        What the table begins with.
    """

    must_tell = True

    def __init__(
        self,
        *args: Any,
        commitments: Sequence[Commitment],
        rows: Sequence[Mapping[str, Any]] = (),
        **words: Any,
    ) -> None:
        super().__init__(*args, **words)
        self.servable = {str(one.public_id): one for one in commitments}
        data = self.data if self.is_bound else None
        self.rows = ItemRows(
            data, prefix="item", initial=list(rows), form_kwargs={"commitments": self.servable}
        )

    def is_valid(self) -> bool:
        """Tell whether everything typed can be understood, each row too."""
        return all([self.rows.is_valid(), super().is_valid()])

    def clean(self) -> dict[str, Any]:
        """Ask for a line at least where lines are all that is asked for."""
        typed: dict[str, Any] = super().clean() or {}
        if self.must_tell and self.rows.is_valid() and not self.items():
            raise forms.ValidationError(_("Say what is added."))
        return typed

    def items(self) -> list[Item]:
        """Return the lines, in the order of their rows."""
        return [item for row in self.rows for item in row.items()]

    def serials(self) -> list[Serial]:
        """Return make, model and serial number of all pieces that have one."""
        return [serial for row in self.rows for serial in row.serials()]

    def refuse_taken(self, taken: Mapping[Serial, str]) -> bool:
        """Mark the rows whose serial number is on another transfer in effect; tell whether there are any."""
        for row in self.rows:
            for make, model, serial in row.serials():
                key = (make.upper(), model.upper(), serial.upper())
                if key in taken:
                    words = {"serial": serial, "handover": taken[key] or _("another handover")}
                    row.add_error(
                        "serial_number",
                        _("%(serial)s is on %(handover)s, which is in effect: take it off one of them.")
                        % words,
                    )
        return bool(taken)


def initial_items(items: Sequence[HandoverItem]) -> list[dict[str, Any]]:
    """Return the rows of a list that there is."""
    return [
        {
            **{name: getattr(item, name) for name in (*_PLAIN, "line", "unit", "currency", "serial_number")},
            "quantity": item.quantity.normalize()
            if item.quantity != item.quantity.to_integral()
            else int(item.quantity),
            "commitment": str(item.commitment.public_id) if item.commitment else "",
            "data_wiped": {True: "yes", False: "no"}.get(item.data_wiped, ""),  # type: ignore[arg-type]  # none: no data
        }
        for item in items
    ]
