"""Every read about interpreters."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from summitry.accounts.access import Actor, visible
from summitry.bookings.models import Booking, Occasion, Resource
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.interpretation.models import Interpreter


@dataclass(frozen=True, slots=True)
class InterpreterRow:
    """An interpreter of a list, with what is booked."""

    interpreter: Interpreter
    languages: str
    sessions: int
    session_minutes: int
    meetings: int
    meeting_minutes: int
    away: str

    @property
    def name(self) -> str:
        """The interpreter's name."""
        return self.interpreter.person.display_name

    @property
    def sort_key(self) -> str:
        """What persons are sorted by."""
        return self.interpreter.person.sort_key


def interpreter_rows(*, edition: Edition, who: Actor) -> list[InterpreterRow]:
    """Return the interpreters that `who` may see, by name, with sessions, meetings and absences to come; four statements."""
    team = list(
        visible(who, Interpreter)
        .filter(edition=edition)
        .select_related("person")
        .prefetch_related("languages", "absences")
        .order_by("person__sort_key")
    )
    now = clock.now(edition)
    counts: dict[object, dict[str, list[int]]] = defaultdict(lambda: {"session": [0, 0], "meeting": [0, 0]})
    booked = Booking.objects.filter(
        resource__edition=edition,
        resource__kind=Resource.Kind.INTERPRETER,
        resource__record_id__in=[interpreter.public_id for interpreter in team],
    ).values_list("resource__record_id", "occasion__kind", "occasion__starts_at", "occasion__ends_at")
    for record_id, kind, starts_at, ends_at in booked:
        tally = counts[record_id]["meeting" if kind == Occasion.Kind.MEETING else "session"]
        tally[0] += 1
        tally[1] += int((ends_at - starts_at).total_seconds() // 60)
    return [
        InterpreterRow(
            interpreter=interpreter,
            languages=", ".join(
                f"{spoken.language} {spoken.level}" for spoken in interpreter.languages.all()
            ),
            sessions=counts[interpreter.public_id]["session"][0],
            session_minutes=counts[interpreter.public_id]["session"][1],
            meetings=counts[interpreter.public_id]["meeting"][0],
            meeting_minutes=counts[interpreter.public_id]["meeting"][1],
            away=_away(edition, interpreter, now),
        )
        for interpreter in team
    ]


def _away(edition: Edition, interpreter: Interpreter, now: datetime) -> str:
    """Write the absences that are not over, on the venue's clock."""
    spans = [
        (clock.local(edition, one.starts_at), clock.local(edition, one.ends_at))
        for one in interpreter.absences.all()
        if one.ends_at > now
    ]
    return ", ".join(f"{start:%a} {start.day} {start:%b %H:%M}–{end:%H:%M}" for start, end in spans)
