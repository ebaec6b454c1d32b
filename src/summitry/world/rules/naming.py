"""What an entity is called, in a language, on a day, under the policy of an edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Self

import msgspec

from summitry.world.kinds import EntityKind
from summitry.world.languages import language_chain, text_in
from summitry.world.rules.groups import DEFAULT_GROUPS, Group, Texts
from summitry.world.rules.sorting import sort_key, split_article


class NamelessError(LookupError):
    """An entity has no name in any language on the day asked for."""


@dataclass(frozen=True, slots=True)
class NameRecord:
    """A name in one language, valid from a day on (none: always) until before another (none: still)."""

    language: str
    short: str
    formal: str
    sort_key: str
    article: str = ""
    formal_article: str = ""
    adjective: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, on: date) -> bool:
        """Tell whether the name is in force on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on < self.valid_to
        )


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """An entity with all its names, as the rules of this floor take it."""

    id: int
    code: str
    kind: EntityKind
    names: tuple[NameRecord, ...]
    iso2: str | None = None
    iso3: str | None = None
    flag: str | None = None
    un_member: bool = False
    eu_protocol_order: int | None = None
    eu_member_from: date | None = None
    eu_member_to: date | None = None
    founded_on: date | None = None

    def in_eu(self, on: date) -> bool:
        """Tell whether it is a Member State of the European Union on a day."""
        if self.eu_member_from is None or on < self.eu_member_from:
            return False
        return self.eu_member_to is None or on < self.eu_member_to


@dataclass(frozen=True, slots=True)
class NameOverride:
    """What a host prints for one entity instead of the reference.

    Parameters
    ----------
    short, formal
        Per language, as in running text: "the United Kingdom" is listed as "United
        Kingdom". A short name alone leaves the formal name as it is.
    sort_as
        What decides the place in alphabetical lists, where it is not the short name.
    nameplate
        What stands on the table, where it is not the short name.
    footnote
        Printed wherever the name is, behind an asterisk.
    flag_allowed
        Whether the entity's flag is shown.
    group
        Code of the policy's group it is listed in, where its kind does not decide.
    """

    short: Texts = field(default_factory=dict)
    formal: Texts = field(default_factory=dict)
    sort_as: Texts = field(default_factory=dict)
    nameplate: Texts = field(default_factory=dict)
    footnote: Texts = field(default_factory=dict)
    flag_allowed: bool = True
    group: str | None = None


@dataclass(frozen=True, slots=True)
class NamingPolicy:
    """How an edition names, footnotes, flags and groups entities.

    Parameters
    ----------
    overrides
        By entity code.
    groups
        In the order they are listed.
    fallbacks
        Languages to try, in this order, where there is no name in the one asked for.
    disclaimer
        Printed under lists of entities.
    """

    overrides: Mapping[str, NameOverride] = field(default_factory=dict)
    groups: tuple[Group, ...] = DEFAULT_GROUPS
    fallbacks: tuple[str, ...] = ("en",)
    disclaimer: Texts = field(default_factory=dict)

    def override(self, code: str) -> NameOverride:
        """Return what the host says of one entity, an empty override where it says nothing."""
        return self.overrides.get(code, _NOTHING)

    def group_of(self, entity: EntityRecord) -> Group:
        """Return the group an entity is listed in.

        Raises
        ------
        LookupError
            The policy has no group for it; the message names the entity's kind.
        """
        wanted = self.override(entity.code).group
        for group in self.groups:
            if group.code == wanted if wanted is not None else entity.kind in group.kinds:
                return group
        missing = f"“{wanted}”" if wanted is not None else f"the kind “{entity.kind}”"
        raise LookupError(f"The naming policy has no group for {entity.code}: add one for {missing}.")

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read a policy as it is stored with an edition.

        Raises
        ------
        msgspec.ValidationError
            Names the place and what is expected there.
        """
        return msgspec.convert(value, cls)

    def to_json(self) -> dict[str, object]:
        """Return the policy as plain data, for storing with an edition."""
        plain: dict[str, object] = msgspec.to_builtins(self)
        return plain


_NOTHING = NameOverride()
#: The reference as it is: nothing overridden.
REFERENCE_POLICY = NamingPolicy()


@dataclass(frozen=True, slots=True)
class DisplayName:
    """An entity's name ready to be printed.

    Parameters
    ----------
    language
        The language the name really is in, after fallback (for HTML's ``lang``).
    sort_key
        Key of its place in alphabetical lists of that language.
    footnote
        Text of the footnote, ``""`` for none.
    flag
        Code of the flag's drawing, none where there is none or it is not to be shown.
    nameplate
        What stands on the table.
    """

    code: str
    language: str
    short: str
    formal: str
    sort_key: str
    nameplate: str
    article: str = ""
    formal_article: str = ""
    adjective: str = ""
    footnote: str = ""
    flag: str | None = None

    @property
    def marked(self) -> str:
        """The short name with an asterisk where a footnote belongs to it."""
        return f"{self.short}*" if self.footnote else self.short

    @property
    def in_text(self) -> str:
        """The short name as in running text: "the Bahamas", "l'Albanie"."""
        return with_article(self.article, self.short)

    @property
    def formal_in_text(self) -> str:
        """The formal name as in running text: "the Kingdom of Morocco"."""
        return with_article(self.formal_article, self.formal)


def with_article(article: str, name: str) -> str:
    """Put an article before a name, elided ones without a space."""
    if not article:
        return name
    return f"{article}{name}" if article.endswith("'") else f"{article} {name}"


def named(
    entity: EntityRecord, *, language: str, on: date, policy: NamingPolicy = REFERENCE_POLICY
) -> DisplayName:
    """Name an entity for print.

    Parameters
    ----------
    entity
        With its names of all times.
    language
        The language wanted; where there is no name in it, the policy's fallbacks are
        tried, then any other.
    on
        The day the name is printed for: the edition's clock, not the machine's.
    policy
        The edition's.

    Raises
    ------
    NamelessError
        The entity has no name at all on that day.
    """
    override = policy.override(entity.code)
    in_force = {name.language: name for name in entity.names if name.holds(on)}
    chain = (*language_chain(language, policy.fallbacks), *sorted({*in_force, *override.short}))
    code = next((code for code in chain if override.short.get(code) or code in in_force), None)
    if code is None:
        raise NamelessError(f"{entity.code} has no name on {on}: add one that is valid then.")
    record = in_force.get(code)
    article, short = split_article(override.short.get(code, ""), code)
    key = sort_key(short, code)
    if record is not None and not short:
        article, short, key = record.article, record.short, record.sort_key
    formal_article, formal = split_article(override.formal.get(code, ""), code)
    if not formal:
        formal, formal_article = (record.formal, record.formal_article) if record else (short, article)
    return DisplayName(
        code=entity.code,
        language=code,
        short=short,
        formal=formal,
        article=article,
        formal_article=formal_article,
        sort_key=sort_key(override.sort_as[code], code) if code in override.sort_as else key,
        adjective=record.adjective if record else "",
        nameplate=override.nameplate.get(code) or short,
        footnote=text_in(override.footnote, language, policy.fallbacks),
        flag=entity.flag if override.flag_allowed else None,
    )
