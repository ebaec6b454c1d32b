"""First plans of large problems: each request where it stands in nobody's way."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from summitry.planner.solver.exchange.boards import Ground
from summitry.planner.solver.exchange.search import Exchange
from summitry.planner.solver.incumbent import Incumbent

AT_A_TIME = 500
STEPS_FOR_EACH_MUST = 200
ANY = -1


def place_all(
    incumbent: Incumbent,
    ground: Ground,
    order: Sequence[int],
    seed: int,
) -> None:
    """Offer a plan in which each request, in that order, is held where it stands in nobody's way.

    What must be held and finds no such place takes the place of what need not be held.

    Parameters
    ----------
    incumbent : Incumbent
        Takes the plan.
    ground : Ground
        The problem as arrays.
    order : sequence of int
        The requests, what must be held first.
    seed : int
        Of the random numbers.
    """
    instance = incumbent.instance
    exchange = Exchange(ground, ground.held([job.frozen for job in instance.jobs]), seed)
    wanted = set(exchange.unheld())
    if any(job.must and job.frozen is None and r not in wanted for r, job in enumerate(instance.jobs)):
        return
    musts = [request for request in order if instance.jobs[request].must]
    requests = [*musts, *order]
    for first in range(0, len(requests), AT_A_TIME):
        if incumbent.clock.stopped():
            break
        some = requests[first : first + AT_A_TIME]
        exchange.fill(some, [ANY] * len(some))
    if _hold_musts(exchange, incumbent, Random(seed)):  # noqa: S311 - for search, not for secrets
        incumbent.offer(ground.places(exchange.now()))


def _hold_musts(exchange: Exchange, incumbent: Incumbent, random: Random) -> bool:
    """Take out what need not be held for what must; return whether all of that is held."""
    jobs = incumbent.instance.jobs
    dearest = float(max((job.weight for job in jobs), default=1))

    def lost() -> list[int]:
        return [request for request in exchange.unheld() if jobs[request].must]

    left = lost()
    for _ in range(STEPS_FOR_EACH_MUST * len(left)):
        if not left or incumbent.clock.stopped():
            break
        exchange.insist(random.choice(left), dearest * len(jobs))
        left = lost()
    return not left
