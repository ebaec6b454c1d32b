"""The board: a day of a plan version as a reader may see it."""

from summitry.bilaterals.queries.board.making import board
from summitry.bilaterals.queries.board.shapes import Board, Card

__all__ = ["Board", "Card", "board"]
