from __future__ import annotations

from pathlib import Path

from benchmarks import b2b
from summitry.planner import Aim, Status, require_well_formed, solve

TEXT = """
% two tables, four slots of which two are in the morning
nBusiness = 3;
nMeetings = 3;
nTables = 2;
nTotalSlots = 4;
nMorningSlots = 2;
requested = [|1, 2,1,
|1, 3,2,
|2, 3,3, |];
forbidden = [{0}, {4}, {3}];
fixed = [0,4,0];
precedences = [{0}, {1}, {0}];
"""


def test_an_instance_is_read_as_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "made-up.original.dzn"
    path.write_text(TEXT)
    instance = b2b.read(path)

    assert instance.name == "made-up.original"
    assert instance.meetings == [(0, 1, 1), (0, 2, 2), (1, 2, 3)]
    assert instance.forbidden == [set(), {3}, {2}]
    assert (instance.fixed, instance.after) == ({1: 3}, {1: {0}})
    problem = b2b.problem_of(instance)
    require_well_formed(problem)
    morning, afternoon, either = problem.requests
    assert [(span.start.hour, span.end.hour) for span in morning.windows] == [(8, 9)]
    assert [(span.start.strftime("%H:%M"), span.end.hour) for span in afternoon.windows] == [("09:30", 10)]
    assert [(span.start.hour, span.end.hour) for span in either.windows] == [(8, 9)]
    assert afternoon.after == ("m1",)
    assert afternoon.fixed is not None


def test_its_plan_has_the_least_breaks(tmp_path: Path) -> None:
    path = tmp_path / "made-up.original.dzn"
    path.write_text(TEXT)
    plan = solve(b2b.problem_of(b2b.read(path)))

    assert plan.status is Status.OPTIMAL
    assert plan.score[Aim.BREAKS].value == 2  # persons 1 and 3 wait for the fixed meeting
    assert len(plan.meetings) == 3


def test_published_values_are_read(tmp_path: Path) -> None:
    (tmp_path / "published.csv").write_text(
        "instance,variant,breaks_spread,optimum,published_maxsat_seconds\nx,original,2,7,1.0\nx,prec15,2,UNSAT,-\n"
    )

    assert b2b.published(tmp_path) == [
        b2b.Published("x.original", 2, 7),
        b2b.Published("x.prec15", 2, None),
    ]
