"""Names and times as a desk officer says them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

from summitry.planner.explain.ground import Busy, Ground
from summitry.planner.problem import Request

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LANGUAGES = {
    "ar": "Arabic",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "bs": "Bosnian",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fi": "Finnish",
    "fr": "French",
    "hr": "Croatian",
    "hu": "Hungarian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sq": "Albanian",
    "sr": "Serbian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
MOST_LISTED = 3
LONGEST_NAME = 48
LONGEST_SENTENCE = 400


def clock(time: datetime) -> str:
    """Write the time of day."""
    return f"{time.hour:02}:{time.minute:02}"


def day_and_time(time: datetime) -> str:
    """Write a time with its day: ``Wed 30 Oct 11:20``."""
    return f"{DAYS[time.weekday()]} {time.day} {MONTHS[time.month - 1]} {clock(time)}"


def stretch(start: datetime, end: datetime) -> str:
    """Write a stretch of time, its day once where it has one."""
    until = clock(end) if start.date() == end.date() else day_and_time(end)
    return f"{day_and_time(start)}–{until}"


def listed(names: Sequence[str], joined: str = "and") -> str:
    """Join names as a sentence does."""
    if len(names) < 2:  # noqa: PLR2004  a pair is what needs joining
        return "".join(names)
    return f"{', '.join(names[:-1])} {joined} {names[-1]}"


def counted(number: int, one: str, many: str) -> str:
    """Write a small number in letters, with its noun."""
    written = NUMBERS[number] if number < len(NUMBERS) else str(number)
    return f"{written} {one if number == 1 else many}"


def lasting(minutes: int) -> str:
    """Write a length."""
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


def few(names: Sequence[str], joined: str = "and") -> str:
    """Join at most three names, and count the rest."""
    if len(names) <= MOST_LISTED:
        return listed(names, joined)
    rest = len(names) - MOST_LISTED + 1
    return listed([*names[: MOST_LISTED - 1], counted(rest, "other", "others")], joined)


def shortened(text: str, most: int) -> str:
    """Cut a text that is too long to be read on."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def sentence(text: str) -> str:
    """Give a text its capital and its full stop; one that cannot be sent on whole is cut."""
    text = shortened(text, LONGEST_SENTENCE - 1)
    return f"{text[:1].upper()}{text[1:]}."


class Names:
    """What the records of one problem are called."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.parties = {party.id: shortened(party.name, LONGEST_NAME) for party in ground.problem.parties}

    @cached_property
    def _asked(self) -> Counter[tuple[str, ...]]:
        return Counter(request.parties for request in self.ground.problem.requests)

    def meeting(self, request: Request) -> str:
        """Name a meeting by its delegations, and by somebody where these ask for several."""
        names = [self.parties[party] for party in request.parties]
        text = "–".join(names)
        if len(names) > MOST_LISTED:
            text = f"{'–'.join(names[:2])} and {counted(len(names) - 2, 'other', 'others')}"
        somebody = self.ground.person(self.ground.person_number[request.people[0]]).name
        if somebody is None or self._asked[request.parties] == 1:
            return text
        return f"{text} ({shortened(somebody, LONGEST_NAME)})"

    def person(self, number: int, request: Request | None = None) -> str:
        """Name a person with the delegation, or by it alone where no other of it is at the meeting."""
        person = self.ground.person(number)
        party = self.parties[person.party]
        if person.name is not None:
            return f"{shortened(person.name, LONGEST_NAME)} ({party})"
        people = (
            [] if request is None else [self.ground.person(one) for one in self.ground.people_of(request)]
        )
        if [one.party for one in people].count(person.party) == 1:
            return party
        return f"{party}’s {person.id}"

    def room(self, number: int) -> str:
        """Name a room."""
        room = self.ground.room(number)
        return shortened(room.name or f"room {room.id}", LONGEST_NAME)

    def interpreter(self, number: int) -> str:
        """Name an interpreter."""
        interpreter = self.ground.interpreter(number)
        return shortened(interpreter.name or f"interpreter {interpreter.id}", LONGEST_NAME)

    def languages(self, request: Request) -> str:
        """Name the two languages of a meeting."""
        return "–".join(LANGUAGES.get(code, code.upper()) for code in request.languages or ())

    def when(self, start: int, end: int) -> str:
        """Write a stretch of the ground's minutes."""
        return stretch(self.ground.time(start), self.ground.time(end))

    def at(self, minute: int) -> str:
        """Write a minute of the ground."""
        return day_and_time(self.ground.time(minute))

    def engagement(self, item: Busy, label: str | None) -> str:
        """Name an engagement or a closure by its label and time."""
        when = self.when(item.start, item.end)
        return when if label is None else f"{shortened(label, LONGEST_NAME)}, {when}"

    def room_wanted(self, request: Request) -> str:
        """Describe the room a request asks for, to follow ``no`` or ``a``."""
        asked = []
        if request.seats is not None:
            asked.append(f"{request.seats} seats")
        asked += sorted(request.features)
        text = f"room with {few(asked)}" if asked else "room"
        if request.fixed is not None and request.fixed.room is not None:
            return f"{text} (it is fixed in {self.room(self.ground.room_number[request.fixed.room])})"
        if request.rooms:
            names = [self.room(self.ground.room_number[room]) for room in request.rooms]
            allowed = (
                listed(names, "or") if len(names) <= MOST_LISTED else f"the {len(names)} rooms it may use"
            )
            return f"{text} among {allowed}" if len(names) > 1 else f"{text} (it may only use {allowed})"
        return text
