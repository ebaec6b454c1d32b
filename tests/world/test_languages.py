import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from summitry.world.fields import TranslatedField, check_translations, text_in
from summitry.world.languages import LANGUAGES

CODES = st.sampled_from(sorted(LANGUAGES))
TEXTS = st.dictionaries(CODES, st.text(min_size=1).filter(str.strip), max_size=4)


@given(TEXTS, CODES, st.lists(CODES, max_size=3))
def test_text_is_read_in_the_first_language_that_has_some(
    value: dict[str, str], language: str, fallbacks: list[str]
) -> None:
    found = text_in(value, language, fallbacks)
    chain = [code for code in (language, *fallbacks) if code in value]
    assert found == (value[chain[0]] if chain else next((value[code] for code in sorted(value)), ""))


def test_a_locale_counts_as_its_language() -> None:
    assert text_in({"pt": "Fronteira", "en": "Border"}, "pt-BR") == "Fronteira"
    assert text_in(None, "en") == ""


@given(TEXTS)
def test_text_per_language_is_accepted(value: dict[str, str]) -> None:
    check_translations(value)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("Border", "per language"),
        ({"xx": "Border"}, "“xx” is not a language"),
        ({"en": " "}, "text in “en” is missing"),
        ({"en": 7}, "text in “en” is missing"),
    ],
)
def test_anything_else_is_refused_with_the_language_at_fault(value: object, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        check_translations(value)


def test_a_form_refuses_what_is_not_text_per_language_or_empty() -> None:
    with pytest.raises(ValidationError, match="not a language"):
        TranslatedField().clean({"xx": "Border"}, None)
    with pytest.raises(ValidationError, match="blank"):
        TranslatedField().clean({}, None)
    assert TranslatedField(blank=True).clean({}, None) == {}


def test_directions_follow_the_script() -> None:
    assert {code for code, language in LANGUAGES.items() if language.direction == "rtl"} == {
        "ar", "dv", "fa", "he", "ps", "ur",
    }  # fmt: skip
