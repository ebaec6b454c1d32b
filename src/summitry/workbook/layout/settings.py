"""What holds for the whole event."""

from __future__ import annotations

from summitry.workbook.layout.columns import TIME_ZONES, YES_NO
from summitry.workbook.layout.shapes import Column, Setting, SheetLayout
from summitry.workbook.layout.words import AIMS, NO_AIMS

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
