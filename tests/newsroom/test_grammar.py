from __future__ import annotations

import inspect
from datetime import date

import pytest

from summitry.newsroom.sentences import RULES, grammar, wording

TITLES = ["risk analysis", "technology and innovation", "coast guard cooperation"]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_rule_is_worded_in_every_language(rule: str, language: str) -> None:
    assert len(inspect.signature(wording(rule, language)).parameters) == 2


@pytest.mark.parametrize(
    ("items", "language", "text"),
    [
        (["a", "b", "c"], "en", "a, b and c"),
        (["a", "b", "c"], "fr", "a, b et c"),
        (["España", "Italia"], "es", "España e Italia"),
        (["Italia", "Hierro y acero"], "es", "Italia; Hierro y acero"),
        (TITLES, "en", "risk analysis, technology and innovation, and coast guard cooperation"),
        (["A, head", "B, deputy"], "en", "A, head; and B, deputy"),
        (["one"], "fr", "one"),
    ],
)
def test_lists_are_joined_as_each_language_does(items: list[str], language: str, text: str) -> None:
    assert grammar.joined(items, language) == text


def test_names_with_an_and_of_their_own_stay_a_subject() -> None:
    assert grammar.together(["Frontex", "Bosnia y Herzegovina"], "es") == "Frontex y Bosnia y Herzegovina"


@pytest.mark.parametrize(
    ("first", "last", "language", "text"),
    [
        (date(2019, 10, 29), date(2019, 10, 31), "en", "from 29 to 31 October 2019"),
        (date(2019, 10, 29), date(2019, 10, 31), "fr", "du 29 au 31 octobre 2019"),
        (date(2019, 10, 29), date(2019, 10, 31), "es", "del 29 al 31 de octubre de 2019"),
        (date(2019, 10, 1), date(2019, 10, 3), "fr", "du 1er au 3 octobre 2019"),
        (date(2019, 10, 30), date(2019, 11, 1), "fr", "du 30 octobre au 1er novembre 2019"),
        (date(2019, 10, 30), date(2019, 11, 2), "es", "del 30 de octubre al 2 de noviembre de 2019"),
        (date(2019, 12, 30), date(2020, 1, 2), "en", "from 30 December 2019 to 2 January 2020"),
        (date(2019, 10, 30), date(2019, 10, 30), "es", "el 30 de octubre de 2019"),
    ],
)
def test_dates_are_said_once_each(first: date, last: date, language: str, text: str) -> None:
    assert grammar.from_to(first, last, language) == text


@pytest.mark.parametrize(
    ("preposition", "phrase", "language", "text"),
    [
        ("à", "le Maroc", "fr", "au Maroc"),
        ("à", "les États-Unis", "fr", "aux États-Unis"),
        ("à", "la Bosnie-Herzégovine", "fr", "à la Bosnie-Herzégovine"),
        ("de", "le Bélarus", "fr", "du Bélarus"),
        ("de", "Interpol", "fr", "d’Interpol"),
        ("de", "Frontex", "fr", "de Frontex"),
        ("de", "el Reino Unido", "es", "del Reino Unido"),
        ("a", "el Reino Unido", "es", "al Reino Unido"),
        ("of", "the Bahamas", "en", "of the Bahamas"),
    ],
)
def test_prepositions_contract_with_articles(preposition: str, phrase: str, language: str, text: str) -> None:
    assert grammar.after(preposition, phrase, language) == text


@pytest.mark.parametrize(
    ("title", "language", "text"),
    [
        (
            "24th International Border Police Conference",
            "en",
            "the 24th International Border Police Conference",
        ),
        ("24e Conférence internationale", "fr", "la 24e Conférence internationale"),
        ("3e Sommet des ports", "fr", "le 3e Sommet des ports"),
        ("Assemblée générale", "fr", "l’Assemblée générale"),
        ("24.ª Conferencia Internacional", "es", "la 24.ª Conferencia Internacional"),
        ("III. Foro de Puertos", "es", "el evento «III. Foro de Puertos»"),
        ("Horizon 2030", "fr", "l’événement «\u00a0Horizon 2030\u00a0»"),
        ("Horizon 2030", "en", "the event “Horizon 2030”"),
    ],
)
def test_an_article_is_used_only_where_the_gender_is_known(title: str, language: str, text: str) -> None:
    thing = {"en": "the event", "fr": "l’événement", "es": "el evento"}[language]
    assert grammar.definite(title, language, thing=thing) == text


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Risk analysis", "risk analysis"),
        ("EU agencies", "EU agencies"),
        ("Frontex and others", "Frontex and others"),
        ("L’équilibre", "l’équilibre"),
    ],
)
def test_titles_within_a_sentence_begin_small_unless_they_are_names(title: str, text: str) -> None:
    assert grammar.lowered(title, ["Frontex"]) == text


def test_periods_are_told_by_their_years() -> None:
    first, last = date(2020, 1, 1), date(2022, 12, 31)
    assert grammar.years(first, last, "en") == "2020–22"
    assert grammar.years(first, last, "fr") == grammar.years(first, last, "es") == "2020-2022"
    assert grammar.years(date(1999, 1, 1), date(2001, 1, 1), "en") == "1999–2001"
    assert grammar.years(None, None, "en") == ""
