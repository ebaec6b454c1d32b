"""Every write of this floor. No ledger lies below it: who adds an entity records it on an upper one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db import transaction

from summitry.records import RefusedError
from summitry.world.kinds import EntityKind
from summitry.world.models import Entity, EntityName, EntityRegion, Region, RegionScheme
from summitry.world.reference import (
    ReferenceEntity,
    name_record,
    reference_entities,
    reference_places,
    reference_schemes,
)
from summitry.world.rules import NameRecord

_ENTITY_FACTS = (
    "kind",
    "iso2",
    "iso3",
    "m49",
    "flag",
    "founded_on",
    "un_member",
    "eu_protocol_order",
    "eu_member_from",
    "eu_member_to",
    "in_reference",
)
_NAME_FACTS = (
    "language",
    "short",
    "article",
    "formal",
    "formal_article",
    "adjective",
    "sort_key",
    "valid_from",
    "valid_to",
)


@transaction.atomic
def load_reference() -> None:
    """Bring the States, organisations, names and regions of the package into the database.

    May be run again at any time, after an update for instance: what is there is brought
    up to date, nothing is doubled, entities that a host added stay as they are, and no
    entity is removed.
    """
    reference = reference_entities()
    Entity.objects.bulk_create(
        [_entity(item) for item in reference],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=_ENTITY_FACTS,
    )
    ids = dict(Entity.objects.filter(in_reference=True).values_list("code", "id"))
    _replace_names({ids[item.record.code]: item.record.names for item in reference})
    regions = _load_regions()
    _replace_places(ids, regions)


def _entity(item: ReferenceEntity) -> Entity:
    record = item.record
    return Entity(
        code=record.code,
        kind=record.kind,
        iso2=record.iso2,
        iso3=record.iso3,
        m49=item.m49,
        flag=record.flag or "",
        founded_on=record.founded_on,
        un_member=record.un_member,
        eu_protocol_order=record.eu_protocol_order,
        eu_member_from=record.eu_member_from,
        eu_member_to=record.eu_member_to,
        in_reference=True,
    )


def _name(entity_id: int, record: NameRecord) -> EntityName:
    return EntityName(entity_id=entity_id, **{fact: getattr(record, fact) for fact in _NAME_FACTS})


def _replace_names(names: Mapping[int, Iterable[NameRecord]]) -> None:
    wanted = {
        (entity_id, *(getattr(record, fact) for fact in _NAME_FACTS)): _name(entity_id, record)
        for entity_id, records in names.items()
        for record in records
    }
    there = EntityName.objects.filter(entity_id__in=list(names)).values_list("id", "entity_id", *_NAME_FACTS)
    outdated: list[int] = []
    for row_id, *facts in there:
        if wanted.pop(tuple(facts), None) is None:
            outdated.append(row_id)
    if outdated:
        EntityName.objects.filter(id__in=outdated).delete()
    EntityName.objects.bulk_create(wanted.values())


def _load_regions() -> dict[tuple[str, str], Region]:
    schemes = RegionScheme.objects.bulk_create(
        [
            RegionScheme(code=scheme.code, name=dict(scheme.name), source=scheme.source)
            for scheme in reference_schemes()
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "source"],
    )
    by_code = {scheme.code: scheme for scheme in schemes}
    regions = Region.objects.bulk_create(
        [
            Region(scheme=by_code[scheme.code], code=code, position=position, name=dict(name))
            for scheme in reference_schemes()
            for position, (code, name) in enumerate(scheme.regions.items(), start=1)
        ],
        update_conflicts=True,
        unique_fields=["scheme", "code"],
        update_fields=["position", "name"],
    )
    return {(region.scheme.code, region.code): region for region in regions}


def _replace_places(ids: Mapping[str, int], regions: Mapping[tuple[str, str], Region]) -> None:
    wanted: dict[tuple[object, ...], EntityRegion] = {}
    for place in reference_places():
        region = regions[place.scheme, place.region]
        row = EntityRegion(
            entity_id=ids[place.code],
            scheme_id=region.scheme_id,
            region_id=region.id,
            valid_from=place.valid_from,
            valid_to=place.valid_to,
        )
        wanted[row.entity_id, row.scheme_id, row.region_id, row.valid_from, row.valid_to] = row
    schemes = {region.scheme_id for region in regions.values()}
    there = EntityRegion.objects.filter(entity__in_reference=True, scheme_id__in=schemes).values_list(
        "id", "entity_id", "scheme_id", "region_id", "valid_from", "valid_to"
    )
    outdated: list[int] = []
    for row_id, *facts in there:
        if wanted.pop(tuple(facts), None) is None:
            outdated.append(row_id)
    if outdated:
        EntityRegion.objects.filter(id__in=outdated).delete()
    EntityRegion.objects.bulk_create(wanted.values())


@transaction.atomic
def add_entity(
    *,
    code: str,
    kind: EntityKind,
    names: Mapping[str, str],
    formal_names: Mapping[str, str] | None = None,
    flag: str = "",
    founded_on: date | None = None,
    regions: Collection[Region] = (),
) -> Entity:
    """Add an entity that the reference does not have: a company, a medium, one named with a footnote.

    Parameters
    ----------
    code
        A slug of its own, never used again.
    kind
        Any but a State of the reference's own kinds.
    names, formal_names
        Per language, as in running text ("the Adriatic Port Association"); a language
        without a formal name takes the short one.
    flag
        Code of the flag's drawing, where there is one.
    regions
        Where it counts, at most one region per scheme.

    Raises
    ------
    RefusedError
        The code is taken, or there is no name.
    """
    if not any(name.strip() for name in names.values()):
        raise RefusedError("An entity needs a name: give it in at least one language.", field="names")
    entity, made = Entity.objects.get_or_create(
        code=code, defaults={"kind": kind, "flag": flag, "founded_on": founded_on}
    )
    if not made:
        raise RefusedError(f"The code “{code}” is taken: choose another.", field="code")
    formal = formal_names or {}
    EntityName.objects.bulk_create(
        _name(entity.id, name_record(language=language, name=name, formal=formal.get(language, "")))
        for language, name in names.items()
        if name.strip()
    )
    EntityRegion.objects.bulk_create(
        EntityRegion(entity=entity, scheme_id=region.scheme_id, region=region) for region in regions
    )
    return entity
