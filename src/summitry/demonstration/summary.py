"""What the demonstration holds, in numbers."""

from __future__ import annotations

from summitry.bilaterals.models import Meeting, PlanVersion, Request
from summitry.conferences.models import Edition, Room
from summitry.delegations.models import Delegation, Member
from summitry.demonstration import facts
from summitry.interpretation.models import Interpreter
from summitry.programme.models import Session
from summitry.world.kinds import STATE_KINDS


def summary() -> list[tuple[str, str]]:
    """Return the numbers worth telling, each with its label."""
    edition = Edition.objects.get(slug=facts.SLUG)
    coming = Delegation.objects.filter(edition=edition, answer=Delegation.Answer.COMING)
    states = coming.filter(entity__kind__in=STATE_KINDS).count()
    plan = PlanVersion.objects.filter(edition=edition, state=PlanVersion.State.ADOPTED).first()
    accepted = Request.objects.filter(edition=edition, status=Request.Status.ACCEPTED).count()
    rows = [
        ("States", str(states)),
        ("Organisations", str(coming.count() - states)),
        (
            "Accredited participants",
            str(Member.objects.filter(edition=edition, accreditation=Member.Accreditation.APPROVED).count()),
        ),
        ("Sessions", str(Session.objects.filter(edition=edition).count())),
        (
            "Rooms for meetings",
            str(Room.objects.filter(edition=edition, purpose=Room.Purpose.BILATERAL).count()),
        ),
        ("Interpreters", str(Interpreter.objects.filter(edition=edition).count())),
        ("Requests accepted", str(accepted)),
        ("Meetings planned", str(Meeting.objects.filter(edition=edition).count())),
    ]
    if plan is not None:
        rows += [
            (f"Plan: {aim}", str(value) if value == bound else f"{value} (bound {bound})")
            for aim, value, bound in plan.score
        ]
    return rows
