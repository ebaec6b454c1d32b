"""What people write in the cells of a sheet of commitments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final, TypeVar

from django.utils.translation import gettext as _

from summitry.formats.workbooks import Moment, Unreadable, Value
from summitry.outcomes.exchange.columns import SEPARATOR
from summitry.world.rules.sorting import fold

Known = TypeVar("Known")
_CODE_BEHIND: Final = re.compile(r"\(([a-z0-9-]+)\)\s*$")
_LINE: Final = re.compile(r"^\s*([a-z]{2,3}|\d{4}-\d{2}-\d{2})\s*:\s*(.+?)\s*$")
_MOST_DIGITS: Final = 16


class Wrong(ValueError):  # noqa: N818 - said of a cell
    """A cell cannot be read; the message says why, and the mend."""


def text(value: Value | None) -> str:
    """Read a text; a number that stands for one is taken as it is written.

    Raises
    ------
    Wrong
        Where the cell shows an error, or a formula that was never calculated.
    """
    match value:
        case None:
            return ""
        case Unreadable():
            raise Wrong(
                _("shows %(error)s: write the value itself") % {"error": value.error or _("a formula")}
            )
        case bool():
            return _("yes") if value else _("no")
        case Moment():
            return value.datetime().date().isoformat()
        case _:
            return str(value).strip()


def day(value: Value | None) -> date | None:
    """Read a date."""
    written = text(value)
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Wrong(_("“%(text)s” is not a date: write it as 2020-12-31") % {"text": written}) from None


def number(value: Value | None) -> Decimal | None:
    """Read a number."""
    written = "".join(text(value).split())
    if not written:
        return None
    try:
        found = Decimal(written.replace(",", ".") if "." not in written else written)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or len(found.as_tuple().digits) > _MOST_DIGITS:
        raise Wrong(_("“%(text)s” is not a number: write digits, such as 1250.50") % {"text": text(value)})
    return found


def whole(value: Value | None) -> int | None:
    """Read a whole number."""
    found = number(value)
    if found is None:
        return None
    if found != found.to_integral_value():
        raise Wrong(
            _("“%(text)s” is not a whole number: leave out what follows the point") % {"text": text(value)}
        )
    return int(found)


def parts(value: Value | None) -> list[str]:
    """Read several that are separated by semicolons."""
    return [part.strip() for part in text(value).split(SEPARATOR) if part.strip()]


def lines(value: Value | None) -> Iterator[tuple[str, str]]:
    """Read lines of the form ``code: text`` or ``2020-06-30: text``."""
    for line in text(value).splitlines():
        if not line.strip():
            continue
        found = _LINE.match(line)
        if found is None:
            raise Wrong(_("“%(text)s” lacks what comes before the colon") % {"text": line.strip()})
        yield found[1], found[2]


def one_of(written: str, known: Mapping[str, Known], offered: Iterable[str] = ()) -> Known:
    """Return the one of a few words that is meant."""
    found = known.get(fold(written))
    if found is None:
        names = ", ".join(offered)
        mend = _("choose one of: %(names)s") % {"names": names} if names else _("it is not known here")
        raise Wrong(_("“%(text)s”: %(mend)s") % {"text": written, "mend": mend})
    return found


def named(written: str, known: Mapping[str, frozenset[Known]]) -> Known:
    """Return what a name or a code means; a code in brackets behind a name decides."""
    behind = _CODE_BEHIND.search(written)
    meant = known.get(fold(behind[1]) if behind else "") or known.get(fold(written)) or frozenset()
    if len(meant) > 1:
        raise Wrong(_("“%(text)s” is the name of several: write its code") % {"text": written})
    if not meant:
        raise Wrong(
            _("“%(text)s” is not known here: write the name or the code of an entity") % {"text": written}
        )
    return next(iter(meant))
