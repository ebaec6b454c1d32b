"""Holding the most weight: a search that puts in what is left out, and takes out what stands in the way.

``prices`` tells what any place would cost, ``board`` keeps that up to date, ``search`` makes one
step after another, ``anneal`` cools it, ``rounds`` shares the sittings among processes, and ``first`` makes first plans of
large problems.
"""

from __future__ import annotations

from summitry.planner.solver.exchange.first import place_all
from summitry.planner.solver.exchange.rounds import hold_most

__all__ = ["hold_most", "place_all"]
