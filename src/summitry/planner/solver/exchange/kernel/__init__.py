"""The steps of the search, compiled: see :mod:`summitry.planner.solver.exchange.search` for what they do.

Everything here works on the arrays of :mod:`summitry.planner.solver.exchange.tables` and on
nothing else, so that it runs as machine code while other threads run. The floors, lowest
first: ``drawing``, ``prices``, ``vacancy``, ``holding``, ``journal``, ``limits``, ``where``, ``steps``,
``homing``, ``repacking``, ``itineraries``, ``packing``, ``entries``; the last is what the rest of the planner calls.
"""

from __future__ import annotations

from summitry.planner.solver.exchange.kernel.entries import (
    adopt,
    best_itineraries,
    engage,
    fill,
    find_open,
    hold_there,
    search,
    set_up,
)

__all__ = [
    "adopt",
    "best_itineraries",
    "engage",
    "fill",
    "find_open",
    "hold_there",
    "search",
    "set_up",
]
