"""Itineraries: somebody's meetings of one sitting, one after the other, with the walks between them.

They are made from the beginning of the sitting to its end. From each cell and in each zone only the few that are
worth most are gone on with, of those with the same meetings the one with fewest in a row.
"""

from __future__ import annotations

from summitry.planner.solver.exchange.compiled import part
from summitry.planner.solver.exchange.kernel.drawing import number
from summitry.planner.solver.exchange.tables import (
    BEAM,
    BEFORE,
    BEGAN,
    FIELDS,
    IN_A_ROW,
    LAST,
    MEETINGS,
    NO_LIMIT,
    OVER,
    TAKEN,
    Beam,
    Board,
    Floats,
    Ints,
    Rules,
)

LEAST = 1e-9  # by which one is worth more than another


@part
def write_record(source: Ints, target: Ints) -> None:
    """Copy what is known of an itinerary."""
    for field in range(FIELDS):
        target[field] = source[field]


@part
def insert(totals: Floats, records: Ints, at: int, total: float, record: Ints) -> None:
    """Put an itinerary in the place of the one at ``at``, or before it, in the order of what they are worth."""
    while at > 0 and totals[at - 1] < total:
        totals[at] = totals[at - 1]
        write_record(records[at - 1], records[at])
        at -= 1
    totals[at] = total
    write_record(record, records[at])


@part
def offer(totals: Floats, records: Ints, found: int, total: float, record: Ints) -> int:
    """Put an itinerary among the ``found`` best of one cell and zone, if it is one; return how many there are then."""
    if found == BEAM and totals[BEAM - 1] >= total:
        return found
    for index in range(found):
        same = records[index, TAKEN] == record[TAKEN]
        if same and records[index, IN_A_ROW] <= record[IN_A_ROW] and totals[index] >= total:
            return found
    at = min(found, number(BEAM - 1))
    insert(totals, records, at, total, record)
    return at + 1


@part
def arrive(rules: Rules, beam: Beam, cell: int, zone: int) -> None:
    """Let what could be gone on with from the cell before, or is over a walk before, be gone on with."""
    totals, records, found = beam.totals[cell, zone], beam.records[cell, zone], beam.counts[cell, zone]
    if cell > 0:
        for index in range(beam.counts[cell - 1, zone]):
            total = beam.totals[cell - 1, zone, index]
            found = offer(totals, records, found, total, beam.records[cell - 1, zone, index])
    for other in range(rules.zones):
        over = cell + (-rules.gap[other, zone] // rules.grid)
        if over > 0:
            for index in range(beam.over_counts[over, other]):
                total = beam.over_totals[over, other, index]
                found = offer(totals, records, found, total, beam.over_records[over, other, index])
    beam.counts[cell, zone] = found


@part
def keep(beam: Beam, total: float, record: Ints) -> None:
    """Let an itinerary be among the best, if it is; of those with the same meetings there is one."""
    totals, last = beam.best_totals, len(beam.best_totals) - 1
    if total <= totals[last] + LEAST:
        return
    at = last
    for index in range(len(totals)):
        if totals[index] > 0.0 and beam.best[index, TAKEN] == record[TAKEN]:
            if totals[index] >= total:
                return
            at = index
            break
    insert(totals, beam.best, at, total, record)


@part
def begin(rules: Rules, board: Board, beam: Beam, person: int, sitting: int, pause: int) -> None:
    """Begin with nothing, in each zone."""
    beam.counts[:] = 0
    beam.over_counts[:] = 0
    beam.best_totals[:] = 0.0
    record = beam.record
    record[TAKEN], record[BEFORE], record[LAST], record[BEGAN] = 0, -1, -1, 0
    record[OVER], record[IN_A_ROW], record[MEETINGS] = -pause, 0, board.meetings[person, sitting]
    for zone in range(rules.zones):
        there = beam.totals[0, zone], beam.records[0, zone]
        beam.counts[0, zone] = offer(there[0], there[1], number(0), 0.0, record)


@part
def go_on(
    rules: Rules,
    beam: Beam,
    requests: Ints,
    pool: int,
    cells: int,
    cell: int,
    zone: int,
    index: int,
    row: int,
) -> None:
    """Go on with one itinerary by each request that could be held from there, as the ``row``-th in a row."""
    here, total, record = beam.records[cell, zone, index], beam.totals[cell, zone, index], beam.record
    for item in range(pool):
        worth = beam.worth[item, zone, cell]
        if worth <= 0.0 or here[TAKEN] >> item & 1:
            continue
        end = cell + rules.width[requests[item]]
        record[TAKEN] = here[TAKEN] | (1 << item)
        record[BEFORE], record[LAST] = (cell * rules.zones + zone) * BEAM + index, item
        record[BEGAN], record[OVER] = cell, end
        record[IN_A_ROW], record[MEETINGS] = row, here[MEETINGS] + 1
        keep(beam, total + worth, record)
        if end < cells:
            totals, records = beam.over_totals[end, zone], beam.over_records[end, zone]
            found = beam.over_counts[end, zone]
            beam.over_counts[end, zone] = offer(totals, records, found, total + worth, record)


@part
def make_itineraries(
    rules: Rules, board: Board, beam: Beam, person: int, sitting: int, requests: Ints, pool: int
) -> None:
    """Find the itineraries worth most; ``beam.worth`` says what each of the first requests is worth where.

    Meetings in a row and in the sitting are limited as they are for that person; other people's limits, and what
    one of the meetings takes from another but the person's time, are not looked at.
    """
    most, in_a_row = rules.most_meetings[person], rules.most_in_a_row[person]
    pause = -(-rules.break_minutes // rules.grid)
    cells = (rules.ends[sitting] - rules.begins[sitting]) // rules.grid
    begin(rules, board, beam, person, sitting, pause)
    for cell in range(cells):
        for zone in range(rules.zones):
            arrive(rules, beam, cell, zone)
            for index in range(beam.counts[cell, zone]):
                record = beam.records[cell, zone, index]
                row = number(0)  # where it is not limited, so that it makes no difference
                if in_a_row != NO_LIMIT:
                    row = record[IN_A_ROW] + 1 if cell - record[OVER] < pause else number(1)
                full = most != NO_LIMIT and record[MEETINGS] >= most
                if not full and (in_a_row == NO_LIMIT or row <= in_a_row):
                    go_on(rules, beam, requests, pool, cells, cell, zone, index, row)


@part
def read_itinerary(rules: Rules, beam: Beam, which: int) -> int:
    """Put one of the best itineraries into ``beam.itinerary``, its last meeting first; return its length."""
    length = number(0)
    if beam.best_totals[which] <= 0.0:
        return length
    record = beam.best[which]
    while record[LAST] >= 0:
        before = record[BEFORE]
        cell, zone = before // BEAM // rules.zones, before // BEAM % rules.zones
        item = beam.itinerary[length]
        item[0], item[1], item[2] = record[LAST], cell, zone
        length += 1
        record = beam.records[cell, zone, before % BEAM]
    return length
