"""The life of a commitment's record, and what must hold before it counts, completes and closes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from summitry.outcomes.kinds import Answer, CommitmentKind, Completion, PartyRole, Progress, Workflow


class Who(StrEnum):
    """Who takes a step."""

    KEEPER = "keeper"  # secretariat, follow-up officer; the chief of protocol for what is secret
    PARTY = "party"  # a delegation that is asked to confirm


@dataclass(frozen=True, slots=True)
class Step:
    """A step in the life of a commitment's record.

    Attributes
    ----------
    sources, target
        From which states to which.
    who
        Who takes it.
    reason
        Whether it must say why.
    """

    sources: frozenset[Workflow]
    target: Workflow
    who: Who = Who.KEEPER
    reason: bool = False


_W = Workflow
_STEPS: Final[Mapping[str, Step]] = {
    "submit": Step(frozenset({_W.DRAFT, _W.CHANGE_REQUESTED}), _W.SUBMITTED),
    "recall": Step(frozenset({_W.SUBMITTED}), _W.DRAFT),
    "refuse": Step(frozenset({_W.SUBMITTED}), _W.CHANGE_REQUESTED, Who.PARTY, reason=True),
    "agree": Step(frozenset({_W.SUBMITTED}), _W.APPROVED, Who.PARTY),
    "take_over": Step(frozenset({_W.DRAFT, _W.CHANGE_REQUESTED}), _W.APPROVED, reason=True),
    "correct": Step(frozenset({_W.APPROVED, _W.PUBLISHED}), _W.CHANGE_REQUESTED, reason=True),
    "publish": Step(frozenset({_W.APPROVED}), _W.PUBLISHED),
    "unpublish": Step(frozenset({_W.PUBLISHED}), _W.APPROVED, reason=True),
    "close": Step(frozenset({_W.APPROVED, _W.PUBLISHED}), _W.CLOSED),
    "reopen": Step(frozenset({_W.CLOSED}), _W.APPROVED, reason=True),
    "reject": Step(frozenset({_W.DRAFT, _W.SUBMITTED, _W.CHANGE_REQUESTED}), _W.REJECTED, reason=True),
}
#: States in which what was agreed is still to be done.
OPEN_WORKFLOWS: Final = frozenset({_W.APPROVED, _W.PUBLISHED})
#: The parties who confirm beside the owner; supporters are named, not bound.
_CONFIRMING: Final = frozenset({PartyRole.COUNTERPART, PartyRole.BENEFICIARY})


def steps_from(workflow: str) -> dict[str, Step]:
    """Return the steps that can be taken from a state, by name."""
    return {name: step for name, step in _STEPS.items() if workflow in step.sources}


def may_take(step: str, workflow: str) -> bool:
    """Tell whether a step can be taken from a state."""
    return workflow in _STEPS[step].sources


def next_workflow(step: str, workflow: str) -> Workflow:
    """Return the state that a step leads to.

    Raises
    ------
    ValueError
        Where the step cannot be taken from `workflow`.
    """
    if not may_take(step, workflow):
        message = f"a commitment that is {workflow} cannot take the step '{step}'"
        raise ValueError(message)
    return _STEPS[step].target


def asked_to_confirm(
    *, owner: int, parties: Iterable[tuple[int, str]], delegations: Mapping[int, int]
) -> frozenset[int]:
    """Return the delegations that are asked to confirm.

    Parameters
    ----------
    owner
        The owner's entity.
    parties
        The other parties: entity and role.
    delegations
        The delegation of each entity that has one at the edition and did not send regrets.

    Returns
    -------
    frozenset of int
        The owner's, the counterparts' and the beneficiaries' delegations. A party without
        one cannot answer and is not waited for; nobody at all where the owner has none,
        for then it cannot be agreed in the portal.
    """
    if owner not in delegations:
        return frozenset()
    entities = {owner, *(entity for entity, role in parties if role in _CONFIRMING)}
    return frozenset(delegations[entity] for entity in entities if entity in delegations)


def agreement(asked: AbstractSet[int], answers: Mapping[int, str]) -> Answer | None:
    """Return what the parties' answers come to.

    Parameters
    ----------
    asked
        The delegations asked.
    answers
        The last answer in this round of each that has answered.

    Returns
    -------
    Answer or None
        Refused once one refuses; confirmed when all that were asked have confirmed and
        somebody was asked; otherwise none yet.
    """
    given = [answers.get(delegation) for delegation in asked]
    if Answer.REFUSED in given:
        return Answer.REFUSED
    return Answer.CONFIRMED if given and all(one == Answer.CONFIRMED for one in given) else None


def is_independent(*, owner: int, assessor_for: int, assessor_entities: AbstractSet[int]) -> bool:
    """Tell whether somebody may assess: neither for the owner nor of it (Open Government Partnership).

    Parameters
    ----------
    assessor_for
        The entity in whose name the assessment is made.
    assessor_entities
        The entities that the assessor belongs to or works for.
    """
    return owner != assessor_for and owner not in assessor_entities


def is_fulfilled(*, kind: str, target: Decimal | None, has_items: bool, accepted: Decimal) -> bool:
    """Tell whether a commitment may be called complete as far as quantities go.

    Equipment with a promised quantity, and anything else that items are handed over for, is
    complete only when what was accepted reaches what was promised.
    """
    if target is None or (kind != CommitmentKind.EQUIPMENT and not has_items):
        return True
    return accepted >= target


def slip_error(
    *, new_expected_on: date | None, reason: str, reported_on: date, progress: str
) -> tuple[str, str] | None:
    """Return the field at fault and what is wrong where a report names a new expected date; none where all is well."""
    if new_expected_on is None:
        return ("new_expected_on", _("Give the new date that the reason is for.")) if reason.strip() else None
    if progress in {Progress.COMPLETED, Progress.CANCELLED}:
        return "new_expected_on", _("What is completed or cancelled is not expected any more: leave it out.")
    if new_expected_on < reported_on:
        return "new_expected_on", _("The new date lies before the report: give a later one.")
    if not reason.strip():
        return "slip_reason", _("Say why the date changes.")
    return None


def closing_error(*, progress: str, completion: str) -> str | None:
    """Return why a commitment cannot be closed; none where it can (Our Ocean: once completion is approved)."""
    if progress not in {Progress.COMPLETED, Progress.CANCELLED}:
        return _("It is closed when its owner has reported it completed or cancelled.")
    if progress == Progress.COMPLETED and completion not in {"", Completion.COMPLETE}:
        return _("The last assessment finds less than completion: it has to be assessed again first.")
    return None


def places_unknown(places: Iterable[str], known: AbstractSet[str]) -> list[str]:
    """Return the codes that are neither ISO 3166-1 alpha-2 nor UN M49 codes known here, sorted."""
    return sorted(set(places) - known)
