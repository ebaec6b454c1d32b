"""The database brought to where the code expects it: made, granted, migrated."""

from __future__ import annotations

import psycopg
from psycopg import sql

from summitry.config.database.address import APPLICATION, OWNER, SUPERUSER, addresses, embedded, is_embedded

_GRANTS = """
GRANT CONNECT ON DATABASE {database} TO {application};
GRANT USAGE ON SCHEMA public TO {application};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {application};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public
    GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO {application};
"""


def superuser(database: str = "postgres") -> psycopg.Connection:
    """Connect to the embedded server as its superuser, each statement its own transaction."""
    address = embedded(SUPERUSER, name=database)
    return psycopg.connect(**address.libpq(), autocommit=True)  # type: ignore[arg-type]  # words are all strings


def exists(name: str) -> bool:
    """Tell whether the embedded server has the database `name`."""
    with superuser() as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    return found is not None


def make_database(name: str, *, template: str | None = None) -> None:
    """Make an embedded database, owned by the migrations' role; empty, or a copy of `template` (0.1 s)."""
    words = {
        "database": sql.Identifier(name),
        "owner": sql.Identifier(OWNER),
        "application": sql.Identifier(APPLICATION),
    }
    with superuser() as connection:
        if template is None:
            connection.execute(sql.SQL("CREATE DATABASE {database} OWNER {owner}").format(**words))
        else:
            connection.execute(
                sql.SQL(
                    "CREATE DATABASE {database} OWNER {owner} TEMPLATE {template} STRATEGY FILE_COPY"
                ).format(**words, template=sql.Identifier(template))
            )
    with superuser(name) as connection:
        connection.execute(sql.SQL(_GRANTS).format(**words))


def drop_database(name: str) -> None:
    """Take an embedded database away, with everything in it, whoever is connected."""
    with superuser() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def migrate(*, verbosity: int = 0) -> None:
    """Make the database where it is missing (embedded) and apply what migrations are left, as the owner."""
    from django.core.management import call_command  # noqa: PLC0415 Django only where it is needed

    if is_embedded():
        name = addresses()["owner"].name
        if not exists(name):
            make_database(name)
    call_command("migrate", database="owner", interactive=False, verbosity=verbosity)


def unapplied() -> list[str]:
    """Return the names of the migrations that the database still lacks."""
    from django.db import connections  # noqa: PLC0415 Django only where it is needed
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 likewise

    executor = MigrationExecutor(connections["default"])
    steps = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in steps]


def is_migrated() -> bool:
    """Tell whether the database exists and lacks no migration."""
    if is_embedded() and not exists(addresses()["application"].name):
        return False
    return not unapplied()
