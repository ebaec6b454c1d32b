"""What carries letters away: a mail server, or a folder where there is none (the demonstration, the tests)."""

from __future__ import annotations

import os
import re
import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self

from django.conf import settings

from summitry.outbox.server import MailServer

_TIMEOUT: Final = 30.0  # seconds; well under the time for which a letter is claimed
_PERMANENT: Final = 500  # RFC 5321, section 4.2.1: from here on a reply is final


class CarrierError(Exception):
    """A letter was not accepted this time; it is tried again."""


class UnreachableError(CarrierError):
    """No letter can be handed over at present, this one or another."""


class RefusedForGoodError(CarrierError):
    """A letter that will never be accepted, e.g. because there is no such mailbox."""


class Carrier(Protocol):
    """Carries letters, one after the other, between entering and leaving it."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End."""

    def carry(self, message: EmailMessage, *, to: str) -> None:
        """Hand one letter over for the address `to`; :class:`CarrierError` where it is not accepted."""


def usual_carrier() -> Carrier:
    """Return the carrier that the settings name."""
    url = str(settings.SUMMITRY_MAIL_URL)
    return SmtpCarrier(MailServer.from_url(url)) if url else FolderCarrier(Path(settings.EMAIL_FILE_PATH))


class FolderCarrier:
    """Writes each letter as a file named by its Message-ID; a copy of a letter replaces it.

    Parameters
    ----------
    folder
        Where to; made where it is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass

    def carry(self, message: EmailMessage, *, to: str) -> None:  # noqa: ARG002 the message says it too
        """Write one letter, whole or not at all."""
        name = re.sub(r"[^A-Za-z0-9@._-]", "_", str(message["Message-ID"]).strip("<> "))
        unfinished = self._folder / f".{name}.{os.getpid()}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with unfinished.open("wb") as file:
                file.write(message.as_bytes())
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(self._folder / f"{name}.eml")
        except OSError as error:
            raise UnreachableError(str(error)) from error


class SmtpCarrier:
    """Hands letters to a mail server over one connection, made when the first letter comes.

    Parameters
    ----------
    server
        Which server.
    """

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def carry(self, message: EmailMessage, *, to: str) -> None:
        """Hand one letter over.

        Raises
        ------
        UnreachableError
            Where the server cannot be reached, or does not let us in.
        RefusedForGoodError
            Where it will never accept a letter for this address.
        CarrierError
            Where it does not accept this letter now.
        """
        connection = self._connected()
        sender = message["From"].addresses[0].addr_spec
        try:
            connection.sendmail(sender, [to], message.as_bytes())
        except smtplib.SMTPRecipientsRefused as error:
            code, reply = error.recipients[to]
            kind = RefusedForGoodError if code >= _PERMANENT else CarrierError
            raise kind(_told(code, reply)) from error
        except smtplib.SMTPResponseException as error:
            self._close()
            raise CarrierError(_told(error.smtp_code, error.smtp_error)) from error
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            raise UnreachableError(f"The connection to the mail server broke: {error}") from error

    def _connected(self) -> smtplib.SMTP:
        if self._connection is None:
            try:
                self._connection = self._connect()
            except smtplib.SMTPResponseException as error:
                raise UnreachableError(_told(error.smtp_code, error.smtp_error)) from error
            except (smtplib.SMTPException, OSError) as error:
                raise UnreachableError(f"The mail server cannot be reached: {error}") from error
        return self._connection

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        trusted = ssl.create_default_context()
        if server.scheme == "smtps":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=_TIMEOUT, context=trusted
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT)
        try:
            if server.scheme == "smtp+starttls":
                connection.starttls(context=trusted)
            if server.user:
                connection.login(server.user, server.password)
        except BaseException:
            connection.close()
            raise
        return connection

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.quit()
            except (smtplib.SMTPException, OSError):
                connection.close()


def _told(code: int, reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return f"The mail server answered {code}: {text}"
