"""Times and intervals of a document, on the wall clock of its time zone."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

from summitry.planner.documents.bad_input import BadInput
from summitry.planner.wording import kind, near, shown

TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")


@cache
def timezones() -> frozenset[str]:
    """Return the names of the IANA time zones, the same on every machine."""
    return frozenset(
        (Path(import_module("tzdata").__path__[0]) / "zones").read_text(encoding="utf-8").split()
    )


class Clock:
    """Reads times; with a time zone, only those that its clocks show exactly once.

    Parameters
    ----------
    timezone
        An IANA name, or ``None`` where the document does not say (a plan).
    place
        Where the name stands.
    """

    def __init__(self, timezone: str | None, place: str = "timezone") -> None:
        if timezone is not None and timezone not in timezones():
            hint = near(timezone, sorted(timezones())) or "; it is a name like Europe/Warsaw"
            raise BadInput(f"there is no time zone {shown(timezone)}{hint}", place)
        self._name = timezone
        self._zone = ZoneInfo(timezone) if timezone is not None else None
        self._read: dict[str, datetime] = {}

    def time(self, value: object, place: str) -> datetime:
        """Read a time written exactly ``YYYY-MM-DDTHH:MM``."""
        if isinstance(value, str):
            known = self._read.get(value)
            if known is not None:
                return known
        if not isinstance(value, str) or TIME.fullmatch(value) is None:
            raise BadInput(f"must be a time like 2019-10-15T09:30, not {kind(value)}", place)
        try:
            time = datetime.fromisoformat(value)
        except ValueError as error:
            raise BadInput(f"{value} is no time: {error}", place) from None
        self.require_shown_once(time, place)
        self._read[value] = time
        return time

    def require_shown_once(self, time: datetime, place: str) -> None:
        """Refuse a time that does not exist, or exists twice, where clocks are put forward or back."""
        if self._zone is None:
            return
        first = time.replace(tzinfo=self._zone, fold=0).utcoffset()
        second = time.replace(tzinfo=self._zone, fold=1).utcoffset()
        if first is None or second is None or first == second:
            return
        how = "does not exist" if first < second else "exists twice"
        said = time.isoformat(timespec="minutes")
        raise BadInput(f"{said} {how} in {self._name}, where the clocks change; take another time", place)
