"""A table's parts as the templates draw them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summitry.ui.tables.columns import Words


@dataclass(frozen=True, slots=True)
class Head:
    """One heading."""

    key: str
    label: Words
    url: str
    direction: str
    css: str


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell as the template draws it."""

    label: Words
    value: object
    text: str
    template: str
    url: str | None
    css: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row as the template draws it."""

    record: object
    id: object
    css: str
    cells: Sequence[ShownCell]


@dataclass(frozen=True, slots=True)
class ShownFilter:
    """One list to choose from."""

    name: str
    label: Words
    value: str
    any_label: Words
    options: Sequence[tuple[str, Words]]


@dataclass(frozen=True, slots=True)
class PageLink:
    """One page of the pager, or a gap between pages."""

    label: str = ""
    url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    """Where in the rows the page stands."""

    first: int
    last: int
    pages: Sequence[PageLink]

    @property
    def many(self) -> bool:
        """Whether there is more than one page."""
        return len(self.pages) > 1
