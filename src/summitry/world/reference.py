"""The reference data that come with the package, read into plain typed rows.

Names are written in the files as in running text ("the Bahamas", "l'Albanie"), articles
are taken off here. An empty formal name is the short one. ``former_names.csv`` gives the
day on which a name gave way to the next; the first of a chain holds since ever.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from summitry.world.kinds import EntityKind
from summitry.world.rules.naming import EntityRecord, NameRecord
from summitry.world.rules.sorting import sort_key, split_article

NAME_LANGUAGES = ("en", "fr", "es")
_STANDINGS = {"member": EntityKind.STATE, "observer": EntityKind.OBSERVER_STATE, "": EntityKind.STATE}


@dataclass(frozen=True, slots=True)
class ReferenceEntity:
    """An entity of the reference with its M49 code; ``record.id`` is its place in the files."""

    record: EntityRecord
    m49: str | None


@dataclass(frozen=True, slots=True)
class ReferenceScheme:
    """A region scheme with its regions in order: code and names."""

    code: str
    source: str
    name: Mapping[str, str]
    regions: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class ReferencePlace:
    """Where an entity counts in a scheme, from a day on and until before another."""

    code: str
    scheme: str
    region: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class FootnoteTemplate:
    """A footnote's wording as an institution uses it, offered to a host's naming policy."""

    code: str
    institution: str
    source: str
    text: Mapping[str, str]


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _texts(row: Mapping[str, str]) -> dict[str, str]:
    return {language: row[language] for language in NAME_LANGUAGES if row[language]}


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def name_record(
    *,
    language: str,
    name: str,
    formal: str = "",
    adjective: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> NameRecord:
    """Make a name from its forms as in running text ("the Bahamas"), with its sort key."""
    article, short = split_article(name, language)
    formal_article, formal_name = split_article(formal or name, language)
    return NameRecord(
        language=language,
        short=short,
        formal=formal_name,
        sort_key=sort_key(short, language),
        article=article,
        formal_article=formal_article,
        adjective=adjective,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def _names() -> dict[str, tuple[NameRecord, ...]]:
    names: dict[str, list[NameRecord]] = {}
    since: dict[tuple[str, str], date] = {}
    former = sorted(_rows("former_names.csv"), key=lambda row: row["until"])
    for row in former:
        key = row["code"], row["language"]
        until = date.fromisoformat(row["until"])
        names.setdefault(row["code"], []).append(
            name_record(
                language=row["language"],
                name=row["name"],
                formal=row["formal"],
                adjective=row["adjective"],
                valid_from=since.get(key),
                valid_to=until,
            )
        )
        since[key] = until
    for language in NAME_LANGUAGES:
        for row in _rows(f"names_{language}.csv"):
            names.setdefault(row["code"], []).append(
                name_record(
                    language=language,
                    name=row["name"],
                    formal=row["formal"],
                    adjective=row.get("adjective", ""),
                    valid_from=since.get((row["code"], language)),
                )
            )
    return {code: tuple(records) for code, records in names.items()}


@cache
def reference_entities() -> tuple[ReferenceEntity, ...]:
    """Return every State and organisation of the reference with its names of all times."""
    names = _names()
    eu = {row["code"]: row for row in _rows("eu_members.csv")}
    found: list[ReferenceEntity] = []
    for row in _rows("states.csv"):
        code = row["code"]
        member = eu.get(code)
        record = EntityRecord(
            id=len(found),
            code=code,
            kind=_STANDINGS[row["standing"]],
            names=names[code],
            iso2=code.upper(),
            iso3=row["iso3"],
            flag=code,
            un_member=row["standing"] == "member",
            eu_protocol_order=int(member["order"]) if member else None,
            eu_member_from=_day(member["from"]) if member else None,
            eu_member_to=_day(member["to"]) if member else None,
        )
        found.append(ReferenceEntity(record, row["m49"]))
    for row in _rows("organisations.csv"):
        record = EntityRecord(
            id=len(found),
            code=row["code"],
            kind=EntityKind(row["kind"]),
            names=names[row["code"]],
            flag=row["flag"] or None,
            founded_on=_day(row["founded"]),
        )
        found.append(ReferenceEntity(record, None))
    return tuple(found)


@cache
def seats() -> Mapping[str, tuple[float, float]]:
    """Return the longitude and latitude, in degrees, of the city where each organisation has its seat, by its code."""
    return {row["code"]: (float(row["longitude"]), float(row["latitude"])) for row in _rows("seats.csv")}


@cache
def reference_schemes() -> tuple[ReferenceScheme, ...]:
    """Return the region schemes with their regions, in the order they are listed."""
    regions: dict[str, dict[str, Mapping[str, str]]] = {}
    for row in sorted(_rows("regions.csv"), key=lambda row: int(row["order"])):
        regions.setdefault(row["scheme"], {})[row["code"]] = _texts(row)
    return tuple(
        ReferenceScheme(row["code"], row["source"], _texts(row), regions[row["code"]])
        for row in _rows("region_schemes.csv")
    )


@cache
def reference_places() -> tuple[ReferencePlace, ...]:
    """Return where each State counts in each scheme, former places included."""
    continent = {row["code"]: row["within"] for row in _rows("regions.csv") if row["within"]}
    former = {(row["code"], row["scheme"]): row for row in _rows("former_regions.csv")}
    places: list[ReferencePlace] = []
    for row in _rows("states.csv"):
        now_in = {
            "m49": continent[row["subregion"]],
            "m49_subregion": row["subregion"],
            "un_group": row["un_group"],
            "operational": row["operational"],
        }
        for scheme, region in now_in.items():
            before = former.get((row["code"], scheme))
            since = _day(before["until"]) if before else None
            if before:
                places.append(ReferencePlace(row["code"], scheme, before["region"], valid_to=since))
            if region:
                places.append(ReferencePlace(row["code"], scheme, region, valid_from=since))
    return tuple(places)


@cache
def footnote_templates() -> tuple[FootnoteTemplate, ...]:
    """Return the known wordings of a footnote on status, each with the institution that uses it."""
    return tuple(
        FootnoteTemplate(row["code"], row["institution"], row["source"], _texts(row))
        for row in _rows("footnotes.csv")
    )
