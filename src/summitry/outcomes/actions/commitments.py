"""Recording commitments, and changing them while they are not yet agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, require
from summitry.conferences.models import Edition
from summitry.ledger.actions import action, record
from summitry.outcomes import rules
from summitry.outcomes.actions.shared import (
    check_version,
    day_or_today,
    delegations_of,
    differing,
    enter,
    locked,
    next_number,
    searchable,
)
from summitry.outcomes.actions.terms import Step, Terms, check_terms
from summitry.outcomes.kinds import MilestoneStatus, Workflow
from summitry.outcomes.models import Commitment, CommitmentParty, Milestone, Wording
from summitry.outcomes.queries.vocabulary import follow_up_settings, known_places
from summitry.records import RefusedError

#: States in which terms and wording may change.
CHANGEABLE = (Workflow.DRAFT, Workflow.CHANGE_REQUESTED)


@dataclass(frozen=True, slots=True)
class Taken:
    """A commitment taken over from elsewhere.

    Attributes
    ----------
    agreed_on, agreed_elsewhere
        When it was agreed, and how that is known ("Agreed minutes of 12 March 2018");
        without them it is a draft.
    """

    terms: Terms
    agreed_on: date | None = None
    agreed_elsewhere: str = ""


@action
def record_commitment(*, edition: Edition, terms: Terms, by: Actor) -> Commitment:
    """Record what was promised, as a draft that the parties do not see yet.

    Raises
    ------
    PermissionDenied
        Where `by` does not follow the edition's outcomes up.
    RefusedError
        Where it cannot be promised so; it names the field.
    """
    check_terms(edition, terms, by=by, known_places=known_places())
    [commitment] = _store(edition, [terms], by)
    enter(by=by, verb="record_commitment", outcome=commitment, after=_told(terms))
    return commitment


class Checker:
    """Checks what is to be taken over, one by one; five statements for any number.

    Parameters
    ----------
    edition, by
        Into which edition, and who takes over.
    """

    def __init__(self, edition: Edition, by: Actor) -> None:
        self._edition = edition
        self._by = by
        self._places = known_places()
        self._present: Mapping[int, int] = {}

    def prepare(self, taken: Sequence[Taken]) -> None:
        """Look up once what all of them need."""
        asked = {pk for one in taken for pk in _asked_entities(one.terms)}
        self._present = delegations_of(self._edition, asked)

    def check(self, one: Taken) -> None:
        """Refuse one that cannot be taken over.

        Raises
        ------
        PermissionDenied
            Where `by` may not record it.
        RefusedError
            Names the field and what mends it.
        """
        check_terms(self._edition, one.terms, by=self._by, known_places=self._places)
        if one.agreed_on is None and not one.agreed_elsewhere:
            return
        _check_elsewhere(_asked_entities(one.terms), self._present, one.agreed_elsewhere)
        if one.agreed_on is None:
            raise RefusedError(_("Say when it was agreed."), field="agreed_on")
        try:
            day_or_today(one.agreed_on, self._edition)
        except RefusedError as error:
            raise RefusedError(error.message, field="agreed_on") from error


@action
def load_commitments(*, edition: Edition, taken: Sequence[Taken], by: Actor) -> list[Commitment]:
    """Take commitments over from elsewhere: one entry for all of them.

    The number of statements does not depend on the number of commitments.

    Raises
    ------
    PermissionDenied
        Where `by` does not follow the edition's outcomes up.
    RefusedError
        Where one of them cannot be; or is said to be agreed though all its parties are at
        the edition and can confirm it themselves.
    """
    checker = Checker(edition, by)
    checker.prepare(taken)
    for one in taken:
        checker.check(one)
    made = _store(edition, [one.terms for one in taken], by)
    agreed = []
    for commitment, one in zip(made, taken, strict=True):
        if one.agreed_on is not None:
            take_over(commitment, on=one.agreed_on, elsewhere=one.agreed_elsewhere)
            agreed.append(commitment)
    Commitment.objects.bulk_update(
        agreed, ["workflow", "agreed_on", "agreed_elsewhere", "version"], batch_size=500
    )
    record(
        by=by,
        verb="load_commitments",
        target=edition,
        edition_id=edition.pk,
        after={"commitments": len(made), "agreed": len(agreed)},
    )
    return made


@action
def edit_commitment(
    *, commitment: Commitment, terms: Terms, version: int, by: Actor, reason: str = ""
) -> Commitment:
    """Change a draft, or what a change was asked for; a changed text is a new wording, the old one is kept.

    Parameters
    ----------
    version
        The version that the change was made on.
    reason
        Why the text is changed.

    Raises
    ------
    PermissionDenied
        Where `by` does not follow it up.
    RefusedError
        Where it is with the parties or agreed, or somebody else has changed it since.
    """
    require(by, "edit_commitment", commitment)
    commitment = locked(commitment)
    check_version(commitment, version)
    if commitment.workflow not in CHANGEABLE:
        raise RefusedError(
            _("%(ref)s is %(state)s: take it back, or correct it with a reason, before you change it.")
            % {"ref": commitment.ref, "state": commitment.get_workflow_display()}
        )
    edition = commitment.edition
    check_terms(edition, terms, by=by, known_places=known_places())
    fields = terms.fields(commitment.report_months)
    before = {name: getattr(commitment, name) for name in fields}
    for name, value in fields.items():
        setattr(commitment, name, value)
    commitment.search_text = searchable(commitment, terms.text, terms.indicator, terms.unit)
    commitment.version += 1
    _set_parties(commitment, terms)  # as they stand beside the owner that the row still has or will have
    commitment.save()
    commitment.areas.set(terms.areas)
    _set_milestones(commitment, terms.milestones)
    reworded = _set_wording(commitment, terms, by, reason)
    old, new = differing(before, fields)
    enter(
        by=by,
        verb="edit_commitment",
        outcome=commitment,
        before=_readable(old),
        after={**_readable(new), "parties": _codes(terms), "reworded": reworded},
    )
    return commitment


def take_over(commitment: Commitment, *, on: date, elsewhere: str) -> None:
    """Make a draft count as agreed (not yet stored): a step of the actions that note what was agreed elsewhere."""
    commitment.workflow = rules.next_workflow("take_over", commitment.workflow)
    commitment.agreed_on = on
    commitment.agreed_elsewhere = elsewhere.strip()
    commitment.version += 1


def check_agreed_elsewhere(commitment: Commitment, elsewhere: str) -> None:
    """Refuse to call a commitment agreed elsewhere that its parties can confirm here."""
    parties = commitment.parties.values_list("entity_id", "role")
    asked = {commitment.owner_id, *(entity for entity, role in parties if role != "supporter")}
    _check_elsewhere(asked, delegations_of(commitment.edition, asked), elsewhere)


def _check_elsewhere(asked: set[int], present: Mapping[int, int], elsewhere: str) -> None:
    if not elsewhere.strip():
        raise RefusedError(
            _("Say how it is known to be agreed, such as “Agreed minutes of 12 March 2018”."),
            field="agreed_elsewhere",
        )
    if asked <= present.keys():
        raise RefusedError(
            _("All its parties are at this edition and confirm it themselves: submit it to them."),
            field="agreed_elsewhere",
        )


def _asked_entities(terms: Terms) -> set[int]:
    return {terms.owner.pk, *(party.entity.pk for party in terms.parties if party.role != "supporter")}


def _store(edition: Edition, wanted: Sequence[Terms], by: Actor) -> list[Commitment]:
    """Write commitments with their wording, parties, areas and milestones, numbered on from the last."""
    first = next_number(Commitment, edition)
    months = follow_up_settings(edition).report_months
    rows = []
    for number, terms in enumerate(wanted, first):
        row = Commitment(edition=edition, number=number, **terms.fields(months))
        row.search_text = searchable(row, terms.text, terms.indicator, terms.unit)
        rows.append(row)
    made = Commitment.objects.bulk_create(rows, batch_size=500)
    pairs = list(zip(made, wanted, strict=True))
    Wording.objects.bulk_create(
        (
            Wording(commitment=row, number=1, text=terms.text, language=terms.language, made_by=by.user)
            for row, terms in pairs
        ),
        batch_size=500,
    )
    CommitmentParty.objects.bulk_create(
        (
            CommitmentParty(commitment=row, entity=party.entity, role=party.role, order=order)
            for row, terms in pairs
            for order, party in enumerate(terms.parties)
        ),
        batch_size=1000,
    )
    through = Commitment.areas.through
    through._default_manager.bulk_create(  # noqa: SLF001 Django's documented name
        (through(commitment=row, area=area) for row, terms in pairs for area in terms.areas), batch_size=1000
    )
    Milestone.objects.bulk_create(
        (
            Milestone(commitment=row, number=number, title=step.title.strip(), due_on=step.due_on)
            for row, terms in pairs
            for number, step in enumerate(terms.milestones, 1)
        ),
        batch_size=1000,
    )
    return made


def _set_parties(commitment: Commitment, terms: Terms) -> None:
    """Make the other parties exactly those named, in their order."""
    wanted = {party.entity.pk: (party.role, order) for order, party in enumerate(terms.parties)}
    there = {row.entity_id: row for row in commitment.parties.all()}
    CommitmentParty.objects.filter(
        pk__in=[row.pk for entity, row in there.items() if entity not in wanted]
    ).delete()
    # The owner may have been another party before, and another party the owner.
    Commitment.objects.filter(pk=commitment.pk).update(owner=commitment.owner_id)
    for entity, (role, order) in wanted.items():
        row = there.get(entity) or CommitmentParty(commitment=commitment, entity_id=entity)
        if (row.role, row.order) != (role, order) or row.pk is None:
            row.role, row.order = role, order
            row.save()


def _set_milestones(commitment: Commitment, steps: Sequence[Step]) -> None:
    there = {row.number: row for row in commitment.milestones.all()}
    named = {step.number for step in steps if step.number is not None}
    if unknown := named - there.keys():
        raise RefusedError(
            _("There is no milestone %(number)d: load the page again.") % {"number": min(unknown)},
            field="milestones",
        )
    for number, row in there.items():
        if number not in named:
            if row.status != MilestoneStatus.SCHEDULED:
                raise RefusedError(
                    _("“%(title)s” is %(status)s already: keep it.")
                    % {"title": row.title, "status": row.get_status_display()},
                    field="milestones",
                )
            row.delete()
    last = max(there, default=0)
    for step in steps:
        if step.number is None:
            last += 1
            row = Milestone(commitment=commitment, number=last)
        else:
            row = there[step.number]
        row.title, row.due_on = step.title.strip(), step.due_on
        row.save()


def _set_wording(commitment: Commitment, terms: Terms, by: Actor, reason: str) -> bool:
    """Keep a changed text as the next wording; tell whether it was changed."""
    last = commitment.wordings.order_by("-number").first()
    assert last is not None
    if (last.text, last.language) == (terms.text, terms.language):
        return False
    Wording.objects.create(
        commitment=commitment,
        number=last.number + 1,
        text=terms.text,
        language=terms.language,
        reason=reason.strip() or commitment.workflow_note or _("Changed before it was agreed."),
        made_by=by.user,
    )
    return True


def _codes(terms: Terms) -> list[str]:
    return [party.entity.code for party in terms.parties]


def _told(terms: Terms) -> dict[str, Any]:
    return {
        "title": dict(terms.title),
        "kind": terms.kind,
        "owner": terms.owner.code,
        "parties": _codes(terms),
        "due_on": terms.due_on,
    }


def _readable(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return changed columns for a reader of the ledger; who is the contact is nobody's business there."""
    return {name: value for name, value in fields.items() if name != "contact_id"}
