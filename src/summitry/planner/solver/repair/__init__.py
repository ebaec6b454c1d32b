"""Repair of a running day: as little as can be of what people already hold is dropped, then moved.

``ground`` tells what the disturbance left, ``fitting`` puts back the rest with ``seating`` giving the
rooms, ``exchanging`` searches for plans that drop less and move fewer, ``sittings`` chooses those of
one sitting anew, ``relaxation`` and ``leaving`` bound what any plan must drop and move, and ``search``
does one after another; ``own_rooms`` gives back their rooms to those at their times. ``staying`` is for where nobody is to be told another time.
"""

from __future__ import annotations

from summitry.planner.solver.repair.own_rooms import give_back_rooms
from summitry.planner.solver.repair.search import Repair
from summitry.planner.solver.repair.staying import Staying

__all__ = ["Repair", "Staying", "give_back_rooms"]
