"""A letter as a message of RFC 5322."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from typing import Any, Final
from uuid import UUID

from django.conf import settings

from summitry.files.models import StoredFile

_LINE: Final = 76  # RFC 2047, section 2: the longest line that holds an encoded word


class _LetterPolicy(EmailPolicy):
    """Writes names and subjects of other scripts without the spaces that Python's own folding puts between parts."""

    def fold(self, name: str, value: Any) -> str:
        folded = self._encoded(name, value)
        return super().fold(name, value) if folded is None else folded

    def fold_binary(self, name: str, value: Any) -> bytes:
        folded = self._encoded(name, value)
        return super().fold_binary(name, value) if folded is None else folded.encode("ascii")

    def _encoded(self, name: str, value: Any) -> str | None:
        """Return a header as encoded words (RFC 2047), none where plain ASCII will do."""
        if name == "Subject" and _needs_encoding(str(value)):
            return f"{name}: {self._words(str(value), name)}{self.linesep}"
        if name == "To" and _needs_encoding(value.addresses[0].display_name):
            address = value.addresses[0]
            words = self._words(address.display_name, name)
            return f"{name}: {words}{self.linesep} <{address.addr_spec}>{self.linesep}"
        return None

    def _words(self, text: str, name: str) -> str:
        return Header(text, "utf-8", maxlinelen=_LINE, header_name=name).encode(linesep=self.linesep)


_POLICY: Final = _LetterPolicy(linesep="\r\n", cte_type="7bit")


def _needs_encoding(text: str) -> bool:
    """Tell whether a text is not ASCII, looks like an encoded word, or has a word too long for a line."""
    return not text.isascii() or "=?" in text or any(len(word) > _LINE // 2 for word in text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """To whom a letter goes.

    Attributes
    ----------
    id
        Public id of the person or user, or of the delegation or office whose mailbox it
        is: erasing it erases the letter.
    language
        The one preferred.
    """

    id: UUID
    address: str
    name: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a letter says in one language; `html` says the same as `text`."""

    subject: str
    text: str
    html: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An enclosure made for one letter alone, e.g. an invitation for a calendar.

    Attributes
    ----------
    media_type, parameters
        ``"text/calendar"`` and ``{"method": "REQUEST"}``.
    """

    name: str
    media_type: str
    content: bytes
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A file of the house to enclose, and how it is called in this letter."""

    file: StoredFile
    name: str


def absolute_url(path: str) -> str:
    """Return an address of the house as a letter must say it: whole, from a path such as ``/ibpc-2019/``."""
    return f"{settings.SITE_URL}{path}"


def compose(
    *,
    message_id: str,
    posted_at: datetime,
    sender: str,
    to: Recipient,
    wording: Wording,
    made: Sequence[Made] = (),
) -> EmailMessage:
    """Return the message; the same letter is the same message however often it is sent.

    Parameters
    ----------
    message_id
        With its angle brackets.
    sender
        ``"Summitry <no-reply@example.org>"`` or an address alone.
    to
        Its language is the one that the letter is written in.

    Raises
    ------
    ValueError
        Where a header cannot hold what is given, e.g. an address that is none.
    """
    message = EmailMessage(policy=_POLICY)
    name, address = parseaddr(sender)
    message["From"] = Address(name, addr_spec=address)
    message["To"] = Address(to.name, addr_spec=to.address)
    message["Subject"] = wording.subject
    message["Date"] = format_datetime(posted_at)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notice answers it
    message.set_content(wording.text, cte="quoted-printable")
    if wording.html:
        message.add_alternative(wording.html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = to.language
    for one in made:
        kind, _slash, subtype = one.media_type.partition("/")
        charset = {"charset": "utf-8"} if kind == "text" else {}
        message.add_attachment(
            one.content,
            maintype=kind,
            subtype=subtype,
            filename=one.name,
            params={**charset, **one.parameters},
        )
    return message
