"""The planner's two documents, problem and plan: read strictly, written plainly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from summitry.planner.documents.bad_input import BadInput
from summitry.planner.documents.patch import patched
from summitry.planner.documents.plan import to_plan
from summitry.planner.documents.problem import to_problem
from summitry.planner.documents.records import Patcher, Records
from summitry.planner.documents.text import MOST_BYTES, parse
from summitry.planner.documents.writing import plan_document, problem_document, write_plan, write_problem
from summitry.planner.plan import Plan
from summitry.planner.problem import Problem

__all__ = [
    "MOST_BYTES",
    "BadInput",
    "Patcher",
    "Records",
    "patched",
    "plan_document",
    "problem_document",
    "read_plan",
    "read_problem",
    "require_well_formed",
    "to_plan",
    "to_problem",
    "write_plan",
    "write_problem",
]


def read_problem(data: bytes | str, *, name: str = "PROBLEM.json") -> Problem:
    """Read a ``summitry.problem/1`` document.

    Parameters
    ----------
    data
        The document; bytes must be UTF-8.
    name
        What messages call the file.

    Raises
    ------
    BadInput
        If the document is malformed or names what it does not hold; the message is one line that
        names file, place and mend.
    """
    with _named(name):
        return to_problem(parse(data))


def read_plan(data: bytes | str, *, name: str = "PLAN.json") -> Plan:
    """Read a ``summitry.plan/1`` document.

    Parameters
    ----------
    data
        The document; bytes must be UTF-8.
    name
        What messages call the file.

    Raises
    ------
    BadInput
        If the document is malformed; the message is one line that names file, place and mend.
    """
    with _named(name):
        return to_plan(parse(data))


def require_well_formed(problem: Problem) -> None:
    """Refuse a problem built in Python that could not have been read from a document.

    Raises
    ------
    BadInput
        With the place where its document would be wrong.
    """
    to_problem(problem_document(problem))


@contextmanager
def _named(name: str) -> Iterator[None]:
    try:
        yield
    except BadInput as error:
        raise error.named(name) from None
