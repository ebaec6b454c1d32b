"""A first plan for problems so large that looking at every room for every request takes too long."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from summitry.planner.solver.exchange.search import Exchange
from summitry.planner.solver.incumbent import Incumbent

LOOK_EVERY = 50
STEPS_FOR_EACH_MUST = 200


def place_all(incumbent: Incumbent, order: Sequence[int], seed: int) -> None:
    """Offer a plan in which each request, in that order, is held where it stands in nobody's way.

    What must be held and finds no such place takes the place of what need not be held.
    """
    instance, clock = incumbent.instance, incumbent.clock
    random = Random(seed)  # noqa: S311 - for search, not for secrets
    exchange = Exchange(instance, [None] * len(instance.jobs), seed)
    waiting = set(exchange.unheld)
    missing = [
        request
        for request, job in enumerate(instance.jobs)
        if job.must and job.frozen is None and request not in waiting
    ]
    if missing:
        return
    for turn, request in enumerate(order):
        if request in waiting:
            zones = list(exchange.zones_of(request))
            random.shuffle(zones)
            any(exchange.place_snugly(request, zone) for zone in zones)
        if turn % LOOK_EVERY == 0 and clock.stopped():
            break
    _hold_musts(exchange, incumbent, random)
    if not _lost(exchange):
        incumbent.offer(exchange.board.where)


def _hold_musts(exchange: Exchange, incumbent: Incumbent, random: Random) -> None:
    heat = float(max((job.weight for job in exchange.instance.jobs), default=1))
    lost = _lost(exchange)
    for _ in range(STEPS_FOR_EACH_MUST * len(lost)):
        if not lost or incumbent.clock.stopped():
            return
        exchange.step(heat, random.choice(lost))
        lost = _lost(exchange)


def _lost(exchange: Exchange) -> list[int]:
    return [request for request in exchange.unheld if exchange.instance.jobs[request].must]
