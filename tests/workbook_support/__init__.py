"""What the workbook's tests share: the template with cells changed, and what is said of it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.datavalidation import DataValidationList

from summitry.planner import BadInput, Problem
from summitry.workbook import read_problem, write_template

TEMPLATE = write_template()


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _plain(template: bytes) -> bytes:
    """Return a template without what only guides whoever fills it in: quicker to open and save."""
    book = load_workbook(io.BytesIO(template))
    del book["Lists"], book["Read me"]
    for sheet in book:
        sheet.data_validations = DataValidationList()
        for cell in sheet[1]:
            assert isinstance(cell, Cell)
            cell.comment = None
    return saved(book)


PLAIN = _plain(TEMPLATE)


def changed(cells: dict[str, Any] | None = None, edit: Callable[[Workbook], None] | None = None) -> bytes:
    """Return the template with cells (``Requests!D7``) filled in as openpyxl does it, and edited."""
    book = load_workbook(io.BytesIO(PLAIN))
    for place, value in (cells or {}).items():
        sheet, _, address = place.partition("!")
        book[sheet][address] = value
    if edit is not None:
        edit(book)
    return saved(book)


def book_of(sheets: dict[str, Iterable[Iterable[Any]]]) -> bytes:
    """Return a workbook of these rows, written as any program may write it."""
    book = Workbook()
    del book["Sheet"]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def problem(cells: dict[str, Any] | None = None, edit: Callable[[Workbook], None] | None = None) -> Problem:
    return read_problem(changed(cells, edit))


def refused(data: bytes) -> list[str]:
    """Return the lines that a workbook is refused with."""
    with pytest.raises(BadInput) as caught:
        read_problem(data)
    return str(caught.value).splitlines()
