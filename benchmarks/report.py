"""What was measured as a page: one table, the picture, the machine, and how to repeat it."""

from __future__ import annotations

from pathlib import Path

from rich.table import Table

from benchmarks.plot import gaps_over_time
from benchmarks.results import Line, Outcome

PAGE = Path("docs/benchmarks.md")
PICTURE = "benchmarks.svg"
ROWS = "abcdefg"
MET = {True: "met", False: "**not met**", None: ""}
INTRODUCTION = """# Benchmarks

What the planner is measured on, against what is wanted of it. The page is written by the runs themselves, failures included: `make bench`
measures everything again, `.venv/bin/python -m benchmarks b` one row. Each plan is made by `summitry plan` in a process of its own, as a user would, and
is held against the validator (`summitry check`), which shares no logic with the solver.
"""
WHAT_IS_WHAT = """## The work

- **a** The published instances of business-to-business meetings (Bofill and others, JAIR 74, 2022) lie outside the project, as their licence is
  not stated: name their folder by `--b2b` or `BENCH_B2B`. Beside each runs the baseline that lies with them: SAT with a totalizer, one thread.
- **b, c, d** Conferences from a seed, every rule on: few are much wanted, meetings of 15, 20, 30 and 45 minutes on a grid of 5, plenaries,
  late arrivals, windows, walks between zones, limits of persons, booths, interpreters with working hours and rests, teams of two, rooms of
  single delegations, order among meetings, 2 % that must be held and 2 % fixed. The bound on the spread of breaks is on in row a alone.
  The gap is that of the weight, the first aim: what it is short of its bound, as a share of the bound; the others follow strictly after it.
- **e** A plan of b, disturbed in the middle of the event; what has begun is frozen. Timed is when the planner has proved that no plan drops
  less weight, and of those none moves fewer meetings. Each is asked a second time the other way about: that no time changes, and then the least is dropped.
- **f** Each explanation is asked for by itself. A re-solve written for the benchmark alone takes the world of only the obstacles named and looks
  for a place: there must be none, and one as soon as any obstacle is taken away. Remedies are applied to the documents and validated.
- **g** Peers get the same problems, two cores and the same time, and optimise the weight alone.

`python -m benchmarks problem b --seed 1 -o P.json` writes a problem; `summitry plan P.json -o Q.json --seconds 30 --progress json` plans it.
"""


def table(outcomes: list[Outcome]) -> Table:
    """Return the results for a terminal."""
    shown = Table("row", "what", "wanted", "measured", "met")
    for outcome in outcomes:
        for line in outcome.lines:
            met = {True: "[green]yes", False: "[red]no", None: ""}[line.met]
            shown.add_row(outcome.row, line.what, line.wanted, line.measured, met)
        shown.add_row(outcome.row, "plans that the validator passes", "all", _valid(outcome).measured, "")
    return shown


def render(outcomes: list[Outcome], page: Path) -> None:
    """Write the page and its picture."""
    page.parent.mkdir(parents=True, exist_ok=True)
    curves = [curve for outcome in outcomes for curve in outcome.curves]
    picture = page.with_name(PICTURE)
    if curves:
        picture.write_text(gaps_over_time(curves), encoding="utf-8")
    page.write_text(markdown(outcomes, picture=bool(curves)), encoding="utf-8")


def markdown(outcomes: list[Outcome], *, picture: bool) -> str:
    """Return the page.

    Parameters
    ----------
    picture
        Whether there is a picture beside it.
    """
    by_row = {outcome.row: outcome for outcome in outcomes}
    parts = [INTRODUCTION, "## Results\n", _results(by_row)]
    if picture:
        parts.append(f"![The gap over time]({PICTURE})\n")
    notes = [f"- **{row}** {note}." for row in ROWS if row in by_row for note in by_row[row].notes]
    if notes:
        parts.append("\n".join(["What else was seen:\n", *notes, ""]))
    parts += [WHAT_IS_WHAT, _circumstances(by_row)]
    return "\n".join(parts)


def _results(by_row: dict[str, Outcome]) -> str:
    rows = ["| row | what | wanted | measured | |", "|---|---|---|---|---|"]
    for row in ROWS:
        if row not in by_row:
            rows.append(f"| {row} | | | not measured yet: `python -m benchmarks {row}` | |")
            continue
        outcome = by_row[row]
        rows.append(f"| **{row}** | **{outcome.title}** | | | |")
        rows += [_row(line) for line in (*outcome.lines, _valid(outcome))]
    return "\n".join([*rows, ""])


def _row(line: Line) -> str:
    cells = (line.what, line.wanted, line.measured, MET[line.met])
    return "| | " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _valid(outcome: Outcome) -> Line:
    measured = f"{outcome.valid} of {outcome.plans}"
    met = outcome.valid == outcome.plans if outcome.plans else None
    return Line("plans that the validator passes", "all", measured, met)


def _circumstances(by_row: dict[str, Outcome]) -> str:
    """Write the machine, versions, seeds and commands; rows measured alike share a line."""
    parts = ["## Measured on\n", "| row | command | seeds | machine | versions |", "|---|---|---|---|---|"]
    for row in ROWS:
        if row in by_row:
            outcome = by_row[row]
            command = outcome.command + (" --quick" if outcome.quick else "")
            seeds = ", ".join(map(str, outcome.seeds))
            cells = (row, f"`{command}`", seeds, _listed(outcome.machine), _listed(outcome.versions))
            parts.append("| " + " | ".join(cells) + " |")
    return "\n".join([*parts, ""])


def _listed(facts: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in facts.items())
