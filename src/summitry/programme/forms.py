"""What is typed about a session."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from summitry.conferences import clock
from summitry.conferences.models import Edition, Room
from summitry.delegations.models import Member

_FORMAT = "%Y-%m-%dT%H:%M"


def _time(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_FORMAT),
        input_formats=[_FORMAT, "%Y-%m-%d %H:%M"],
        error_messages={"invalid": _("This is not a time. Write it as 2021-10-26 09:00.")},
    )


class PlaceForm(forms.Form):
    """When and where a session is, on the venue's clock, and who chairs it."""

    starts_at = _time(_("Begins"))
    ends_at = _time(_("Ends"))
    room = forms.ModelChoiceField(label=_("Room"), queryset=Room.objects.none(), required=False)
    chair = forms.ModelChoiceField(
        label=_("Chair"),
        queryset=Member.objects.none(),
        required=False,
        help_text=_("Of those who are accredited."),
    )

    def __init__(self, *args: Any, edition: Edition, **words: Any) -> None:
        super().__init__(*args, **words)
        self._edition = edition
        rooms, chairs = self.fields["room"], self.fields["chair"]
        assert isinstance(rooms, forms.ModelChoiceField)
        assert isinstance(chairs, forms.ModelChoiceField)
        rooms.queryset = Room.objects.filter(edition=edition).order_by("name")
        rooms.empty_label = chairs.empty_label = "—"
        chairs.queryset = (
            Member.objects.filter(edition=edition, accreditation=Member.Accreditation.APPROVED)
            .select_related("person")
            .order_by("person__sort_key", "pk")
        )
        self.has_chairs = chairs.queryset.exists()

    def clean(self) -> dict[str, Any]:
        """Read the times on the venue's clock."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("starts_at", "ends_at"):
            typed: datetime | None = cleaned.get(name)
            if typed is not None:
                cleaned[name] = clock.from_wall(self._edition, typed.replace(tzinfo=None))
        return cleaned
