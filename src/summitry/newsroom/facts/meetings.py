"""Meetings on the margins: those that may be counted, and those that may be named.

Counted is what the whole conference may know of; named is what everybody may. A meeting
that only its parties know of is in neither, so that it leaves no trace in any number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db.models import F, Prefetch, Q, QuerySet
from django.db.models.functions import Greatest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from summitry.bilaterals.kinds import RequestStatus
from summitry.bilaterals.models import Meeting, RequestParty, RequestPerson
from summitry.bookings.models import Occasion
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.newsroom.facts.pieces import Ground, Met, Party, Row, ground
from summitry.newsroom.facts.programme import Terms, worded

_STANDING: Final = (Occasion.Status.FIRM, Occasion.Status.HELD)
_TWO: Final = 2


def titles() -> dict[str, str]:
    """Return what the lists are called."""
    return {
        "meetings": _("Meetings held that the conference may know of"),
        "bilateral-meetings": _("Of these, between two delegations"),
        "multilateral-meetings": _("Of these, among more than two"),
    }


def held(edition: Edition, now: datetime) -> QuerySet[Meeting]:
    """Return the meetings held by now that at least the whole conference may know of."""
    over = Q(occasion__status=Occasion.Status.HELD) | Q(occasion__ends_at__lte=now)
    return (
        Meeting.objects.annotate(level=Greatest("request__confidentiality", "occasion__confidentiality"))
        .filter(
            over,
            edition=edition,
            occasion__status__in=_STANDING,
            request__status=RequestStatus.ACCEPTED,
            level__lte=Occasion.Confidentiality.CONFERENCE,
        )
        .select_related("request", "occasion")
        .prefetch_related(
            Prefetch(
                "request__parties",
                RequestParty.objects.select_related("delegation__entity").order_by("order"),
            ),
            Prefetch(
                "request__people",
                RequestPerson.objects.select_related("member").order_by("member__order", "pk"),
            ),
        )
        .order_by(F("occasion__starts_at"), "pk")
    )


def counted(edition: Edition, rows: Sequence[Meeting]) -> dict[str, Sequence[Row]]:
    """Return the rows of what may be counted; who met stands only where everybody may know."""
    lists: dict[str, list[Row]] = {"meetings": [], "bilateral-meetings": [], "multilateral-meetings": []}
    for meeting in rows:
        parties = [party.delegation.entity_id for party in meeting.request.parties.all()]
        when = date_format(clock.wall(edition, meeting.occasion.starts_at), "j F Y, H:i")
        row = (
            Row(entities=parties)
            if _is_public(meeting)
            else Row(text={"en": _("Known to the conference alone")})
        )
        row = replace(row, note=_("%(when)s, %(n)d delegations") % {"when": when, "n": len(parties)})
        lists["meetings"].append(row)
        lists["bilateral-meetings" if len(parties) == _TWO else "multilateral-meetings"].append(row)
    return dict(lists)


def _is_public(meeting: Meeting) -> bool:
    level = max(meeting.request.confidentiality, meeting.occasion.confidentiality)
    return level == Occasion.Confidentiality.PUBLIC


def named(edition: Edition, rows: Sequence[Meeting], terms: Terms, host: int) -> list[tuple[int, Met]]:
    """Return the meetings that everybody may know of, each with its row's id, in order of time."""
    return [
        (meeting.pk, _met(edition, meeting, terms, host))
        for meeting in rows
        if _is_public(meeting) and not meeting.request.generated
    ]


def _met(edition: Edition, meeting: Meeting, terms: Terms, host: int) -> Met:
    request = meeting.request
    title = str(_("Request %(number)d") % {"number": request.number})
    services: dict[int, str] = {}
    for person in request.people.all():
        if not person.member.generated:
            services.setdefault(person.member.delegation_id, person.member.organisation)
    parties, of_terms = [], list[Ground]()
    for row in request.parties.all():
        service = "" if row.delegation.entity_id == host else services.get(row.delegation_id, "")
        text, grounds = worded(service, terms)
        parties.append(Party(entity=row.delegation.entity_id, service=text))
        of_terms += grounds
    parties.sort(key=lambda party: party.entity != host)  # the host is named first
    who = {
        "parties": [row.delegation.entity.code for row in request.parties.all()],
        "services": [party.service["en"] for party in parties if party.service],
    }
    return Met(
        parties=parties,
        key=str(meeting.public_id),
        grounds=(
            ground(meeting, "held", title, clock.wall(edition, meeting.occasion.starts_at)),
            ground(meeting, "parties", title, who),
            *of_terms,
        ),
    )
