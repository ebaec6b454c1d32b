"""Every read of this floor, each with the same number of statements whatever the number of rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from summitry.world.kinds import EntityKind
from summitry.world.models import Entity, EntityName, EntityRegion, Region, RegionScheme
from summitry.world.rules import (
    REFERENCE_POLICY,
    DisplayName,
    EntityRecord,
    NameRecord,
    NamingPolicy,
    named,
)


@dataclass(frozen=True, slots=True)
class RegionRecord:
    """A region of one scheme: its code, its place in lists, its name per language."""

    code: str
    position: int
    name: Mapping[str, str]


def entities(
    *,
    ids: Collection[int] | None = None,
    codes: Collection[str] | None = None,
    kind: EntityKind | Collection[EntityKind] | None = None,
) -> list[EntityRecord]:
    """Return entities with their names of all times, sorted by code, in two statements.

    Parameters
    ----------
    ids, codes, kind
        Only these; what is not given does not narrow.
    """
    wanted = Entity.objects.order_by("code")
    if ids is not None:
        wanted = wanted.filter(id__in=ids)
    if codes is not None:
        wanted = wanted.filter(code__in=codes)
    if kind is not None:
        wanted = wanted.filter(kind__in=[kind] if isinstance(kind, EntityKind) else kind)
    return _records(wanted)


def _records(wanted: QuerySet[Entity]) -> list[EntityRecord]:
    found = list(wanted)
    names: dict[int, list[NameRecord]] = {}
    for name in EntityName.objects.filter(entity__in=[entity.id for entity in found]):
        names.setdefault(name.entity_id, []).append(_name_record(name))
    return [
        EntityRecord(
            id=entity.id,
            code=entity.code,
            kind=EntityKind(entity.kind),
            names=tuple(names.get(entity.id, ())),
            iso2=entity.iso2,
            iso3=entity.iso3,
            flag=entity.flag or None,
            un_member=entity.un_member,
            eu_protocol_order=entity.eu_protocol_order,
            eu_member_from=entity.eu_member_from,
            eu_member_to=entity.eu_member_to,
            founded_on=entity.founded_on,
        )
        for entity in found
    ]


def _name_record(name: EntityName) -> NameRecord:
    return NameRecord(
        language=name.language,
        short=name.short,
        formal=name.formal,
        sort_key=name.sort_key,
        article=name.article,
        formal_article=name.formal_article,
        adjective=name.adjective,
        valid_from=name.valid_from,
        valid_to=name.valid_to,
    )


def names_for(
    entity_ids: Iterable[int], *, language: str, on: date, policy: NamingPolicy = REFERENCE_POLICY
) -> dict[int, DisplayName]:
    """Name entities for print, by id, in two statements.

    Parameters
    ----------
    entity_ids
        Those to name; an id that is no entity's is left out.
    language, on, policy
        As for :func:`summitry.world.rules.named`.

    Raises
    ------
    NamelessError
        One of them has no name on that day.
    """
    return {
        record.id: named(record, language=language, on=on, policy=policy)
        for record in entities(ids=set(entity_ids))
    }


def regions_by_entity(
    scheme: str, *, on: date, entity_ids: Collection[int] | None = None
) -> dict[int, RegionRecord]:
    """Return the region each entity counts in on a day, by entity id, in one statement.

    Entities that the scheme does not place are left out.
    """
    in_force = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    in_force &= Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    places = EntityRegion.objects.filter(in_force, scheme__code=scheme).select_related("region")
    if entity_ids is not None:
        places = places.filter(entity_id__in=entity_ids)
    return {place.entity_id: _region_record(place.region) for place in places}


def regions(scheme: str) -> list[RegionRecord]:
    """Return a scheme's regions as they are listed, in one statement."""
    return [
        _region_record(region) for region in Region.objects.filter(scheme__code=scheme).order_by("position")
    ]


def region_schemes() -> list[RegionScheme]:
    """Return the schemes a host can count by, in one statement."""
    return list(RegionScheme.objects.order_by("code"))


def _region_record(region: Region) -> RegionRecord:
    return RegionRecord(region.code, region.position, region.name)
