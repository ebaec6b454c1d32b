"""How far the chapters of an edition are, as numbers that add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from summitry.accounts.access import Actor, visible
from summitry.bilaterals.kinds import RequestStatus
from summitry.bilaterals.models import Meeting, PlanVersion, Request
from summitry.bookings.models import Booking, Occasion, Resource
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations import rules
from summitry.delegations.models import Delegation, Member
from summitry.programme.models import Session
from summitry.world.kinds import STATE_KINDS, EntityKind
from summitry.world.languages import text_in
from summitry.world.queries import regions_by_entity

#: Occasions that take place or did.
STANDING = (Occasion.Status.FIRM, Occasion.Status.HELD)


@dataclass(frozen=True, slots=True)
class Delegations:
    """The invitations and their answers, and who comes: by region for States, by kind for the others."""

    answers: Mapping[str, int]
    regions: Sequence[tuple[str, int]]
    kinds: Sequence[tuple[str, int]]

    @property
    def invited(self) -> int:
        """All who were invited."""
        return sum(self.answers.values())

    @property
    def coming(self) -> int:
        """Who said they come."""
        return self.answers.get(Delegation.Answer.COMING, 0)

    @property
    def regrets(self) -> int:
        """Who said they do not."""
        return self.answers.get(Delegation.Answer.REGRETS, 0)

    @property
    def silent(self) -> int:
        """Who said nothing yet."""
        return self.answers.get(Delegation.Answer.INVITED, 0)


@dataclass(frozen=True, slots=True)
class Bilaterals:
    """Requests by status, how many of the accepted are in the adopted plan, how many of these are over."""

    statuses: Mapping[str, int]
    planned: int
    held: int
    drafts: Sequence[int] = field(default=())

    @property
    def asked(self) -> int:
        """All requests ever sent."""
        return sum(self.statuses.values())

    def of(self, status: RequestStatus) -> int:
        """Return how many are in a status."""
        return self.statuses.get(status, 0)


@dataclass(frozen=True, slots=True)
class SessionFact:
    """A session as the overview reckons with it."""

    title: str
    starts_at: datetime
    ends_at: datetime
    has_room: bool
    needs_interpreters: bool
    has_interpreters: bool


def delegations(edition: Edition, who: Actor, language: str) -> Delegations:
    """Count the delegations that `who` may see; two statements."""
    rows = visible(who, Delegation).filter(edition=edition).values_list("answer", "entity_id", "entity__kind")
    found = list(rows)
    coming = [(entity, kind) for answer, entity, kind in found if answer == Delegation.Answer.COMING]
    states = [entity for entity, kind in coming if kind in STATE_KINDS]
    places = regions_by_entity(edition.region_scheme, on=clock.today(edition), entity_ids=states)
    names = Counter(text_in(places[entity].name, language) if entity in places else "" for entity in states)
    kinds = Counter(EntityKind(kind) for _entity, kind in coming if kind not in STATE_KINDS)
    order = list(EntityKind)
    return Delegations(
        answers=Counter(answer for answer, _entity, _kind in found),
        regions=sorted(names.items(), key=lambda one: (not one[0], -one[1], one[0])),
        kinds=[
            (str(kind.label), count)
            for kind, count in sorted(kinds.items(), key=lambda one: order.index(one[0]))
        ],
    )


def members(edition: Edition, who: Actor) -> Mapping[str, int]:
    """Count the members that `who` may see by accreditation, without those who are out; one statement."""
    rows = visible(who, Member).filter(edition=edition).exclude(accreditation__in=rules.OUT)
    return dict(rows.order_by().values_list("accreditation").annotate(Count("pk")))


def bilaterals(edition: Edition, who: Actor) -> Bilaterals:
    """Count the requests and meetings that `who` may see; three statements.

    A meeting is held when its time is over and nobody cancelled it.
    """
    requests = visible(who, Request).filter(edition=edition)
    planned = visible(who, Meeting).filter(
        edition=edition, request__status=Request.Status.ACCEPTED, occasion__status__in=STANDING
    )
    over = Q(occasion__ends_at__lte=clock.now(edition)) | Q(occasion__status=Occasion.Status.HELD)
    counted = planned.aggregate(planned=Count("pk"), held=Count("pk", filter=over))
    drafts = visible(who, PlanVersion).filter(edition=edition, state=PlanVersion.State.DRAFT)
    return Bilaterals(
        statuses=dict(requests.order_by().values_list("status").annotate(Count("pk"))),
        planned=counted["planned"],
        held=counted["held"],
        drafts=list(drafts.order_by("number").values_list("number", flat=True)),
    )


def sessions(edition: Edition, who: Actor, language: str) -> list[SessionFact]:
    """Return the sessions that `who` may see, in time; one statement.

    A session in more than one language needs interpreters.
    """
    interpreted = Booking.objects.filter(
        occasion=OuterRef("occasion"), resource__kind=Resource.Kind.INTERPRETER
    )
    rows = (
        visible(who, Session)
        .filter(edition=edition)
        .exclude(occasion__status=Occasion.Status.CANCELLED)
        .select_related("occasion")
        .annotate(interpreted=Exists(interpreted))
        .order_by("occasion__starts_at", "pk")
    )
    return [
        SessionFact(
            title=text_in(row.title, language),
            starts_at=row.occasion.starts_at,
            ends_at=row.occasion.ends_at,
            has_room=row.occasion.room_id is not None,
            needs_interpreters=len(row.languages) > 1,
            has_interpreters=row.interpreted,
        )
        for row in rows
    ]


def meetings_between(
    edition: Edition, who: Actor, start: datetime, end: datetime
) -> list[tuple[datetime, datetime]]:
    """Return from when to when meetings take place between two moments, without saying whose; one statement."""
    rows = visible(who, Occasion).filter(
        edition=edition,
        kind=Occasion.Kind.MEETING,
        status__in=STANDING,
        starts_at__lt=end,
        ends_at__gt=start,
    )
    return list(rows.values_list("starts_at", "ends_at"))
