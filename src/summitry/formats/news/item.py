"""A piece of news in one language, as every format takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Correction:
    """What a later version corrected, and when."""

    at: datetime
    notice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsItem:
    """A piece of news in one language.

    Attributes
    ----------
    uri
        What it is known by for good, whatever its version or language: ``urn:uuid:…``.
    url
        Where it is read.
    dateline
        Place and date before the first paragraph.
    paragraphs
        In order, the lead first.
    about
        Words on who publishes it, behind the text.
    published, updated
        When its first and this version became public; none: it is not yet.
    embargo_until
        Before when it may not be told; none: at once.
    status
        As the IPTC has it: usable, withheld (a draft), canceled (withdrawn).
    handling
        What stands over a draft: "Draft, not for publication".
    notice
        What every reader must know of its records.
    """

    uri: str
    url: str
    language: str
    version: int
    headline: str
    dateline: str
    paragraphs: Sequence[str]
    publisher: str
    edition: str
    place: str = ""
    about: str = ""
    contact: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    embargo_until: datetime | None = None
    corrections: Sequence[Correction] = ()
    status: Literal["usable", "withheld", "canceled"] = "usable"
    handling: str = ""
    notice: str = ""

    @property
    def body(self) -> list[str]:
        """The paragraphs, the first behind its dateline."""
        first, *others = self.paragraphs or [""]
        return [f"{self.dateline} – {first}" if self.dateline else first, *others]
