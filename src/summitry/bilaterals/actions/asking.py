"""Asking for meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor
from summitry.accounts.models import Role
from summitry.bilaterals import access, rules
from summitry.bilaterals.actions.checks import check_asked
from summitry.bilaterals.kinds import RequestStatus
from summitry.bilaterals.models import Request, RequestParty, RequestPerson, RequestWindow
from summitry.bookings.models import Occasion
from summitry.conferences.models import Edition, Room
from summitry.delegations.models import Delegation, Member
from summitry.ledger.actions import action, record


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A meeting as it is asked for.

    Attributes
    ----------
    requester, counterparts
        Who asks whom; one counterpart makes a bilateral, more a multilateral.
    level, minutes, topic, brief, priority, confidentiality
        As :class:`~summitry.bilaterals.models.Request` has them.
    people
        Who must be there. A delegation with nobody among them comes with the member whom
        its list puts at that level.
    per_side
        Participants of each delegation; with the interpreters they decide the seats.
    languages, interpreters
        The two languages between which the host interprets, and how many interpreters.
    windows
        From and until (UTC): the meeting lies within one of them; none: at any time.
    room, fixed_at
        Only there; only then.
    status, requested_at
        Other than sent and now only where requests are taken over from elsewhere.
    """

    requester: Delegation
    counterparts: Sequence[Delegation]
    level: str
    minutes: int
    topic: str
    people: Sequence[Member] = ()
    brief: str = ""
    priority: int = 2
    confidentiality: int = Occasion.Confidentiality.PARTIES
    per_side: int = rules.PARTICIPANTS_PER_SIDE
    languages: Sequence[str] = ()
    interpreters: int = 1
    windows: Sequence[tuple[datetime, datetime]] = ()
    features: Sequence[str] = ()
    room: Room | None = None
    fixed_at: datetime | None = None
    must_be_held: bool = False
    status: str = RequestStatus.SENT
    requested_at: datetime | None = None
    generated: bool = False
    parties: tuple[Delegation, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "parties", (self.requester, *self.counterparts))

    @property
    def interpreters_needed(self) -> int:
        """How many interpreters the host sends: none without languages."""
        return self.interpreters if self.languages else 0

    @property
    def seats(self) -> int:
        """How many seats the room must have."""
        return rules.seats_needed(
            parties=len(self.parties), per_side=self.per_side, interpreters=self.interpreters_needed
        )


@action
def send_request(*, edition: Edition, asked: Asked, by: Actor) -> Request:
    """Ask for a meeting in a delegation's name.

    Raises
    ------
    PermissionDenied
        Where `by` neither works at the bilateral desk nor speaks for the requester.
    RefusedError
        Where something asked cannot be; it names the field.
    """
    if not access.may_ask_for(by, asked.requester):
        raise PermissionDenied(_("You may ask for meetings of your own delegation only."))
    if asked.status != RequestStatus.SENT:
        message = "A request is sent first; its answer is recorded by record_answer."
        raise ValueError(message)
    check_asked(edition, asked, strict=not access.is_desk(by, asked.requester))
    [request] = _store(edition, [asked])
    record(
        by=by,
        verb="send_request",
        target=request,
        edition_id=edition.pk,
        after={
            "number": request.number,
            "level": request.level,
            "minutes": request.minutes,
            "parties": [party.entity.code for party in asked.parties],
        },
        delegations=[party.pk for party in asked.parties],
    )
    return request


@action
def load_requests(*, edition: Edition, asked: Sequence[Asked], by: Actor) -> list[Request]:
    """Take over requests that were made and answered elsewhere: one entry for all of them.

    The number of statements does not depend on the number of requests.

    Raises
    ------
    PermissionDenied
        Where `by` does not work at the bilateral desk.
    RefusedError
        Where one of them cannot be.
    """
    if not by.has_role(edition.pk, *access.DESKS, Role.ADMINISTRATOR):
        raise PermissionDenied(_("Only the bilateral desk takes requests over."))
    for one in asked:
        check_asked(edition, one, strict=False)
    made = _store(edition, asked)
    record(
        by=by,
        verb="load_requests",
        target=edition,
        edition_id=edition.pk,
        after={"requests": len(made)},
        delegations=sorted({party.pk for one in asked for party in one.parties}),
    )
    return made


def _store(edition: Edition, asked: Sequence[Asked]) -> list[Request]:
    """Write requests with their parties, people and windows, numbered on from the last."""
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)  # two who ask at once get two numbers
    last = Request.objects.filter(edition=edition).aggregate(last=Max("number"))["last"] or 0
    made = Request.objects.bulk_create(_row(edition, one, last + place) for place, one in enumerate(asked, 1))
    pairs = list(zip(made, asked, strict=True))
    RequestParty.objects.bulk_create(
        RequestParty(
            request=request,
            delegation=delegation,
            side=RequestParty.Side.COUNTERPART if order else RequestParty.Side.REQUESTER,
            order=order,
        )
        for request, one in pairs
        for order, delegation in enumerate(one.parties)
    )
    named = _named(edition, asked)
    RequestPerson.objects.bulk_create(
        RequestPerson(request=request, member_id=member)
        for (request, _one), members in zip(pairs, named, strict=True)
        for member in members
    )
    RequestWindow.objects.bulk_create(
        RequestWindow(request=request, starts_at=start, ends_at=end)
        for request, one in pairs
        for start, end in one.windows
    )
    return made


def _row(edition: Edition, asked: Asked, number: int) -> Request:
    return Request(
        edition=edition,
        number=number,
        level=asked.level,
        minutes=asked.minutes,
        topic=asked.topic.strip(),
        brief=asked.brief,
        priority=asked.priority,
        must_be_held=asked.must_be_held,
        status=asked.status,
        confidentiality=asked.confidentiality,
        languages=list(asked.languages),
        interpreters=asked.interpreters_needed,
        seats=asked.seats,
        features=list(asked.features),
        room=asked.room,
        fixed_at=asked.fixed_at,
        requested_at=asked.requested_at or timezone.now(),
        generated=asked.generated,
    )


def _named(edition: Edition, asked: Sequence[Asked]) -> list[list[int]]:
    """Return who comes to each meeting: those named, and for a delegation that named nobody its likeliest member."""
    parties = {party.pk for one in asked for party in one.parties}
    candidates: dict[int, list[rules.Candidate]] = {}
    rows = Member.objects.filter(edition=edition, delegation__in=parties).exclude(
        accreditation__in=[Member.Accreditation.REJECTED, Member.Accreditation.WITHDRAWN]
    )
    for pk, delegation, capacity, order in rows.values_list("pk", "delegation_id", "capacity", "order"):
        candidates.setdefault(delegation, []).append(rules.Candidate(pk, capacity, order))
    found = []
    for one in asked:
        members = [member.pk for member in one.people]
        silent = {party.pk for party in one.parties} - {member.delegation_id for member in one.people}
        for party in one.parties:
            if party.pk in silent:
                chosen = rules.likeliest(one.level, candidates.get(party.pk, ()))
                members += [chosen] if chosen is not None else []
        found.append(members)
    return found
