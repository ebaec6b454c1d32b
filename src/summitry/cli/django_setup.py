"""Django and the database, set up for a command."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from summitry.config.database import DatabaseUnavailableError, Lease


def set_up() -> None:
    """Load Django's settings and apps."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "summitry.config.settings")
    import django  # noqa: PLC0415 only where it is needed

    try:
        django.setup()
    except ValueError as error:  # a DATABASE_URL that cannot be read
        raise click.ClickException(str(error)) from error


@contextmanager
def with_database(*, migrated: bool = False) -> Iterator[None]:
    """Hold the database open; bring it up to date first where `migrated` is asked.

    Raises
    ------
    click.ClickException
        Where it cannot be reached or lacks migrations, with the mend.
    """
    lease = Lease()
    try:
        lease.take()
    except DatabaseUnavailableError as error:
        raise click.ClickException(str(error)) from error
    try:
        set_up()
        from django.db import Error, connections  # noqa: PLC0415 needs settings

        try:
            _prepare(migrated=migrated)
            yield
        except Error as error:
            message = f"The database refused: {str(error).strip()} ('summitry doctor' says what is wrong)"
            raise click.ClickException(message) from error
        finally:
            connections.close_all()
    finally:
        lease.release()


def _prepare(*, migrated: bool) -> None:
    from summitry.config.database import prepare  # noqa: PLC0415 needs settings

    if migrated:
        prepare.migrate()
        from summitry.world.actions import load_reference  # noqa: PLC0415 needs apps

        load_reference()
    elif not prepare.is_migrated():
        message = "The database is not prepared for this version: run 'summitry migrate' (or 'make demo')"
        raise click.ClickException(message)
