"""What is typed to open the next edition."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from summitry.conferences import clock
from summitry.conferences.carrying import parts
from summitry.conferences.models import Edition
from summitry.conferences.opening import NextEdition, announced_after
from summitry.world.kinds import STATE_KINDS
from summitry.world.languages import LANGUAGES, base_code
from summitry.world.models import Entity
from summitry.world.queries import names_for


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("This is not a date. Write it as 2019-10-30.")},
    )


class NextEditionForm(forms.Form):
    """The next edition, and the parts of this one that it takes over."""

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=9999)
    slug = forms.SlugField(label=_("Address"), help_text=_("Small letters, digits, hyphens; never changed."))
    starts_on = _day(_("First day"))
    ends_on = _day(_("Last day"))
    country = forms.ChoiceField(label=_("Country"), required=False)
    timezone = forms.CharField(label=_("Time zone"), help_text=_("Such as Europe/Warsaw."), max_length=64)
    host = forms.ChoiceField(label=_("Host"))
    announced = forms.BooleanField(
        label=_("Announce it"),
        required=False,
        help_text=_("The public page of the series names it at once; nothing else of it is public."),
    )
    parts = forms.MultipleChoiceField(label=_("What it takes over"), required=False)

    def __init__(self, *args: Any, edition: Edition, **words: Any) -> None:
        self.languages = [code for code in edition.languages if code in LANGUAGES] or ["en"]
        words.setdefault("initial", _initial(edition, self.languages))
        super().__init__(*args, **words)
        for place, code in enumerate(self.languages):
            told = {"language": LANGUAGES[code].endonym}
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("Name (%(language)s)") % told, required=place == 0, max_length=200
            )
            self.fields[f"city_{code}"] = forms.CharField(
                label=_("City (%(language)s)") % told, required=place == 0, max_length=120
            )
        self.entities = {entity.code: entity for entity in Entity.objects.filter(valid_to__isnull=True)}
        language = base_code(get_language() or "en")
        names = names_for(
            [entity.pk for entity in self.entities.values()], language=language, on=clock.today(edition)
        )
        listed = sorted(
            (
                (code, names[entity.pk].short, entity.kind in STATE_KINDS, names[entity.pk].sort_key)
                for code, entity in self.entities.items()
                if entity.pk in names
            ),
            key=lambda one: one[3],
        )
        self._choose(
            "country", [("", "—"), *((code, name) for code, name, is_state, _key in listed if is_state)]
        )
        self._choose("host", [(code, name) for code, name, _is_state, _key in listed])
        self._choose("parts", [(part.name, part.title) for part in parts()])

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def names(self) -> list[Any]:
        """The fields for name and city, a pair for each language."""
        return [(self[f"name_{code}"], self[f"city_{code}"]) for code in self.languages]

    def clean_timezone(self) -> str:
        """Refuse a zone that is none."""
        zone: str = self.cleaned_data["timezone"]
        if zone not in available_timezones():
            raise forms.ValidationError(_("There is no such time zone. Write it as Europe/Warsaw."))
        return zone

    def terms(self) -> NextEdition:
        """Return what was typed."""
        typed = self.cleaned_data
        return NextEdition(
            number=typed["number"],
            slug=typed["slug"],
            name=self._texts("name"),
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
            city=self._texts("city"),
            country=self.entities.get(typed["country"]),
            host=self.entities[typed["host"]],
            timezone=typed["timezone"],
            announced=typed["announced"],
        )

    def _texts(self, name: str) -> dict[str, str]:
        return {
            code: text for code in self.languages if (text := self.cleaned_data[f"{name}_{code}"].strip())
        }


def _initial(edition: Edition, languages: list[str]) -> dict[str, Any]:
    """Return what is known of the next edition: what was announced, else what the cadence gives."""
    announced = announced_after(edition)
    known = announced or edition
    year = announced.year if announced else edition.year + edition.series.cadence_years
    number = announced.number if announced else edition.number + 1
    initial: dict[str, Any] = {
        "number": number,
        "slug": announced.slug if announced else f"{slugify(edition.series.short_name)}-{year}",
        "timezone": known.timezone,
        "host": known.hosted_by.entity.code,
        "starts_on": known.starts_on if announced else _years_on(edition.starts_on, year),
        "ends_on": known.ends_on if announced else _years_on(edition.ends_on, year),
        "country": announced.country.code if announced and announced.country else "",
        "announced": True,
        "parts": [part.name for part in parts() if part.name != "venue"],
    }
    for code in languages:
        initial[f"name_{code}"] = announced.name.get(code, "") if announced else ""
        initial[f"city_{code}"] = announced.city.get(code, "") if announced else ""
    return initial


def _years_on(day: date | None, year: int) -> date | None:
    """Return the same day of another year; the 29th of February becomes the 28th."""
    if day is None:
        return None
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
