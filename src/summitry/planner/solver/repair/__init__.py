"""Repair of a running day: as little as can be of what people already hold is dropped, then moved.

``ground`` tells what the disturbance left, ``fitting`` puts back the rest with ``seating`` giving the
rooms, ``relaxation`` bounds what any plan must drop and move, and ``search`` does one after another.
"""

from __future__ import annotations

from summitry.planner.solver.repair.search import Repair

__all__ = ["Repair"]
