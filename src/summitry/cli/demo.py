"""``summitry demo``: the demonstration edition, from nothing to a planned conference in the browser."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from summitry.cli.django_setup import with_database
from summitry.cli.processes import follow_parent
from summitry.config.database import is_embedded
from summitry.config.database.lease import wait_until_stopped
from summitry.config.home import home
from summitry.config.parents import end_with_parent
from summitry.records import RefusedError

_STOP_SECONDS = 6.0
_START_SECONDS = 30.0


@click.command(short_help="Host the demonstration edition.")
@click.option("--port", default=8000, envvar="PORT", show_default=True, type=click.IntRange(1, 65535))
@click.option("--fresh/--keep", default=False, envvar="FRESH", help="Begin anew; what was entered is lost.")
@click.option(
    "--serve/--no-serve", "serving", default=True, envvar="SERVE", help="Serve the pages at the end."
)
@click.option(
    "--seconds", default=0, type=click.IntRange(0, 3600), help="Planning time; 0: the edition's own."
)
def demo(port: int, *, fresh: bool, serving: bool, seconds: int) -> None:
    """Host the 24th International Border Police Conference on this machine."""
    follow_parent()
    console = Console(highlight=False)
    lock = _only_one()
    if serving:
        _check_port(port)
    try:
        with _DatabaseAnew(fresh=fresh), with_database(migrated=True):
            _prepare(console, seconds=seconds)
            _summary(console, port=port if serving else None)
            if serving:
                _serve(console, port)
    except KeyboardInterrupt:
        console.print("Stopped; everything entered is kept.")
    finally:
        os.close(lock)
        if is_embedded():
            wait_until_stopped()


class _DatabaseAnew:
    """Takes the database away first, where one begins anew."""

    def __init__(self, *, fresh: bool) -> None:
        self._fresh = fresh

    def __enter__(self) -> None:
        if not self._fresh:
            return
        if not is_embedded():
            message = "FRESH=1 takes the embedded database away; the one of DATABASE_URL is yours to empty"
            raise click.ClickException(message)
        from summitry.config.database import Lease, addresses  # noqa: PLC0415 only where it is wanted
        from summitry.config.database.prepare import drop_database  # noqa: PLC0415 likewise

        with Lease():
            drop_database(addresses()["owner"].name)

    def __exit__(self, *_exception: object) -> None:
        """Nothing is held."""


def _only_one() -> int:
    """Refuse a second demonstration on the same state."""
    try:
        home().mkdir(parents=True, exist_ok=True)
        descriptor = os.open(home() / "demo.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        message = f"{home()} cannot be written ({error.strerror}): set SUMMITRY_HOME to a folder that can"
        raise click.ClickException(message) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        message = f"The demonstration runs already on {home()}: stop it, or set another SUMMITRY_HOME"
        raise click.ClickException(message) from error
    return descriptor


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            message = f"Port {port} is taken: choose another, such as PORT={port + 1} make demo"
            raise click.ClickException(message) from error


def _prepare(console: Console, *, seconds: int) -> None:
    from summitry.bilaterals.models import PlanVersion  # noqa: PLC0415 needs Django
    from summitry.conferences import clock  # noqa: PLC0415 needs Django
    from summitry.conferences.models import Edition  # noqa: PLC0415 needs Django
    from summitry.demonstration import facts, venue  # noqa: PLC0415 needs Django
    from summitry.demonstration.actions import is_loaded, load_demonstration, set_clock  # noqa: PLC0415 needs Django

    if not is_loaded():
        with console.status("Loading the 24th International Border Police Conference"):
            load_demonstration()
    edition = Edition.objects.get(slug=facts.SLUG)
    _end_killed_runs()
    if not PlanVersion.objects.filter(edition=edition, state=PlanVersion.State.ADOPTED).exists():
        set_clock(edition=edition, wall=venue.PLANNED_AT)
        _plan(console, edition, seconds=seconds)
    conference_days = {day for day, proper, _label in venue.DAYS if proper}
    if clock.today(edition) not in conference_days:
        set_clock(edition=edition, wall=venue.BEGINS_AT)  # the demonstration lives in its second day
        edition.refresh_from_db()
    _tell(console, edition)


def _tell(console: Console, edition: Any) -> None:
    """Record what was agreed in the meetings held, and publish what may be said of it."""
    from summitry.demonstration import instruments, news, outcomes  # noqa: PLC0415 needs Django

    if not outcomes.is_loaded(edition):
        with console.status("Recording what was agreed"):
            outcomes.load_outcomes(edition)
    if not instruments.is_loaded(edition):
        with console.status("Recording plans and renewals"):
            instruments.load_instruments(edition)
    if not news.is_loaded(edition):
        with console.status("Drafting the news"):
            news.load_news(edition)


def _end_killed_runs() -> None:
    """End the runs whose worker was killed: no worker runs beside us yet."""
    from summitry.bilaterals.actions import fail_planning  # noqa: PLC0415 needs Django
    from summitry.bilaterals.models import PlanningRun  # noqa: PLC0415 needs Django

    for run in PlanningRun.objects.filter(state=PlanningRun.State.RUNNING):
        fail_planning(run=run, error="Summitry was ended while this plan was made: plan again.")


def _plan(console: Console, edition: Any, *, seconds: int) -> None:
    from summitry.accounts.access import SYSTEM  # noqa: PLC0415 needs Django
    from summitry.bilaterals.actions import adopt_plan, start_planning  # noqa: PLC0415 needs Django
    from summitry.bilaterals.models import PlanningRun  # noqa: PLC0415 needs Django
    from summitry.bilaterals.queries import Start  # noqa: PLC0415 needs Django
    from summitry.bilaterals.runner import run_planning  # noqa: PLC0415 needs Django

    queued = PlanningRun.objects.filter(edition=edition, state=PlanningRun.State.QUEUED).first()
    run = queued or start_planning(edition=edition, by=SYSTEM, start=Start.NOTHING, seconds=seconds or None)
    columns = (
        SpinnerColumn(),
        TextColumn("Planning the bilaterals"),
        BarColumn(bar_width=28),
        TextColumn("{task.fields[score]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("plan", total=run.seconds, score="")

        def show(progress: Mapping[str, Any]) -> None:
            aims = "  ".join(
                f"{aim} {s['value']}" + ("" if s["bound"] is None else f"/{s['bound']}")
                for aim, s in progress.get("score", {}).items()
            )
            bar.update(task, completed=min(progress["seconds"], run.seconds), score=aims)

        version = run_planning(run, on_progress=show)
    if version is None:
        message = f"The planner found no plan: {run.error or 'see the log'}"
        raise click.ClickException(message)
    try:
        adopt_plan(version=version, by=SYSTEM)
    except RefusedError as refused:
        raise click.ClickException(refused.message) from refused


def _summary(console: Console, *, port: int | None) -> None:
    from summitry.demonstration.logins import LOGINS, PASSWORD  # noqa: PLC0415 needs Django
    from summitry.demonstration.summary import summary  # noqa: PLC0415 needs Django

    told = Table(title="24th International Border Police Conference, Warsaw 2019", title_justify="left")
    told.add_column("What")
    told.add_column("How many", justify="right")
    for label, number in summary():
        told.add_row(label, number)
    console.print(told)
    if port is None:
        return
    logins = Table(title=f"http://localhost:{port}", title_justify="left", title_style="bold")
    logins.add_column("Role")
    logins.add_column("Log in as")
    logins.add_column("Password")
    for login in LOGINS:
        role = str(login.role.label) + (f" ({login.delegation.upper()})" if login.delegation else "")
        logins.add_row(role, login.email, PASSWORD)
    console.print(logins)


def _serve(console: Console, port: int) -> None:
    """Run the server and the worker as our children until one of us is told to stop."""
    environment = {**os.environ, "PORT": str(port), "SUMMITRY_FOLLOW_PARENT": "1"}
    environment.pop("FRESH", None)
    children = [
        subprocess.Popen(  # noqa: S603 our own words
            [sys.executable, "-m", "summitry.cli", *words],
            env=environment,
            stdin=subprocess.DEVNULL,
            preexec_fn=end_with_parent(signal.SIGTERM),  # noqa: PLW1509 this process has one thread
        )
        for words in (["serve", "--port", str(port)], ["worker"])
    ]
    kept = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _wait_until_served(children[0], port)
        console.print(f"Serving at [bold]http://localhost:{port}[/bold] (Ctrl-C stops)")
        while all(child.poll() is None for child in children):
            time.sleep(0.2)
        message = "The server or the worker ended by itself: see the lines above"
        raise click.ClickException(message)
    finally:
        signal.signal(signal.SIGTERM, kept)
        _stop(children)


def _wait_until_served(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            probe.settimeout(0.5)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + _STOP_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
