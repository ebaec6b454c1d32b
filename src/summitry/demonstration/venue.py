"""The generated venue and calendar: three zones, twelve rooms for meetings, five days, eight sittings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

TIMEZONE = "Europe/Warsaw"
#: When the bilaterals are planned: on the eve of the conference.
PLANNED_AT = datetime(2019, 10, 28, 15, 0)  # noqa: DTZ001 the venue's wall clock
#: What the edition's clock says when the demonstration begins: the second day, before noon.
BEGINS_AT = datetime(2019, 10, 30, 11, 20)  # noqa: DTZ001 the venue's wall clock

DAYS = (
    (date(2019, 10, 28), False, {"en": "Arrivals", "fr": "Arrivées", "es": "Llegadas"}),
    (date(2019, 10, 29), True, {"en": "First day", "fr": "Premier jour", "es": "Primer día"}),
    (date(2019, 10, 30), True, {"en": "Second day", "fr": "Deuxième jour", "es": "Segundo día"}),
    (date(2019, 10, 31), True, {"en": "Third day", "fr": "Troisième jour", "es": "Tercer día"}),
    (
        date(2019, 11, 1),
        False,
        {"en": "Technical visits", "fr": "Visites techniques", "es": "Visitas técnicas"},
    ),
)
#: Day of the month in October, from, to.
SITTINGS = (
    (29, "10:45", "13:00"),
    (29, "14:00", "16:30"),
    (29, "17:15", "18:30"),
    (30, "10:15", "13:00"),
    (30, "14:00", "16:30"),
    (30, "17:15", "18:30"),
    (31, "09:00", "13:00"),
    (31, "14:00", "15:30"),
)
ZONES = (
    ("level-1", "Level 1, beside the plenary"),
    ("level-2", "Level 2, gallery"),
    ("garden", "Garden wing"),
)
WALKS = (("level-1", "level-2", 3), ("level-1", "garden", 5), ("level-2", "garden", 6))


@dataclass(frozen=True, slots=True)
class DemoRoom:
    """A room of the generated venue."""

    slug: str
    name: str
    zone: str
    seats: int
    purpose: str = "bilateral"
    set_up: str = "facing_table"
    features: tuple[str, ...] = ()


ROOMS = (
    DemoRoom(
        "columns", "Hall of Columns", "level-1", 420, "hall", "theatre", ("booth", "screen", "step-free")
    ),
    DemoRoom("maps", "Hall of Maps", "level-1", 160, "hall", "theatre", ("booth", "screen", "step-free")),
    DemoRoom("winter-garden", "Winter Garden", "garden", 400, "hall", "round_table", ("step-free",)),
    DemoRoom("wisla", "Wisła", "level-1", 24, features=("flags", "screen", "step-free")),
    DemoRoom("bug", "Bug", "level-1", 12, features=("step-free",)),
    DemoRoom("narew", "Narew", "level-1", 12, features=("step-free",)),
    DemoRoom("san", "San", "level-1", 8, set_up="sofas"),
    DemoRoom("odra", "Odra", "level-2", 16, features=("flags", "screen")),
    DemoRoom("warta", "Warta", "level-2", 12),
    DemoRoom("notec", "Noteć", "level-2", 12),
    DemoRoom("pilica", "Pilica", "garden", 8, set_up="sofas"),
    DemoRoom("wieprz", "Wieprz", "garden", 8),
    DemoRoom("bzura", "Bzura", "garden", 6, set_up="booth"),
    DemoRoom("drweca", "Drwęca", "garden", 6, set_up="booth"),
    DemoRoom("nida", "Nida", "level-2", 8, set_up="round_table"),
)


def at(day: int, clock: str) -> datetime:
    """Return a wall-clock time of the conference; days past the 27th are October's, others November's."""
    month = 10 if day > 27 else 11  # noqa: PLR2004 the week spans two months
    return datetime.fromisoformat(f"2019-{month:02}-{day:02}T{clock}")
