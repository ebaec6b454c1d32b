"""Holding the most weight: a search that puts in what is left out, and takes out what stands in the way.

``tables`` are the arrays that the search works on, ``rules`` and ``boards`` make them of a problem
and a plan, ``kernel`` makes the steps, compiled; ``search`` is the way to it, ``anneal`` cools it,
``rounds`` shares the sittings among threads, ``first`` makes first plans of large problems, and
``prepare`` compiles.
"""

from __future__ import annotations

from summitry.planner.solver.exchange.anneal import STEPS_PER_SECOND, Heat, anneal
from summitry.planner.solver.exchange.boards import Ground, Held
from summitry.planner.solver.exchange.first import place_all
from summitry.planner.solver.exchange.prepare import prepare, prepared, start
from summitry.planner.solver.exchange.rounds import hold_most
from summitry.planner.solver.exchange.search import AHEAD, Exchange

__all__ = [
    "AHEAD",
    "STEPS_PER_SECOND",
    "Exchange",
    "Ground",
    "Heat",
    "Held",
    "anneal",
    "hold_most",
    "place_all",
    "prepare",
    "prepared",
    "start",
]
