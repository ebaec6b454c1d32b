"""What is typed on the running day: from when until when somebody or something cannot be had, and why."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.conferences.spans import Away
from summitry.delegations.forms import PresenceForm

_FORMAT = "%Y-%m-%dT%H:%M"
_LONGEST_REASON = 120


def _time(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_FORMAT),
        input_formats=[_FORMAT, "%Y-%m-%d %H:%M"],
        error_messages={"invalid": _("This is not a time. Write it as 2019-10-30 14:30.")},
    )


def _reason(help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=_("Reason"), required=False, max_length=_LONGEST_REASON, help_text=help_text)


class EndForm(forms.Form):
    """Until when something lasts, on the venue's clock, and why."""

    ends_at = _time(_("Until"))
    reason = _reason(_("In a few words, for the host’s desks alone."))

    def __init__(self, *args: Any, edition: Edition, **words: Any) -> None:
        super().__init__(*args, **words)
        self._edition = edition

    def clean(self) -> dict[str, Any]:
        """Read the times on the venue's clock."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("starts_at", "ends_at"):
            typed: datetime | None = cleaned.get(name)
            if typed is not None:
                cleaned[name] = clock.from_wall(self._edition, typed.replace(tzinfo=None))
        return cleaned


class SpanForm(EndForm):
    """From when until when a room or an interpreter cannot be had, and why."""

    starts_at = _time(_("From"))
    field_order = ("starts_at", "ends_at", "reason")

    def away(self) -> Away:
        """Return what was typed, of a form that is valid."""
        return Away(**self.cleaned_data)


class MemberForm(PresenceForm):
    """When one member comes and leaves at other times than the delegation, and why."""

    reason = _reason(_("In a few words, for the delegation and the host’s desks alone."))

    def __init__(self, *args: Any, edition: Edition, **words: Any) -> None:
        super().__init__(*args, edition=edition, **words)
        self.fields["arrives_at"].help_text = _("Leave empty: arrives with the delegation.")
        self.fields["departs_at"].help_text = _("Leave empty: leaves with the delegation.")
