"""A SAT solver as a program of its own, so that it can be ended at any moment.

Started by path, with the folder of PySAT's compiled module as its argument. It reads a
line with how many bytes each part has, and the parts, marshalled: the solver's options,
and lists of clauses. Then for each line with a number of conflicts it solves for so long
(0: without end) and answers with a line: ``unknown``, ``none``, or ``model`` and the
variables that are true.
"""

from __future__ import annotations

import marshal
import os
import sys

ORPHAN_CONFLICTS = 20_000
"""How often to look whether whoever asked is still there."""


def main(folder: str) -> None:
    """Answer questions until there are no more, or nobody to ask them."""
    sys.path.insert(0, folder)
    import pysolvers  # type: ignore[import-not-found]  # noqa: PLC0415 - found by the argument; has no types

    parent = os.getppid()
    asked = sys.stdin.buffer
    solver = pysolvers.cadical195_new()
    options, *parts = (marshal.loads(asked.read(int(size))) for size in asked.readline().split())  # noqa: S302 - our own
    for name, value in options.items():
        pysolvers.cadical195_set(solver, name, value)
    add = pysolvers.cadical195_add_cl
    for rows in parts:
        for row in rows:
            add(solver, row)
    del parts
    for line in asked:
        left, status = int(line) or sys.maxsize, 0
        while not status and left > 0 and os.getppid() == parent:
            pysolvers.cadical195_cbudget(solver, min(left, ORPHAN_CONFLICTS))
            status = pysolvers.cadical195_solve_lim(solver, [], 0)
            left -= ORPHAN_CONFLICTS
        if status > 0:
            true = [literal for literal in pysolvers.cadical195_model(solver) if literal > 0]
            print("model", *true, flush=True)  # noqa: T201 - the answer
        else:
            print("none" if status else "unknown", flush=True)  # noqa: T201 - likewise


if __name__ == "__main__":
    main(sys.argv[1])
