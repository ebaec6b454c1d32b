"""What the forms of commitments, instruments and handovers share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.outcomes.forms.fields import line_field
from summitry.outcomes.queries import Sources
from summitry.world.languages import LANGUAGES
from summitry.world.rules import DisplayName


class OutcomeForm(forms.Form):
    """An outcome's record: its title in several languages, entities and times as the reader says them.

    Attributes
    ----------
    title_fields
        Names of the fields of the titles, the one that must be given first.
    """

    title_fields: Sequence[str]
    _edition: Edition
    _names: Mapping[int, DisplayName]
    _language: str

    def _begin(
        self,
        *,
        edition: Edition,
        names: Mapping[int, DisplayName],
        language: str,
        titles: Mapping[str, str],
        label: Any,
    ) -> None:
        """Take over whose form it is, and add a field for the title in each language of the edition and of `titles`."""
        self._edition, self._names, self._language = edition, names, language
        codes = [code for code in edition.languages if code in LANGUAGES] or ["en"]
        fields = []
        for number, code in enumerate(dict.fromkeys([*codes, *titles])):
            told = _("Title (%(language)s)") % {"language": LANGUAGES[code].endonym} if number else label
            field = line_field(told, most=200, required=not number, lang=code)
            field.initial = titles.get(code, "")
            fields.append(f"title_{code}")
            self.fields[fields[-1]] = field
        self.title_fields = fields

    @property
    def first_title(self) -> forms.BoundField:
        """The title that must be given."""
        return self[self.title_fields[0]]

    @property
    def other_titles(self) -> list[forms.BoundField]:
        """The title in the other languages."""
        return [self[name] for name in self.title_fields[1:]]

    def titles(self) -> dict[str, str]:
        """Return the titles that were typed by language, of a form that is valid."""
        typed = self.cleaned_data
        return {name.removeprefix("title_"): typed[name] for name in self.title_fields if typed[name].strip()}

    def _choices(self, name: str, choices: Sequence[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _offered_entities(self, offered: Sources) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return entities to choose from, those at the edition before the others, each by name."""
        named = [entity for entity in offered.entities if entity.pk in self._names]
        named.sort(key=lambda entity: self._names[entity.pk].sort_key)
        here = [(e.code, self._names[e.pk].marked) for e in named if e.pk in offered.present]
        others = [(e.code, self._names[e.pk].marked) for e in named if e.pk not in offered.present]
        return [(_("At this edition"), here), (_("Others"), others)]

    def _when(self, moment: datetime) -> str:
        local = clock.local(self._edition, moment)
        return f"{local.day} {local:%b}, {local:%H:%M}"
