"""What a plan says of itself: its status, its score, and that every request is answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from summitry.planner.check.aims import values
from summitry.planner.check.facts import Facts
from summitry.planner.check.violation import Rule, Violation
from summitry.planner.plan import BlockerKind, Plan, Status
from summitry.planner.problem import Aim, Meeting
from summitry.planner.wording import shown

WITHOUT_A_PLAN = (Status.INFEASIBLE, Status.UNKNOWN)


def answer_rules(facts: Facts, plan: Plan, known: dict[str, Meeting]) -> Iterator[Violation]:
    """Ask whether status, unscheduled requests and score are true of the meetings (by request)."""
    if plan.status in WITHOUT_A_PLAN:
        if plan.meetings:
            yield Violation(Rule.STATUS, "", f"a plan that is {plan.status} holds no meetings")
        if plan.score:
            yield Violation(Rule.SCORE, "", f"a plan that is {plan.status} has no score")
    else:
        yield from _score_rules(facts, plan, known)
    yield from _unscheduled_rules(facts, plan, known)
    yield from _blocker_rules(facts, plan, known)


def _score_rules(facts: Facts, plan: Plan, known: dict[str, Meeting]) -> Iterator[Violation]:
    objective = facts.problem.objective
    if tuple(plan.score) != objective:
        said, wanted = ", ".join(plan.score) or "none", ", ".join(objective) or "none"
        yield Violation(Rule.SCORE, "", f"the score is of the aims {said}, the objective is {wanted}")
        return
    for aim, value in values(facts, tuple(known.values())).items():
        said_value, bound = plan.score[aim].value, plan.score[aim].bound
        if said_value != value:
            yield Violation(Rule.SCORE, aim, f"{aim} is {value}, the plan says {said_value}")
        if bound is not None and (value > bound if aim is Aim.WEIGHT else value < bound):
            yield Violation(Rule.BOUND, aim, f"{aim} is {value}, better than its bound {bound}")
    reached = all(aim.value == aim.bound for aim in plan.score.values())
    if reached != (plan.status is Status.OPTIMAL):
        how = "every aim is at its bound" if reached else "not every aim is at its bound"
        yield Violation(Rule.STATUS, "", f"the plan says {plan.status}, but {how}")


def _unscheduled_rules(facts: Facts, plan: Plan, known: dict[str, Meeting]) -> Iterator[Violation]:
    named = Counter(unscheduled.request for unscheduled in plan.unscheduled)
    for request, times in named.items():
        if request not in facts.requests:
            yield Violation(
                Rule.UNSCHEDULED, request, f"unscheduled {shown(request)}: there is no such request"
            )
        elif request in known:
            yield Violation(Rule.UNSCHEDULED, request, f"request {shown(request)} is held and unscheduled")
        elif plan.status is Status.INFEASIBLE and not facts.requests[request].must:
            message = f"request {shown(request)} need not be held, so it is no part of the contradiction"
            yield Violation(Rule.UNSCHEDULED, request, message)
        if times > 1:
            yield Violation(
                Rule.UNSCHEDULED, request, f"request {shown(request)} is unscheduled {times} times"
            )
    if plan.status is Status.INFEASIBLE and not named and not facts.frozen:
        yield Violation(
            Rule.UNSCHEDULED, "", "the plan is infeasible and names no requests that contradict each other"
        )
    if plan.status not in WITHOUT_A_PLAN:
        for request in facts.requests:
            if request not in known and request not in named:
                message = f"request {shown(request)} is neither held nor unscheduled"
                yield Violation(Rule.UNSCHEDULED, request, message)


def _blocker_rules(facts: Facts, plan: Plan, known: dict[str, Meeting]) -> Iterator[Violation]:
    sittings = {sitting.id for sitting in facts.problem.sittings}
    named = (facts.requests, facts.people, facts.rooms, facts.interpreters, sittings)
    for unscheduled in plan.unscheduled:
        for blocker in unscheduled.blockers:
            owner, _, item = blocker.id.rpartition("#")
            ids = (blocker.id, owner) if item.isdecimal() else (blocker.id,)
            where = f"{blocker.kind} {shown(blocker.id)} of unscheduled {shown(unscheduled.request)}"
            if not any(name in names for names in named for name in ids):
                message = f"{where}: there is nothing of that id"
                yield Violation(Rule.UNSCHEDULED, unscheduled.request, message)
            elif blocker.kind is BlockerKind.MEETING and plan.meetings and blocker.id not in known:
                message = f"{where}: that meeting is not held"
                yield Violation(Rule.UNSCHEDULED, unscheduled.request, message)
