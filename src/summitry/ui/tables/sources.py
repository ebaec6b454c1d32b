"""Where a table's rows come from: a query of the database, or a list that a query function made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

from summitry.ui.tables.columns import Choices, Column, Row, Text
from summitry.ui.tables.state import State
from summitry.world.rules.sorting import fold

RowOut_co = TypeVar("RowOut_co", covariant=True)


class Source(Protocol[RowOut_co]):
    """Rows, filtered and sorted as a state asks."""

    total: int
    count: int

    def part(self, first: int, last: int) -> Sequence[RowOut_co]:
        """Return the rows from `first` up to `last`, counted from 0."""

    def all(self) -> Iterable[RowOut_co]:
        """Return every row."""


class ListSource(Generic[Row]):
    """Rows in memory."""

    def __init__(self, rows: Sequence[Row], columns: Sequence[Column[Row]], state: State) -> None:
        self.total = len(rows)
        self._rows = self._sorted(self._filtered(rows, columns, state), columns, state)
        self.count = len(self._rows)

    def part(self, first: int, last: int) -> Sequence[Row]:
        """Return the rows from `first` up to `last`."""
        return self._rows[first:last]

    def all(self) -> Iterable[Row]:
        """Return every row."""
        return self._rows

    @staticmethod
    def _filtered(rows: Sequence[Row], columns: Sequence[Column[Row]], state: State) -> list[Row]:
        kept = list(rows)
        for column in columns:
            wanted = state.filters.get(column.key)
            if wanted is None or not isinstance(column.filter, Choices):
                continue
            matches = column.filter.matches
            kept = [
                row for row in kept if (matches(row, wanted) if matches else str(column.of(row)) == wanted)
            ]
        words = fold(state.search).split()
        if words:
            texts = [column for column in columns if isinstance(column.filter, Text)]

            def holds(row: Row) -> bool:
                folded = [fold(_searchable(column.of(row))) for column in texts]
                return all(any(word in text for text in folded) for word in words)

            kept = [row for row in kept if holds(row)]
        return kept

    @staticmethod
    def _sorted(rows: list[Row], columns: Sequence[Column[Row]], state: State) -> list[Row]:
        column = next((column for column in columns if column.key == state.sort and column.sort), None)
        if column is None:
            return rows
        by = column.sort if callable(column.sort) else column.of
        keyed = [(key, row) for row in rows if (key := _sort_key(by(row))) is not None]
        last = [row for row in rows if _sort_key(by(row)) is None]
        keyed.sort(key=lambda pair: pair[0], reverse=state.descending)
        return [row for _, row in keyed] + last


class QuerySource(Generic[Row]):
    """Rows of the database: one statement to count, one for the page, whatever their number."""

    def __init__(self, rows: QuerySet[Any, Row], columns: Sequence[Column[Row]], state: State) -> None:
        self._whole = rows
        self._kept = self._sorted(self._filtered(rows, columns, state), columns, state)
        self._is_filtered = bool(state.search or state.filters)

    @cached_property
    def count(self) -> int:
        """How many rows are left."""
        return self._kept.count()

    @cached_property
    def total(self) -> int:
        """How many rows there are unfiltered."""
        return self._whole.count() if self._is_filtered else self.count

    def part(self, first: int, last: int) -> Sequence[Row]:
        """Return the rows from `first` up to `last`."""
        return list(self._kept[first:last])

    def all(self) -> Iterable[Row]:
        """Return every row."""
        return self._kept

    @staticmethod
    def _filtered(
        rows: QuerySet[Any, Row], columns: Sequence[Column[Row]], state: State
    ) -> QuerySet[Any, Row]:
        for column in columns:
            wanted = state.filters.get(column.key)
            if wanted is None or not isinstance(column.filter, Choices):
                continue
            narrow = column.filter.narrow
            rows = (
                narrow(rows, wanted) if narrow else rows.filter(**{column.filter.field or column.key: wanted})
            )
        fields = [column.filter.field or column.key for column in columns if isinstance(column.filter, Text)]
        for word in fold(state.search).split():
            found = Q()
            for field in fields:
                found |= Q(**{f"{field}__contains": word})
            rows = rows.filter(found)
        return rows

    @staticmethod
    def _sorted(rows: QuerySet[Any, Row], columns: Sequence[Column[Row]], state: State) -> QuerySet[Any, Row]:
        column = next((column for column in columns if column.key == state.sort and column.sort), None)
        if column is None:
            return rows if rows.ordered else rows.order_by("pk")
        if callable(column.sort):
            raise TypeError(f"Column {column.key!r} sorts by a function: rows of the database need look-ups.")
        match column.sort:
            case str():
                paths: Sequence[str] = [column.sort]
            case bool():
                paths = [column.key.replace(".", "__")]
            case _:
                paths = column.sort
        return rows.order_by(*(_direction(path, descending=state.descending) for path in paths), "pk")


def _direction(path: str, *, descending: bool) -> OrderBy:
    """Order by a look-up, turned round where asked; rows without a value stay at the end either way."""
    down = path.startswith("-") != descending
    expression = F(path.removeprefix("-"))
    return expression.desc(nulls_last=True) if down else expression.asc(nulls_last=True)


def _searchable(value: object) -> str:
    return "" if value is None else str(getattr(value, "short", value))


def _sort_key(value: object) -> Any:
    """Make values of one column comparable: text without case and accents, names by their own key."""
    if value is None or value == "":
        return None
    key = getattr(value, "sort_key", None)
    if isinstance(key, str):
        return key
    named = getattr(value, "short", value)
    return fold(named) if isinstance(named, str) else value
