import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from summitry.world.kinds import EntityKind
from summitry.world.reference import reference_entities, reference_places, reference_schemes
from summitry.world.rules import EntityRecord, alphabetical, named, with_article

NEIGHBOUR = Path(__file__).resolve().parents[3] / "shared" / "data" / "states_names_orders.csv"
TODAY = date(2026, 11, 23)
ENTITIES = {item.record.code: item for item in reference_entities()}
MEMBERS = {code for code, item in ENTITIES.items() if item.record.un_member}

needs_neighbour = pytest.mark.skipif(
    not NEIGHBOUR.exists(), reason="the comparison file is not beside the project"
)


def rows() -> list[dict[str, str]]:
    with NEIGHBOUR.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def region_of(scheme: str) -> dict[str, str]:
    return {
        place.code: place.region
        for place in reference_places()
        if place.scheme == scheme and not place.valid_to
    }


def listed(record: EntityRecord, language: str) -> str:
    """Return the short name with its article behind it in brackets, as the comparison file lists it."""
    name = named(record, language=language, on=TODAY)
    return name.short if name.short.endswith(")") or not name.article else f"{name.short} ({name.article})"


@needs_neighbour
def test_codes_standing_and_eu_ordinals_are_those_of_the_comparison_file() -> None:
    ours = {
        (
            record.iso2,
            record.iso3,
            item.m49,
            str(int(record.un_member)),
            str(int(record.kind == EntityKind.OBSERVER_STATE)),
            str(record.eu_protocol_order) if record.in_eu(TODAY) else "",
        )
        for item in ENTITIES.values()
        if (record := item.record).iso2
    }
    columns = ("iso2", "iso3", "m49", "un_member", "un_observer", "eu_protocol_order")
    assert ours == {tuple(row[column] for column in columns) for row in rows()}


@needs_neighbour
@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_short_and_formal_names_are_those_of_the_comparison_file(language: str) -> None:
    for row in rows():
        record = ENTITIES[row["iso2"].lower()].record
        name = named(record, language=language, on=TODAY)
        assert listed(record, language) == row[f"{language}_short"]
        # one apostrophe of the file is typographic
        assert name.formal_in_text == row[f"{language}_formal"].replace("\u2019", "'")


@needs_neighbour
@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_alphabetical_order_is_that_of_the_comparison_file(language: str) -> None:
    theirs = [row["iso2"].lower() for row in sorted(rows(), key=lambda row: int(row[f"order_{language}"]))]
    states = [ENTITIES[code].record for code in theirs]
    assert [record.code for record in alphabetical(reversed(states), language=language, on=TODAY)] == theirs


@needs_neighbour
def test_continents_and_sub_regions_are_those_of_the_comparison_file() -> None:
    names = {
        (scheme.code, code): name["en"]
        for scheme in reference_schemes()
        for code, name in scheme.regions.items()
    }
    continents, sub_regions = region_of("m49"), region_of("m49_subregion")
    for row in rows():
        code = row["iso2"].lower()
        assert (continents[code], names["m49", continents[code]]) == (row["region_code"], row["region"])
        assert names["m49_subregion", sub_regions[code]] == row["sub_region"]


def test_there_are_193_members_of_the_united_nations_on_five_continents() -> None:
    continents = region_of("m49")
    assert len(MEMBERS) == 193
    assert Counter(continents[code] for code in MEMBERS) == {
        "002": 54,
        "019": 35,
        "142": 47,
        "150": 43,
        "009": 14,
    }


def test_every_member_counts_in_one_regional_group_and_the_groups_have_their_sizes() -> None:
    groups = region_of("un_group")
    assert set(groups) == MEMBERS
    assert Counter(groups.values()) == {
        "africa": 54,
        "asia_pacific": 54,
        "eastern_europe": 23,
        "grulac": 33,
        "weog": 29,
    }


def test_every_state_has_an_operational_region() -> None:
    assert set(region_of("operational")) == {code for code, item in ENTITIES.items() if item.record.iso2}
    assert {code for code, region in region_of("operational").items() if region == "western_balkans"} == {
        "al",
        "ba",
        "me",
        "mk",
        "rs",
    }


def test_every_entity_has_a_name_in_each_of_three_languages_on_any_day() -> None:
    for item in ENTITIES.values():
        for language in ("en", "fr", "es"):
            for day in (date(1950, 1, 1), date(2019, 10, 31), TODAY):
                name = named(item.record, language=language, on=day)
                assert name.language == language
                assert name.sort_key
                assert with_article(name.formal_article, name.formal)


def test_organisations_of_every_kind_are_there_with_a_founding_day_where_it_is_known() -> None:
    kinds = Counter(item.record.kind for item in ENTITIES.values() if not item.record.iso2)
    assert set(kinds) == {
        EntityKind.EU_INSTITUTION,
        EntityKind.EU_AGENCY,
        EntityKind.UN_BODY,
        EntityKind.IGO,
        EntityKind.NGO,
    }
    assert sum(kinds.values()) >= 40
    assert ENTITIES["interpol"].record.founded_on == date(1923, 9, 7)


def test_names_of_states_shorten_nothing_that_protocol_writes_out() -> None:
    assert named(ENTITIES["gb"].record, language="en", on=TODAY).short.startswith("United Kingdom of Great")
    assert (
        named(ENTITIES["kp"].record, language="en", on=TODAY).short == "Democratic People's Republic of Korea"
    )
    assert not {"xk", "tw"} & set(ENTITIES)
