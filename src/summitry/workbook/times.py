"""Dates and times in cells: real ones, and those that people write as text."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from summitry.formats.workbooks import Moment, Value, number_of
from summitry.workbook.values import Wrong, said

_TIME = re.compile(
    r"(?P<hours>\d{1,2})(?:[:.h](?P<minutes>\d{2})(?::00)?)?\s*(?P<half>[ap])?(?:\.?m\.?)?", re.IGNORECASE
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+"
_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?P<year>\d{4})"
_DATES = tuple(
    re.compile(rf"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?{pattern}", re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}(?P<sign>[-/.])(?P<month>\d{{1,2}})(?P=sign){_DAY}",
        rf"{_DAY}\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}",
        rf"(?P<first>\d{{1,2}})(?P<sign>[-/])(?P<second>\d{{1,2}})(?P=sign){_YEAR}",
        rf"{_DAY}(?:st|nd|rd|th)?\.?\s+{_MONTH}{_YEAR}",
        rf"{_MONTH}{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}",
    )
)
_BETWEEN = re.compile(r"\s+(?:to|until|till)\s+|\s*[-–—]\s*", re.IGNORECASE)
_FIRST_DATE = 61  # 1 March 1900; spreadsheets count earlier days wrongly
_PLAIN_DATES = range(32_874, 109_939)  # 1990 to 2200, where the cell lost its format
_NOON, _MIDNIGHT = 12, 24
_HOUR = 60
_DATE_WANTED = "write it like 2019-10-15"
_TIME_WANTED = "write it like 09:30"
_BOTH_WANTED = "write it like 2019-10-15 09:30"


def read_date(value: Value) -> date:
    """Read a date without a time.

    Raises
    ------
    Wrong
        If it is none.
    """
    point = _number(value, _DATE_WANTED)
    if isinstance(point, timedelta):
        raise Wrong(f"{said(value)} is a time, not a date; {_DATE_WANTED}")
    if point is None:
        point, rest = _leading_date(str(value).strip(), _DATE_WANTED)
        if rest:
            raise Wrong(f"{said(value)} is more than a date; {_DATE_WANTED}, and the time in its own column")
    elif point.hour or point.minute or point.second:
        raise Wrong(f"{said(value)} has a time as well; {_DATE_WANTED}, and the time in its own column")
    return point.date()


def read_point(value: Value) -> datetime | timedelta:
    """Read a date with a time, or a time of day alone (as the time since midnight, up to 24:00).

    Raises
    ------
    Wrong
        If it is neither, or not in whole minutes.
    """
    point = _number(value, _TIME_WANTED)
    if point is None:
        point = _point_of(str(value).strip())
    seconds = point.seconds % _HOUR if isinstance(point, timedelta) else point.second
    if seconds:
        raise Wrong(f"{said(value)} is not in whole minutes; leave the seconds out")
    return point


def read_time(value: Value) -> datetime:
    """Read a date with a time.

    Raises
    ------
    Wrong
        If it is none.
    """
    point = read_point(value)
    if isinstance(point, timedelta):
        raise Wrong(f"{said(value)} has no date; {_BOTH_WANTED}")
    return point


def read_window(text: str) -> tuple[datetime, datetime]:
    """Read ``2019-10-15 09:30 to 11:30``; the end may have a date of its own.

    Raises
    ------
    Wrong
        If it is none, or ends before it starts.
    """
    wanted = "write it like 2019-10-15 09:30 to 11:30"
    for between in _BETWEEN.finditer(text):
        try:
            start = read_point(text[: between.start()])
            end = read_point(text[between.end() :])
        except Wrong:
            continue
        if isinstance(start, timedelta):
            raise Wrong(f"{said(text)} has no date; {wanted}")
        if isinstance(end, timedelta):
            end = on_day(start.date(), end)
        if end < start:
            raise Wrong(f"{said(text)} ends before it starts; {wanted}")
        return start, end
    raise Wrong(f"{said(text)} is no stretch of time; {wanted}")


def on_day(day: date, clock: timedelta) -> datetime:
    """Return a time of a day.

    Raises
    ------
    Wrong
        If it lies beyond the last year there is.
    """
    try:
        return datetime.combine(day, datetime.min.time()) + clock
    except OverflowError:
        raise Wrong(f"{day} is too far in the future; {_DATE_WANTED}") from None


def write_window(start: datetime, end: datetime) -> str:
    """Write a stretch of time so that `read_window` returns it."""
    until = end.isoformat(" ", "minutes") if end.date() != start.date() else f"{end:%H:%M}"
    return f"{start.isoformat(' ', 'minutes')} to {until}"


def _number(value: Value, wanted: str) -> datetime | timedelta | None:
    """Return what a number stands for; nothing for a text."""
    if isinstance(value, str):
        return None
    if isinstance(value, Moment):
        if value.is_time:
            return timedelta(seconds=round(value.days * 86_400))
        if value.days >= _FIRST_DATE:
            return value.datetime()
        value = number_of(str(value.days))  # typed as a number into a cell that shows it as a time
    if isinstance(value, int | float) and not isinstance(value, bool):
        if isinstance(value, float) and 0 < value < 1:
            return timedelta(seconds=round(value * 86_400))
        if int(max(0, min(value, _PLAIN_DATES.stop))) in _PLAIN_DATES:
            return Moment(float(value)).datetime()
        hours, minutes = divmod(round(value * 100), 100)
        if 0 <= hours < _MIDNIGHT and minutes < _HOUR and wanted == _TIME_WANTED:
            wanted = f"write {hours:02}:{minutes:02}"
    raise Wrong(f"{said(value)} is no {'time' if wanted != _DATE_WANTED else 'date'}; {wanted}")


def _point_of(text: str) -> datetime | timedelta:
    clock = _clock(text)
    if clock is not None:
        return clock
    day, rest = _leading_date(text, _BOTH_WANTED)
    if not rest:
        raise Wrong(f"{said(text)} has no time; write it like {day.date()} 09:30")
    clock = _clock(rest)
    if clock is None:
        raise Wrong(f"{said(text)} is no date with a time; {_BOTH_WANTED}")
    return on_day(day.date(), clock)


def _clock(text: str) -> timedelta | None:
    found = _TIME.fullmatch(text)
    if found is None or (found["minutes"] is None and found["half"] is None):
        return None
    hours, minutes = int(found["hours"]), int(found["minutes"] or 0)
    if found["half"]:
        if not 1 <= hours <= _NOON:
            return None
        hours = hours % _NOON + (_NOON if found["half"].lower() == "p" else 0)
    if minutes >= _HOUR or hours * _HOUR + minutes > _MIDNIGHT * _HOUR:
        raise Wrong(f"{said(text)} is no time of day; {_TIME_WANTED}")
    return timedelta(hours=hours, minutes=minutes)


def _leading_date(text: str, wanted: str) -> tuple[datetime, str]:
    """Return the date a text begins with, and the rest."""
    for pattern in _DATES:
        found = pattern.match(text)
        if found is None or text[found.end() : found.end() + 1].isdigit():
            continue
        parts = found.groupdict()
        if parts.get("name"):
            month = _MONTHS.index(parts["name"].lower()) + 1
        elif parts.get("first"):
            return _either_way(parts, text), _rest(text, found)
        else:
            month = int(parts["month"])
        try:
            return datetime(int(parts["year"]), month, int(parts["day"])), _rest(text, found)  # noqa: DTZ001 - the wall clock
        except ValueError:
            raise Wrong(f"{said(text)} is no date of the calendar; {wanted}") from None
    raise Wrong(f"{said(text)} is no {'date' if wanted == _DATE_WANTED else 'time'}; {wanted}")


def _rest(text: str, found: re.Match[str]) -> str:
    return text[found.end() :].lstrip("T, ").strip()


def _either_way(parts: dict[str, str], text: str) -> datetime:
    """Read ``15/10/2019``, which some write the other way round, where it can only be one of them."""
    readings = set()
    for day, month in (("first", "second"), ("second", "first")):
        try:
            readings.add(datetime(int(parts["year"]), int(parts[month]), int(parts[day])))  # noqa: DTZ001 - the wall clock
        except ValueError:
            continue
    if not readings:
        raise Wrong(f"{said(text)} is no date of the calendar; {_DATE_WANTED}")
    if len(readings) > 1:
        either = " or ".join(str(reading.date()) for reading in sorted(readings))
        raise Wrong(f"{said(text)} can be read as two dates; write {either}")
    return readings.pop()
