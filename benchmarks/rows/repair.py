"""Row e: a running day is repaired, with the least weight dropped and the fewest meetings moved, proved."""

from __future__ import annotations

from dataclasses import dataclass, replace

from benchmarks.child import Planned, Report, summitry_plan
from benchmarks.disturb import KINDS, scenario
from benchmarks.presets import conference
from benchmarks.results import Outcome, quantile, work
from benchmarks.rows import Asked
from summitry.planner import KEEPING_TIMES_OBJECTIVE, Problem, write_problem

PLANNED, QUICK_PLANNED = 30.0, 5.0
"""Seconds given to the plan that is disturbed."""
LIMIT, QUICK_LIMIT = 20.0, 10.0
EACH, QUICK_EACH = 8, 1
"""Scenarios of each kind and seed."""
ALMOST_ALL = 0.95
WITHIN, AT_MOST = 1.0, 10.0
PROVED = ("dropped", "moved")


@dataclass(frozen=True, slots=True)
class Repair:
    """One scenario: when the first aim and when both were proved (``None``: never), and which frozen meetings moved."""

    kind: str
    planned: Planned
    dropped_at: float | None
    proved_at: float | None
    thawed: list[str]


def run(asked: Asked) -> Outcome:
    """Disturb the plan of a conference of row b in many ways, and repair each."""
    seeds = asked.seeded(0)
    outcome = Outcome(
        "e", "repair of b in the middle of the event", "python -m benchmarks e", seeds, asked.quick
    )
    repairs: list[Repair] = []
    keeping: list[Repair] = []
    for seed in seeds:
        problem = conference("b", seed)
        files = work("e", f"{seed}")
        files[0].write_bytes(write_problem(problem))
        seconds = QUICK_PLANNED if asked.quick else PLANNED
        asked.say(f"seed {seed}, the plan to disturb")
        before = summitry_plan(problem, files, seconds=seconds)
        outcome.count(before, f"the plan of seed {seed} that is disturbed")
        if before.plan is None or not before.held:
            continue
        for kind in KINDS:
            for number in range(QUICK_EACH if asked.quick else EACH):
                asked.say(f"seed {seed}, {kind}, {number + 1}")
                disturbed = scenario(problem, before.plan.meetings, kind, number)
                name = f"{seed}-{list(KINDS).index(kind)}-{number}"
                repairs.append(_repair(disturbed, kind, name, outcome))
                other = replace(disturbed, objective=KEEPING_TIMES_OBJECTIVE)
                keeping.append(_repair(other, kind, f"{name}-times-kept", outcome))
    _lines(outcome, repairs)
    _lines_of_the_other_way(outcome, keeping)
    return outcome


def _repair(problem: Problem, kind: str, name: str, outcome: Outcome) -> Repair:
    limit = QUICK_LIMIT if outcome.quick else LIMIT
    files = work("e", name)
    files[0].write_bytes(write_problem(problem))
    planned = summitry_plan(problem, files, seconds=limit, until=_proved)
    outcome.count(planned, f"{kind}, {name}")
    held = planned.held
    repair = Repair(
        kind,
        planned,
        planned.proved_at(PROVED[0]) if held else None,
        planned.proved_at(*PROVED) if held else None,
        _thawed(problem, planned),
    )
    outcome.details.append(
        {
            "kind": kind,
            "scenario": name,
            "dropped_proved_at": repair.dropped_at,
            "proved_at": repair.proved_at,
            "first_plan": planned.first(),
            "planner_seconds": planned.plan.seconds if planned.plan else None,
            "command_seconds": round(planned.finished.wall, 2),
            "score": planned.reports[-1].score if planned.reports else {},
            "frozen_that_moved": repair.thawed,
            "valid": planned.held,
        }
    )
    return repair


def _proved(report: Report) -> bool:
    return report.proved(*PROVED)


def _thawed(problem: Problem, planned: Planned) -> list[str]:
    """Return the frozen meetings that are not held exactly as they were."""
    held = {} if planned.plan is None else {meeting.request: meeting for meeting in planned.plan.meetings}
    assert problem.frozen_until is not None
    return [
        was.request
        for was in problem.baseline or ()
        if was.start < problem.frozen_until and held.get(was.request) != was
    ]


def _lines(outcome: Outcome, repairs: list[Repair]) -> None:
    for kind in KINDS:
        times = [each.proved_at for each in repairs if each.kind == kind]
        _line(outcome, f"{kind} ({len(times)})", times, wanted="")
    _line(
        outcome,
        f"all {len(repairs)}: least weight dropped and fewest meetings moved, proved",
        [each.proved_at for each in repairs],
        wanted="95 % within 1 s, all within 10 s",
    )
    _line(
        outcome,
        f"all {len(repairs)}: least weight dropped, proved",
        [each.dropped_at for each in repairs],
        wanted="",
    )
    _line(
        outcome,
        f"all {len(repairs)}: both proved, by the clock of the whole command",
        [each.planned.finished.wall if each.proved_at is not None else None for each in repairs],
        wanted="",
    )
    firsts = [each.planned.first() for each in repairs]
    _line(outcome, f"all {len(repairs)}: a first valid plan", firsts, wanted="", done="found")
    moved = [
        each.planned.reports[-1].score[PROVED[1]]
        for each in repairs
        if each.dropped_at is not None and each.planned.reports
    ]
    outcome.line(
        f"meetings moved in the {len(moved)} of which the least weight dropped is proved",
        "",
        f"{sum(value for value, _ in moved)}; at least {sum(bound or 0 for _, bound in moved)}",
        met=None,
    )
    thawed = sum(len(each.thawed) for each in repairs)
    outcome.line("frozen meetings that moved", "none", str(thawed), met=bool(repairs) and not thawed)


def _lines_of_the_other_way(outcome: Outcome, repairs: list[Repair]) -> None:
    """Say what a desk gets that asks first that nobody be moved."""
    _line(
        outcome,
        f"all {len(repairs)}, asked the other way, no time changed and then the least dropped: both proved",
        [each.proved_at for each in repairs],
        wanted="",
    )
    scores = [each.planned.reports[-1].score for each in repairs if each.planned.reports]
    moved, dropped = (sum(score[aim][0] for score in scores if aim in score) for aim in ("moved", "dropped"))
    least = sum(score["dropped"][1] or 0 for score in scores if "dropped" in score)
    said = f"{moved} moved, weight dropped {dropped}; at least {least}"
    outcome.line("in these", "", said, met=None)


def _line(
    outcome: Outcome, what: str, times: list[float | None], *, wanted: str, done: str = "proved"
) -> None:
    known = [time for time in times if time is not None]
    if not times:
        outcome.line(what, wanted, "no plan to disturb", met=False if wanted else None)
        return
    endless = [time if time is not None else float("inf") for time in times]
    usual, worst = quantile(endless, ALMOST_ALL), max(endless)
    soon = sum(time <= WITHIN for time in known)
    said = f"{len(known)} of {len(times)} {done}, {soon} within {WITHIN:g} s; "
    said += f"{_within('95 %', usual)}, {_within('all', worst)}"
    met = usual <= WITHIN and worst <= AT_MOST
    outcome.line(what, wanted, said, met=met if wanted else None)


def _within(who: str, seconds: float) -> str:
    return f"not {who} in the time given" if seconds == float("inf") else f"{who} within {seconds:.2f} s"
