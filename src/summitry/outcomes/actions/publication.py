"""Who may know of an outcome: its confidentiality, clearance for the press, publication."""

from __future__ import annotations

from typing import TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, require
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.ledger.actions import action
from summitry.outcomes.actions.agreement import check_step, take_step
from summitry.outcomes.actions.shared import check_reason, constraint_of, enter, locked
from summitry.outcomes.kinds import EFFECTIVE_STATES, LifecycleState, Workflow
from summitry.outcomes.models import Commitment, Handover, Instrument
from summitry.outcomes.models.vocabulary import Confidentiality, Outcome
from summitry.records import RefusedError

OutcomeType = TypeVar("OutcomeType", bound=Outcome)

_UNTOLD = (LifecycleState.IDEA, LifecycleState.ABANDONED)


@action
def set_confidentiality(*, outcome: OutcomeType, level: int, by: Actor) -> OutcomeType:
    """Change who may know of an instrument, a commitment or a handover.

    What is made less public is no longer cleared.

    Raises
    ------
    RefusedError
        Where it is published, or comes from something that is secret.
    """
    require(by, "set_confidentiality", outcome)
    if level not in Confidentiality:
        raise RefusedError(_("Choose who may know of it."), field="confidentiality")
    outcome = locked(outcome)
    if isinstance(outcome, Commitment) and outcome.workflow == Workflow.PUBLISHED and level:
        raise RefusedError(_("It is published: withdraw it first."), field="confidentiality")
    before = outcome.confidentiality
    outcome.confidentiality = level
    if level != Confidentiality.PUBLIC:
        outcome.cleared_on = outcome.cleared_by = None
    outcome.version += 1
    try:
        with transaction.atomic():
            outcome.save()
    except IntegrityError as error:
        if constraint_of(error) != "outcome_as_secret_as_its_source":
            raise
        raise RefusedError(
            _("What it comes from, or what came of it, is kept otherwise: only the parties and the chief of "
              "protocol may know of one, so of both. Change that first."),
            field="confidentiality",
        ) from error  # fmt: skip
    enter(
        by=by,
        verb="set_confidentiality",
        outcome=outcome,
        before={"confidentiality": before},
        after={"confidentiality": level},
    )
    return outcome


@action
def clear_outcome(
    *, outcome: OutcomeType, by: Actor, withdraw: bool = False, edition: Edition | None = None
) -> OutcomeType:
    """Clear an outcome for the press and for publication, or withdraw that.

    Parameters
    ----------
    edition
        On whose clock it is cleared; none: the outcome's own edition.

    Raises
    ------
    RefusedError
        Where not everybody may know of it, its parties do not wish it or have not
        confirmed it, or there is nothing to tell yet.
    """
    require(by, f"clear_{outcome._meta.model_name}", outcome)  # noqa: SLF001 Django's documented name
    outcome = locked(outcome)
    if withdraw:
        if isinstance(outcome, Commitment) and outcome.workflow == Workflow.PUBLISHED:
            raise RefusedError(_("It is published: withdraw it first."))
        outcome.cleared_on = outcome.cleared_by = None
    else:
        _check_clearable(outcome)
        if by.user is None:
            raise RefusedError(_("Somebody has to clear it: log in."))
        outcome.cleared_on, outcome.cleared_by = clock.today(edition or outcome.edition), by.user
    outcome.version += 1
    outcome.save()
    enter(
        by=by,
        verb="withdraw_clearance" if withdraw else "clear_outcome",
        outcome=outcome,
        after={"cleared_on": outcome.cleared_on},
    )
    return outcome


def _check_clearable(outcome: Outcome) -> None:
    if outcome.confidentiality != Confidentiality.PUBLIC:
        raise RefusedError(_("Not everybody may know of it: change its confidentiality first."))
    if isinstance(outcome, Commitment):
        if outcome.agreed_on is None:
            raise RefusedError(_("Its parties have not confirmed it yet."))
        if not outcome.publish:
            raise RefusedError(_("Its parties do not wish it published."))
    elif isinstance(outcome, Instrument) and outcome.state in _UNTOLD:
        raise RefusedError(_("There is nothing to tell of it yet."))
    elif isinstance(outcome, Handover) and outcome.state not in EFFECTIVE_STATES:
        raise RefusedError(_("Its list has not been agreed yet."))


@action
def publish_commitment(*, commitment: Commitment, by: Actor) -> Commitment:
    """Publish a commitment that is agreed and cleared."""
    require(by, "publish_commitment", commitment)
    commitment = locked(commitment)
    check_step(commitment, "publish")
    if commitment.cleared_on is None:
        raise RefusedError(_("It is not cleared yet: clear it first."))
    return take_step(commitment, "publish", by=by, verb="publish_commitment")


@action
def unpublish_commitment(*, commitment: Commitment, reason: str, by: Actor) -> Commitment:
    """Withdraw a commitment from publication, with a reason; it stays agreed and cleared."""
    require(by, "unpublish_commitment", commitment)
    note = check_reason(reason)
    return take_step(locked(commitment), "unpublish", by=by, verb="unpublish_commitment", note=note)
