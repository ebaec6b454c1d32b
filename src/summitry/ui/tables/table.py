"""A table bound to its rows and to what the address asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, Generic, cast

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from summitry.formats.sheets import Sheet, SheetColumn, write_csv, write_xlsx
from summitry.ui.components import EmptyState
from summitry.ui.htmx import is_partial
from summitry.ui.tables.columns import NOTHING, Choices, Column, Row, Text, Words, said
from summitry.ui.tables.shown import Head, PageLink, Pager, ShownCell, ShownFilter, ShownRow
from summitry.ui.tables.sources import ListSource, QuerySource, Source
from summitry.ui.tables.state import FORMAT, PAGE, SEARCH, SORT, State, read_state

PER_PAGE: Final = 50
_MANY: Final = 100  # a number that is many in every language
_NEAR: Final = 2  # pages shown on either side of the present one
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Table(Generic[Row]):
    """A list on a screen, with the same rows in its exports.

    Parameters
    ----------
    request : HttpRequest
        Its query string says what is searched, filtered, sorted and which page is shown.
    key : str
        Names the table on the page and its exports: ``"delegations"``.
    title : str
        What the rows are, as in "113 delegations"; with ``ngettext_lazy("delegation", "delegations", "n")``
        in the number that is shown.
    columns : sequence of Column
        The first is the row's title.
    rows : QuerySet or sequence
        With everything the cells need already fetched; a query function makes them.
    sort : str
        Key of the column that sorts when nothing is asked, with ``-`` for downwards; ``""`` for the rows' own order.
    per_page : int
        Rows to a page.
    prefix : str
        Put before its names in the address, where a page has several tables.
    empty : EmptyState, optional
        What stands there while there are no rows at all.
    row_css : callable, optional
        Takes the row; ``"amber"`` and ``"red"`` mark one that needs a person.
    row_id : callable, optional
        Takes the row; what the checkbox sends as ``pick``. A model's ``public_id`` or key when not given.
    row_actions : str
        Template of the buttons at the row's end, with ``row``.
    bulk : sequence of (str, str)
        Labels and addresses for what can be done with the rows picked; they are posted as ``pick``.
    """

    def __init__(
        self,
        *,
        request: HttpRequest,
        key: str,
        title: Words,
        columns: Sequence[Column[Row]],
        rows: QuerySet[Any, Row] | Sequence[Row],
        sort: str = "",
        per_page: int = PER_PAGE,
        prefix: str = "",
        empty: EmptyState | None = None,
        row_css: Callable[[Row], str] | None = None,
        row_id: Callable[[Row], object] | None = None,
        row_actions: str = "",
        bulk: Sequence[tuple[Words, str]] = (),
    ) -> None:
        self.id = key
        self._title = title
        self.columns = columns
        self.empty = empty
        self.row_actions = row_actions
        self.bulk = bulk
        self.path = request.path
        self._request = request
        self._per_page = per_page
        self._row_css = row_css
        self._row_id = row_id or _own_id
        self.state: State = read_state(
            request.GET,
            sortable=frozenset(column.key for column in columns if column.sort),
            choices={
                column.key: frozenset(value for value, _label in column.filter.options)
                for column in columns
                if isinstance(column.filter, Choices)
            },
            default_sort=sort,
            prefix=prefix,
        )
        self._source: Source[Row]
        if isinstance(rows, QuerySet):
            self._source = cast("Source[Row]", QuerySource(rows, columns, self.state))
        else:
            self._source = cast("Source[Row]", ListSource(rows, columns, self.state))

    # what the templates read

    @property
    def title(self) -> str:
        """What the rows that are left by the filters are called."""
        return self._called(self.count)

    @property
    def count(self) -> int:
        """How many rows are left by the filters."""
        return self._source.count

    @property
    def total(self) -> int:
        """How many rows there are."""
        return self._source.total

    @property
    def is_filtered(self) -> bool:
        """Whether anything is searched or chosen."""
        return bool(self.state.search or self.state.filters)

    @property
    def searches(self) -> bool:
        """Whether there is a search box."""
        return any(isinstance(column.filter, Text) for column in self.columns)

    @property
    def has_tools(self) -> bool:
        """Whether anything can be searched or chosen."""
        return any(column.filter is not None for column in self.columns)

    @property
    def search_name(self) -> str:
        """The search box's name in the address."""
        return self.state.prefix + SEARCH

    @property
    def sort_name(self) -> str:
        """The sorting's name in the address."""
        return self.state.prefix + SORT

    @property
    def foreign(self) -> Sequence[tuple[str, str]]:
        """What the address holds that is not the table's."""
        return self.state.foreign

    @property
    def clear_url(self) -> str:
        """Where all rows are shown, in the same order."""
        return self.state.address(**{SEARCH: "", PAGE: "", **dict.fromkeys(self.state.filters, "")})

    @property
    def filters(self) -> list[ShownFilter]:
        """The lists to choose from."""
        return [
            ShownFilter(
                name=self.state.prefix + column.key,
                label=column.label,
                value=self.state.filters.get(column.key, ""),
                any_label=column.filter.any_label or _("all"),
                options=column.filter.options,
            )
            for column in self.columns
            if isinstance(column.filter, Choices)
        ]

    @property
    def heads(self) -> list[Head]:
        """The headings."""
        return [self._head(column) for column in self.columns]

    @cached_property
    def rows(self) -> list[ShownRow]:
        """The rows of the page."""
        first = (self._page - 1) * self._per_page
        return [self._row(record) for record in self._source.part(first, first + self._per_page)]

    @cached_property
    def pager(self) -> Pager:
        """The way to the other pages."""
        last_page, here = self._last_page, self._page
        near = {1, last_page, *range(max(1, here - _NEAR), min(last_page, here + _NEAR) + 1)}
        pages: list[PageLink] = []
        previous = 0
        for number in sorted(near):
            if number > previous + 1:
                pages.append(PageLink())
            url = self.state.address(**{PAGE: "" if number == 1 else str(number)})
            pages.append(PageLink(label=str(number), url=url, current=number == here))
            previous = number
        first = (here - 1) * self._per_page
        return Pager(first=first + 1, last=min(first + self._per_page, self.count), pages=pages)

    @property
    def exports(self) -> list[tuple[str, str]]:
        """Labels and addresses of the exports; none while there is nothing to export."""
        if not self.count:
            return []
        return [(name.upper(), self.state.address(**{PAGE: "", FORMAT: name})) for name in ("xlsx", "csv")]

    # what views call

    def respond(
        self, template: str, context: Mapping[str, object] | None = None, *, name: str = "table"
    ) -> HttpResponse:
        """Answer the request: an export, the table's part alone for htmx, or the whole page.

        Parameters
        ----------
        template : str
            The page; it draws the table with ``{% table table %}``.
        context : mapping, optional
            What else the page needs.
        name : str
            What the page calls the table.
        """
        export = self.export()
        if export is not None:
            return export
        if is_partial(self._request) and self._request.headers.get("HX-Target") == f"{self.id}-body":
            response = render(self._request, "ui/table_body.html", {"table": self})
        else:
            response = render(self._request, template, {**(context or {}), name: self})
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
        return response

    def export(self) -> HttpResponse | None:
        """Write all filtered and sorted rows as the sheet that the address asks for, none where it asks for none."""
        match self._request.GET.get(self.state.prefix + FORMAT):
            case "xlsx":
                body, kind, ending = write_xlsx([self.sheet()]), _XLSX, "xlsx"
            case "csv":
                body, kind, ending = write_csv(self.sheet()), "text/csv; charset=utf-8", "csv"
            case _:
                return None
        return HttpResponse(
            body,
            content_type=kind,
            headers={"Content-Disposition": f'attachment; filename="{self.id}.{ending}"'},
        )

    def sheet(self) -> Sheet:
        """Gather all filtered and sorted rows as a sheet."""
        columns = [column for column in self.columns if column.export is not False]
        return Sheet(
            title=self._called(_MANY),
            columns=[SheetColumn(label=str(column.label), kind=column.sheet_kind) for column in columns],
            rows=[[column.exported(row) for column in columns] for row in self._source.all()],
            right_to_left=get_language_bidi(),
        )

    # how it is done

    def _called(self, number: int) -> str:
        return cast("str", self._title) % {"n": number}  # lazy words take their number so

    @property
    def _last_page(self) -> int:
        return max(1, -(-self.count // self._per_page))

    @property
    def _page(self) -> int:
        return min(max(1, self.state.page), self._last_page)

    def _head(self, column: Column[Row]) -> Head:
        url = direction = ""
        if column.sort:
            here = self.state.sort == column.key
            if here:
                direction = "descending" if self.state.descending else "ascending"
            wanted = f"-{column.key}" if here and not self.state.descending else column.key
            text = "" if wanted == self.state.default_sort else wanted
            url = self.state.address(**{SORT: text, PAGE: ""})
        css = " ".join(filter(None, (column.css, "num" if column.numeric else "")))
        return Head(key=column.key, label=column.label, url=url, direction=direction, css=css)

    def _row(self, record: Row) -> ShownRow:
        return ShownRow(
            record=record,
            id=self._row_id(record),
            css=self._row_css(record) if self._row_css else "",
            cells=[
                self._cell(column, record, is_title=not index) for index, column in enumerate(self.columns)
            ],
        )

    @staticmethod
    def _cell(column: Column[Row], record: Row, *, is_title: bool) -> ShownCell:
        value = column.of(record)
        text = said(value)
        marks = {"title": is_title, "num": column.numeric, "none blank": text == NOTHING and not is_title}
        css = " ".join(filter(None, (column.css, *(name for name, holds in marks.items() if holds))))
        url = column.link(record) if column.link else None
        return ShownCell(
            label=column.label, value=value, text=text, template=column.template, url=url, css=css
        )


def _own_id(row: object) -> object:
    if isinstance(row, Model):
        return getattr(row, "public_id", row.pk)
    return getattr(row, "id", "")
