"""``python -m benchmarks a|b|c|d|e|f|g|all``: measure, keep the results, render them."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from benchmarks.presets import SIZES, conference
from benchmarks.report import PAGE, render, table
from benchmarks.results import Outcome, folder, keep, kept
from benchmarks.rows import Asked, compact, peers, repair, sizes, why_not
from summitry.planner import write_problem

LOG_WIDTH = 140
INSTANCES = "../shared/bench/b2b"
ROWS: dict[str, Callable[[Asked], Outcome]] = {
    "a": compact.run,
    "b": partial(sizes.run, "b"),
    "c": partial(sizes.run, "c"),
    "d": partial(sizes.run, "d"),
    "e": repair.run,
    "f": why_not.run,
    "g": peers.run,
}


def _seeds(_context: click.Context, _option: click.Parameter, value: str | None) -> tuple[int, ...] | None:
    try:
        return None if value is None else tuple(int(seed) for seed in value.split(","))
    except ValueError:
        raise click.BadParameter("name whole numbers, as in 0,1,2") from None


def _b2b(given: str | None) -> Path | None:
    place = Path(given or os.environ.get("BENCH_B2B") or INSTANCES)
    return place if (place / "dzn").is_dir() else None


@click.group()
def main() -> None:
    """Measure the planner, as docs/benchmarks.md shows it; run from the checkout."""


def _measured(rows: tuple[str, ...], asked: Callable[[Callable[[str], None]], Asked]) -> list[Outcome]:
    console = Console(stderr=True)
    if not console.is_terminal:
        console.width = LOG_WIDTH
    outcomes = []
    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console) as progress:
        whole = progress.add_task("rows", total=len(rows))
        for row in rows:
            began = time.monotonic()
            task = progress.add_task(f"row {row}", total=None)
            say = partial(_say, progress, task, row)
            outcome = ROWS[row](asked(say))
            keep(outcome)
            outcomes.append(outcome)
            progress.remove_task(task)
            progress.advance(whole)
            progress.console.print(
                f"[bold]row {row}[/] {outcome.title}, {time.monotonic() - began:.0f} s", highlight=False
            )
            progress.console.print(table([outcome]))
            for note in outcome.notes:
                progress.console.print(f"[dim]{note}[/]", highlight=False)
    return outcomes


def _say(progress: Progress, task: TaskID, row: str, what: str) -> None:
    progress.update(task, description=f"row {row}: {what}")
    if not progress.console.is_terminal:
        progress.console.print(f"row {row}: {what}", highlight=False)


def _command(name: str) -> click.Command:
    @click.option("--quick", is_flag=True, help="Smaller limits of time, one seed; nothing is judged.")
    @click.option("--seeds", callback=_seeds, metavar="0,1,2", help="Random seeds instead of the row's own.")
    @click.option("--b2b", metavar="FOLDER", help=f"Instances of row a; else BENCH_B2B, else {INSTANCES}.")
    def command(*, quick: bool, seeds: tuple[int, ...] | None, b2b: str | None) -> None:
        rows = tuple(ROWS) if name == "all" else (name,)
        outcomes = _measured(rows, lambda say: Asked(quick, seeds, _b2b(b2b), say))
        page = folder(quick=True) / PAGE.name if quick else PAGE
        render(kept(quick=quick), page)
        click.echo(f"results: {folder(quick=quick)}, {page}")
        if any(outcome.valid < outcome.plans for outcome in outcomes):
            click.echo("some plans are not valid; see above", err=True)
            sys.exit(1)

    what = "Measure everything." if name == "all" else f"Measure row {name}."
    return click.command(name, help=what)(command)


for _name in (*ROWS, "all"):
    main.add_command(_command(_name))


@main.command("render")
def render_again() -> None:
    """Render the kept results of full runs once more."""
    render(kept(quick=False), PAGE)
    click.echo(str(PAGE))


@main.command()
@click.argument("size", type=click.Choice(list(SIZES)))
@click.option("--seed", type=int, default=0, show_default=True, help="Random seed.")
@click.option("-o", "--output", default="-", type=click.File("wb"), help="Where to write it; else printed.")
def problem(size: str, seed: int, output: IO[bytes]) -> None:
    """Write the problem of a row, to look at or to plan by hand."""
    output.write(write_problem(conference(size, seed)))


if __name__ == "__main__":
    main(prog_name="python -m benchmarks")
