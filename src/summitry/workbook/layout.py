"""What stands where in a workbook of requests: sheets, columns, settings, each with its explanation."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from summitry.formats.forms import Choices, ColumnKind
from summitry.planner import Aim, PartyKind
from summitry.planner.explain.words import LANGUAGES
from summitry.workbook.texts import fold

READ_ME, LISTS = "Read me", "Lists"
YES_NO = Choices(("yes", "no"), only=True)
KINDS = {PartyKind.STATE: "State", PartyKind.ORGANISATION: "organisation", PartyKind.OTHER: "other"}
AIMS = {
    Aim.DROPPED: "dropped",
    Aim.MOVED: "moved",
    Aim.REROOMED: "other room",
    Aim.WEIGHT: "weight",
    Aim.LEFT_OUT: "left out",
    Aim.BREAKS: "breaks",
    Aim.WALKING: "walking",
}
NO_AIMS = "none"
LANGUAGE_WORDS = {
    **{fold(code): code for code in LANGUAGES},
    **{fold(name): code for code, name in LANGUAGES.items()},
}
_SEVERAL = "Several are separated by semicolons."
_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def heading_key(text: str) -> str:
    """Return a heading as it is compared: without case, blanks, brackets and marks."""
    return fold(_IN_BRACKETS.sub(" ", text).replace("_", " ")).strip(" *:.")


def passed_over(text: str) -> bool:
    """Say whether a heading or the title of a sheet marks something as the desk's own."""
    return fold(text).startswith(("note", "remark"))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet.

    Attributes
    ----------
    key : str
        What the code calls it.
    label, note : str
        Its heading, and what to write there.
    kind, width, choices, least
        As :class:`~summitry.formats.forms.FormColumn` has them.
    required : bool
        Whether the sheet must have it.
    aliases : tuple of str
        Other headings that mean the same.
    """

    key: str
    label: str
    note: str
    kind: ColumnKind = "text"
    width: float = 16
    required: bool = False
    choices: Choices | None = None
    least: int = 1
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A sheet: what it is for, and its columns.

    Attributes
    ----------
    title, note : str
        Its name, and what it holds.
    columns : tuple of Column
        In their order.
    required : bool
        Whether the workbook must have it.
    aliases, ignored : tuple of str
        Other names of the sheet; headings that may stand in it and are not read.
    frozen : int
        How many columns stay when one scrolls to the side.
    """

    title: str
    note: str
    columns: tuple[Column, ...]
    required: bool = False
    aliases: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    frozen: int = 1

    def column(self, key: str) -> Column:
        """Return a column by its key."""
        return next(column for column in self.columns if column.key == key)

    def position(self, key: str) -> int:
        """Return the number of a column as the template has it, from 1."""
        return 1 + next(index for index, column in enumerate(self.columns) if column.key == key)

    def keys(self) -> dict[str, str]:
        """Return the columns' keys by their headings, as `heading_key` writes them."""
        return {
            heading_key(heading): column.key
            for column in self.columns
            for heading in (column.label, column.key, *column.aliases)
        }


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the sheet of settings."""

    key: str
    label: str
    note: str
    choices: Choices | None = None
    aliases: tuple[str, ...] = ()


def _named(title: str) -> Choices:
    return Choices(sheet=title)


NOTE = Column("note", "Note", "For yourself: columns whose heading begins with Note are not read.", width=30)
TIME_ZONES = Choices(sheet=LISTS, column=1)
LANGUAGE_NAMES = Choices(sheet=LISTS, column=2)

SETTINGS = (
    Setting("title", "Title", "What the event is called."),
    Setting(
        "timezone", "Time zone", "Where it takes place, such as Europe/Warsaw. Must be given.", TIME_ZONES
    ),
    Setting(
        "grid_minutes",
        "Grid (minutes)",
        "Meetings start at multiples of this many minutes after their sitting starts, and last such a multiple. "
        "Left empty: 5.",
    ),
    Setting(
        "break_minutes",
        "Break (minutes)",
        "Free time of at least this much between two meetings counts as a break. Left empty: as the grid.",
    ),
    Setting(
        "turnaround_minutes",
        "Turnaround (minutes)",
        "The least time between two meetings in one room. Left empty: none.",
    ),
    Setting(
        "breaks_spread",
        "Breaks spread (at most)",
        "The breaks of any two people differ by no more than this. Left empty: no limit.",
    ),
    Setting(
        "objective",
        "Objective",
        f"What counts, in this order, separated by semicolons: {', '.join(AIMS.values())}; or {NO_AIMS}. Left empty: "
        "weight; left out; breaks; walking, and before them dropped; moved; other room where there is an earlier plan.",
        aliases=("aims",),
    ),
    Setting(
        "baseline",
        "Earlier plan",
        "Whether the sheet Earlier plan holds what people have been told (yes or no). Left empty: yes where it has rows.",
        YES_NO,
    ),
    Setting(
        "frozen_until",
        "Frozen until",
        "Meetings of the earlier plan that start before this date and time stay as they are; no other starts before it.",
    ),
)

SETTINGS_SHEET = SheetLayout(
    "Settings",
    "What holds for the whole event, one row for each setting.",
    (
        Column("setting", "Setting", "The name of the setting.", required=True, width=26),
        Column("value", "Value", "What it is set to.", required=True, width=30),
    ),
    required=True,
    ignored=("Explanation",),
)
_WHEN = (
    Column("date", "Date", "The day, where Start and End are times alone.", "date", 12, aliases=("day",)),
    Column(
        "start",
        "Start",
        "A time (09:30), or a date and a time (2019-10-15 09:30).",
        "time",
        16,
        required=True,
        aliases=("from",),
    ),
    Column(
        "end",
        "End",
        "A time of the same day, or a date and a time.",
        "time",
        16,
        required=True,
        aliases=("to", "until"),
    ),
)
_ID = Column(
    "id", "Id", "A short name that stays the same. Left empty: the name.", width=14, aliases=("code", "key")
)
SITTINGS = SheetLayout(
    "Sittings",
    "When meetings may be held. A meeting lies wholly inside one sitting; sittings do not overlap.",
    (
        Column(
            "id",
            "Sitting",
            "What the sitting is called. Left empty: s1, s2 …",
            width=20,
            aliases=("name", "id"),
        ),
        *_WHEN,
        NOTE,
    ),
    required=True,
)
PARTIES = SheetLayout(
    "Delegations",
    "Who meets whom.",
    (
        Column(
            "name",
            "Delegation",
            "The name, as it shall stand in the plan.",
            width=26,
            required=True,
            aliases=("name", "party", "state"),
        ),
        _ID,
        Column(
            "kind",
            "Kind",
            "State, organisation or other; may be left empty.",
            choices=Choices(tuple(KINDS.values()), only=True),
        ),
        NOTE,
    ),
    required=True,
    aliases=("Parties", "Delegation"),
)
PEOPLE = SheetLayout(
    "People",
    "Those whose presence binds a meeting. Each is in one place at a time.",
    (
        Column(
            "name", "Person", "The name; may be left empty where there is an id.", width=26, aliases=("name",)
        ),
        _ID,
        Column(
            "party",
            "Delegation",
            "The name or id of the person's delegation.",
            width=26,
            required=True,
            choices=_named("Delegations"),
            aliases=("party",),
        ),
        Column(
            "max_meetings_per_sitting",
            "Most meetings in a sitting",
            "Left empty: no limit.",
            "whole",
            aliases=("max meetings per sitting",),
        ),
        Column(
            "max_consecutive",
            "Most meetings in a row",
            "Without a break between them, in one sitting. Left empty: no limit.",
            "whole",
            aliases=("max consecutive",),
        ),
        NOTE,
    ),
    required=True,
    aliases=("Persons", "Participants"),
)
ENGAGEMENTS = SheetLayout(
    "Engagements",
    "When people and interpreters are taken: plenaries, arrivals, meals. One row for each time.",
    (
        Column(
            "person",
            "Person",
            f"Name or id. {_SEVERAL}",
            width=30,
            choices=_named("People"),
            aliases=("people",),
        ),
        Column(
            "interpreter",
            "Interpreter",
            f"Name or id, where an interpreter is taken. {_SEVERAL}",
            width=22,
            choices=_named("Interpreters"),
            aliases=("interpreters",),
        ),
        *_WHEN,
        Column(
            "label",
            "What",
            "What it is, for the reasons given; may be left empty.",
            width=24,
            aliases=("label",),
        ),
        Column("zone", "Zone", "Where it is, if walking shall be thought of.", width=12),
        NOTE,
    ),
    aliases=("Engagement", "Busy"),
)
ROOMS = SheetLayout(
    "Rooms",
    "Where meetings may be held, one at a time.",
    (
        Column(
            "name", "Room", "The name; may be left empty where there is an id.", width=22, aliases=("name",)
        ),
        _ID,
        Column("seats", "Seats", "Left empty: as many as are wanted.", "whole", 10),
        Column("zone", "Zone", "The part of the house, for walking times; may be left empty.", width=12),
        Column("features", "Features", f"What the room has, such as booth or screen. {_SEVERAL}", width=24),
        Column(
            "turnaround_minutes",
            "Turnaround (minutes)",
            "For this room. Left empty: as in the settings.",
            "whole",
            14,
            least=0,
        ),
        Column(
            "party",
            "Only for",
            "The delegation to whom the room belongs: only its meetings are held there.",
            width=22,
            choices=_named("Delegations"),
            aliases=("party", "delegation"),
        ),
        NOTE,
    ),
    required=True,
)
CLOSURES = SheetLayout(
    "Closures",
    "When a room is closed. One row for each time.",
    (
        Column(
            "room",
            "Room",
            f"Name or id. {_SEVERAL}",
            width=22,
            required=True,
            choices=_named("Rooms"),
            aliases=("rooms",),
        ),
        *_WHEN,
        Column(
            "label", "Why", "What it is closed for; may be left empty.", width=24, aliases=("label", "what")
        ),
        NOTE,
    ),
    aliases=("Closed",),
)
WALKS = SheetLayout(
    "Walks",
    "Walking times between zones, either way; none where no row says so.",
    (
        Column("from", "From zone", "A zone of a room or an engagement.", required=True, aliases=("from",)),
        Column("to", "To zone", "Another one.", required=True, aliases=("to",)),
        Column("minutes", "Minutes", "How long the walk takes.", "whole", 10, required=True, least=0),
        NOTE,
    ),
    aliases=("Walking times",),
    frozen=0,
)
INTERPRETERS = SheetLayout(
    "Interpreters",
    "Who interprets, between which languages, within which working limits.",
    (
        Column(
            "name",
            "Interpreter",
            "The name; may be left empty where there is an id.",
            width=22,
            aliases=("name",),
        ),
        _ID,
        Column(
            "languages",
            "Languages",
            f"All between which the interpreter works (English; French). {_SEVERAL}",
            width=26,
            required=True,
            choices=LANGUAGE_NAMES,
        ),
        Column(
            "max_minutes_per_sitting",
            "Most minutes in a sitting",
            "Left empty: no limit.",
            "whole",
            aliases=("max minutes per sitting",),
        ),
        Column(
            "max_minutes_per_day",
            "Most minutes in a day",
            "Left empty: no limit.",
            "whole",
            aliases=("max minutes per day",),
        ),
        Column(
            "max_continuous_minutes",
            "Most minutes without rest",
            "Comes together with Rest.",
            "whole",
            aliases=("max continuous minutes",),
        ),
        Column(
            "rest_minutes",
            "Rest (minutes)",
            "The free time that counts as rest.",
            "whole",
            aliases=("rest minutes",),
        ),
        NOTE,
    ),
)
REQUESTS = SheetLayout(
    "Requests",
    "The meetings asked for, one row for each.",
    (
        Column(
            "id",
            "Id",
            "A short name that stays the same from plan to plan. Left empty: r1, r2 …",
            width=10,
            aliases=("request", "key"),
        ),
        Column(
            "party_1",
            "Delegation 1",
            "Name or id. Every request needs two delegations.",
            width=22,
            choices=_named("Delegations"),
            aliases=("delegation",),
        ),
        Column("party_2", "Delegation 2", "Name or id.", width=22, choices=_named("Delegations")),
        Column(
            "parties",
            "More delegations",
            f"Where more than two meet. {_SEVERAL}",
            width=20,
            aliases=("delegations", "parties", "other delegations"),
        ),
        Column(
            "person_1",
            "Person 1",
            "Name or id. Every request needs somebody who must be there.",
            width=22,
            choices=_named("People"),
            aliases=("person",),
        ),
        Column("person_2", "Person 2", "Name or id.", width=22, choices=_named("People")),
        Column(
            "people",
            "More people",
            f"Who else must be there. {_SEVERAL}",
            width=24,
            aliases=("people", "other people"),
        ),
        Column(
            "minutes",
            "Minutes",
            "How long; a multiple of the grid.",
            "whole",
            10,
            required=True,
            aliases=("length", "duration"),
        ),
        Column("weight", "Weight", "How much it counts, up to 1,000,000. Left empty: 1.", "whole", 10),
        Column(
            "must",
            "Must be held",
            "yes: a plan without it is no plan.",
            width=12,
            choices=YES_NO,
            aliases=("must",),
        ),
        Column("seats", "Seats", "How many the room must have; may be left empty.", "whole", 10),
        Column("features", "Features", f"What the room must have. {_SEVERAL}", width=20),
        Column(
            "rooms",
            "Rooms",
            f"The rooms it may be held in. Left empty: any. {_SEVERAL}",
            width=20,
            choices=_named("Rooms"),
            aliases=("room",),
        ),
        Column(
            "sittings",
            "Sittings",
            f"The sittings it may be held in. Left empty: any. {_SEVERAL}",
            width=20,
            choices=_named("Sittings"),
            aliases=("sitting",),
        ),
        Column(
            "windows",
            "Windows",
            f"The times within which it must lie, such as 2019-10-15 09:30 to 11:30. Left empty: any. {_SEVERAL}",
            width=34,
            aliases=("window",),
        ),
        Column(
            "language_1",
            "Language 1",
            "Where it is interpreted: one of the two languages.",
            width=14,
            choices=LANGUAGE_NAMES,
            aliases=("languages",),
        ),
        Column("language_2", "Language 2", "The other one.", width=14, choices=LANGUAGE_NAMES),
        Column(
            "interpreters",
            "Interpreters",
            "How many. Left empty: 1 where two languages are given.",
            "whole",
            12,
        ),
        Column(
            "after",
            "After",
            f"Ids of requests: it starts when their meetings have ended. {_SEVERAL}",
            aliases=("after request",),
        ),
        Column(
            "fixed_start", "Fixed start", "If it is held, then exactly at this date and time.", "datetime", 18
        ),
        Column(
            "fixed_room",
            "Fixed room",
            "And exactly there; comes with a fixed start.",
            width=18,
            choices=_named("Rooms"),
        ),
        NOTE,
    ),
    required=True,
    aliases=("Meetings", "Request"),
)
EARLIER_PLAN = SheetLayout(
    "Earlier plan",
    "The meetings that people have been told of, where the plan is to change as little of it as possible. A sheet "
    "By day of an earlier plan can be put in its place.",
    (
        Column("request", "Request", "Its id.", required=True, width=10, choices=_named("Requests")),
        *_WHEN,
        Column("room", "Room", "Name or id.", width=22, required=True, choices=_named("Rooms")),
        Column(
            "interpreters",
            "Interpreters",
            f"Names or ids. {_SEVERAL}",
            width=30,
            choices=_named("Interpreters"),
            aliases=("interpreter",),
        ),
        NOTE,
    ),
    aliases=("Baseline",),
    ignored=("Delegations", "People", "Languages", "Minutes", "Weight", "Change"),
)
BY_DAY = replace(EARLIER_PLAN, title="By day", required=True)
SHEETS = (
    SETTINGS_SHEET,
    SITTINGS,
    PARTIES,
    PEOPLE,
    ENGAGEMENTS,
    ROOMS,
    CLOSURES,
    WALKS,
    INTERPRETERS,
    REQUESTS,
    EARLIER_PLAN,
)
