"""The template: all sheets with their headings, and a small made-up event that plans at once."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from summitry.formats.sheets import CellValue
from summitry.workbook.books import Rows, write_book
from summitry.workbook.layout import (
    CLOSURES,
    ENGAGEMENTS,
    INTERPRETERS,
    PARTIES,
    PEOPLE,
    REQUESTS,
    ROOMS,
    SITTINGS,
    WALKS,
    SheetLayout,
)

_DAY = date.fromisoformat("2030-05-14")
_NEXT = _DAY + timedelta(days=1)
_EXAMPLE = "Made-up example: replace"


def write_template(*, examples: bool = True) -> bytes:
    """Write a workbook to be filled in.

    Parameters
    ----------
    examples
        Whether to fill in a small made-up event.
    """
    if not examples:
        return write_book({}, {"grid_minutes": 5})
    settings: dict[str, CellValue] = {
        "title": "Example conference (made up: replace)",
        "timezone": "Europe/Warsaw",
        "grid_minutes": 15,
        "turnaround_minutes": 5,
    }
    return write_book(_rows(), settings)


def _rows() -> dict[str, Rows]:
    return {
        SITTINGS.title: [
            _row(SITTINGS, id="Tuesday morning", date=_DAY, start=time(9), end=time(12, 30)),
            _row(SITTINGS, id="Tuesday afternoon", date=_DAY, start=time(14), end=time(17, 30)),
            _row(SITTINGS, id="Wednesday morning", date=_NEXT, start=time(9), end=time(12, 30)),
        ],
        PARTIES.title: [
            _row(PARTIES, name="Alvania", kind="State"),
            _row(PARTIES, name="Bruma Minor", id="BM", kind="State"),
            _row(PARTIES, name="Corvia", kind="State"),
            _row(PARTIES, name="Institute for Examples", id="IFE", kind="organisation"),
        ],
        PEOPLE.title: [
            _row(PEOPLE, name="Ada Example", party="Alvania", max_consecutive=3),
            _row(PEOPLE, name="Ben Example", party="Alvania"),
            _row(PEOPLE, name="Cleo Sample", party="BM"),
            _row(PEOPLE, name="Dan Sample", party="Corvia", max_meetings_per_sitting=4),
            _row(PEOPLE, name="Eve Specimen", party="IFE"),
        ],
        ENGAGEMENTS.title: [
            _row(
                ENGAGEMENTS,
                person="Ada Example; Cleo Sample; Dan Sample",
                date=_DAY,
                start=time(9),
                end=time(10, 30),
                label="Opening plenary",
                zone="North",
            ),
            _row(
                ENGAGEMENTS,
                person="Eve Specimen",
                start=datetime.combine(_DAY, time(17)),
                end=datetime.combine(_NEXT, time(10)),
                label="Away",
            ),
            _row(
                ENGAGEMENTS,
                interpreter="Iris Example",
                date=_DAY,
                start=time(9),
                end=time(10, 30),
                label="Opening plenary",
            ),
        ],
        ROOMS.title: [
            _row(ROOMS, name="Great Hall", seats=20, zone="North", features="booth; screen"),
            _row(ROOMS, name="Library", seats=8, zone="South"),
            _row(ROOMS, name="Office of Corvia", seats=6, zone="South", turnaround_minutes=0, party="Corvia"),
        ],
        CLOSURES.title: [
            _row(CLOSURES, room="Library", date=_DAY, start=time(14), end=time(15), label="Press briefing"),
        ],
        WALKS.title: [_row(WALKS, **{"from": "North", "to": "South"}, minutes=5)],
        INTERPRETERS.title: [
            _row(
                INTERPRETERS,
                name="Iris Example",
                languages="English; French",
                max_minutes_per_sitting=120,
                max_continuous_minutes=60,
                rest_minutes=15,
            ),
            _row(
                INTERPRETERS,
                name="Jon Example",
                languages="English; French; Spanish",
                max_minutes_per_day=240,
            ),
        ],
        REQUESTS.title: _requests(),
    }


def _requests() -> Rows:
    return [
        _row(
            REQUESTS,
            party_1="Alvania",
            party_2="BM",
            person_1="Ada Example",
            person_2="Cleo Sample",
            minutes=45,
            weight=8,
            must="yes",
            seats=6,
            features="booth",
            language_1="English",
            language_2="French",
            interpreters=2,
        ),
        _row(
            REQUESTS,
            party_1="Alvania",
            party_2="Corvia",
            person_1="Ada Example",
            person_2="Dan Sample",
            people="Ben Example",
            minutes=30,
            weight=4,
            windows=f"{_DAY} 14:00 to 16:00; {_NEXT} 09:00 to 11:00",
        ),
        _row(
            REQUESTS,
            party_1="BM",
            party_2="Corvia",
            person_1="Cleo Sample",
            person_2="Dan Sample",
            minutes=30,
            weight=4,
            rooms="Library; Great Hall",
            sittings="Tuesday morning; Tuesday afternoon",
        ),
        _row(
            REQUESTS,
            party_1="Alvania",
            party_2="BM",
            parties="IFE",
            person_1="Ben Example",
            person_2="Cleo Sample",
            people="Eve Specimen",
            minutes=60,
            weight=3,
            after="r1",
        ),
        _row(
            REQUESTS,
            party_1="Corvia",
            party_2="IFE",
            person_1="Dan Sample",
            person_2="Eve Specimen",
            minutes=15,
            fixed_start=datetime.combine(_DAY, time(16)),
            fixed_room="Office of Corvia",
        ),
        _row(
            REQUESTS,
            party_1="Alvania",
            party_2="IFE",
            person_1="Ada Example",
            person_2="Eve Specimen",
            minutes=30,
            windows=f"{_NEXT} 09:00 to 10:00",
            note=f"{_EXAMPLE}. It finds no place, so that the plan shows how that is said",
        ),
    ]


def _row(layout: SheetLayout, **cells: CellValue) -> list[CellValue]:
    """Return a row with these cells, by the keys of their columns."""
    return [cells.get(column.key, _EXAMPLE if column.key == "note" else None) for column in layout.columns]
