"""What stands in the way of a place, and the limits that no price tells."""

from __future__ import annotations

from summitry.planner.solver.exchange.compiled import part
from summitry.planner.solver.exchange.kernel.drawing import number
from summitry.planner.solver.exchange.kernel.holding import DAY, sitting_within
from summitry.planner.solver.exchange.kernel.prices import zone_of
from summitry.planner.solver.exchange.tables import NEAREST, NO_LIMIT, Board, Ints, Rules


@part
def listed(found: Ints, length: int, request: int) -> bool:
    """Return whether a request is among the first ``length``."""
    for index in range(length):
        if found[index] == request:
            return True
    return False


@part
def in_the_way(rules: Rules, board: Board, request: int, start: int, room: int, team: Ints) -> int:
    """List in ``board.way`` what would have to go; return how much that is."""
    end, zone, way, found = start + rules.length[request], zone_of(rules, room), board.way, number(0)
    for index in range(rules.people_from[request], rules.people_from[request + 1]):
        who = rules.people[index]
        low = board.of_person_from[who]
        for entry in range(low, low + board.person_count[who]):
            other = board.of_person[entry]
            gap = rules.gap[zone_of(rules, board.room[other]), zone]
            if (
                board.start[other] - gap < end
                and start < board.end[other] + gap
                and not listed(way, found, other)
            ):
                way[found] = other
                found += 1
    for who in team:
        if who >= 0:
            for entry in range(board.interpreter_count[who]):
                other = board.of_interpreter[who, entry]
                gap = rules.gap[zone_of(rules, board.room[other]), zone]
                beside = board.start[other] - gap < end and start < board.end[other] + gap
                if beside and not listed(way, found, other):
                    way[found] = other
                    found += 1
    gap = rules.turnaround[room]
    for entry in range(board.room_count[room]):
        other = board.of_room[room, entry]
        if (
            board.start[other] - gap < end
            and start < board.end[other] + gap
            and not listed(way, found, other)
        ):
            way[found] = other
            found += 1
    for index in range(rules.after_from[request], rules.after_from[request + 1]):
        other = rules.after[index]
        if board.start[other] >= 0 and board.end[other] > start and not listed(way, found, other):
            way[found] = other
            found += 1
    for index in range(rules.before_from[request], rules.before_from[request + 1]):
        other = rules.before[index]
        if board.start[other] >= 0 and board.start[other] < end and not listed(way, found, other):
            way[found] = other
            found += 1
    return found


@part
def row_of(rules: Rules, board: Board, person: int, sitting: int, start: int, end: int) -> int:
    """Return how many meetings in a row a person would have with one from ``start`` to ``end``."""
    low = board.of_person_from[person]
    row, found = board.row, 0
    for entry in range(low, low + board.person_count[person]):
        other = board.of_person[entry]
        if sitting_within(rules, board.start[other], board.end[other]) == sitting:
            row[found] = other
            found += 1
    length, changed = 1, True
    while changed:
        changed = False
        for index in range(found):
            other = row[index]
            if (
                other >= 0
                and board.start[other] - end < rules.break_minutes
                and start - board.end[other] < rules.break_minutes
            ):
                start, end = min(start, board.start[other]), max(end, board.end[other])
                row[index] = -1
                length += 1
                changed = True
    return length


@part
def engaged(rules: Rules, who: int, low: int, high: int) -> int:
    """Return the minutes of an interpreter's engagements between two times."""
    total = 0
    for index in range(rules.engaged_from[who], rules.engaged_from[who + 1]):
        total += max(0, min(high, rules.engaged[index, 1]) - max(low, rules.engaged[index, 0]))
    return total


@part
def run_of(rules: Rules, board: Board, who: int, start: int, end: int) -> int:
    """Return the minutes of the run that an interpreter would have with a meeting from ``start`` to ``end``."""
    row, found, total = board.row, board.interpreter_count[who], end - start
    for entry in range(found):
        row[entry] = board.of_interpreter[who, entry]
    changed = True
    while changed:
        changed = False
        for index in range(found):
            other = row[index]
            if other < 0:
                continue
            begins, ends, gap = board.start[other], board.end[other], 0
            if begins >= end:
                gap = begins - end - engaged(rules, who, end, begins) if begins - end < DAY else DAY
            elif ends <= start:
                gap = start - ends - engaged(rules, who, ends, start) if start - ends < DAY else DAY
            if gap < rules.rest[who]:
                start, end = min(start, begins), max(end, ends)
                total += ends - begins
                row[index] = -1
                changed = True
    return total


@part
def over_limit(rules: Rules, board: Board, request: int, start: int, team: Ints) -> int:
    """List in ``board.crowd`` meetings of which one must go for somebody's limit; return how many, -1 where none."""
    end, crowd = start + rules.length[request], board.crowd
    sitting, length = sitting_within(rules, start, end), rules.length[request]
    for index in range(rules.people_from[request], rules.people_from[request + 1]):
        who = rules.people[index]
        most, in_a_row = rules.most_meetings[who], rules.most_in_a_row[who]
        full = most != NO_LIMIT and board.meetings[who, sitting] >= most
        if full or (in_a_row != NO_LIMIT and row_of(rules, board, who, sitting, start, end) > in_a_row):
            low, found = board.of_person_from[who], 0
            for entry in range(low, low + board.person_count[who]):
                other = board.of_person[entry]
                if sitting_within(rules, board.start[other], board.end[other]) == sitting:
                    crowd[found] = other
                    found += 1
            return found
    for who in team:
        if who < 0:
            continue
        held, found, day = board.of_interpreter[who], 0, start // DAY
        most, a_day = rules.most_minutes[who], rules.most_minutes_a_day[who]
        too_long = most != NO_LIMIT and board.minutes[who, sitting] + length > most
        if too_long or (
            a_day != NO_LIMIT and board.minutes_a_day[who, day - rules.first_day] + length > a_day
        ):
            for entry in range(board.interpreter_count[who]):
                other = held[entry]
                same = sitting_within(rules, board.start[other], board.end[other]) == sitting
                if same if too_long else board.start[other] // DAY == day:
                    crowd[found] = other
                    found += 1
            return found
        if (
            rules.longest_run[who] != NO_LIMIT
            and run_of(rules, board, who, start, end) > rules.longest_run[who]
        ):
            return nearest(board, who, start)
    return -1


@part
def nearest(board: Board, who: int, start: int) -> int:
    """List an interpreter's meetings nearest in time; return how many."""
    crowd, found = board.crowd, 0
    for entry in range(board.interpreter_count[who]):
        other = board.of_interpreter[who, entry]
        slot = found
        while slot > 0 and abs(board.start[crowd[slot - 1]] - start) > abs(board.start[other] - start):
            if slot < NEAREST:
                crowd[slot] = crowd[slot - 1]
            slot -= 1
        if slot < NEAREST:
            crowd[slot] = other
            found = min(NEAREST, found + 1)
    return found
