"""Every read about bilaterals, each with a constant number of statements."""

from summitry.bilaterals.queries.board import Board, Card, board
from summitry.bilaterals.queries.cards import CardOfMeeting, meeting_card
from summitry.bilaterals.queries.problem import Start, planning_problem
from summitry.bilaterals.queries.requests import (
    RequestRow,
    meetings_of,
    request_row,
    request_rows,
    requests_of,
    windows_of,
)
from summitry.bilaterals.queries.versions import (
    Comparison,
    changes,
    compared_with,
    current_run,
    is_overtaken,
    other_way,
    seconds_under_way,
    switchable,
    version_rows,
)

__all__ = [
    "Board",
    "Card",
    "CardOfMeeting",
    "Comparison",
    "RequestRow",
    "Start",
    "board",
    "changes",
    "compared_with",
    "current_run",
    "is_overtaken",
    "meeting_card",
    "meetings_of",
    "other_way",
    "planning_problem",
    "request_row",
    "request_rows",
    "requests_of",
    "seconds_under_way",
    "switchable",
    "version_rows",
    "windows_of",
]
