"""Files that commands read and write: JSON documents, or workbooks where the name ends so."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import click

from summitry.planner import BadInput, Meeting, Plan, Problem

EXIT_BAD_INPUT = 2
WORKBOOKS = frozenset({".xlsx", ".xlsm"})
_OTHER_SPREADSHEETS = frozenset({".xls", ".xlsb", ".ods", ".fods", ".csv", ".tsv", ".numbers"})


def suffix(path: str) -> str:
    """Return what the name of a file ends in, in small letters."""
    return Path(path).suffix.lower()


def is_workbook(path: str) -> bool:
    """Say whether a name is a workbook's."""
    return suffix(path) in WORKBOOKS


def refuse(message: object) -> NoReturn:
    """End with what is wrong, a line for each."""
    for line in str(message).splitlines():
        click.echo(f"summitry: {line}", err=True)
    sys.exit(EXIT_BAD_INPUT)


def load_problem(path: str) -> Problem:
    """Read a problem from a document or a workbook, or end with what is wrong in it."""
    if is_workbook(path):
        from summitry.workbook import read_problem as reader  # noqa: PLC0415 a light start
    else:
        from summitry.planner import read_problem as reader  # noqa: PLC0415 likewise
    problem: Problem = _load(path, reader)
    return problem


def load_plan(path: str) -> Plan:
    """Read a plan's document, or end with what is wrong in it."""
    from summitry.planner import read_plan  # noqa: PLC0415 a light start

    plan: Plan = _load(path, read_plan)
    return plan


def load_meetings(path: str, problem: Problem) -> Sequence[Meeting]:
    """Read the meetings of a plan's workbook, or end with what is wrong in it."""
    from summitry.workbook import read_plan_meetings  # noqa: PLC0415 a light start

    def reader(data: bytes, *, name: str) -> tuple[Meeting, ...]:
        return read_plan_meetings(data, problem, name=name)

    meetings: Sequence[Meeting] = _load(path, reader)
    return meetings


def _load(path: str, reader: Any) -> Any:
    from summitry.planner.files import load  # noqa: PLC0415 a light start

    if suffix(path) in _OTHER_SPREADSHEETS:
        refuse(f"{path}: is a spreadsheet of another kind; save it as Excel workbook (.xlsx)")
    try:
        return load(path, reader)
    except BadInput as error:
        refuse(error)


def problem_bytes(problem: Problem, path: str) -> bytes:
    """Return a problem as the file of that name holds it."""
    if is_workbook(path):
        from summitry.workbook import TooLong, write_problem  # noqa: PLC0415 a light start

        try:
            return write_problem(problem)
        except TooLong as error:
            refuse(f"{path} cannot hold this problem: {error}; write it as .json")
    from summitry.planner import write_problem as write_document  # noqa: PLC0415 likewise

    return write_document(problem)


def plan_bytes(problem: Problem, plan: Plan, path: str) -> bytes:
    """Return a plan as the file of that name holds it."""
    if is_workbook(path):
        from summitry.workbook import write_plan  # noqa: PLC0415 a light start

        return write_plan(problem, plan)
    from summitry.planner import write_plan as write_document  # noqa: PLC0415 likewise

    return write_document(plan)


def require_writable(path: str, *inputs: str) -> None:
    """End where a file cannot be written, before any work is done for it."""
    if path == "-":
        return
    if suffix(path) in _OTHER_SPREADSHEETS | {".xlsm"}:
        refuse(f"{path} cannot be written: documents are written as .json, workbooks as .xlsx")
    target = Path(path)
    if target.is_dir() or not os.access(target.absolute().parent, os.W_OK):
        refuse(f"{path} cannot be written: name a file in a folder that can, by -o")
    if target.exists() and any(Path(one).exists() and target.samefile(one) for one in inputs if one != "-"):
        refuse(f"{path} would be written over what is read: name another file by -o")


def write(path: str, document: bytes) -> None:
    """Write a file whole or not at all; ``-`` is standard output."""
    if path == "-":
        sys.stdout.buffer.write(document)
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        unfinished.write_bytes(document)
        unfinished.replace(target)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        refuse(f"{path} cannot be written ({error.strerror}): name another file by -o")
