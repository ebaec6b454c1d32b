"""A workbook of requests: its sheets with headings, notes, drop-downs and the rows given."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from summitry.formats.forms import FormColumn, FormSheet, write_form
from summitry.formats.sheets import CellValue
from summitry.formats.workbooks import address
from summitry.planner.explain.words import LANGUAGES
from summitry.workbook.layout import LISTS, READ_ME, SETTINGS, SETTINGS_SHEET, SHEETS, SheetLayout

Rows = list[Sequence[CellValue]]
_RULES = (
    (
        "Fill in",
        "Settings, Sittings, Delegations, People, Rooms and Requests; the other sheets where they apply.",
    ),
    (
        "Names and ids",
        "A cell may name a delegation, person, room or interpreter by name or by id; upper and lower case are the same.",
    ),
    (
        "Several in one cell",
        'Separate them by semicolons: Anna; Bruno. A text with a semicolon stands in quotation marks: "A; B".',
    ),
    ("Dates and times", "Real dates and times, or texts like 2019-10-15, 09:30 and 2019-10-15 09:30."),
    (
        "Headings",
        "Columns may change places and be left out where they are not bold. Sheets and columns whose name begins with Note are yours: they are not read.",
    ),
    ("Rows", "Empty rows are passed over; hidden rows are read."),
    ("Plan", "summitry plan requests.xlsx -o plan.xlsx; what cannot be read is named by sheet and cell."),
)


def write_book(rows: dict[str, Rows], settings: dict[str, CellValue]) -> bytes:
    """Write a workbook of requests with these rows and settings filled in."""
    sheets = [_read_me(), _settings(settings)]
    sheets += [_form(layout, rows.get(layout.title, [])) for layout in SHEETS if layout is not SETTINGS_SHEET]
    return write_form([*sheets, _lists()])


def _form(layout: SheetLayout, rows: Rows) -> FormSheet:
    columns = [
        FormColumn(
            label=column.label,
            note=f"Must be filled in. {column.note}" if column.required else column.note,
            kind=column.kind,
            width=column.width,
            choices=column.choices,
            least=column.least,
            bold=column.required,
        )
        for column in layout.columns
    ]
    return FormSheet(layout.title, columns, rows, frozen=layout.frozen)


def _settings(settings: dict[str, CellValue]) -> FormSheet:
    setting, value = SETTINGS_SHEET.columns
    choices = {address(row, 2): one.choices for row, one in enumerate(SETTINGS, 2) if one.choices}
    return FormSheet(
        SETTINGS_SHEET.title,
        [
            FormColumn(setting.label, setting.note, width=setting.width),
            FormColumn(value.label, value.note, width=value.width),
            FormColumn("Explanation", width=90, bold=False),
        ],
        [[one.label, settings.get(one.key), one.note] for one in SETTINGS],
        frozen=1,
        choices=choices,
        wrap=True,
    )


def _read_me() -> FormSheet:
    rows: Rows = [[name, None, text] for name, text in _RULES]
    for layout in SHEETS:
        rows.append([layout.title, None, layout.note])
        rows += [
            [None, column.label, f"Must be filled in. {column.note}" if column.required else column.note]
            for column in layout.columns
            if column.key != "note"
        ]
    columns = [
        FormColumn("Sheet", width=22),
        FormColumn("Column", width=26),
        FormColumn("What to write", width=100),
    ]
    return FormSheet(READ_ME, columns, rows, wrap=True)


def _lists() -> FormSheet:
    """Return what the drop-downs offer where it is too long for them, out of sight."""
    zones = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    languages = sorted(LANGUAGES.values())
    rows: Rows = [
        [zone, languages[index] if index < len(languages) else None]
        for index, zone in enumerate(sorted(zones))
    ]
    return FormSheet(LISTS, [FormColumn("Time zones", width=34), FormColumn("Languages")], rows, hidden=True)
