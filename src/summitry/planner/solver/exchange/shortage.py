"""People who are asked for longer than they are there: their requests are planned before all others.

What is left out is nearly all of it theirs, and how much that is hangs on how well their days are filled:
which is found in a fraction of the time where nobody else's meetings stand in the way yet.
"""

from __future__ import annotations

from summitry.planner.solver.instance import Instance
from summitry.planner.solver.state import State

MOST = 0.5
"""Of all requests: where more compete for somebody's time, nobody's meetings come before the others'."""


def people_in_short_supply(instance: Instance) -> list[int]:
    """Return the people who are asked for longer than they are there."""
    asked = [0] * len(instance.people)
    for job in instance.jobs:
        if job.frozen is None:
            for person in job.people:
                asked[person] += job.length
    diaries, everything = State(instance).people, instance.cells.everything
    return [
        person
        for person, minutes in enumerate(asked)
        if minutes > (everything & ~diaries[person].blocked(instance.nowhere)).bit_count() * instance.grid
    ]


def in_short_supply(instance: Instance) -> list[int]:
    """Return the requests of people in short supply, and what must be held; empty where that helps nothing."""
    short = set(people_in_short_supply(instance))
    theirs = [
        request
        for request, job in enumerate(instance.jobs)
        if job.frozen is None and (job.must or not short.isdisjoint(job.people))
    ]
    return theirs if short and len(theirs) <= MOST * len(instance.jobs) else []
