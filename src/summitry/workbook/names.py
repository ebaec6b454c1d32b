"""What a cell may name: by id, or by name where only one is called so."""

from __future__ import annotations

from collections.abc import Iterable

from summitry.formats.workbooks import address
from summitry.planner.wording import near, shown
from summitry.workbook.tables import Row
from summitry.workbook.texts import Item, fold, quote, read_items, read_text, write_item, write_items
from summitry.workbook.values import Wrong, read_word


class Register:
    """The records of one sheet, by what people may call them.

    Parameters
    ----------
    what
        One of them, in messages: ``delegation``.
    title
        The sheet they stand in.
    """

    def __init__(self, what: str, title: str) -> None:
        self.what = what
        self.title = title
        self.complete = True
        self.ids: dict[str, str] = {}
        self._called: dict[str, str] = {}
        self._names: dict[str, set[str]] = {}
        self._folded: dict[str, set[str]] = {}
        self._hints: dict[str, str] = {}

    def add(self, id_: str, name: str | None, place: str = "") -> None:
        """Enter a record that stands in a cell."""
        self.ids[id_] = place
        self._folded.setdefault(fold(id_), set()).add(id_)
        if name:
            self._called[id_] = name
            self._names.setdefault(name, set()).add(id_)
            self._folded.setdefault(fold(name), set()).add(id_)

    def enter(self, row: Row, *, otherwise: str | None = None) -> tuple[str, str | None] | None:
        """Read id and name of a row and enter them; whichever is missing stands for the other.

        Parameters
        ----------
        row
            The row.
        otherwise
            The id where neither is given.

        Returns
        -------
        tuple or None
            Id and name; None where there is no id, which is noted.
        """
        given, name = row.text("id"), row.text("name")
        key = "id" if given is not None or "name" not in row.table.columns else "name"
        id_ = next((text for text in (given, name, otherwise) if text), None)
        if id_ is None:
            if row.value(key) is None:
                row.missing(key, f"name the {self.what}")
            self.complete = False
            return None
        if id_ in self.ids:
            same = f"{shown(id_)} is in {self.ids[id_]} already"
            mend = "give each an id of its own" if given is None else "take another id"
            row.wrong(key, f"{same}; {mend}")
            return None
        self.add(id_, name, address(row.number, row.table.place(key)))
        return id_, name

    def find(self, item: Item) -> str | None:
        """Return the id that is meant; nothing where nobody is called so.

        Raises
        ------
        Wrong
            If several are called so.
        """
        if item.text in self.ids:
            return item.text
        meant = self._names.get(item.text) or (not item.literal and self._folded.get(fold(item.text))) or ()
        if len(meant) > 1:
            called = ", ".join(f"{shown(one)} in {self.ids[one]}" for one in sorted(meant))
            raise Wrong(f"{shown(item.text)} names several in sheet {self.title} ({called}); write the id")
        return next(iter(meant), None)

    def one(self, row: Row, key: str) -> str | None:
        """Read a cell that names one of them."""
        found = self.several(row, key)
        if len(found) > 1:
            row.wrong(key, f"names {len(found)}; name one {self.what} here")
        return found[0] if found else None

    def several(self, row: Row, key: str) -> list[str]:
        """Read a cell that may name several of them; whoever is not known is noted."""
        return row.read(key, lambda value: self._known(read_word(value))) or []

    def loosely(self, row: Row, key: str) -> list[str]:
        """Read a cell that may also name what is gone; that is returned as it is written."""
        return row.read(key, lambda value: self._loose(read_word(value))) or []

    def _items(self, text: str) -> tuple[Item, ...]:
        """Take a cell as a whole where somebody is called so, semicolons included."""
        whole = read_text(text)
        if whole is not None and ";" in whole and self.find(Item(whole, literal=True)) is not None:
            return (Item(whole, literal=True),)
        return read_items(text)

    def _known(self, text: str) -> list[str]:
        found = []
        for item in self._items(text):
            id_ = self.find(item)
            if id_ is not None:
                found.append(id_)
            elif self.complete:
                raise Wrong(
                    f"there is no {self.what} {shown(item.text)} in sheet {self.title}{self._hint(item.text)}"
                )
        return found

    def _hint(self, text: str) -> str:
        if text not in self._hints:
            if "," in text:
                hint = "; separate several by semicolons"
            else:
                hint = near(text, {*self.ids, *self._names}) or "; add it there, or take it out here"
            self._hints[text] = hint
        return self._hints[text]

    def reference(self, id_: str) -> str:
        """Write a reference that is read as this id: the name where it is enough."""
        for called in (self._called.get(id_), id_):
            if called is not None:
                written = write_item(called)
                if called in {id_, written} and self._meant(written) == [id_]:
                    return written
        return quote(id_)

    def references(self, ids: Iterable[str]) -> str | None:
        """Write the references of a cell."""
        ids = tuple(ids)
        written = write_items(self.reference(id_) for id_ in ids)
        if written is not None and len(self._items(written)) != len(ids):
            return write_items(quote(id_) for id_ in ids)
        return written

    def _meant(self, text: str) -> list[str]:
        """Return what a cell is read as, or nothing where several are called so."""
        try:
            return self._loose(text)
        except Wrong:
            return []

    def _loose(self, text: str) -> list[str]:
        return [item.text if item.literal else self.find(item) or item.text for item in self._items(text)]
