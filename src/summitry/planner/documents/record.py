"""One JSON object of a document, asked for its values key by key; every answer is checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from summitry.planner.documents.bad_input import BadInput
from summitry.planner.documents.clock import Clock
from summitry.planner.documents.text import inside
from summitry.planner.wording import kind, near, shown

MOST = 2**31 - 1  # a ceiling for every number, so that sums stay exact everywhere
Name = TypeVar("Name", bound=StrEnum)
Value = TypeVar("Value")


class Record:
    """An object of known keys.

    Parameters
    ----------
    value
        The JSON value that should be an object.
    place
        Where it stands.
    keys
        The keys it may have.
    clock
        How to read its times.

    Raises
    ------
    BadInput
        If it is no object or has another key.
    """

    __slots__ = ("clock", "place", "values")

    def __init__(self, value: object, place: str, keys: frozenset[str], clock: Clock) -> None:
        if not isinstance(value, dict):
            raise BadInput(f"must be an object, not {kind(value)}", place)
        for key in value:
            if key not in keys:
                hint = near(key, sorted(keys)) or f"; the keys are {', '.join(sorted(keys))}"
                raise BadInput(f"there is no key {shown(key)}{hint}", place)
        self.values = value
        self.place = place
        self.clock = clock

    def at(self, key: str) -> str:
        """Name the place of a key."""
        return inside(self.place, key)

    def has(self, key: str) -> bool:
        """Say whether a key is given; an empty list is not."""
        return key in self.values and self.values[key] != []

    def required(self, key: str) -> Any:
        """Return a value that must be there."""
        if key not in self.values:
            raise BadInput(f"the key {shown(key)} is missing", self.place)
        return self.values[key]

    def text(self, key: str) -> str:
        """Return a text."""
        return text(self.required(key), self.at(key))

    def optional_text(self, key: str) -> str | None:
        """Return a text, if given."""
        return self.text(key) if key in self.values else None

    def id(self, key: str) -> str:
        """Return an id."""
        return identifier(self.required(key), self.at(key))

    def optional_id(self, key: str) -> str | None:
        """Return an id, if given."""
        return self.id(key) if key in self.values else None

    def flag(self, key: str) -> bool:
        """Return true or false; false if not given."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise BadInput(f"must be true or false, not {kind(value)}", self.at(key))
        return value

    def whole(self, key: str, *, least: int = 1, most: int = MOST) -> int:
        """Return a whole number within limits."""
        return whole(self.required(key), self.at(key), least=least, most=most)

    def optional_whole(self, key: str, *, least: int = 1) -> int | None:
        """Return a whole number, if given."""
        return self.whole(key, least=least) if key in self.values else None

    def time(self, key: str) -> datetime:
        """Return a time on the wall clock."""
        return self.clock.time(self.required(key), self.at(key))

    def one_of(self, key: str, names: type[Name]) -> Name:
        """Return one of a few names."""
        return named(self.required(key), self.at(key), names)

    def each(self, key: str, read: Callable[[Any, str], Value]) -> tuple[Value, ...]:
        """Read every value of a list with its place; nothing if it is not given."""
        place = self.at(key)
        values = a_list(self.values.get(key, []), place)
        return tuple(read(value, f"{place}[{index}]") for index, value in enumerate(values))

    def distinct(self, key: str, *, least: int = 0) -> tuple[str, ...]:
        """Return a list of at least so many ids, none of them twice."""
        found = self.each(key, identifier)
        if len(found) < least:
            needs = "must not be empty" if least == 1 else f"must have at least {least} entries"
            raise BadInput(needs if key in self.values else f"is missing; it {needs}", self.at(key))
        require_distinct(found, self.at(key))
        return found

    def records(self, key: str, keys: frozenset[str]) -> Iterator[Record]:
        """Walk over a list of objects."""
        place = self.at(key)
        for index, value in enumerate(a_list(self.values.get(key, []), place)):
            yield Record(value, f"{place}[{index}]", keys, self.clock)


def a_list(value: object, place: str) -> list[Any]:
    """Return a list."""
    if not isinstance(value, list):
        raise BadInput(f"must be a list, not {kind(value)}", place)
    return value


def require_distinct(values: Sequence[str], place: str) -> None:
    """Refuse a list in which something stands twice."""
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value in seen:
            raise BadInput(f"{shown(value)} is given twice; keep one", f"{place}[{index}]")
        seen.add(value)


def text(value: object, place: str) -> str:
    """Return a text that UTF-8 can write."""
    if not isinstance(value, str):
        raise BadInput(f"must be a text, not {kind(value)}", place)
    if not value.isascii() and any("\ud800" <= mark <= "\udfff" for mark in value):
        raise BadInput("holds half a character (a lone surrogate); write the whole one", place)
    return value


def identifier(value: object, place: str) -> str:
    """Return a text that is not empty."""
    found = text(value, place)
    if not found:
        raise BadInput("must not be empty", place)
    return found


def whole(value: object, place: str, *, least: int, most: int = MOST) -> int:
    """Return a whole number within limits; ``true`` and ``30.0`` are none."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadInput(f"must be a whole number, not {kind(value)}", place)
    if not least <= value <= most:
        limit = f"at least {least:,}" if value < least else f"at most {most:,}"
        raise BadInput(f"must be {limit}, not {value:,}", place)
    return value


def named(value: object, place: str, names: type[Name]) -> Name:
    """Return one of a few names."""
    if isinstance(value, str) and value in set(names):
        return names(value)
    hint = near(value, list(names)) if isinstance(value, str) else ""
    raise BadInput(f"must be one of {', '.join(names)}, not {kind(value)}{hint}", place)
