"""Which requests that must be held contradict each other, and how."""

from __future__ import annotations

from summitry.planner.explain.contradictions.search import contradiction

__all__ = ["contradiction"]
