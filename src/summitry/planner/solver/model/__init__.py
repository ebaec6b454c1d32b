"""The exact model of the planner: all hard rules and all aims in CP-SAT."""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model

from summitry.planner.problem import Aim
from summitry.planner.solver.instance import Place
from summitry.planner.solver.model.core import Core
from summitry.planner.solver.model.goals import Expression, Goals
from summitry.planner.solver.model.interpreting import Interpreting
from summitry.planner.solver.rooms import give_rooms
from summitry.planner.solver.state import State


class PlanModel:
    """What may become of the ``free`` requests while the meetings in ``state`` are kept.

    Parameters
    ----------
    state : State
        The meetings that are kept (their rooms may be exchanged for others of the same class).
    free : sequence of int
        The requests to decide on, none of which is held in ``state``.
    """

    def __init__(self, state: State, free: Sequence[int]) -> None:
        self.core = Core(state, free)
        self.interpreting = Interpreting(self.core)
        self.goals = Goals(self.core)

    @property
    def model(self) -> cp_model.CpModel:
        """The CP-SAT model itself."""
        return self.core.model

    def aim(self, aim: Aim) -> Expression:
        """Return the expression of an aim."""
        return self.goals.expression(aim)

    def keep(self, aim: Aim, value: int) -> None:
        """Let an aim be no worse than ``value``."""
        self.goals.keep(aim, value)

    def hint(self, places: Sequence[Place | None]) -> None:
        """Suggest a plan from which to improve."""
        core = self.core
        model, instance = core.model, core.instance
        model.clear_hints()  # type: ignore[no-untyped-call]  # OR-Tools leaves it untyped
        for request, held in core.held.items():
            place = places[request]
            model.add_hint(held, place is not None)
            if place is None:
                continue
            model.add_hint(core.start[request], instance.to_tick(place.start))
            for kind, literal in core.kind[request].items():
                if literal is not held:
                    model.add_hint(literal, kind == instance.class_of_room[place.room])
            for who, literal in self.interpreting.serves.get(request, {}).items():
                model.add_hint(literal, who in place.interpreters)

    def read(self, value: cp_model.CpSolver | cp_model.CpSolverSolutionCallback) -> list[Place | None]:
        """Return the whole plan of a solution, with rooms given to the meetings of each class."""
        core = self.core
        instance = core.instance
        places = list(core.state.places)
        kinds: dict[int, int] = {}
        for request, held in core.held.items():
            if not value.boolean_value(held):
                continue
            start = instance.zero + instance.tick * value.value(core.start[request])
            kinds[request] = next(
                kind for kind, literal in core.kind[request].items() if value.boolean_value(literal)
            )
            serves = self.interpreting.serves.get(request, {})
            team = tuple(who for who, literal in serves.items() if value.boolean_value(literal))
            places[request] = Place(start, start + instance.jobs[request].length, -1, team)
        return give_rooms(instance, places, kinds)
