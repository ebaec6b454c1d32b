"""What the sheets of one workbook call each other by."""

from __future__ import annotations

from collections.abc import Iterable

from summitry.planner.wording import shown
from summitry.workbook.layout import (
    INTERPRETERS,
    LANGUAGE_WORDS,
    PARTIES,
    PEOPLE,
    REQUESTS,
    ROOMS,
    SITTINGS,
    SheetLayout,
    meant_language,
)
from summitry.workbook.names import Register
from summitry.workbook.reading.book import Book
from summitry.workbook.tables import Row, Table
from summitry.workbook.texts import Item, Vocabulary

Entered = tuple[Row, str, str | None]  # with id and name


class Names:
    """The records of a workbook by what they are called.

    Attributes
    ----------
    rows : dict of str to tuple
        Title and row numbers of the records of each list of the problem.
    """

    def __init__(self, book: Book) -> None:
        self.book = book
        self.rows: dict[str, tuple[str, list[int]]] = {}
        self.sittings = Register("sitting", SITTINGS.title)
        self.parties = Register("delegation", PARTIES.title)
        self.people = Register("person", PEOPLE.title)
        self.rooms = Register("room", ROOMS.title)
        self.interpreters = Register("interpreter", INTERPRETERS.title)
        self.requests = Register("request", REQUESTS.title)
        self.zones, self.features = Vocabulary(), Vocabulary()
        self.languages = Vocabulary(LANGUAGE_WORDS)

    def table(self, layout: SheetLayout, key: str) -> Table | None:
        """Read the sheet of one of the problem's lists."""
        table = self.book.table(layout)
        if table is not None:
            self.rows[key] = (table.title, [row.number for row in table.rows()])
        return table

    def enter(
        self, layout: SheetLayout, register: Register, key: str, *, prefix: str | None = None
    ) -> list[Entered]:
        """Enter the records of a sheet, so that others may name them.

        Parameters
        ----------
        layout, register, key
            The sheet, where to enter them, and the list of the problem.
        prefix
            What ids are made of where none is given; none are made without it.
        """
        table = self.table(layout, key)
        if table is None or not table.columns:
            register.complete = not layout.required
            return []
        rows = list(table.rows())
        made = made_ids(prefix, [row.text("id") for row in rows]) if prefix else [None] * len(rows)
        found: list[Entered] = []
        for row, otherwise in zip(rows, made, strict=True):
            entered = register.enter(row, otherwise=otherwise)
            if entered is not None:
                found.append((row, *entered))
        return found

    def require_some(self, layout: SheetLayout, register: Register) -> None:
        """Note that a sheet without which nothing can be held has no rows."""
        if register.complete and not register.ids and self.book.has(layout):
            message = f"has no rows; without a {register.what} no meeting can be held"
            self.book.faults.add(message, layout.title)


def made_ids(prefix: str, given: Iterable[str | None]) -> list[str]:
    """Return an id for each of some records: the one given, or the prefix with the next free number."""
    given = list(given)
    taken = set(given)
    ids = []
    for number, id_ in enumerate(given, 1):
        free = number
        while id_ is None and f"{prefix}{free}" in taken:
            free += 1
        ids.append(id_ or f"{prefix}{free}")
        taken.add(ids[-1])
    return ids


def words(row: Row, key: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Read the words of a cell, each once."""
    found: dict[str, None] = {}
    for item in row.items(key):
        _require_one_word(row, key, item)
        found[vocabulary.read(item)] = None
    return tuple(found)


def language_words(row: Row, key: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Read the languages of a cell; one that is like a known one is taken for a slip, unless it is quoted."""
    for item in row.items(key):
        meant = None if item.literal else meant_language(item.text)
        if meant:
            row.wrong(
                key,
                f"{shown(item.text)} is not a known language; write {meant}, or put it in quotation marks",
            )
    return words(row, key, vocabulary)


def word(row: Row, key: str, vocabulary: Vocabulary) -> str | None:
    """Read a cell that holds one word."""
    found = words(row, key, vocabulary)
    if len(found) > 1:
        row.wrong(key, f"names {len(found)}; write one")
    return found[0] if found else None


def _require_one_word(row: Row, key: str, item: Item) -> None:
    if "," in item.text and not item.literal:
        row.wrong(
            key,
            f"{shown(item.text)} has a comma; separate several by semicolons, or put it in quotation marks",
        )


def require_distinct(row: Row, keys: Iterable[str], register: Register) -> tuple[str, ...]:
    """Read cells that together name several, none of them twice."""
    found: list[str] = []
    for key in keys:
        for id_ in register.several(row, key):
            if id_ in found:
                row.wrong(key, f"names {shown(register.reference(id_))} a second time; keep one")
            found.append(id_)
    return tuple(found)
