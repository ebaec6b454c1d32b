"""The meetings asked for, and those that were planned before."""

from __future__ import annotations

from dataclasses import replace

from summitry.workbook.layout.columns import LANGUAGE_NAMES, NOTE, SEVERAL, WHEN, YES_NO, named
from summitry.workbook.layout.shapes import Column, SheetLayout

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
            choices=named("Delegations"),
            aliases=("delegation",),
        ),
        Column("party_2", "Delegation 2", "Name or id.", width=22, choices=named("Delegations")),
        Column(
            "parties",
            "More delegations",
            f"Where more than two meet. {SEVERAL}",
            width=20,
            aliases=("delegations", "parties", "other delegations"),
        ),
        Column(
            "person_1",
            "Person 1",
            "Name or id. Every request needs somebody who must be there.",
            width=22,
            choices=named("People"),
            aliases=("person",),
        ),
        Column("person_2", "Person 2", "Name or id.", width=22, choices=named("People")),
        Column(
            "people",
            "More people",
            f"Who else must be there. {SEVERAL}",
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
        Column("features", "Features", f"What the room must have. {SEVERAL}", width=20),
        Column(
            "rooms",
            "Rooms",
            f"The rooms it may be held in. Left empty: any. {SEVERAL}",
            width=20,
            choices=named("Rooms"),
            aliases=("room",),
        ),
        Column(
            "sittings",
            "Sittings",
            f"The sittings it may be held in. Left empty: any. {SEVERAL}",
            width=20,
            choices=named("Sittings"),
            aliases=("sitting",),
        ),
        Column(
            "windows",
            "Windows",
            f"The times within which it must lie, such as 2019-10-15 09:30 to 11:30. Left empty: any. {SEVERAL}",
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
            f"Ids of requests: it starts when their meetings have ended. {SEVERAL}",
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
            choices=named("Rooms"),
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
        Column("request", "Request", "Its id.", required=True, width=10, choices=named("Requests")),
        *WHEN,
        Column("room", "Room", "Name or id.", width=22, required=True, choices=named("Rooms")),
        Column(
            "interpreters",
            "Interpreters",
            f"Names or ids. {SEVERAL}",
            width=30,
            choices=named("Interpreters"),
            aliases=("interpreter",),
        ),
        NOTE,
    ),
    aliases=("Baseline",),
    ignored=("Delegations", "People", "Languages", "Minutes", "Weight", "Change"),
)
BY_DAY = replace(EARLIER_PLAN, title="By day", required=True)
