"""Who may see and do what with requests, plans and meetings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from summitry.accounts.access import Actor, Policy, register
from summitry.accounts.models import Role
from summitry.bilaterals.kinds import RequestStatus
from summitry.bilaterals.models import (
    Meeting,
    PlacedMeeting,
    PlanningRun,
    PlanVersion,
    Request,
    RequestParty,
    RequestPerson,
    RequestWindow,
    UnplannedRequest,
)
from summitry.bilaterals.rules.reading import CHIEF_OF_PROTOCOL_ONLY
from summitry.conferences.access import in_editions
from summitry.delegations.models import Delegation

ModelType = TypeVar("ModelType", bound=Model)

#: The host's desks that plan meetings.
DESKS: Final = (Role.SECRETARIAT, Role.BILATERAL_DESK, Role.PROTOCOL)
#: Whoever has anything to do with meetings at an edition.
CONCERNED: Final = (*DESKS, Role.INTERPRETATION, Role.FOLLOW_UP, Role.FOCAL_POINT, Role.DELEGATE)


def _tellable(path: str) -> Q:
    return Q(**{f"{path}confidentiality__lt": CHIEF_OF_PROTOCOL_ONLY})


def _requests(who: Actor, rows: QuerySet[Request]) -> QuerySet[Request]:
    """Parties and protocol see all of theirs; the other desks not who meets at the highest confidentiality.

    The follow-up officer sees what was accepted: what was agreed there is recorded from it.
    """
    if who.is_administrator:
        return rows
    own = RequestParty.objects.filter(request=OuterRef("pk"), delegation__in=who.delegations_everywhere())
    return rows.filter(
        Q(Exists(own))
        | Q(edition_id__in=who.editions_with(Role.PROTOCOL))
        | Q(edition_id__in=who.editions_with(*DESKS)) & _tellable("")
        | Q(edition_id__in=who.editions_with(Role.INTERPRETATION), interpreters__gt=0) & _tellable("")
        | Q(edition_id__in=who.editions_with(Role.FOLLOW_UP), status=RequestStatus.ACCEPTED) & _tellable("")
    )


def _of_requests(path: str) -> Callable[[Actor, QuerySet[ModelType]], QuerySet[ModelType]]:
    """Return a rule that shows the rows whose request is seen."""

    def see(who: Actor, rows: QuerySet[ModelType]) -> QuerySet[ModelType]:
        if who.is_administrator:
            return rows
        return rows.filter(**{f"{path}__in": _requests(who, Request.objects.all())})

    return see


def _of_plans(who: Actor, rows: QuerySet[ModelType]) -> QuerySet[ModelType]:
    """Show drafts and reasons to the desks alone; those of confidential meetings to protocol."""
    if who.is_administrator:
        return rows
    return rows.filter(
        Q(plan__edition_id__in=who.editions_with(Role.PROTOCOL))
        | Q(plan__edition_id__in=who.editions_with(*DESKS)) & _tellable("request__")
    )


def is_desk(who: Actor, record: Any) -> bool:
    """Tell whether somebody works at a desk that plans meetings in the record's edition."""
    return who.has_role(record.edition_id, *DESKS)


def may_ask_for(who: Actor, delegation: Delegation) -> bool:
    """Tell whether somebody may send a request in a delegation's name: the desks, and its focal point."""
    speaks_for_it = any(
        held.role == Role.FOCAL_POINT and held.delegation_id == delegation.pk for held in who.grants
    )
    return is_desk(who, delegation) or speaks_for_it


def _sees_as_desk(who: Actor, request: Request) -> bool:
    confidential = request.confidentiality >= CHIEF_OF_PROTOCOL_ONLY
    return who.has_role(request.edition_id, Role.PROTOCOL, Role.ADMINISTRATOR) or (
        is_desk(who, request) and not confidential
    )


def _may_withdraw(who: Actor, request: Request) -> bool:
    """Let the requester's focal point withdraw what it asked for, and the desks what anybody did."""
    asked_by = {party.delegation_id for party in request.parties.all() if party.side == "requester"}
    speaks_for_it = any(
        held.role == Role.FOCAL_POINT and held.delegation_id in asked_by for held in who.grants
    )
    return _sees_as_desk(who, request) or speaks_for_it


register(
    Policy(
        Request,
        _requests,
        {
            "withdraw_request": _may_withdraw,
            "record_answer": _sees_as_desk,
            "apply_remedy": _sees_as_desk,
        },
    ),
    Policy(RequestParty, _of_requests("request")),
    Policy(RequestPerson, _of_requests("request")),
    Policy(RequestWindow, _of_requests("request")),
    Policy(Meeting, _of_requests("request")),
    Policy(
        PlanningRun,
        in_editions("edition_id", *DESKS),
        {"start_planning": is_desk, "stop_planning": is_desk},
    ),
    Policy(PlanVersion, in_editions("edition_id", *DESKS), {"adopt_plan": is_desk, "discard_plan": is_desk}),
    Policy(PlacedMeeting, _of_plans),
    Policy(UnplannedRequest, _of_plans),
)
