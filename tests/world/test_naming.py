from datetime import date
from itertools import pairwise

import msgspec
import pytest

from summitry.world.kinds import EntityKind, StateOrder
from summitry.world.reference import footnote_templates, name_record, reference_entities
from summitry.world.rules import (
    DisplayName,
    EntityRecord,
    NamelessError,
    NameOverride,
    NamingPolicy,
    en_alpha,
    en_alpha_lot,
    eu_protocol,
    named,
    ordered,
)

BY_CODE = {item.record.code: item.record for item in reference_entities()}
IN_2019 = date(2019, 10, 31)
IN_2026 = date(2026, 11, 23)
STATES = [record for record in BY_CODE.values() if record.un_member]


def name_of(
    code: str, on: date = IN_2026, *, language: str = "en", policy: NamingPolicy | None = None
) -> DisplayName:
    return named(BY_CODE[code], language=language, on=on, policy=policy or NamingPolicy())


@pytest.mark.parametrize(
    ("code", "language", "last_day", "before", "after"),
    [
        ("tr", "en", date(2022, 5, 31), "Turkey", "Türkiye"),
        ("tr", "fr", date(2022, 5, 31), "Turquie", "Türkiye"),
        ("mk", "en", date(2019, 2, 11), "The former Yugoslav Republic of Macedonia", "North Macedonia"),
        ("sz", "es", date(2018, 5, 29), "Swazilandia", "Eswatini"),
        ("cz", "en", date(2016, 5, 16), "Czech Republic", "Czechia"),
        ("cv", "fr", date(2013, 10, 23), "Cap-Vert", "Cabo Verde"),
        ("euaa", "en", date(2022, 1, 18), "EASO", "EUAA"),
    ],
)
def test_a_renaming_holds_from_its_day_on(
    code: str, language: str, last_day: date, before: str, after: str
) -> None:
    assert name_of(code, last_day, language=language).short == before
    assert name_of(code, date.fromordinal(last_day.toordinal() + 1), language=language).short == after


def test_the_edition_of_2019_is_printed_with_the_names_of_2019() -> None:
    assert name_of("tr", IN_2019).short == "Turkey"
    assert name_of("mk", IN_2019).short == "North Macedonia"
    assert name_of("euaa", IN_2019).formal == "European Asylum Support Office"
    assert name_of("frontex", IN_2019).formal == "European Border and Coast Guard Agency"


def test_names_stand_in_a_sentence_with_their_article() -> None:
    assert name_of("bs").in_text == "the Bahamas"
    assert name_of("al", language="fr").in_text == "l'Albanie"
    assert name_of("cu", language="fr").in_text == "Cuba"
    assert name_of("ma", language="es").formal_in_text == "el Reino de Marruecos"
    assert name_of("ma").adjective == "Moroccan"


def test_a_language_without_a_name_falls_back_and_says_so() -> None:
    name = name_of("ma", language="pl")
    assert (name.short, name.language) == ("Morocco", "en")
    name = name_of("ma", language="pl", policy=NamingPolicy(fallbacks=("fr", "en")))
    assert (name.short, name.language) == ("Maroc", "fr")


def test_a_host_names_an_entity_its_own_way_everywhere() -> None:
    policy = NamingPolicy(
        overrides={
            "gb": NameOverride(short={"en": "the United Kingdom"}, sort_as={"en": "Great Britain"}),
            "ma": NameOverride(flag_allowed=False, nameplate={"en": "KINGDOM OF MOROCCO"}),
        }
    )
    british = name_of("gb", policy=policy)
    assert (british.short, british.in_text) == ("United Kingdom", "the United Kingdom")
    assert british.formal == "United Kingdom of Great Britain and Northern Ireland"
    assert british.sort_key == "great britain"
    moroccan = name_of("ma", policy=policy)
    assert (moroccan.flag, moroccan.nameplate, moroccan.short) == (None, "KINGDOM OF MOROCCO", "Morocco")
    assert (
        name_of("gb", language="fr", policy=policy).short
        == "Royaume-Uni de Grande-Bretagne et d'Irlande du Nord"
    )


def test_an_entity_in_footnote_is_marked_and_carries_the_wording_the_host_chose() -> None:
    wording = next(template for template in footnote_templates() if template.institution == "European Union")
    entity = EntityRecord(
        id=1,
        code="kosovo",
        kind=EntityKind.ENTITY_IN_FOOTNOTE,
        names=(name_record(language="en", name="Kosovo"),),
    )
    policy = NamingPolicy(overrides={"kosovo": NameOverride(footnote=wording.text)})
    name = named(entity, language="en", on=IN_2019, policy=policy)
    assert name.marked == "Kosovo*"
    assert "1244/1999 and the ICJ" in name.footnote
    assert name.flag is None
    assert policy.group_of(entity).code == "observers"
    assert named(entity, language="fr", on=IN_2019, policy=policy).footnote.startswith("Cette désignation")


def test_there_is_a_wording_of_each_of_three_institutions() -> None:
    assert {item.institution for item in footnote_templates()} == {
        "European Union",
        "United Nations",
        "Council of Europe",
    }
    assert all(item.source and item.text["en"] and item.text["fr"] for item in footnote_templates())


def test_an_entity_without_a_name_on_the_day_is_refused_by_name() -> None:
    later = name_record(language="en", name="Port Union", valid_from=date(2020, 1, 1))
    entity = EntityRecord(id=1, code="port-union", kind=EntityKind.PRIVATE, names=(later,))
    with pytest.raises(NamelessError, match="port-union has no name on 2019-10-31"):
        named(entity, language="en", on=IN_2019)


def test_a_policy_comes_back_from_storage_as_it_went() -> None:
    policy = NamingPolicy(
        overrides={"gb": NameOverride(short={"en": "the United Kingdom"}, group="states")},
        disclaimer={"en": "Listing does not imply recognition."},
    )
    assert NamingPolicy.from_json(policy.to_json()) == policy
    with pytest.raises(msgspec.ValidationError, match=r"overrides"):
        NamingPolicy.from_json({"overrides": {"gb": {"short": ["UK"]}}})


def test_every_reference_entity_has_a_group_and_an_override_can_move_it() -> None:
    policy = NamingPolicy(overrides={"eu": NameOverride(group="states")})
    assert all(policy.group_of(record) for record in BY_CODE.values())
    assert policy.group_of(BY_CODE["eu"]).code == "states"
    with pytest.raises(LookupError, match="no group for eu"):
        NamingPolicy(overrides={"eu": NameOverride(group="nowhere")}).group_of(BY_CODE["eu"])


def test_a_lot_rotates_the_english_order() -> None:
    in_order = en_alpha_lot(STATES, first="ml", on=IN_2019)
    assert [record.code for record in in_order[:3]] == ["ml", "mt", "mh"]
    assert in_order[-1].code == "mv"
    with pytest.raises(ValueError, match="“va” was drawn"):
        en_alpha_lot(STATES, first="va", on=IN_2019)
    with pytest.raises(ValueError, match="record the lot first"):
        ordered(STATES, by=StateOrder.EN_ALPHA_LOT, on=IN_2019)


def test_the_eu_order_knows_who_was_a_member_when() -> None:
    in_2019 = [record.code for record in eu_protocol(STATES, on=IN_2019)]
    now = [record.code for record in eu_protocol(STATES, on=IN_2026)]
    assert in_2019[:4] == ["be", "bg", "cz", "dk"]
    assert in_2019[26:29] == ["se", "gb", "af"]
    assert now[26:28] == ["se", "af"]
    assert "hr" not in [record.code for record in eu_protocol(STATES, on=date(2013, 6, 30))][:27]


@pytest.mark.parametrize("order", [order for order in StateOrder if order != StateOrder.EN_ALPHA_LOT])
def test_every_order_keeps_every_state_once_whatever_it_is_given_in(order: StateOrder) -> None:
    there = ordered(STATES, by=order, on=IN_2026)
    back = ordered(reversed(STATES), by=order, on=IN_2026)
    assert there == back
    assert sorted(record.code for record in there) == sorted(record.code for record in STATES)


def test_a_renaming_moves_a_state_in_the_order() -> None:
    in_2018 = [record.code for record in en_alpha(STATES, on=date(2018, 1, 1))]
    assert ("th", "mk") in pairwise(in_2018)
    assert ("mk", "tl") in pairwise(in_2018)
    assert ("ng", "mk") in pairwise([record.code for record in en_alpha(STATES, on=IN_2019)])
