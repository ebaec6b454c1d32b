"""The problem and a plan as arrays: what the compiled search reads and changes.

Zones are numbered as the rooms' zones are (:attr:`Rules.zones` of them); times are minutes,
cells those of :class:`summitry.planner.solver.cells.Cells`. A list of lists is one array
with the places at which each begins (``_from``).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Bits = npt.NDArray[np.uint64]  # sets of rooms, a bit for each

NO_LIMIT = -1
NO_START = -2
NEAREST = 4  # meetings near in time of which one may go for the sake of an interpreter's rest
# Larger than the price of anything that may be taken out, and exact in sums.
NEVER = 1 << 44
MUST = 1 << 34  # on top of the weight of what must be held


class Rules(NamedTuple):
    """What does not change."""

    grid: int
    cells: int
    zones: int
    break_minutes: int
    minute: Ints  # of each cell
    sitting_of: Ints  # of each cell
    edge: Flags  # cells after the end of a sitting, and beyond the last
    base: Ints  # of each sitting: its first cell
    begins: Ints
    ends: Ints
    gap: Ints  # [any zone, rooms' zone]: the walk; the last row is of what is nowhere
    length: Ints  # of each request, in minutes
    width: Ints  # in cells
    weight: Ints
    need: Ints
    people_from: Ints
    people: Ints
    starts_of: Ints  # of each request: which list of starts
    starts_from: Ints
    starts: Ints
    may_start: Flags  # [list of starts, cell]
    halls_of: Ints  # of each request: which list of zones with rooms
    halls_from: Ints
    hall_zone: Ints
    hall_from: Ints  # of each zone of the list: its first room
    hall_rooms: Ints
    team_of: Ints  # of each request: which list of interpreters
    team_from: Ints
    team: Ints
    after_from: Ints
    after: Ints
    before_from: Ints
    before: Ints
    may_use: Flags  # [list of zones with rooms, room]
    room_zone: Ints
    room_word: Ints  # of each room: the word of its bit among the vacant
    room_bit: Bits
    room_at: Ints  # of each bit: its room
    hall_bits: Bits  # [zone of the list, word]: its rooms
    seldom: Bits  # [word]: the rooms that few requests may use
    seldom_hall: Ints  # of each list of zones with rooms: one with such a room, beside other rooms; -1: none
    span_of: Ints  # of each request: which of ``spans``
    spans: Ints  # the widths there are
    turnaround: Ints
    rooms_short: bool  # whether rooms are asked for about as many minutes as they have, or for more
    rooms_lacking: bool  # whether they are asked for more
    most_meetings: Ints  # of each person in a sitting
    most_in_a_row: Ints
    wanting_from: Ints  # the requests of each person
    wanting: Ints
    hurried: Ints  # the people whose time is scarce
    pressed: Ints  # how much it counts that a person's time stays whole
    most_minutes: Ints  # of each interpreter in a sitting
    most_minutes_a_day: Ints
    longest_run: Ints
    rest: Ints
    engaged_from: Ints  # the minutes at which each interpreter's engagements begin and end, merged
    engaged: Ints
    first_day: int
    stay: int  # what it is worth that a meeting is held at its own start; 0: nothing
    own: Ints  # of each request: its own start, that of the baseline
    own_cell: Ints  # and its cell, -1 where it could not start there


class Beam(NamedTuple):
    """Where itineraries are made; cells are those of one sitting, from its first."""

    worth: Floats  # [of the pool, zone, cell]: what a request is worth from there, 0: nothing
    totals: Floats  # [cell, zone, which]: of itineraries that can be gone on with from there
    records: Ints  # [cell, zone, which, field]
    counts: Ints  # [cell, zone]
    over_totals: Floats  # the same of itineraries whose last meeting is over there
    over_records: Ints
    over_counts: Ints
    record: Ints  # [field]
    best_totals: Floats  # [which]: of the itineraries that are worth most
    best: Ints  # [which, field]
    itinerary: Ints  # [place in it, (which of the pool, cell, zone)]


class Board(NamedTuple):
    """A plan, priced, and what the search remembers; ``start`` -1 where a request is not held."""

    start: Ints
    end: Ints
    room: Ints
    team: Ints  # [request, at most as many as any needs]
    price: Ints
    open: Flags  # cells from which anything may be held
    person_begun: Ints  # [owner, zone, cell]
    person_over: Ints
    interpreter_begun: Ints
    interpreter_over: Ints
    room_begun: Ints  # [room, cell]
    room_over: Ints
    vacant: Bits  # [which of the widths, cell, word]: the rooms that are free for it from there
    of_person_from: Ints
    of_person: Ints
    person_count: Ints
    of_interpreter: Ints
    interpreter_count: Ints
    of_room: Ints
    room_count: Ints
    meetings: Ints  # [person, sitting]
    minutes: Ints  # [interpreter, sitting]
    minutes_a_day: Ints  # [interpreter, day]
    unheld: Ints
    at: Ints  # of each request: its place in ``unheld``, -1 where it is not in it
    fresh: Ints  # of each request: the turn until which it is fresh
    ageing: Ints  # [slot of a ring, (turn, request)]
    best_start: Ints
    best_end: Ints
    best_room: Ints
    best_team: Ints
    dirty: Ints  # requests that may be elsewhere than in the best plan
    is_dirty: Flags
    way: Ints  # the requests in the way of what is looked at
    crowd: Ints  # the requests of which one must go for somebody's limit
    journal: Ints  # [entry, (request, whether it was held then, start, end, room)]: what this step did
    journal_team: Ints
    waiting: Ints  # what was taken out in this step and is to be held elsewhere
    chain: Ints  # what was put in this step where something stood
    team_here: Ints
    team_there: Ints
    keys: Floats  # for sorting what waits
    row: Ints  # for sorting somebody's meetings
    prices: Ints  # of each cell
    beam: Beam
    least: Ints  # the prices of the cheapest interpreters
    least_who: Ints
    numbers: Ints  # see below
    random: npt.NDArray[np.uint64]


# Places in ``Board.numbers``.
WEIGHT, BEST, UNHELD, DIRTY, TURN, OLDEST, YOUNGEST, ENTRIES = range(8)
RING = 64
WORD = 64  # bits
LONGEST_JOURNAL = 4096
POOL = 62  # requests of which itineraries are made: a bit for each in a number with a sign
BEAM = 6  # itineraries that are gone on with from each cell and zone
FIELDS = 7  # of what is known of an itinerary:
TAKEN, BEFORE, LAST, BEGAN, OVER, IN_A_ROW, MEETINGS = range(FIELDS)
