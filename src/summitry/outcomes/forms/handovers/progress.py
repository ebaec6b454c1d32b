"""What becomes of the items of a handover, typed in: deliveries, inspections, visits, disposals, files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.accounts.models import User
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.outcomes.actions import Found, NewFile
from summitry.outcomes.forms.fields import ManyFilesField, day_field, line_field, text_field
from summitry.outcomes.kinds import DisposalMethod, FindingOnUse, HandoverFileKind, InspectionResult
from summitry.outcomes.models import HandoverItem, PlannedVisit
from summitry.outcomes.queries import ItemLine
from summitry.programme.models import Session
from summitry.world.languages import text_in

_MOST_FILES: Final = 20


def _quantity(label: Any, *, required: bool = False) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=required, max_digits=14, decimal_places=3, min_value=0, localize=False
    )


def plain(quantity: Decimal) -> Decimal | int:
    """Return a quantity without the zeros behind its point."""
    return int(quantity) if quantity == quantity.to_integral() else quantity.normalize()


class _Lines(forms.Form):
    """A form with inputs for each line of a list."""

    def __init__(self, *args: Any, lines: Sequence[ItemLine], **words: Any) -> None:
        super().__init__(*args, **words)
        self.lines = list(lines)
        for line in self.lines:
            self.add_line(line)

    def add_line(self, line: ItemLine) -> None:
        """Add the inputs for a line."""
        raise NotImplementedError

    def add(self, name: str, line: ItemLine, field: forms.Field) -> None:
        """Add an input for a line, named for who cannot see the table."""
        field.label = _("%(what)s, line %(line)d") % {"what": field.label, "line": line.item.line}
        field.widget.attrs["aria-label"] = field.label
        self.fields[f"{name}_{line.item.line}"] = field

    def typed(self, name: str, line: ItemLine) -> Any:
        """Return what was typed for a line."""
        return self.cleaned_data.get(f"{name}_{line.item.line}")


class DeliveryForm(_Lines):
    """A consignment that arrived."""

    on = day_field(gettext_lazy("Delivered on"), required=True)
    place = line_field(gettext_lazy("Place"), most=200)
    note = line_field(
        gettext_lazy("Delivery note"), gettext_lazy("The number of the note or waybill."), most=120
    )
    received_by = line_field(gettext_lazy("Taken in by"), most=200)
    reason = line_field(
        gettext_lazy("What was wrong"), gettext_lazy("Both entries are kept; this one counts.")
    )

    def __init__(
        self,
        *args: Any,
        lines: Sequence[ItemLine],
        delivered: Mapping[int, Decimal] | None = None,
        **words: Any,
    ) -> None:
        self._delivered = delivered
        super().__init__(*args, lines=lines, **words)
        if delivered is None:
            del self.fields["reason"]
        else:
            self.fields["reason"].required = True

    def add_line(self, line: ItemLine) -> None:
        """Ask how much of it came."""
        field = _quantity(gettext_lazy("Quantity"))
        corrected = self._delivered
        known = line.sums.to_deliver if corrected is None else corrected.get(line.item.pk, Decimal(0))
        field.initial = plain(known)
        self.add("quantity", line, field)

    @property
    def rows(self) -> list[tuple[ItemLine, forms.BoundField]]:
        """Each line with its input."""
        return [(line, self[f"quantity_{line.item.line}"]) for line in self.lines]

    def brought(self) -> list[tuple[HandoverItem, Decimal]]:
        """Return how much of which item came."""
        found = [(line.item, self.typed("quantity", line)) for line in self.lines]
        return [(item, quantity) for item, quantity in found if quantity]


class InspectionForm(_Lines):
    """What the inspection found, line by line."""

    on = day_field(gettext_lazy("Inspected on"), required=True)
    inspector = line_field(gettext_lazy("Inspected by"), most=200, required=True)
    accept_others = forms.BooleanField(
        label=gettext_lazy("Accept everything that is not marked otherwise below"), required=False
    )

    def add_line(self, line: ItemLine) -> None:
        """Ask what was found, of how much."""
        result = forms.ChoiceField(
            label=gettext_lazy("Found"),
            required=False,
            choices=[("", _("not inspected now")), *InspectionResult.choices],
        )
        quantity = _quantity(gettext_lazy("Quantity"))
        quantity.initial = plain(line.sums.to_inspect)
        self.add("result", line, result)
        self.add("quantity", line, quantity)
        self.add("remarks", line, line_field(gettext_lazy("Remarks or reason"), most=1000))

    def clean(self) -> dict[str, Any]:
        """Ask for the reason beside what was not simply accepted."""
        typed: dict[str, Any] = super().clean() or {}
        for line in self.lines:
            result, number = self.typed("result", line), line.item.line
            if result and result != InspectionResult.ACCEPTED and not self.typed("remarks", line):
                self.add_error(f"remarks_{number}", _("Say what is wrong with it."))
            if result and not self.typed("quantity", line):
                self.add_error(f"quantity_{number}", _("Give more than nothing."))
            elif result and self.typed("quantity", line) > line.sums.to_inspect:
                words = {"left": plain(line.sums.to_inspect)}
                self.add_error(f"quantity_{number}", _("Only %(left)s are there to inspect.") % words)
        return typed

    @property
    def rows(self) -> list[tuple[ItemLine, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Each line with its inputs."""
        return [
            (line, *(self[f"{name}_{line.item.line}"] for name in ("result", "quantity", "remarks")))  # type: ignore[misc]  # three of them
            for line in self.lines
        ]

    def found(self) -> list[Found]:
        """Return what was found of which item."""
        told = []
        for line in self.lines:
            result = self.typed("result", line)
            if not result and self.cleaned_data["accept_others"]:
                told.append(Found(line.item, InspectionResult.ACCEPTED, line.sums.to_inspect))
            elif result:
                quantity = self.typed("quantity", line)
                told.append(Found(line.item, result, quantity, self.typed("remarks", line)))
        return told


class CorrectionForm(forms.Form):
    """What an inspection entered wrongly really found."""

    result = forms.ChoiceField(label=gettext_lazy("Found"), choices=InspectionResult.choices)
    quantity = _quantity(gettext_lazy("Quantity"), required=True)
    inspector = line_field(gettext_lazy("Inspected by"), most=200, required=True)
    reason = text_field(
        gettext_lazy("Why it is corrected"),
        gettext_lazy("Both entries are kept; this one counts."),
        rows=2,
        required=True,
    )


class SettlingForm(forms.Form):
    """How the remarks of an acceptance were settled."""

    on = day_field(gettext_lazy("Accepted in full on"), required=True)
    inspector = line_field(gettext_lazy("Inspected by"), most=200, required=True)
    note = text_field(
        gettext_lazy("How the remarks were settled"),
        gettext_lazy("They stay beside the acceptance."),
        rows=2,
        required=True,
    )


class PlanForm(forms.Form):
    """A visit to come.

    Parameters
    ----------
    visitors
        Who can be sent.
    """

    due_on = day_field(gettext_lazy("By which day"), required=True)
    visitor = forms.ChoiceField(
        label=gettext_lazy("Who is to go"),
        help_text=gettext_lazy("They are written to in time."),
        required=False,
    )
    subject = line_field(gettext_lazy("Where, and what is to be looked at"), most=300)

    def __init__(self, *args: Any, visitors: Sequence[User], **words: Any) -> None:
        super().__init__(*args, **words)
        self._visitors = {str(one.public_id): one for one in visitors}
        field = self.fields["visitor"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("not said yet: whoever follows up is written to")),
            *((key, f"{one.name} ({one.email})") for key, one in self._visitors.items()),
        ]

    def sent(self) -> User | None:
        """Return who is to go."""
        return self._visitors.get(self.cleaned_data["visitor"])


class VisitForm(forms.Form):
    """A look at how the items are used."""

    planned = forms.ChoiceField(label=gettext_lazy("Which planned visit it was"), required=False)
    on = day_field(gettext_lazy("Visited on"), required=True)
    place = line_field(gettext_lazy("Place"), most=200)
    visitors = line_field(gettext_lazy("Who visited"), most=300, required=True)
    finding = forms.ChoiceField(
        label=gettext_lazy("Found"), choices=FindingOnUse.choices, widget=forms.RadioSelect
    )
    narrative = text_field(gettext_lazy("What was seen"), rows=4, required=True)
    items = forms.MultipleChoiceField(
        label=gettext_lazy("Items that were seen"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, lines: Sequence[ItemLine], plans: Sequence[PlannedVisit] = (), **words: Any
    ) -> None:
        super().__init__(*args, **words)
        self._items = {str(line.item.line): line.item for line in lines}
        field = self.fields["items"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(key, f"{key}: {item}") for key, item in self._items.items()]
        self._plans = {str(one.public_id): one for one in plans}
        if not plans:
            del self.fields["planned"]
            return
        choice = self.fields["planned"]
        assert isinstance(choice, forms.ChoiceField)
        told = {key: date_format(one.due_on, "j M Y") for key, one in self._plans.items()}
        choice.choices = [
            *((key, f"{day}, {self._plans[key].subject}".rstrip(", ")) for key, day in told.items()),
            ("", _("none: it was not planned")),
        ]

    def plan(self) -> PlannedVisit | None:
        """Return the planned visit that it was."""
        return self._plans.get(self.cleaned_data.get("planned", ""))

    def seen(self) -> list[HandoverItem]:
        """Return the items that were seen."""
        return [self._items[key] for key in self.cleaned_data["items"]]


class DisposalForm(forms.Form):
    """How an item left service."""

    item = forms.ChoiceField(label=gettext_lazy("Item"))
    quantity = _quantity(gettext_lazy("Quantity"), required=True)
    on = day_field(gettext_lazy("On"), required=True)
    method = forms.ChoiceField(label=gettext_lazy("How"), choices=DisposalMethod.choices)
    reason = text_field(gettext_lazy("Why"), rows=2, required=True)
    approval = line_field(gettext_lazy("Approved by"), gettext_lazy("By whom, under which number."), most=200)

    def __init__(self, *args: Any, lines: Sequence[ItemLine], **words: Any) -> None:
        super().__init__(*args, **words)
        self._items = {str(line.item.line): line.item for line in lines}
        field = self.fields["item"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *((key, f"{key}: {item}") for key, item in self._items.items())]
        self.fields["quantity"].initial = 1

    def disposed(self) -> HandoverItem:
        """Return the item."""
        return self._items[self.cleaned_data["item"]]


class CeremonyForm(forms.Form):
    """When and where the handover is celebrated."""

    ceremony_on = day_field(gettext_lazy("Ceremony on"))
    ceremony = forms.ChoiceField(label=gettext_lazy("In which session"), required=False)
    place = line_field(gettext_lazy("Place"), most=200)

    def __init__(
        self, *args: Any, edition: Edition, sessions: Sequence[Session], language: str, **words: Any
    ) -> None:
        super().__init__(*args, **words)
        self._sessions = {str(one.public_id): one for one in sessions}
        field = self.fields["ceremony"]
        assert isinstance(field, forms.ChoiceField)
        told = []
        for one in sessions:
            local = clock.local(edition, one.occasion.starts_at)
            title = text_in(one.title, language)
            told.append((str(one.public_id), f"{local.day} {local:%b}, {local:%H:%M}, {title}"))
        field.choices = [("", _("none, or not said")), *told]

    def session(self) -> Session | None:
        """Return the session chosen."""
        return self._sessions.get(self.cleaned_data["ceremony"])


class AttachForm(forms.Form):
    """Files of a handover."""

    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=HandoverFileKind.choices)
    files = ManyFilesField(  # type: ignore[assignment]  # a form's field of that name hides its uploads
        label=gettext_lazy("Files"), help_text=gettext_lazy("Kept for good, each with its fingerprint.")
    )

    def clean_files(self) -> list[Any]:
        """Refuse more files than anybody attaches at once."""
        files: list[Any] = self.cleaned_data["files"]
        if len(files) > _MOST_FILES:
            raise forms.ValidationError(_("At most twenty files at once: attach the others after them."))
        return files

    def attached(self) -> list[NewFile]:
        """Return the files."""
        kind = self.cleaned_data["kind"]
        return [NewFile(one, one.name or "", kind=kind) for one in self.cleaned_data["files"]]
