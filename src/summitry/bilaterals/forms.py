"""What is typed about requests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.bilaterals.actions import Asked
from summitry.bilaterals.kinds import Level
from summitry.bookings.models import Occasion
from summitry.conferences import clock
from summitry.conferences.models import Edition, Room
from summitry.delegations.models import Delegation, Member
from summitry.interpretation.models import InterpreterLanguage
from summitry.records import RefusedError
from summitry.world.languages import LANGUAGES
from summitry.world.rules import DisplayName

_TIME: Final = "%Y-%m-%dT%H:%M"
_OUT: Final = (Member.Accreditation.REJECTED, Member.Accreditation.WITHDRAWN)
#: Which input an action's refusal belongs to, where they are called differently.
_FIELDS: Final = {"counterparts": "counterpart", "languages": "language_a", "interpreters": "language_a"}


def _time_field(label: Any, help_text: Any = "") -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_TIME),
        input_formats=[_TIME, "%Y-%m-%d %H:%M"],
        error_messages={"invalid": gettext_lazy("This is not a time. Write it as 2019-10-30 14:30.")},
    )


class RequestForm(forms.Form):
    """A request for a meeting, by a focal point or by the desk in a delegation's name.

    Parameters
    ----------
    requesters
        The delegations in whose name the reader may ask.
    names
        What all delegations of the edition are called, by id.
    as_desk
        Whether the desk asks: it can also fix the time and the room.
    """

    requester = forms.ChoiceField(label=gettext_lazy("Who asks"))
    counterpart = forms.ChoiceField(label=gettext_lazy("Whom to meet"))
    second = forms.ChoiceField(label=gettext_lazy("And"), required=False)
    third = forms.ChoiceField(label=gettext_lazy("And"), required=False)
    level = forms.ChoiceField(
        label=gettext_lazy("Level"), choices=Level.choices, widget=forms.RadioSelect, initial=Level.PRINCIPAL
    )
    people = forms.MultipleChoiceField(
        label=gettext_lazy("Who must be there"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("A delegation of which nobody is chosen comes with its member at that level."),
    )
    minutes = forms.TypedChoiceField(label=gettext_lazy("Length"), coerce=int)
    per_side = forms.IntegerField(
        label=gettext_lazy("Participants of each side"), min_value=1, max_value=30, initial=4
    )
    topic = forms.CharField(
        label=gettext_lazy("Topic"),
        max_length=200,
        help_text=gettext_lazy("A few words, known to all sides."),
    )
    brief = forms.CharField(
        label=gettext_lazy("Your own brief"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Never shown to anybody but your delegation."),
    )
    language_a = forms.ChoiceField(label=gettext_lazy("Interpreted between"), required=False)
    language_b = forms.ChoiceField(label=gettext_lazy("and"), required=False)
    windows = forms.MultipleChoiceField(
        label=gettext_lazy("When it suits"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Choose none: at any time."),
    )
    window_start = _time_field(gettext_lazy("Or only from"), gettext_lazy("At the venue, local time."))
    window_end = _time_field(gettext_lazy("until"))
    confidentiality = forms.TypedChoiceField(
        label=gettext_lazy("Who may know of it"), coerce=int, initial=Occasion.Confidentiality.PARTIES
    )
    priority = forms.TypedChoiceField(
        label=gettext_lazy("Priority"),
        coerce=int,
        initial=2,
        choices=[(1, gettext_lazy("A, most wanted")), (2, "B"), (3, gettext_lazy("C, if it can be"))],
    )
    must_be_held = forms.BooleanField(
        label=gettext_lazy("Must be held: a plan without it is no plan"), required=False
    )
    room = forms.ChoiceField(label=gettext_lazy("Only in this room"), required=False)
    fixed_at = _time_field(gettext_lazy("Only at this time"))

    def __init__(
        self,
        *args: Any,
        edition: Edition,
        requesters: Mapping[int, Delegation],
        names: Mapping[int, DisplayName],
        as_desk: bool,
        **words: Any,
    ) -> None:
        super().__init__(*args, **words)
        self._edition = edition
        coming = Delegation.objects.filter(edition=edition).exclude(answer=Delegation.Answer.REGRETS)
        self._delegations = {str(row.public_id): row for row in coming.select_related("entity")}
        self._names = names
        self._sittings = {sitting.slug: sitting for sitting in edition.sittings.order_by("starts_at")}
        self._rooms = {
            room.slug: room for room in Room.objects.filter(edition=edition, purpose=Room.Purpose.BILATERAL)
        }
        self._fill(requesters, as_desk=as_desk)
        self._as_desk = as_desk
        self._members = self._members_of_parties()
        self._choices("people", [(str(m.public_id), self._person(m)) for m in self._members.values()])

    def _fill(self, requesters: Mapping[int, Delegation], *, as_desk: bool) -> None:
        """Put the edition's own choices into the fields, and leave out what is not the reader's to say."""
        everybody = self._named(self._delegations.values())
        ours = self._named(requesters.values())
        self._choices("requester", ours if len(ours) == 1 else [("", "—"), *ours])
        if len(ours) == 1:
            self.fields["requester"].initial = ours[0][0]
        for name in ("counterpart", "second", "third"):
            self._choices(name, [("", "—"), *everybody])
        settings = self._edition.settings
        offered = sorted({*settings.offered_minutes, settings.meeting_minutes})
        self._choices("minutes", [(m, _("%(minutes)d minutes") % {"minutes": m}) for m in offered])
        self.fields["minutes"].initial = settings.meeting_minutes
        self._choices("windows", [(slug, self._sitting(slug)) for slug in self._sittings])
        self._choices("confidentiality", _confidentiality())
        languages = _interpreted(self._edition)
        for name in ("language_a", "language_b"):
            self._choices(name, [("", _("not interpreted")), *languages])
        if as_desk:
            rooms = [(slug, f"{room.name} ({room.seats})") for slug, room in self._rooms.items()]
            self._choices("room", [("", _("any")), *rooms])
            del self.fields["brief"]  # the requester's own: the desk neither writes nor reads it
        else:
            for name in ("must_be_held", "room", "fixed_at"):
                del self.fields[name]

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _named(self, rows: Any) -> list[tuple[str, str]]:
        known = sorted(rows, key=lambda row: self._names[row.pk].sort_key)
        return [(str(row.public_id), self._names[row.pk].marked) for row in known]

    def _sitting(self, slug: str) -> str:
        sitting = self._sittings[slug]
        start, end = (
            clock.local(self._edition, sitting.starts_at),
            clock.local(self._edition, sitting.ends_at),
        )
        return f"{start:%a} {start.day} {start:%b}, {start:%H:%M}–{end:%H:%M}"

    def _person(self, member: Member) -> str:
        name = self._names[member.delegation_id].short
        office = member.functional_title or member.get_capacity_display()
        return f"{name}: {member.person.display_name}, {office}"

    def parties(self) -> list[Delegation]:
        """Return the delegations chosen so far, the requester first."""
        typed = [self[name].value() for name in ("requester", "counterpart", "second", "third")]
        return [self._delegations[str(one)] for one in typed if one and str(one) in self._delegations]

    def _members_of_parties(self) -> dict[str, Member]:
        # Another delegation's list is not a focal point's to read.
        parties = self.parties() if self._as_desk else self.parties()[:1]
        rows = (
            Member.objects.filter(delegation__in=parties)
            .exclude(accreditation__in=_OUT)
            .select_related("person", "delegation")
            .order_by("delegation_id", "order")
        )
        places = {delegation.pk: place for place, delegation in enumerate(parties)}
        return {str(m.public_id): m for m in sorted(rows, key=lambda m: (places[m.delegation_id], m.order))}

    def clean(self) -> dict[str, Any]:
        """Ask for both ends of what has two."""
        cleaned: dict[str, Any] = super().clean() or {}
        if bool(cleaned.get("window_start")) != bool(cleaned.get("window_end")):
            self.add_error("window_end", _("Give both: from when, and until when."))
        if bool(cleaned.get("language_a")) != bool(cleaned.get("language_b")):
            self.add_error("language_b", _("Name both languages, or neither."))
        return cleaned

    def asked(self) -> Asked:
        """Return what is asked, of a form that is valid."""
        typed = self.cleaned_data
        requester, *counterparts = self.parties()
        languages = [typed[name] for name in ("language_a", "language_b") if typed.get(name)]
        return Asked(
            requester=requester,
            counterparts=counterparts,
            level=typed["level"],
            minutes=typed["minutes"],
            topic=typed["topic"],
            people=[self._members[key] for key in typed["people"]],
            brief=typed.get("brief", ""),
            priority=typed["priority"],
            confidentiality=typed["confidentiality"],
            per_side=typed["per_side"],
            languages=languages,
            windows=self._windows(typed),
            room=self._rooms.get(typed.get("room", "")),
            fixed_at=self._moment(typed.get("fixed_at")),
            must_be_held=typed.get("must_be_held", False),
        )

    def _windows(self, typed: dict[str, Any]) -> list[tuple[datetime, datetime]]:
        windows = [
            (self._sittings[slug].starts_at, self._sittings[slug].ends_at) for slug in typed["windows"]
        ]
        start, end = self._moment(typed.get("window_start")), self._moment(typed.get("window_end"))
        return [*windows, (start, end)] if start and end else windows

    def _moment(self, typed: datetime | None) -> datetime | None:
        return clock.from_wall(self._edition, typed.replace(tzinfo=None)) if typed else None

    def refuse(self, refused: RefusedError) -> None:
        """Show beside its field what an action refused."""
        name = _FIELDS.get(refused.field or "", refused.field)
        self.add_error(name if name in self.fields else None, refused.message)


def _confidentiality() -> list[tuple[int, str]]:
    return [
        (Occasion.Confidentiality.PUBLIC, _("everybody")),
        (Occasion.Confidentiality.CONFERENCE, _("the conference")),
        (Occasion.Confidentiality.PARTIES, _("the parties and the host's desks")),
        (Occasion.Confidentiality.CHIEF_OF_PROTOCOL, _("the parties and protocol alone")),
    ]


def _interpreted(edition: Edition) -> list[tuple[str, str]]:
    """Return the languages that the edition's interpreters work in."""
    codes = InterpreterLanguage.objects.filter(interpreter__edition=edition).values_list(
        "language", flat=True
    )
    named = [(code, LANGUAGES[code].english if code in LANGUAGES else code) for code in {*codes}]
    return sorted(named, key=lambda pair: pair[1])
