"""The mail server, as the setting ``SUMMITRY_MAIL_URL`` names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

_USUAL_PORTS: Final = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """How mail is handed on.

    Attributes
    ----------
    scheme : {"smtps", "smtp+starttls", "smtp"}
        Encrypted from the beginning, from the greeting on, or not at all (a relay on the same machine).
    """

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""

    @classmethod
    def from_url(cls, url: str) -> MailServer:
        """Read ``smtps://user:password@host:port``.

        Raises
        ------
        ValueError
            Where the scheme is another or the host is missing.
        """
        parts = urlsplit(url)
        if parts.scheme not in _USUAL_PORTS:
            message = f"SUMMITRY_MAIL_URL starts with '{parts.scheme}:'; it must start with smtps://, smtp+starttls:// or smtp://"
            raise ValueError(message)
        if not parts.hostname:
            message = "SUMMITRY_MAIL_URL names no host: write smtps://user:password@host"
            raise ValueError(message)
        return cls(
            scheme=parts.scheme,
            host=parts.hostname,
            port=parts.port or _USUAL_PORTS[parts.scheme],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
        )
