"""What is typed about an edition."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from summitry.conferences.models import Edition
from summitry.conferences.rules import PlanningSettings, settings_errors


class MinutesListField(forms.CharField):
    """Numbers of minutes, apart by commas or spaces."""

    def to_python(self, value: Any) -> Any:
        """Read the numbers, each once, in order."""
        words = [word for word in re.split(r"[\s,;]+", super().to_python(value) or "") if word]
        wrong = [word for word in words if not word.isdecimal()]
        if wrong:
            raise forms.ValidationError(
                _("“%(word)s” is no number of minutes. Write them as 15, 20, 30."), params={"word": wrong[0]}
            )
        return sorted({int(word) for word in words})

    def prepare_value(self, value: Any) -> Any:
        """Write the numbers as they are typed."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value


def _number(label: Any, *, least: int = 1, most: int = 1_000_000, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, help_text=help_text)


class SettingsForm(forms.Form):
    """The planning settings of an edition."""

    grid_minutes = _number(
        _("Grid"),
        most=60,
        help_text=_("Minutes. A meeting starts a multiple of this after its sitting starts."),
    )
    meeting_minutes = _number(_("Usual length of a meeting"), most=240, help_text=_("Minutes."))
    offered_minutes = MinutesListField(
        label=_("Lengths offered"),
        required=False,
        help_text=_("Minutes, apart by commas, such as 15, 20, 30."),
    )
    break_minutes = _number(
        _("Break"),
        most=240,
        help_text=_("Minutes. Free time of at least this much between two meetings is a break."),
    )
    turnaround_minutes = _number(
        _("Turnaround of a room"), least=0, most=120, help_text=_("Minutes between two meetings in one room.")
    )
    lead_minutes = _number(
        _("Lead time"),
        least=0,
        most=240,
        help_text=_(
            "Minutes. On the running day nothing is newly placed sooner than this: people must be told and come."
        ),
    )
    principal_meetings_per_sitting = _number(_("A principal's meetings in a sitting, at most"), most=50)
    principal_consecutive_meetings = _number(_("A principal's meetings in a row, at most"), most=50)
    weight_principal = _number(_("Weight of a meeting of principals"))
    weight_deputy = _number(_("Weight of a meeting of deputies"))
    weight_expert = _number(_("Weight of a meeting of experts"))
    weight_host_factor = _number(
        _("Factor for the host's meetings"), most=1000, help_text=_("Their weight is multiplied by it.")
    )
    planning_seconds = _number(_("Time for planning"), most=3600, help_text=_("Seconds, at most."))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, edition: Edition, **words: Any) -> None:
        initial = {field.name: getattr(edition.settings, field.name) for field in fields(PlanningSettings)}
        words["initial"] = {**initial, "version": edition.version}
        super().__init__(*args, **words)

    def clean(self) -> dict[str, Any]:
        """Hold the settings against one another."""
        cleaned = super().clean() or {}
        if not self.errors:
            for field, message in settings_errors(self.chosen()).items():
                self.add_error(field, message)
        return cleaned

    def chosen(self) -> PlanningSettings:
        """Return the settings that were typed."""
        return PlanningSettings(
            **{field.name: self.cleaned_data[field.name] for field in fields(PlanningSettings)}
        )
