"""The reference in the database: loading it, reading it, and what cannot be stored."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from summitry.records import RefusedError
from summitry.world.actions import add_entity, load_reference
from summitry.world.kinds import EntityKind
from summitry.world.models import Entity, EntityName, EntityRegion, Region, RegionScheme
from summitry.world.queries import entities, names_for, region_schemes, regions, regions_by_entity

pytestmark = pytest.mark.django_db
IN_2019 = date(2019, 10, 31)


@pytest.fixture(autouse=True)
def reference(db: None) -> None:
    load_reference()


def content() -> list[list[tuple[object, ...]]]:
    tables = (Entity, EntityName, RegionScheme, Region, EntityRegion)
    return [list(table.objects.order_by("id").values_list()) for table in tables]


def statements(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        work()
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in queries)


def test_loading_again_changes_nothing() -> None:
    before = content()
    load_reference()
    assert content() == before


def test_loading_takes_few_statements() -> None:
    assert statements(load_reference) <= 8


def test_loading_mends_what_was_changed_and_leaves_what_a_host_added() -> None:
    before, before_entities = content(), entities()
    added = add_entity(code="adria-ports", kind=EntityKind.PRIVATE, names={"en": "the Adriatic Ports"})
    Entity.objects.filter(code="ma").update(flag="xx")
    EntityName.objects.filter(entity__code="ma", language="en").update(short="Marokko")
    EntityName.objects.filter(entity__code="tr", language="fr").delete()
    EntityRegion.objects.filter(entity__code="ma").delete()
    load_reference()
    named = names_for([added.id], language="en", on=IN_2019)
    assert named[added.id].in_text == "the Adriatic Ports"
    added.delete()
    assert [len(rows) for rows in content()] == [len(rows) for rows in before]
    assert content()[0] == before[0]
    assert {(record.code, frozenset(record.names)) for record in entities()} == {
        (record.code, frozenset(record.names)) for record in before_entities
    }


def test_the_names_of_one_and_of_thirty_entities_take_two_statements() -> None:
    ids = list(Entity.objects.order_by("id").values_list("id", flat=True)[:30])
    for some in (ids[:1], ids):
        assert statements(partial(names_for, some, language="fr", on=IN_2019)) == 2
        assert len(names_for(some, language="fr", on=IN_2019)) == len(some)


def test_names_are_those_of_the_day() -> None:
    turkey = Entity.objects.get(code="tr").id
    assert names_for([turkey], language="en", on=IN_2019)[turkey].short == "Turkey"
    assert names_for([turkey], language="en", on=date(2026, 11, 23))[turkey].short == "Türkiye"


def test_entities_are_found_by_kind_and_code() -> None:
    assert {record.code for record in entities(kind=EntityKind.OBSERVER_STATE)} == {"ps", "va"}
    assert len([record for record in entities(kind=EntityKind.STATE) if record.un_member]) == 193
    assert [record.code for record in entities(codes=["osce", "frontex"])] == ["frontex", "osce"]
    assert entities(ids=[]) == []


def test_regions_are_those_of_the_day_in_one_statement() -> None:
    britain = Entity.objects.get(code="gb").id
    assert regions_by_entity("operational", on=IN_2019)[britain].code == "eu_schengen"
    assert regions_by_entity("operational", on=date(2020, 2, 1))[britain].code == "other_europe"
    assert regions_by_entity("m49", on=IN_2019, entity_ids=[britain])[britain].name["fr"] == "Europe"
    for some in ([britain], None):
        assert statements(partial(regions_by_entity, "m49", on=IN_2019, entity_ids=some)) == 1
    assert [region.code for region in regions("m49")] == ["002", "019", "142", "150", "009"]
    assert [scheme.code for scheme in region_schemes()] == ["m49", "m49_subregion", "operational", "un_group"]


def test_two_names_of_one_language_cannot_overlap_in_time() -> None:
    morocco = Entity.objects.get(code="ma")
    with pytest.raises(IntegrityError, match="entity_name_one_at_a_time"), transaction.atomic():
        EntityName.objects.create(
            entity=morocco, language="en", short="Maroc", formal="Maroc", sort_key="maroc", valid_from=IN_2019
        )
    EntityName.objects.create(
        entity=morocco, language="pl", short="Maroko", formal="Maroko", sort_key="maroko"
    )


def test_an_entity_counts_in_one_region_of_a_scheme_at_a_time() -> None:
    place = EntityRegion.objects.get(entity__code="ma", scheme__code="m49")
    europe = Region.objects.get(scheme__code="m49", code="150")
    with pytest.raises(IntegrityError, match="entity_region_one_at_a_time"), transaction.atomic():
        EntityRegion.objects.create(entity_id=place.entity_id, scheme_id=place.scheme_id, region=europe)


def test_a_region_is_one_of_its_scheme() -> None:
    place = EntityRegion.objects.get(entity__code="ma", scheme__code="m49")
    place.region = Region.objects.get(scheme__code="un_group", code="africa")
    place.save()
    with pytest.raises(IntegrityError, match="entity_region_of_its_scheme"):
        connection.check_constraints()


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"kind": "planet"}, "entity_kind_known"),
        ({"kind": "entity_in_footnote", "iso2": "XK", "iso3": "XKX", "m49": "999"}, "entity_codes_of_states"),
        ({"kind": "igo", "un_member": True}, "entity_un_member_is_state"),
        ({"kind": "state", "eu_protocol_order": 3}, "entity_eu_membership_whole"),
        (
            {"kind": "igo", "valid_from": date(2020, 1, 1), "valid_to": date(2020, 1, 1)},
            "entity_ends_after_it_begins",
        ),
    ],
)
def test_an_entity_that_contradicts_itself_is_refused(facts: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Entity.objects.bulk_create([Entity(code="odd", **facts)])


def test_text_per_language_is_checked_on_every_write() -> None:
    with pytest.raises(ValidationError, match="“xx” is not a language"):
        RegionScheme.objects.create(code="own", name={"xx": "Own"}, source="host")
    with pytest.raises(ValidationError, match="at least one language"):
        RegionScheme.objects.bulk_create([RegionScheme(code="own", name={}, source="host")])
    with pytest.raises(ValidationError, match="“xx” is not a language"):
        RegionScheme.objects.update(name={"xx": "Own"})


def test_a_host_adds_an_entity_named_with_a_footnote() -> None:
    southern = Region.objects.get(scheme__code="m49_subregion", code="039")
    added = add_entity(
        code="kosovo",
        kind=EntityKind.ENTITY_IN_FOOTNOTE,
        names={"en": "Kosovo", "fr": "le Kosovo"},
        flag="xk",
        regions=[southern],
    )
    name = names_for([added.id], language="fr", on=IN_2019)[added.id]
    assert (name.in_text, name.formal, name.flag) == ("le Kosovo", "Kosovo", "xk")
    assert regions_by_entity("m49_subregion", on=IN_2019)[added.id].code == "039"
    with pytest.raises(RefusedError, match="“kosovo” is taken"):
        add_entity(code="kosovo", kind=EntityKind.PRIVATE, names={"en": "Another"})
    with pytest.raises(RefusedError, match="needs a name"):
        add_entity(code="nameless", kind=EntityKind.PRIVATE, names={"en": " "})
    assert not Entity.objects.filter(code="nameless").exists()
