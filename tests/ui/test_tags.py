from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from summitry.ui import assets
from summitry.ui.components import Chapter, Count, DayItem, DayLine, Need, Progress, Step
from summitry.ui.rosette import rosette
from summitry.ui.specimen.sheets import Name


def draw(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_a_flag_stands_beside_its_name() -> None:
    drawn = draw('{% flag "FR" "France" %}')
    assert re.search(r'<img class="flag" src="/static/ui/dist/flags/fr-[0-9a-f]{8}\.svg" alt=""', drawn)
    assert "<span>France</span>" in drawn


@pytest.mark.parametrize("code", [None, "", "zz"])
def test_without_a_flag_the_name_stands_alone(code: str | None) -> None:
    assert (
        draw("{% flag code name %}", code=code, name="INTERPOL")
        == '<span class="entity"><span>INTERPOL</span></span>'
    )


def test_an_entity_in_another_language_is_marked_with_it() -> None:
    name = Name("المملكة المغربية", "ma", language="ar")
    with translation.override("en"):
        assert '<bdi lang="ar">' in draw("{% entity name %}", name=name)
    with translation.override("ar"):
        assert "<bdi>" in draw("{% entity name %}", name=name)


def test_a_footnote_is_said_to_those_who_do_not_see_its_mark() -> None:
    drawn = draw("{% entity name %}", name=Name("Bolivia", footnote="As asked."))
    assert '<sup title="As asked.">*</sup><span class="vh"> (As asked.)</span>' in drawn


def test_names_are_escaped() -> None:
    assert "<script>" not in draw("{% entity name url=url %}", name=Name("<script>"), url="javascript:'\"")


def test_a_number_is_a_link_to_its_rows() -> None:
    assert draw('{% number 1200 "/rows/" %}') == '<a class="n" href="/rows/">1200</a>'
    assert draw("{% number none %}", none=None) == "<b>–</b>"


def test_what_needs_a_person_differs_in_shape_as_well_as_colour() -> None:
    drawn = draw(
        "{% needs items %}", items=[Need(subject="A", url="#", level="red"), Need(subject="B", url="#")]
    )
    assert "#i-triangle" in drawn
    assert "#i-diamond" in drawn


def test_the_readiness_says_numbers_and_gaps() -> None:
    step = Step(value=135, label="planned", url="/b/", fraction=0.957, gap="6 left", open=True)
    with translation.override("fr"):
        drawn = draw("{% readiness chapters %}", chapters=[Chapter(title="Bilaterals", steps=[step])])
    assert 'class="open" style="--f:0.957"' in drawn
    assert "<em>6 left</em>" in drawn


def test_a_sum_has_no_bar() -> None:
    drawn = draw("{% tally counts %}", counts=[Count(label="All", value=2, is_sum=True)])
    assert "level" not in drawn


def test_todays_line_places_things_by_five_minutes() -> None:
    line = DayLine(first_hour=8, last_hour=20, items=[DayItem(start=630, end=782, label="Panel")], now=680)
    assert line.columns == 144
    assert line.placed[0][1:] == (31, 31)
    assert line.now_fraction == pytest.approx(0.2778)
    assert line.now_text == "11:20"


def test_todays_line_has_no_now_outside_its_hours() -> None:
    assert DayLine(first_hour=8, last_hour=20, items=[], now=1300).now_fraction is None


def test_work_in_progress_can_be_cancelled_and_is_followed() -> None:
    work = Progress(text="weight 612", fraction=0.5, poll_url="/run/", cancel_url="/stop/")
    drawn = draw("{% progress work %}", work=work, csrf_token="x" * 64)
    assert 'data-progress="/run/"' in drawn
    assert 'action="/stop/"' in drawn
    assert 'value="0.5"' in drawn
    assert work.to_json()["fraction"] == 0.5


@pytest.mark.parametrize("number", range(40))
def test_every_edition_has_a_rosette_of_its_own(number: int) -> None:
    assert rosette(number) != rosette(number + 1)
    assert all(ring.petals >= 5 for ring in rosette(number))
    assert sum(len(strand) for ring in rosette(number) for strand in ring.strands) < 40_000


def test_a_missing_build_names_its_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "DIST", tmp_path)
    with pytest.raises(assets.AssetsMissingError, match="make assets"):
        draw('{% vite_asset "main.ts" %}')


def test_an_unknown_entry_is_named() -> None:
    with pytest.raises(assets.AssetsMissingError, match=r"other\.ts"):
        draw('{% vite_asset "other.ts" %}')


class Registration(forms.Form):
    name = forms.CharField(label="Name", help_text="As in the passport.")
    level = forms.ChoiceField(label="Level", widget=forms.RadioSelect, choices=[("p", "Principals")])
    consent = forms.BooleanField(label="Consent", required=False)
    hidden = forms.IntegerField(widget=forms.HiddenInput)


def test_an_error_stands_beside_its_field_and_is_tied_to_it() -> None:
    drawn = draw("{% field form.name %}", form=Registration({"name": ""}))
    described = re.search(r'<input[^>]*aria-describedby="([^"]+)"', drawn)
    assert described is not None
    for name in described[1].split():
        assert f'id="{name}"' in drawn
    assert "This field is required." in drawn


def test_all_that_is_wrong_is_listed_first_with_the_way_to_it() -> None:
    drawn = draw("{% form_fields form %}", form=Registration({"hidden": "x"}))
    assert drawn.index("This did not go through yet") < drawn.index("<label")
    assert 'href="#id_name"' in drawn
    for target in re.findall(r'<a href="#([^"]+)"', drawn):
        assert f'id="{target}"' in drawn
    assert "Enter a whole number." in drawn


def test_a_form_without_faults_lists_none() -> None:
    assert "wrong" not in draw("{% form_fields form %}", form=Registration())
