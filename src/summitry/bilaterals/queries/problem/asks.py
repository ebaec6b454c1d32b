"""The requests and the parties of a planning problem."""

from __future__ import annotations

from collections.abc import Sequence

from summitry.bilaterals.kinds import RequestStatus
from summitry.bilaterals.models import Request
from summitry.bilaterals.queries.problem.ids import member_id, request_id
from summitry.bilaterals.rules import WeightScale, weight
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation
from summitry.delegations.queries.names import Names
from summitry.planner import problem as planner
from summitry.world.kinds import STATE_KINDS, EntityKind


def accepted(edition: Edition) -> list[Request]:
    """Return the requests that are to be planned, with all that the problem needs of them, by number."""
    return list(
        Request.objects.filter(edition=edition, status=RequestStatus.ACCEPTED)
        .select_related("room")
        .prefetch_related(
            "parties__delegation__entity",
            "people__member__person",
            "people__member__delegation__entity",
            "windows",
        )
        .order_by("number")
    )


def delegations(asked: Sequence[Request]) -> list[Delegation]:
    """Return the delegations that requests name, by their entities' codes: parties, and those of the people named."""
    named = {party.delegation.pk: party.delegation for request in asked for party in request.parties.all()}
    for request in asked:
        for person in request.people.all():
            named.setdefault(person.member.delegation_id, person.member.delegation)
    return sorted(named.values(), key=lambda delegation: delegation.entity.code)


def parties(asked: Sequence[Request], names: Names) -> tuple[planner.Party, ...]:
    """Return the parties of the problem."""
    return tuple(
        planner.Party(
            id=delegation.entity.code,
            name=names[delegation.pk].short,
            kind=_party_kind(EntityKind(delegation.entity.kind)),
        )
        for delegation in delegations(asked)
    )


def _party_kind(kind: EntityKind) -> planner.PartyKind:
    if kind in STATE_KINDS:
        return planner.PartyKind.STATE
    if kind in {EntityKind.PRIVATE, EntityKind.MEDIA, EntityKind.ENTITY_IN_FOOTNOTE}:
        return planner.PartyKind.OTHER
    return planner.PartyKind.ORGANISATION


def requests(edition: Edition, asked: Sequence[Request]) -> tuple[planner.Request, ...]:
    """Return the requests of the problem."""
    settings = edition.settings
    scale = WeightScale(
        principal=settings.weight_principal,
        deputy=settings.weight_deputy,
        expert=settings.weight_expert,
        host_factor=settings.weight_host_factor,
    )
    return tuple(_request(edition, request, scale) for request in asked)


def _request(edition: Edition, request: Request, scale: WeightScale) -> planner.Request:
    present = [party.delegation for party in request.parties.all()]
    room = request.room.slug if request.room else None
    fixed = planner.Fixed(clock.wall(edition, request.fixed_at), room) if request.fixed_at else None
    return planner.Request(
        id=request_id(request),
        parties=tuple(delegation.entity.code for delegation in present),
        people=tuple(sorted(member_id(person.member) for person in request.people.all())),
        minutes=request.minutes,
        weight=weight(
            level=request.level,
            priority=request.priority,
            with_host=any(delegation.is_host for delegation in present),
            scale=scale,
        ),
        must=request.must_be_held,
        seats=request.seats,
        features=frozenset(request.features),
        rooms=(room,) if room and fixed is None else (),
        windows=tuple(
            planner.Span(clock.wall(edition, window.starts_at), clock.wall(edition, window.ends_at))
            for window in request.windows.all()
        ),
        languages=(request.languages[0], request.languages[1]) if request.languages else None,
        interpreters=request.interpreters,
        fixed=fixed,
    )
