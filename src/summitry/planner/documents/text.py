"""From bytes to JSON values: strict, and quick to refuse what is hostile.

Python's own parser is asked; what it would let pass (a key given twice, ``NaN``, numbers of
thousands of digits) is marked while it reads and then looked for, so that the message names the place.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

from summitry.planner.documents.bad_input import BadInput
from summitry.planner.wording import LONGEST_SHOWN, shown

MOST_BYTES = 256 * 1024 * 1024  # 50,000 requests are about 12 MB
MOST_VALUES = 5_000_000  # about 100 bytes of memory each once read
MOST_DIGITS = 18
BYTE_ORDER_MARK = "\ufeff"


class Flaw:
    """Stands for a value that is no JSON value to us."""

    def __init__(self, message: str) -> None:
        self.message = message


class Repeated(dict[str, Any]):
    """An object in which a key was given twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        given = Counter(key for key, _ in pairs)
        self.key = next(key for key, times in given.items() if times > 1)


class _Hooks:
    """What the parser calls, and whether any of it found something wrong."""

    def __init__(self) -> None:
        self.flawed = False

    def pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        self.flawed = True
        return Repeated(pairs)

    def constant(self, token: str) -> Flaw:
        self.flawed = True
        return Flaw(f"{token} is not a number; leave the key out")

    def whole(self, token: str) -> int | Flaw:
        if len(token) <= MOST_DIGITS:
            return int(token)
        self.flawed = True
        return Flaw(f"a number of {len(token)} digits is too large")

    def real(self, token: str) -> float | Flaw:
        number = float(token)
        if math.isfinite(number):
            return number
        self.flawed = True
        return Flaw("the number is too large")


def parse(data: bytes | str) -> Any:
    """Read one JSON value.

    Raises
    ------
    BadInput
        If the data is not JSON in UTF-8, gives a key twice, or holds what is no number.
    """
    text = _decoded(data) if isinstance(data, bytes) else data
    if text.startswith(BYTE_ORDER_MARK):
        raise BadInput("begins with a byte order mark; save it as UTF-8 without one")
    if not text or text.isspace():
        raise BadInput("is empty; a JSON object is expected")
    if text.count(",") + text.count("[") + text.count("{") > MOST_VALUES:
        raise BadInput(f"holds more than {MOST_VALUES:,} values, more than any event; is it the right file?")
    hooks = _Hooks()
    try:
        value = json.loads(
            text,
            object_pairs_hook=hooks.pairs,
            parse_constant=hooks.constant,
            parse_int=hooks.whole,
            parse_float=hooks.real,
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise BadInput(f"is not JSON: {error.msg[:1].lower()}{error.msg[1:]}", where) from None
    except RecursionError:
        raise BadInput("is nested too deep; a document needs fewer than ten levels of brackets") from None
    if hooks.flawed:
        _refuse_flaws(value)
    return value


def _decoded(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise BadInput(f"is larger than {MOST_BYTES // 1024 // 1024} MB; is it the right file?")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(f"is not UTF-8 (byte {error.start}); save it as UTF-8") from None


def _refuse_flaws(document: Any) -> None:
    pending: list[tuple[str, Any]] = [("", document)]
    while pending:
        place, value = pending.pop()
        if isinstance(value, Flaw):
            raise BadInput(value.message, place)
        if isinstance(value, Repeated):
            raise BadInput(f"the key {shown(value.key)} is given twice; keep one", place)
        pending.extend(reversed(list(_inner(place, value))))


def _inner(place: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield inside(place, key), inner
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield f"{place}[{index}]", inner


def inside(place: str, key: str) -> str:
    """Name the place of a key within an object."""
    plain = key if key.isidentifier() and len(key) <= LONGEST_SHOWN else shown(key)
    return f"{place}.{plain}" if place else plain
