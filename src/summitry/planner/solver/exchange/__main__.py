"""Prepare the compiled search ahead of time."""

from __future__ import annotations

from summitry.planner.solver.exchange.prepare import prepare

if __name__ == "__main__":
    prepare()
