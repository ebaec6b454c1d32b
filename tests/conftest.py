"""One embedded PostgreSQL for the whole run; each worker's database is a copy of a migrated template.

The server keeps its files under ``build/tests`` from run to run, so that a run starts in
a second. Templates are named after what they are made of, so that a changed migration
makes a new one.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.utils import translation
from pytest_django import DjangoDbBlocker

ROOT = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("SUMMITRY_TEST_HOME", ROOT / "build" / "tests"))
RUN = os.environ.setdefault("SUMMITRY_TEST_RUN", str(os.getpid()))
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")

os.environ.pop("DATABASE_URL", None)
os.environ["SUMMITRY_HOME"] = str(HOME)
os.environ["SUMMITRY_DATABASE"] = f"test_{RUN}_{WORKER}"
os.environ["SUMMITRY_SECRET_KEY"] = "a key for tests alone"
os.environ["DJANGO_SETTINGS_MODULE"] = "summitry.config.settings"
os.environ.setdefault("SUMMITRY_HOSTS", "localhost 127.0.0.1 testserver")
(HOME / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where there is none
django.setup()  # before tests are collected: they import models at their head
for _alias in settings.DATABASES.values():
    _alias["NAME"] = os.environ["SUMMITRY_DATABASE"]  # a worker may have read the settings before this file


@contextmanager
def _alone(name: str) -> Iterator[None]:
    with (HOME / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _digest() -> str:
    digest = hashlib.sha256()
    sources = ROOT / "src" / "summitry"
    for path in sorted([*sources.glob("*/migrations/*.py"), *(sources / "world").rglob("*.*")]):
        if path.suffix in {".py", ".csv", ".toml", ".json"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _drop_leftovers() -> None:
    from summitry.config.database.prepare import drop_database, superuser

    with superuser() as connection:
        names = [row[0] for row in connection.execute("SELECT datname FROM pg_database").fetchall()]
    for name in names:
        run = re.match(r"test_(\d+)_", name)
        if run and not Path(f"/proc/{run[1]}").exists():
            drop_database(name)


def _template() -> str:
    """Return the name of the migrated template with the reference data, made where it is missing."""
    from django.db import connections

    from summitry.config.database import prepare

    name = f"template_{_digest()}"
    with _alone("template"):
        if prepare.exists(name):
            return name
        _drop_leftovers()
        unfinished = f"{name}_unfinished"
        prepare.drop_database(unfinished)
        prepare.make_database(unfinished)
        kept = {alias: settings.DATABASES[alias]["NAME"] for alias in ("default", "owner")}
        try:
            for alias in kept:
                connections[alias].close()
                connections.databases[alias]["NAME"] = unfinished
                connections[alias].settings_dict["NAME"] = unfinished
            from django.core.management import call_command

            from summitry.world.actions import load_reference

            call_command("migrate", database="owner", interactive=False, verbosity=0)
            load_reference()
        finally:
            for alias, kept_name in kept.items():
                connections[alias].close()
                connections.databases[alias]["NAME"] = kept_name
                connections[alias].settings_dict["NAME"] = kept_name
        with prepare.superuser() as connection:
            connection.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
    return name


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Let no test read in the language in which the one before it ended."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def embedded_server() -> Iterator[None]:
    """Hold the embedded server open."""
    from summitry.config.database import Lease

    with Lease():
        yield


@pytest.fixture(scope="session")
def template_database(embedded_server: None, django_db_blocker: DjangoDbBlocker) -> str:
    """Return the name of the migrated template."""
    with django_db_blocker.unblock():
        return _template()


@pytest.fixture(scope="session")
def django_db_setup(template_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Give this worker its own database, as a copy of the template."""
    from django.db import connections

    from summitry.config.database import prepare

    name = os.environ["SUMMITRY_DATABASE"]
    prepare.drop_database(name)
    prepare.make_database(name, template=template_database)
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    prepare.drop_database(name)


@pytest.fixture
def fresh_database(
    template_database: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """Give a test a database of its own in which transactions really commit, dropped afterwards."""
    from summitry.config.database import prepare

    name = f"test_{RUN}_{WORKER}_fresh"
    prepare.drop_database(name)
    prepare.make_database(name, template=template_database)
    with django_db_blocker.unblock(), _connected_to(name):
        yield name
    prepare.drop_database(name)


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    from django.db import connections

    def point_to(other: str) -> None:
        connections["default"].close()
        connections.databases["default"]["NAME"] = other
        connections["default"].settings_dict["NAME"] = other

    usual = connections.databases["default"]["NAME"]
    point_to(name)
    try:
        yield
    finally:
        point_to(usual)
