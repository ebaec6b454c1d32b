"""Whether what a plan holds still fits the conference as it is now."""

from __future__ import annotations

from collections.abc import Sequence

from summitry.accounts.access import Actor
from summitry.bilaterals.queries.held import Held, sight
from summitry.bilaterals.queries.problem import planning_problem
from summitry.bilaterals.queries.problem.ids import interpreter_ids, request_id
from summitry.bilaterals.rules import Sight, Trouble, troubles
from summitry.conferences import clock
from summitry.conferences.models import Edition, Room
from summitry.interpretation.models import Interpreter
from summitry.planner.problem import Meeting


def standing_troubles(edition: Edition, held: Sequence[Held], *, who: Actor) -> dict[int, list[Trouble]]:
    """Return what no longer fits, by request; a constant number of statements.

    A walk from or to a meeting that the reader may not know of is not told.
    """
    if not held:
        return {}
    interpreters = interpreter_ids(
        Interpreter.objects.filter(edition=edition).select_related("person").order_by("pk")
    )
    rooms = dict(Room.objects.filter(edition=edition).values_list("pk", "slug"))
    told = [one for one in held if sight(who, one.request) is Sight.FULL]
    meetings = [
        Meeting(
            request=request_id(one.request),
            start=clock.wall(edition, one.start),
            end=clock.wall(edition, one.end),
            room=rooms[one.room_id],
            interpreters=tuple(interpreters[interpreter.pk] for interpreter in one.interpreters),
        )
        for one in told
    ]
    found = troubles(planning_problem(edition), meetings)
    return {one.request.pk: found[key] for one in told if (key := request_id(one.request)) in found}
