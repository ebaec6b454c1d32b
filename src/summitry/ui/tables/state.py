"""What the address asks of a table, and the addresses that ask for something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.http import urlencode

_LONGEST_SEARCH = 200  # characters
SEARCH, SORT, PAGE, FORMAT = "q", "sort", "page", "format"


@dataclass(frozen=True, slots=True)
class State:
    """What is asked of a table.

    Attributes
    ----------
    search : str
        What the search box holds.
    sort, descending
        The column to sort by (``""``: the rows' own order), and which way.
    page : int
        From 1; brought into range by the table.
    filters : mapping
        Chosen value by column.
    foreign : sequence of (str, str)
        What the address holds that is not the table's: kept in every link.
    """

    search: str = ""
    sort: str = ""
    descending: bool = False
    page: int = 1
    filters: Mapping[str, str] = field(default_factory=dict)
    foreign: Sequence[tuple[str, str]] = ()
    prefix: str = ""
    default_sort: str = ""

    @property
    def sort_text(self) -> str:
        """The sorting as it stands in an address, ``""`` for the usual one."""
        text = f"-{self.sort}" if self.descending else self.sort
        return "" if text == self.default_sort else text

    def address(self, **changes: str) -> str:
        """Return the query string for this state with changes; ``q``, ``sort``, ``page`` and ``format`` as keys."""
        page = str(self.page) if self.page > 1 else ""
        own = {SEARCH: self.search, **self.filters, SORT: self.sort_text, PAGE: page, **changes}
        pairs = [*self.foreign, *((self.prefix + name, value) for name, value in own.items() if value)]
        return "?" + urlencode(pairs)


def read_state(
    params: QueryDict,
    *,
    sortable: frozenset[str],
    choices: Mapping[str, frozenset[str]],
    default_sort: str,
    prefix: str,
) -> State:
    """Read what an address asks; what it asks amiss is passed over, never an error."""

    def said(name: str) -> str:
        return (params.get(prefix + name) or "").replace("\x00", "").strip()

    sort = said(SORT)
    if sort.removeprefix("-") not in sortable:
        sort = default_sort
    page = said(PAGE)
    known = {prefix + name for name in (SEARCH, SORT, PAGE, FORMAT, *choices)}
    return State(
        search=said(SEARCH)[:_LONGEST_SEARCH],
        sort=sort.removeprefix("-"),
        descending=sort.startswith("-"),
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 8 else 1,  # noqa: PLR2004 - any bound will do
        filters={name: said(name) for name, values in choices.items() if said(name) in values},
        foreign=[(name, value) for name in params for value in params.getlist(name) if name not in known],
        prefix=prefix,
        default_sort=default_sort,
    )
