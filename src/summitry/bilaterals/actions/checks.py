"""Whether a meeting can be asked for at all, said field by field."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from summitry.bilaterals.kinds import Level
from summitry.bookings.models import Occasion
from summitry.conferences import clock
from summitry.conferences.models import Edition, Room
from summitry.delegations.models import Delegation, Member
from summitry.records import RefusedError

if TYPE_CHECKING:
    from summitry.bilaterals.actions.asking import Asked

_LONGEST_TOPIC: Final = 200
_LANGUAGES: Final = 2
_OUT: Final = (Member.Accreditation.REJECTED, Member.Accreditation.WITHDRAWN)


def check_asked(edition: Edition, asked: Asked, *, strict: bool) -> None:
    """Refuse what cannot be asked for.

    Parameters
    ----------
    strict
        Whether the length must be one of those that the edition offers; the desk may go beyond.

    Raises
    ------
    RefusedError
        Names the field and what mends it.
    """
    _check_parties(edition, asked)
    _check_terms(edition, asked, strict=strict)
    _check_people(asked)
    _check_interpretation(asked)
    _check_times(edition, asked)
    _check_room(edition, asked)


def _check_parties(edition: Edition, asked: Asked) -> None:
    if not asked.counterparts:
        raise RefusedError(_("Choose whom to meet."), field="counterparts")
    if len({party.pk for party in asked.parties}) != len(asked.parties):
        raise RefusedError(_("A delegation can be named only once, and not by itself."), field="counterparts")
    if any(party.edition_id != edition.pk for party in asked.parties):
        raise RefusedError(_("Choose delegations of this edition."), field="counterparts")
    if any(party.answer == Delegation.Answer.REGRETS for party in asked.parties):
        raise RefusedError(
            _("A delegation that has sent its regrets cannot be met. Choose another."), field="counterparts"
        )


def _check_terms(edition: Edition, asked: Asked, *, strict: bool) -> None:
    settings = edition.settings
    if asked.level not in Level:
        raise RefusedError(_("Choose the level: principals, deputies or experts."), field="level")
    topic = asked.topic.strip()
    if not topic or len(topic) > _LONGEST_TOPIC:
        raise RefusedError(_("Give the topic in a few words (at most 200 characters)."), field="topic")
    offered = [*settings.offered_minutes] or [settings.meeting_minutes]
    if strict and asked.minutes not in offered:
        lengths = ", ".join(str(minutes) for minutes in offered)
        raise RefusedError(
            _("Choose one of the lengths offered: %(lengths)s minutes.") % {"lengths": lengths},
            field="minutes",
        )
    if asked.minutes < settings.grid_minutes or asked.minutes % settings.grid_minutes or asked.minutes > 240:  # noqa: PLR2004 the table's limit
        raise RefusedError(
            _("Give a length of up to 240 minutes that is a multiple of %(grid)d.")
            % {"grid": settings.grid_minutes},
            field="minutes",
        )
    if asked.priority not in {1, 2, 3}:
        raise RefusedError(_("Choose the priority: A, B or C."), field="priority")
    if asked.confidentiality not in Occasion.Confidentiality:
        raise RefusedError(_("Choose who may know of the meeting."), field="confidentiality")
    if asked.per_side < 1:
        raise RefusedError(_("Somebody comes from each delegation: give at least 1."), field="per_side")


def _check_people(asked: Asked) -> None:
    parties = {party.pk for party in asked.parties}
    for member in asked.people:
        if member.delegation_id not in parties:
            raise RefusedError(
                _("%(name)s belongs to none of the delegations that meet.") % {"name": member}, field="people"
            )
        if member.accreditation in _OUT:
            raise RefusedError(
                _("%(name)s is no longer a member of the delegation. Choose somebody else.")
                % {"name": member},
                field="people",
            )


def _check_interpretation(asked: Asked) -> None:
    languages = [*asked.languages]
    if not languages:
        return
    if len(languages) != _LANGUAGES or len(set(languages)) != _LANGUAGES:
        raise RefusedError(_("Name the two languages between which to interpret."), field="languages")
    if asked.interpreters < 1:
        raise RefusedError(_("Interpretation needs at least one interpreter."), field="interpreters")


def _check_times(edition: Edition, asked: Asked) -> None:
    length = timedelta(minutes=asked.minutes)
    for start, end in asked.windows:
        if end <= start:
            raise RefusedError(_("A window ends after it starts: give a later end."), field="windows")
    if asked.windows and all(end - start < length for start, end in asked.windows):
        raise RefusedError(
            _("No window is as long as the meeting: widen one, or ask for less."), field="windows"
        )
    if asked.fixed_at is None:
        return
    fixed_at, grid = asked.fixed_at, timedelta(minutes=edition.settings.grid_minutes)
    sitting = edition.sittings.filter(starts_at__lte=fixed_at, ends_at__gte=fixed_at + length).first()
    if sitting is None:
        raise RefusedError(
            _("At that time no meetings are held: choose a time inside a sitting."), field="fixed_at"
        )
    if (fixed_at - sitting.starts_at) % grid:
        first = clock.local(edition, sitting.starts_at)
        raise RefusedError(
            _("Meetings start every %(grid)d minutes from %(first)s.")
            % {"grid": edition.settings.grid_minutes, "first": f"{first:%H:%M}"},
            field="fixed_at",
        )


def _check_room(edition: Edition, asked: Asked) -> None:
    room = asked.room
    if room is None:
        return
    if room.edition_id != edition.pk or room.purpose != Room.Purpose.BILATERAL:
        raise RefusedError(_("Choose one of the rooms for meetings."), field="room")
    if room.seats < asked.seats:
        raise RefusedError(
            _(
                "%(room)s has %(seats)d seats, %(needed)d are needed. Choose a larger room, or come with fewer."
            )
            % {"room": room.name, "seats": room.seats, "needed": asked.seats},
            field="room",
        )
