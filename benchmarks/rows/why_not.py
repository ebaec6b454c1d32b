"""Row f: of every request that found no place, a minimal reason and a remedy that works, and how long that takes."""

from __future__ import annotations

import json
import time
from dataclasses import replace

from jsonpatch import JsonPatch, JsonPatchException

from benchmarks.child import summitry_plan
from benchmarks.presets import conference
from benchmarks.results import Outcome, quantile, work
from benchmarks.rows import Asked
from benchmarks.standing import Standing
from summitry.planner import (
    BadInput,
    Meeting,
    Plan,
    Problem,
    Remedy,
    Unscheduled,
    check,
    explain,
    problem_document,
    read_problem,
    write_problem,
)
from summitry.planner.check import check_meetings

PLANNED, QUICK_PLANNED = 30.0, 5.0
QUICK_REQUESTS = 10
ALMOST_ALL = 0.95
WITHIN = 0.2


def run(asked: Asked) -> Outcome:
    """Ask of every request left out why, and hold each answer against a re-solve and the validator."""
    seeds = asked.seeded(0, 1, 2)
    outcome = Outcome(
        "f", "why not: every unscheduled request of b", "python -m benchmarks f", seeds, asked.quick
    )
    for seed in seeds:
        problem = conference("b", seed)
        files = work("f", f"{seed}")
        files[0].write_bytes(write_problem(problem))
        asked.say(f"seed {seed}, the plan")
        planned = summitry_plan(problem, files, seconds=QUICK_PLANNED if asked.quick else PLANNED)
        outcome.count(planned, f"the plan of seed {seed}")
        if planned.plan is not None and planned.held:
            _explain(problem, planned.plan, seed, outcome, asked)
    _lines(outcome)
    return outcome


def _explain(problem: Problem, plan: Plan, seed: int, outcome: Outcome, asked: Asked) -> None:
    held = {meeting.request for meeting in plan.meetings}
    missing = [request for request in problem.requests if request.id not in held]
    if asked.quick:
        missing = missing[:QUICK_REQUESTS]
    trials = Trials(problem, plan)
    explained = []
    for position, request in enumerate(missing):
        asked.say(f"seed {seed}, request {position + 1} of {len(missing)}")
        began = time.perf_counter()
        (answer,) = explain(problem, plan.meetings, requests=[request.id])
        seconds = time.perf_counter() - began
        explained.append(answer)
        reason = Standing(problem, plan.meetings, request).wrong(answer.blockers)
        works, broken = trials.working(answer)
        outcome.details.append(
            {
                "seed": seed,
                "request": request.id,
                "seconds": round(seconds, 4),
                "blockers": len(answer.blockers),
                "reason": answer.reason,
                "wrong_with_reason": reason,
                "remedies": [remedy.text for remedy in answer.remedies],
                "remedies_that_work": works,
                "wrong_with_remedies": broken,
            }
        )
    answers = {answer.request: answer for answer in explained}
    whole = replace(plan, unscheduled=tuple(answers.get(each.request, each) for each in plan.unscheduled))
    outcome.counted(
        f"the plan of seed {seed} with these answers", [str(each) for each in check(problem, whole)]
    )


class Trials:
    """Applies remedies as a reader of the documents would, and holds what comes out against the validator."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.document = problem_document(problem)
        self.meetings = {meeting.request: meeting for meeting in plan.meetings}

    def working(self, answer: Unscheduled) -> tuple[int, list[str]]:
        """Return how many remedies of an answer work, and what is wrong with the others."""
        broken = []
        for remedy in answer.remedies:
            wrong = self._wrong(answer.request, remedy)
            if wrong is not None:
                broken.append(f"{remedy.text}: {wrong}")
        return len(answer.remedies) - len(broken), broken

    def _wrong(self, request: str, remedy: Remedy) -> str | None:
        problem = self.problem
        if remedy.change.problem:
            try:
                document = JsonPatch(remedy.change.problem).apply(self.document)
                problem = read_problem(json.dumps(document))
            except (JsonPatchException, BadInput) as error:
                return str(error)
        meetings: dict[str, Meeting] = {
            name: meeting for name, meeting in self.meetings.items() if name not in remedy.change.drop
        }
        meetings.update((meeting.request, meeting) for meeting in remedy.change.meetings)
        if request not in meetings:
            return "the request is not held"
        violations = check_meetings(problem, meetings.values())
        return str(violations[0]) if violations else None


def _lines(outcome: Outcome) -> None:
    known = outcome.details
    if not known:
        outcome.line(
            "every request left out", "a minimal reason and a remedy", "no plan, or all are held", met=None
        )
        return
    count = len(known)
    minimal = sum(each["wrong_with_reason"] is None for each in known)
    outcome.line(
        f"reasons minimal, by an independent re-solve ({count} requests)",
        "all",
        f"{minimal} of {count}",
        met=minimal == count,
    )
    helped = sum(bool(each["remedies_that_work"]) for each in known)
    outcome.line("at least one remedy that works", "all", f"{helped} of {count}", met=helped == count)
    broken = sum(bool(each["wrong_with_remedies"]) for each in known)
    outcome.line("requests with a remedy that does not work", "none", str(broken), met=not broken)
    times = [float(str(each["seconds"])) for each in known]
    usual = quantile(times, ALMOST_ALL)
    outcome.line(
        "time of one explanation, set-up included",
        "95 % within 200 ms",
        f"95 % within {1000 * usual:.0f} ms, all within {1000 * max(times):.0f} ms",
        met=usual <= WITHIN,
    )
    sizes = sorted(int(str(each["blockers"])) for each in known)
    outcome.line("obstacles named in a reason", "", f"median {sizes[count // 2]}, most {sizes[-1]}", met=None)
