"""What a table's columns are, and how a cell's value is found and said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from summitry.formats.sheets import CellValue, Kind

Row = TypeVar("Row")
Words = str | Promise
NOTHING = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A column that the search box looks into.

    Attributes
    ----------
    field : str
        For rows from the database: the stored folded text (see :func:`summitry.world.rules.sorting.fold`);
        rows in memory are folded as they are.
    """

    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """A column with a list to choose from.

    Attributes
    ----------
    options : sequence of (str, str)
        Values as they stand in the address, and their labels.
    field : str
        For rows from the database: the look-up compared with the value; the column's key when not given.
    narrow : callable, optional
        For rows from the database: takes the query and the value, where a comparison is not enough.
    matches : callable, optional
        For rows in memory: takes the row and the value; else the cell's value is compared as text.
    any_label : str
        What the list says while nothing is chosen.
    """

    options: Sequence[tuple[str, Words]]
    field: str = ""
    narrow: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    matches: Callable[[Any, str], bool] | None = None
    any_label: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Row]):
    """One column.

    Attributes
    ----------
    key : str
        Its name in addresses; also where its value is found: ``"head.name"`` or ``"head__name"``.
    label : str
        The heading.
    value : callable, optional
        Takes the row, where `key` is not the way to the value.
    template : str
        Draws the cell from ``row``, ``value`` and ``url``; ``ui/cells/entity.html``, ``ui/cells/number.html`` and
        ``ui/cells/chip.html`` (value: text and level) are there. Without one the value is said as text.
    sort : bool, str, sequence of str or callable
        Whether the heading sorts. From the database: look-ups to order by (``True``: `key`). In memory: ``True``
        for the value, or a callable that takes the row.
    filter : Text or Choices, optional
        Whether it filters.
    link : callable, optional
        Takes the row and returns where the cell leads, none for nowhere.
    numeric : bool
        Aligned at the end, and a number in exports.
    kind : {"text", "number", "time", "date", "datetime"}
        What its cells are in exports.
    export : bool or callable
        Whether, or by which function of the row, it is exported. An entity is exported by its name.
    css : str
        Classes of its cells.
    """

    key: str
    label: Words
    value: Callable[[Row], object] | None = None
    template: str = ""
    sort: bool | str | Sequence[str] | Callable[[Row], Any] = False
    filter: Text | Choices | None = None
    link: Callable[[Row], str | None] | None = None
    numeric: bool = False
    kind: Kind = "text"
    export: bool | Callable[[Row], CellValue] = True
    css: str = ""
    _path: tuple[str, ...] = field(init=False, repr=False, default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "_path", tuple(self.key.replace("__", ".").split(".")))

    def of(self, row: Row) -> object:
        """Find the cell's value in a row."""
        if self.value is not None:
            return self.value(row)
        found: object = row
        for step in self._path:
            found = found.get(step) if isinstance(found, dict) else getattr(found, step, None)
            if callable(found):
                found = found()
        return found

    def exported(self, row: Row) -> CellValue:
        """Find what an export says of a row."""
        return self.export(row) if callable(self.export) else plain(self.of(row))

    @property
    def sheet_kind(self) -> Kind:
        """What its cells are in a sheet."""
        return "number" if self.numeric and self.kind == "text" else self.kind


def said(value: object) -> str:
    """Say a value as a screen does."""
    match value:
        case None | "":
            text = NOTHING
        case bool():
            text = _("yes") if value else _("no")
        case datetime():
            text = date_format(timezone.localtime(value) if timezone.is_aware(value) else value, "j M Y, H:i")
        case date():
            text = date_format(value, "j M Y")
        case time():
            text = f"{value:%H:%M}"
        case int() | float() | Decimal():
            text = str(localize(value))
        case _:
            text = str(getattr(value, "short", value))
    return text


def plain(value: object) -> CellValue:
    """Turn a value into a cell of a sheet."""
    match value:
        case bool():
            return _("yes") if value else _("no")
        case None | str() | int() | float() | Decimal() | datetime() | date() | time():
            return value
        case _:
            return str(getattr(value, "short", value))
