"""Commitments as spreadsheets, both ways, and as IATI activities."""

from summitry.outcomes.exchange.reading import ChangedRow, Found, ReadRow, read_commitments
from summitry.outcomes.exchange.rows import CellFault
from summitry.outcomes.exchange.writing import commitment_sheet, write_template

__all__ = [
    "CellFault",
    "ChangedRow",
    "Found",
    "ReadRow",
    "commitment_sheet",
    "read_commitments",
    "write_template",
]
