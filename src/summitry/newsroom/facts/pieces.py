"""What of an edition may be told, as it stands: pieces, each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from summitry.newsroom.rules import plain
from summitry.world.languages import text_in
from summitry.world.rules import DisplayName

Texts = Mapping[str, str]
Key = tuple[str, UUID | None, str]


class Phase(StrEnum):
    """Whether something is to come, goes on, or is over."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Ground:
    """A value that sentences rest on.

    Attributes
    ----------
    model, record
        Label and public id of the record; none for a list.
    field
        Of the record, or the key of the list whose rows are counted.
    title
        What the record or the list is called.
    value
        As JSON holds it.
    translated
        Whether the value is text by language, of which a sentence rests on its own alone.
    """

    model: str
    record: UUID | None
    field: str
    title: str
    value: Any
    translated: bool = False

    @property
    def key(self) -> Key:
        """What it is found by again."""
        return self.model, self.record, self.field

    def value_in(self, language: str) -> Any:
        """Return the value as a sentence of a language rests on it."""
        return text_in(self.value, language) if self.translated else self.value


def ground(record: Any, field: str, title: str, value: Any, *, translated: bool = False) -> Ground:
    """Return what rests on a field of a record."""
    return Ground(record._meta.label_lower, record.public_id, field, title, plain(value), translated)  # noqa: SLF001 Django's documented name


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list that is counted: entities or a text, and a note on it."""

    entities: Sequence[int] = ()
    text: Texts = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Something that can be told, with the grounds for all of it."""

    grounds: tuple[Ground, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Piece):
    """A text by language: a theme, a topic, the words about the host."""

    text: Texts
    phase: Phase = Phase.DURING


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who meets or agrees: an entity, and the service that speaks for it where one is named."""

    entity: int
    service: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice(Piece):
    """Somebody who speaks, with office and service on the day."""

    name: str
    office: Texts
    service: Texts
    entity: int
    phase: Phase = Phase.AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Piece):
    """What somebody said."""

    text: Texts
    is_paraphrase: bool
    by: Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Met(Piece):
    """A meeting that everybody may know of."""

    parties: Sequence[Party]
    areas: Sequence[Texts] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed(Piece):
    """An instrument that was agreed at the edition."""

    kind: str
    state: str
    title: Texts
    parties: Sequence[Party]
    period: tuple[date | None, date | None]
    renews: bool
    meeting: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised(Piece):
    """A commitment that its parties have confirmed."""

    title: Texts
    owner: int
    meeting: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Piece):
    """A handover that was celebrated, for what it serves, within what programme."""

    title: Texts
    transferor: int
    transferee: int
    ceremony_on: date
    delivered: bool
    commitment: Texts = field(default_factory=dict)
    programme: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Next(Piece):
    """The next edition, as far as it is announced."""

    year: int
    city: Texts
    host: int
    every: int  # years


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionFacts(Piece):
    """The edition itself.

    Attributes
    ----------
    by_field
        The grounds by field, so that a sentence can rest on some of them.
    """

    name: Texts
    city: Texts
    presentation: Texts
    host: int
    starts_on: date | None
    ends_on: date | None
    phase: Phase
    by_field: Mapping[str, Ground] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that may be told of an edition at a moment of its clock.

    Attributes
    ----------
    today
        The venue's date.
    lists
        By key: the rows of what is counted.
    names
        By language, by entity.
    entities
        What a name rests on, by entity.
    """

    today: date
    languages: Sequence[str]
    edition: EditionFacts
    audience: Told | None
    about: Told | None
    themes: Sequence[Told]
    quotations: Sequence[Said]
    keynotes: Sequence[Voice]
    topics: Sequence[Told]
    meetings: Sequence[tuple[int, Met]]
    agreed: Sequence[Agreed]
    promised: Sequence[Promised]
    handovers: Sequence[HandedOver]
    following: Next | None
    lists: Mapping[str, Sequence[Row]]
    titles: Mapping[str, str]
    names: Mapping[str, Mapping[int, DisplayName]]
    entities: Mapping[int, Ground]

    def count(self, key: str) -> Ground:
        """Return the number of rows of a list as a ground."""
        return Ground("", None, key, str(self.titles[key]), len(self.lists[key]))

    def grounds(self) -> Iterator[Ground]:
        """Yield everything that sentences may rest on now."""
        yield from self.edition.by_field.values()
        yield from self.entities.values()
        yield from (self.count(key) for key in self.lists)
        single = (self.audience, self.about, self.following)
        pieces: list[Piece] = [piece for piece in single if piece is not None]
        pieces += [*self.themes, *self.quotations, *self.keynotes, *self.topics]
        pieces += [met for _pk, met in self.meetings]
        pieces += [*self.agreed, *self.promised, *self.handovers]
        for piece in pieces:
            yield from piece.grounds

    def index(self) -> dict[Key, Ground]:
        """Return everything that sentences may rest on now, by what it is found by."""
        return {one.key: one for one in self.grounds()}
