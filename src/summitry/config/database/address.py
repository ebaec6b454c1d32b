"""Where the database is: two roles, one for migrations, one without superuser rights for the application.

The application's role can neither alter a table nor take a trigger away, so what the
database forbids, no code path of the application gets round.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from summitry.config.home import socket_directory

SUPERUSER = "postgres"
OWNER = "summitry_owner"
APPLICATION = "summitry_app"
DATABASE = "summitry"


@dataclass(frozen=True, slots=True)
class Address:
    """How one role reaches one database."""

    user: str
    name: str
    host: str = ""
    port: str = ""
    password: str = ""
    options: tuple[tuple[str, str], ...] = ()

    @classmethod
    def from_url(cls, url: str) -> Address:
        """Read ``postgresql://user:password@host:port/name?option=value``.

        Raises
        ------
        ValueError
            Where the scheme is another, or the database's name is missing.
        """
        parts = urlsplit(url)
        if parts.scheme not in {"postgres", "postgresql"}:
            message = f"DATABASE_URL starts with '{parts.scheme}:'; it must start with 'postgresql://'"
            raise ValueError(message)
        name = unquote(parts.path.lstrip("/"))
        if not name:
            message = "DATABASE_URL names no database: end it with /NAME"
            raise ValueError(message)
        options = dict(parse_qsl(parts.query))
        return cls(
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            host=options.pop("host", unquote(parts.hostname or "")),
            port=str(parts.port or ""),
            name=name,
            options=tuple(sorted(options.items())),
        )

    def django(self) -> dict[str, Any]:
        """Return the entry for Django's ``DATABASES``."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "HOST": self.host,
            "PORT": self.port,
            "OPTIONS": dict(self.options),
        }

    def libpq(self, *, database: str | None = None) -> dict[str, str]:
        """Return the keyword arguments of ``psycopg.connect``."""
        words = {
            "user": self.user,
            "password": self.password,
            "host": self.host,
            "port": self.port,
            "dbname": database or self.name,
            **dict(self.options),
        }
        return {key: value for key, value in words.items() if value}


def is_embedded() -> bool:
    """Tell whether no server was named, so that the embedded one serves."""
    return not os.environ.get("DATABASE_URL")


def embedded(user: str, *, name: str = DATABASE) -> Address:
    """Return the embedded server's address for one of its roles."""
    return Address(user=user, name=name, host=str(socket_directory()))


def addresses() -> dict[str, Address]:
    """Return the addresses of the two roles, ``application`` and ``owner``.

    With ``DATABASE_URL`` alone one role does both; ``DATABASE_OWNER_URL`` parts them.
    """
    if is_embedded():
        name = os.environ.get("SUMMITRY_DATABASE", DATABASE)
        return {"application": embedded(APPLICATION, name=name), "owner": embedded(OWNER, name=name)}
    application = Address.from_url(os.environ["DATABASE_URL"])
    owner = os.environ.get("DATABASE_OWNER_URL")
    return {"application": application, "owner": Address.from_url(owner) if owner else application}
