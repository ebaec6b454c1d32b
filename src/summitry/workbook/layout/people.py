"""Who meets, and when they are taken."""

from __future__ import annotations

from summitry.formats.forms import Choices
from summitry.workbook.layout.columns import ID, LANGUAGE_NAMES, NOTE, SEVERAL, WHEN, named
from summitry.workbook.layout.shapes import Column, SheetLayout
from summitry.workbook.layout.words import KINDS

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
        ID,
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
        ID,
        Column(
            "party",
            "Delegation",
            "The name or id of the person's delegation.",
            width=26,
            required=True,
            choices=named("Delegations"),
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
            f"Name or id. {SEVERAL}",
            width=30,
            choices=named("People"),
            aliases=("people",),
        ),
        Column(
            "interpreter",
            "Interpreter",
            f"Name or id, where an interpreter is taken. {SEVERAL}",
            width=22,
            choices=named("Interpreters"),
            aliases=("interpreters",),
        ),
        *WHEN,
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
        ID,
        Column(
            "languages",
            "Languages",
            f"All between which the interpreter works (English; French). {SEVERAL}",
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
