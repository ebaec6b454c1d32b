"""What would help: changes that were tried on the board and hold the request."""

from __future__ import annotations

from summitry.planner.explain.remedies.desk import Desk, Effort
from summitry.planner.explain.remedies.search import found

__all__ = ["Desk", "Effort", "found"]
