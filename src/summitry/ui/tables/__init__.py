"""Declarative tables: filter, sort, page and export the same rows, with or without a script in the browser."""

from summitry.ui.tables.columns import Choices, Column, Text
from summitry.ui.tables.table import Table

__all__ = ["Choices", "Column", "Table", "Text"]
