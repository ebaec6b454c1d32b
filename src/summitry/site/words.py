"""Dates and numbers as the pages say them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from summitry.site import rules


def day_and_month(day: date) -> str:
    """Return a date with its year: "31 October 2019"."""
    english = (get_language() or "en").startswith("en")
    return date_format(day, "j F Y" if english else "DATE_FORMAT")


def date_span(first: date | None, last: date | None) -> str:
    """Return from when to when: "29–31 October 2019"."""
    if first is None or last is None or first == last:
        return day_and_month(first) if first else ""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_and_month(last)}"
    return f"{day_and_month(first)} – {day_and_month(last)}"


def attendance(countries: int, continents: int, participants: int) -> str:
    """Return who takes part, for the public: rounded only where that is true."""
    if not countries or not participants:
        return ""
    near, above = rules.nearly(countries), rules.more_than(participants)
    states = (
        _("Nearly %(n)d countries") % {"n": near}
        if near
        else ngettext("%(n)d country", "%(n)d countries", countries) % {"n": countries}
    )
    words = [
        _("one continent"),
        _("two continents"),
        _("three continents"),
        _("four continents"),
        _("five continents"),
    ]
    where = words[continents - 1] if 1 <= continents <= len(words) else ""
    people = (
        _("more than %(n)d participants") % {"n": above}
        if above
        else ngettext("%(n)d participant", "%(n)d participants", participants) % {"n": participants}
    )
    placed = _("%(states)s on %(continents)s") % {"states": states, "continents": where} if where else states
    return f"{placed}, {people}."


def until(now: datetime, starts: datetime, ends: datetime) -> str:
    """Return when something comes next: "in 25 minutes", "now, until 12:00", "Thu 31 Oct"."""
    if starts <= now:
        return _("Now, until %(end)s") % {"end": f"{ends:%H:%M}"}
    left = starts - now
    if left < timedelta(hours=1):
        minutes = -(-int(left.total_seconds()) // 60)
        return ngettext("Next, in %(n)d minute", "Next, in %(n)d minutes", minutes) % {"n": minutes}
    if starts.date() == now.date():
        return _("Next, today")
    return _("Next, %(day)s") % {"day": date_format(starts, "D j M")}
