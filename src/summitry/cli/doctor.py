"""What is configured, reachable, migrated and writable; each failing line with its mend."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import click

from summitry.config.database import DatabaseUnavailableError, Lease, addresses, is_embedded
from summitry.config.home import home

Finding = tuple[bool, str, str]  # well or not, what was found, the mend
_LEAST_FREE_BYTES = 500 * 1024 * 1024


def _python() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield sys.version_info >= (3, 11), f"Python {version}", "install Python 3.11 or newer"


def _home() -> Iterator[Finding]:
    folder = home()
    probe = folder / ".writable"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        yield (
            False,
            f"state in {folder}: {error.strerror}",
            "set SUMMITRY_HOME to a folder that can be written",
        )
        return
    yield True, f"state in {folder}, writable", ""
    space = os.statvfs(folder)
    free = space.f_bavail * space.f_frsize
    yield free > _LEAST_FREE_BYTES, f"{free // 2**20} MiB free there", "free at least 500 MiB on that disk"


def _assets() -> Iterator[Finding]:
    manifest = Path(__file__).resolve().parents[1] / "ui" / "static" / "ui" / "dist" / "manifest.json"
    yield (
        manifest.is_file(),
        "styles and scripts built" if manifest.is_file() else "styles and scripts are not built",
        ("run 'make assets'"),
    )


def _solvers() -> Iterator[Finding]:
    for module, name in (
        ("ortools", "OR-Tools"),
        ("highspy", "HiGHS"),
        ("pysat", "PySAT"),
        ("typst", "typst"),
    ):
        there = find_spec(module) is not None
        yield there, f"{name} {'installed' if there else 'missing'}", "run 'make install'"


def _database() -> Iterator[Finding]:
    kind = "embedded PostgreSQL" if is_embedded() else "PostgreSQL by DATABASE_URL"
    try:
        known = addresses()
    except ValueError as error:
        yield False, str(error), "write DATABASE_URL as postgresql://user:password@host:port/name"
        return
    lease = Lease()
    try:
        lease.take()
    except DatabaseUnavailableError as error:
        yield False, f"{kind}: {error}", "see the folder's postgres.log, or name a server by DATABASE_URL"
        return
    try:
        yield from _inside(kind, same_role=known["application"].user == known["owner"].user)
    finally:
        lease.release()


def _inside(kind: str, *, same_role: bool) -> Iterator[Finding]:
    from summitry.cli.django_setup import set_up  # noqa: PLC0415 Django only here

    set_up()
    from django.db import Error, connections  # noqa: PLC0415 needs settings

    from summitry.config.database import prepare  # noqa: PLC0415 needs settings

    try:
        if is_embedded() and not prepare.exists(addresses()["application"].name):
            yield False, f"{kind}: no database yet", "run 'summitry migrate' or 'make demo'"
            return
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT version(), rolsuper FROM pg_roles WHERE rolname = current_user")
            version, is_superuser = cursor.fetchone()
        yield True, f"{kind} reachable: {version.split(' on ')[0]}", ""
        yield (
            not is_superuser,
            f"the application's role is {'a superuser' if is_superuser else 'no superuser'}",
            ("give DATABASE_URL a role without superuser rights, and DATABASE_OWNER_URL the owner's"),
        )
        yield (
            not same_role,
            f"migrations run as {'the application' if same_role else 'their owner'}",
            (
                "name the owner by DATABASE_OWNER_URL, so that the application cannot change tables and triggers"
            ),
        )
        missing = prepare.unapplied()
        yield (
            not missing,
            f"{len(missing)} migrations missing" if missing else "migrated",
            "run 'summitry migrate'",
        )
        if not missing:
            yield from _contents()
    except Error as error:
        yield False, f"{kind}: {str(error).strip()}", "check DATABASE_URL, the server and the role's rights"
    finally:
        connections.close_all()


def _contents() -> Iterator[Finding]:
    from summitry.conferences.models import Edition  # noqa: PLC0415 needs Django
    from summitry.world.models import Entity  # noqa: PLC0415 needs Django

    entities = Entity.objects.count()
    yield entities > 0, f"{entities} States and organisations known", "run 'summitry migrate'"
    slugs = ", ".join(Edition.objects.filter(days__isnull=False).distinct().values_list("slug", flat=True))
    yield True, f"editions: {slugs or 'none yet'}", ""


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (_python, _home, _assets, _solvers, _database)


@click.command(short_help="Say what is configured and what is wrong.")
def doctor() -> None:
    """Say what is configured, reachable, migrated and writable, and what mends the rest."""
    failed = 0
    for check in CHECKS:
        for well, found, mend in check():
            click.echo(f"{'well ' if well else 'WRONG'}  {found}")
            if not well:
                failed += 1
                click.echo(f"       mend: {mend}")
    sys.exit(1 if failed else 0)
