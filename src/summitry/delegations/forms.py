"""What is typed about delegations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations import rules

_FORMAT = "%Y-%m-%dT%H:%M"


class PresenceForm(forms.Form):
    """When a delegation, or one member, arrives and leaves, on the venue's clock."""

    arrives_at = forms.DateTimeField(
        label=_("Arrives"),
        required=False,
        help_text=_("At the venue, local time. Leave empty: there from the beginning."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_FORMAT),
        input_formats=[_FORMAT, "%Y-%m-%d %H:%M"],
        error_messages={"invalid": _("This is not a time. Write it as 2019-10-30 14:30.")},
    )
    departs_at = forms.DateTimeField(
        label=_("Leaves"),
        required=False,
        help_text=_("Leave empty: there until the end."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_FORMAT),
        input_formats=[_FORMAT, "%Y-%m-%d %H:%M"],
        error_messages={"invalid": _("This is not a time. Write it as 2019-10-31 12:00.")},
    )

    def __init__(self, *args: Any, edition: Edition, **words: Any) -> None:
        super().__init__(*args, **words)
        self._edition = edition

    def clean(self) -> dict[str, Any]:
        """Read the times on the venue's clock; a departure must follow the arrival."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("arrives_at", "departs_at"):
            typed: datetime | None = cleaned.get(name)
            if typed is not None:
                cleaned[name] = clock.from_wall(self._edition, typed.replace(tzinfo=None))
        wrong = rules.presence_error(cleaned.get("arrives_at"), cleaned.get("departs_at"))
        if wrong:
            self.add_error("departs_at", _("The departure is not after the arrival. Give a later departure."))
        return cleaned
