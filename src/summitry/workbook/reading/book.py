"""Which sheet of a workbook is which."""

from __future__ import annotations

from summitry.formats.workbooks import OpenedWorkbook
from summitry.planner.documents.clock import Clock
from summitry.planner.wording import near, shown
from summitry.workbook.faults import Faults
from summitry.workbook.layout import LISTS, READ_ME, SHEETS, SheetLayout, heading_key, passed_over
from summitry.workbook.tables import Table


class Book:
    """The tables of a workbook.

    Parameters
    ----------
    opened
        The workbook.
    faults
        Where faults are noted: sheets that are missing, or that nobody expects.
    """

    def __init__(self, opened: OpenedWorkbook, faults: Faults) -> None:
        self.faults = faults
        self.clock: Clock | None = None
        self._opened = opened
        self._titles: dict[str, str] = {}
        known = {heading_key(title): layout for layout in SHEETS for title in (layout.title, *layout.aliases)}
        unknown = []
        for title in opened.titles:
            layout = known.get(heading_key(title))
            if layout is None:
                unknown.append(title)
            elif layout.title in self._titles:
                faults.add(f"is the same as sheet {self._titles[layout.title]}; keep one", title)
            else:
                self._titles[layout.title] = title
        self._refuse(unknown)

    def _refuse(self, unknown: list[str]) -> None:
        """Refuse what is in no sheet's place, unless it is empty or marked as the desk's own."""
        missing = [layout for layout in SHEETS if layout.title not in self._titles]
        titles = [layout.title for layout in missing]
        own = {heading_key(READ_ME), heading_key(LISTS)}
        for title in unknown:
            if passed_over(title) or heading_key(title) in own or not self._opened.read(title).rows:
                continue
            hint = near(title, titles) or "; begin its name with Note to have it passed over"
            self.faults.add(f"is none of the sheets that are read{hint}", title)
        for layout in missing:
            if layout.required:
                message = (
                    f"there is no sheet {shown(layout.title)}; add it, or rename the sheet that stands for it"
                )
                self.faults.add(message)

    def has(self, layout: SheetLayout) -> bool:
        """Say whether the workbook has a sheet."""
        return layout.title in self._titles

    def table(self, layout: SheetLayout) -> Table | None:
        """Read a sheet, if the workbook has it."""
        title = self._titles.get(layout.title)
        if title is None:
            return None
        table = Table(layout, title, self._opened.read(title), self.faults)
        table.clock = self.clock
        return table
