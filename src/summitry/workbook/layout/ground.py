"""When and where meetings can be held."""

from __future__ import annotations

from summitry.workbook.layout.columns import ID, NOTE, SEVERAL, WHEN, named
from summitry.workbook.layout.shapes import Column, SheetLayout

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
        *WHEN,
        NOTE,
    ),
    required=True,
)
ROOMS = SheetLayout(
    "Rooms",
    "Where meetings may be held, one at a time.",
    (
        Column(
            "name", "Room", "The name; may be left empty where there is an id.", width=22, aliases=("name",)
        ),
        ID,
        Column("seats", "Seats", "Left empty: as many as are wanted.", "whole", 10),
        Column("zone", "Zone", "The part of the house, for walking times; may be left empty.", width=12),
        Column("features", "Features", f"What the room has, such as booth or screen. {SEVERAL}", width=24),
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
            choices=named("Delegations"),
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
            f"Name or id. {SEVERAL}",
            width=22,
            required=True,
            choices=named("Rooms"),
            aliases=("rooms",),
        ),
        *WHEN,
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
