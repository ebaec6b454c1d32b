"""What came of a plan, in words: its status, and each aim with what is proved of it."""

from __future__ import annotations

from summitry.formats.sheets import CellValue, Sheet, SheetColumn
from summitry.planner import Aim, AimScore, Plan, Problem, Status

_STATUS = {
    Status.OPTIMAL: "The best plan there is: in every aim, no plan is better. This is proved.",
    Status.FEASIBLE: "A valid plan. Whether there is a better one, the bounds below say.",
    Status.INFEASIBLE: "Impossible: no plan holds all that must be held. This is proved; the sheet Unplanned names "
    "requests that contradict each other.",
    Status.UNKNOWN: "No plan was found in the time given, and none was proved impossible: plan with more time.",
}
_AIMS = {
    Aim.DROPPED: "Weight of promised meetings that are no longer held",
    Aim.MOVED: "Promised meetings at another time",
    Aim.REROOMED: "Promised meetings in another room at the same time",
    Aim.WEIGHT: "Weight of the meetings held",
    Aim.LEFT_OUT: "Delegations that asked and have no meeting",
    Aim.BREAKS: "Breaks between the meetings of one person",
    Aim.WALKING: "Minutes that people walk between rooms",
}


def summary(problem: Problem, plan: Plan) -> Sheet:
    """Return the sheet that says what came of a plan."""
    held, asked = len(plan.meetings), len(problem.requests)
    rows: list[list[CellValue]] = [
        ["Event", problem.title, None, None],
        ["Result", plan.status.value, None, _STATUS[plan.status]],
        ["Meetings held", held, asked, f"{held} of {asked} requests are held"],
    ]
    for number, (aim, score) in enumerate(plan.score.items(), 1):
        rows.append([f"Aim {number}: {_AIMS[aim]}", score.value, score.bound, _proved(aim, score, number)])
    rows += [
        ["Time zone", problem.timezone, None, "Of all times in this workbook"],
        ["Planned in", round(plan.seconds, 1), None, "Seconds"],
        ["Seed", plan.seed, None, "What to repeat it with, by --seed"],
        ["Planner", plan.planner or None, None, None],
    ]
    columns = [
        SheetColumn("What", width=62),
        SheetColumn("Value", "number", width=36),
        SheetColumn("At best", "number", width=12),
        SheetColumn("In words", width=96),
    ]
    return Sheet("Summary", columns, rows)


def _proved(aim: Aim, score: AimScore, number: int) -> str:
    """Say what is known of how much better an aim could be."""
    given = "" if number == 1 else " without giving way in an aim above"
    if score.bound is None:
        return f"The best found; how much better a plan could be{given} is not known."
    if score.bound == score.value:
        return f"Proved: no plan is better{given}."
    if aim is Aim.WEIGHT:
        missing = score.bound - score.value
        share = 100 * missing / score.bound if score.bound else 0.0
        return f"The best found; no plan{given} has more than {score.bound}, so at most {missing} ({share:.2g} %) are missing."
    if not score.bound:
        return f"The best found; whether a plan{given} has fewer is not known."
    return f"The best found; no plan{given} has fewer than {score.bound}."
