"""The parties' confirmation: from a draft to what counts as agreed, and back where it has to be corrected."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, require
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation
from summitry.ledger.actions import action
from summitry.outcomes import access, rules
from summitry.outcomes.actions.commitments import check_agreed_elsewhere, take_over
from summitry.outcomes.actions.shared import check_reason, day_or_today, delegations_of, enter, locked
from summitry.outcomes.kinds import Answer, Workflow
from summitry.outcomes.models import Commitment, Confirmation
from summitry.records import RefusedError


def check_step(commitment: Commitment, step: str) -> Workflow:
    """Return where a step leads a commitment's record.

    Raises
    ------
    RefusedError
        Where it cannot be taken.
    """
    if not rules.may_take(step, commitment.workflow):
        raise RefusedError(
            _("%(ref)s is %(state)s: that cannot be done with it now.")
            % {"ref": commitment.ref, "state": commitment.get_workflow_display()}
        )
    return rules.next_workflow(step, commitment.workflow)


def take_step(commitment: Commitment, step: str, *, by: Actor, verb: str, note: str = "") -> Commitment:
    """Take a step and enter it: what the actions of the record's life have in common."""
    before = commitment.workflow
    commitment.workflow = check_step(commitment, step)
    commitment.workflow_note = note
    commitment.version += 1
    commitment.save()
    enter(
        by=by,
        verb=verb,
        outcome=commitment,
        before={"workflow": before},
        after={"workflow": commitment.workflow, **({"note": note} if note else {})},
    )
    return commitment


def asked_delegations(commitment: Commitment) -> frozenset[int]:
    """Return the delegations that are asked to confirm a commitment; two statements."""
    parties = list(commitment.parties.values_list("entity_id", "role"))
    entities = {commitment.owner_id, *(entity for entity, _role in parties)}
    return rules.asked_to_confirm(
        owner=commitment.owner_id,
        parties=parties,
        delegations=delegations_of(commitment.edition, entities),
    )


@action
def submit_commitment(*, commitment: Commitment, by: Actor) -> Commitment:
    """Lay a commitment before its parties for confirmation; what they answered before no longer counts.

    Raises
    ------
    PermissionDenied
        Where `by` does not follow it up.
    RefusedError
        Where it is no draft, or its owner has no delegation that could confirm.
    """
    require(by, "submit_commitment", commitment)
    commitment = locked(commitment)
    check_step(commitment, "submit")
    if not asked_delegations(commitment):
        raise RefusedError(
            _(
                "The owner has no delegation at this edition that could confirm it: note how it was agreed elsewhere."
            ),
            field="owner",
        )
    commitment.round += 1
    return take_step(commitment, "submit", by=by, verb="submit_commitment")


@action
def recall_commitment(*, commitment: Commitment, by: Actor) -> Commitment:
    """Take a commitment back from its parties: a draft again, which they do not see."""
    require(by, "recall_commitment", commitment)
    return take_step(locked(commitment), "recall", by=by, verb="recall_commitment")


@action
def answer_commitment(
    *, commitment: Commitment, delegation: Delegation, answer: str, by: Actor, wish: str = ""
) -> Commitment:
    """Confirm a commitment in a delegation's name, or refuse it with a wish for change.

    With the last confirmation it counts as agreed; a refusal sends it back.

    Parameters
    ----------
    delegation
        At the commitment's edition, or the same entity's at a later one.
    answer
        ``"confirmed"`` or ``"refused"``.
    wish
        What would have to change; needed where it is refused.

    Raises
    ------
    PermissionDenied
        Where `by` does not speak for the delegation, or the delegation is not asked.
    RefusedError
        Where the commitment does not lie before the parties.
    """
    if not access.speaks_for(by, delegation):
        raise PermissionDenied(_("Only the delegation's focal point answers for it."))
    commitment = locked(commitment)
    if delegation.edition_id != commitment.edition_id:
        delegation = _then(commitment, delegation)
    asked = asked_delegations(commitment)
    if delegation.pk not in asked:
        raise PermissionDenied(_("This delegation is not asked to confirm it."))
    if answer not in Answer:
        raise RefusedError(_("Confirm it, or refuse it."), field="answer")
    if answer == Answer.REFUSED and not wish.strip():
        raise RefusedError(_("Say what would have to change."), field="wish")
    check_step(commitment, "refuse")
    wording = commitment.wordings.order_by("-number").first()
    assert wording is not None
    Confirmation.objects.create(
        edition_id=commitment.edition_id,
        commitment=commitment,
        wording=wording,
        delegation=delegation,
        round=commitment.round,
        answer=answer,
        wish=wish.strip() if answer == Answer.REFUSED else "",
        by=by.user,
        by_name=by.name,
        at=clock.now(commitment.edition),
    )
    given = dict(
        commitment.confirmations.filter(round=commitment.round)
        .order_by("pk")
        .values_list("delegation_id", "answer")
    )
    outcome = rules.agreement(asked, given)
    if outcome == Answer.REFUSED:
        return take_step(commitment, "refuse", by=by, verb="answer_commitment", note=wish.strip())
    if outcome == Answer.CONFIRMED:
        commitment.agreed_on = clock.today(commitment.edition)
        return take_step(commitment, "agree", by=by, verb="answer_commitment")
    enter(
        by=by,
        verb="answer_commitment",
        outcome=commitment,
        after={"answer": answer, "delegation": delegation.public_id},
    )
    return commitment


def _then(commitment: Commitment, delegation: Delegation) -> Delegation:
    """Return the delegation that an entity had when a commitment was agreed."""
    found = Delegation.objects.filter(
        edition=commitment.edition_id,
        edition__series=delegation.edition.series_id,
        entity=delegation.entity_id,
    ).first()
    if found is None:
        raise PermissionDenied(_("This delegation is not asked to confirm it."))
    return found


@action
def note_agreement(*, commitment: Commitment, on: date, elsewhere: str, by: Actor) -> Commitment:
    """Note that a draft (or its correction) was agreed elsewhere, where not all its parties are at the edition to confirm it.

    Parameters
    ----------
    elsewhere
        How it is known to be agreed: "Agreed minutes of 12 March 2018".

    Raises
    ------
    PermissionDenied
        Where `by` does not follow it up.
    RefusedError
        Where all parties can confirm it themselves, or it is no draft.
    """
    require(by, "note_agreement", commitment)
    commitment = locked(commitment)
    check_step(commitment, "take_over")
    check_agreed_elsewhere(commitment, elsewhere)
    day_or_today(on, commitment.edition)
    before = commitment.workflow
    take_over(commitment, on=on, elsewhere=elsewhere)
    commitment.save()
    enter(
        by=by,
        verb="note_agreement",
        outcome=commitment,
        before={"workflow": before},
        after={"workflow": commitment.workflow, "agreed_on": on, "elsewhere": elsewhere.strip()},
    )
    return commitment


@action
def reject_commitment(*, commitment: Commitment, reason: str, by: Actor) -> Commitment:
    """Put a record away that is out of scope or no commitment, before it is agreed."""
    require(by, "reject_commitment", commitment)
    note = check_reason(reason)
    return take_step(locked(commitment), "reject", by=by, verb="reject_commitment", note=note)


@action
def correct_commitment(*, commitment: Commitment, reason: str, by: Actor) -> Commitment:
    """Open what is agreed for a correction: it counts no longer until the parties confirm it anew.

    It is no longer cleared or published; its reports and all its wordings are kept.
    """
    require(by, "correct_commitment", commitment)
    note = check_reason(reason)
    commitment = locked(commitment)
    check_step(commitment, "correct")
    commitment.agreed_on = None
    commitment.agreed_elsewhere = ""
    commitment.cleared_on = commitment.cleared_by = None
    return take_step(commitment, "correct", by=by, verb="correct_commitment", note=note)


@action
def close_commitment(*, commitment: Commitment, by: Actor, edition: Edition | None = None) -> Commitment:
    """Close a commitment whose completion (or cancellation) the host approves.

    Parameters
    ----------
    edition
        On whose clock it is closed; none: the commitment's own edition.

    Raises
    ------
    RefusedError
        Where its owner has not reported so, or the last assessment says otherwise.
    """
    require(by, "close_commitment", commitment)
    commitment = locked(commitment)
    check_step(commitment, "close")
    if wrong := rules.closing_error(progress=commitment.progress, completion=commitment.completion):
        raise RefusedError(wrong)
    commitment.closed_on = clock.today(edition or commitment.edition)
    return take_step(commitment, "close", by=by, verb="close_commitment")


@action
def reopen_commitment(*, commitment: Commitment, reason: str, by: Actor) -> Commitment:
    """Open a closed commitment again, with a reason."""
    require(by, "reopen_commitment", commitment)
    note = check_reason(reason)
    commitment = locked(commitment)
    check_step(commitment, "reopen")
    commitment.closed_on = None
    return take_step(commitment, "reopen", by=by, verb="reopen_commitment", note=note)
