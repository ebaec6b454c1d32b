"""End-use visits: planned, called off, noted; and letters in time to whoever is to go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, require
from summitry.accounts.models import User
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.ledger.actions import action
from summitry.outbox.actions import Draft
from summitry.outbox.composing import Recipient, absolute_url
from summitry.outcomes.actions.lists import check_state, locked_items
from summitry.outcomes.actions.notices import is_secret, post_notices
from summitry.outcomes.actions.shared import check_reason, constraint_of, day_or_today, enter, locked
from summitry.outcomes.kinds import EFFECTIVE_STATES, FindingOnUse
from summitry.outcomes.letters import LETTER_LANGUAGES, for_letters
from summitry.outcomes.models import EndUseVisit, Handover, HandoverItem, PlannedVisit
from summitry.outcomes.queries.visits import VisitDue, visits_due
from summitry.outcomes.visit_letters import VisitTold, visit_wordings
from summitry.records import RefusedError
from summitry.world.queries import names_for

_LONGEST: Final = 300


@action
def plan_visit(
    *,
    handover: Handover,
    due_on: date,
    by: Actor,
    visitor: User | None = None,
    subject: str = "",
    edition: Edition | None = None,
) -> PlannedVisit:
    """Plan a visit to see how the items are used: by which day, and who is to go.

    Parameters
    ----------
    visitor
        Who is written to in time; nobody: those who follow the edition up.
    subject
        Where, and what is to be looked at.
    edition
        On whose clock it is planned; none: the handover's own edition.

    Raises
    ------
    PermissionDenied
        Where `by` does not follow it up.
    RefusedError
        Where no right to look was agreed, the handover is not in effect, the day has passed,
        or a visit is planned for it already.
    """
    require(by, "plan_visit", handover)
    handover = locked(handover)
    check_state(handover, tuple(EFFECTIVE_STATES))
    if not handover.inspection_right:
        raise RefusedError(_("No right to look how the items are used was agreed."))
    if due_on < clock.today(edition or handover.edition):
        raise RefusedError(_("That day has passed: give a day to come."), field="due_on")
    if len(subject.strip()) > _LONGEST:
        raise RefusedError(_("Say it in at most %(most)d characters.") % {"most": _LONGEST}, field="subject")
    try:
        with transaction.atomic():
            planned = PlannedVisit.objects.create(
                handover=handover, due_on=due_on, visitor=visitor, subject=subject.strip(), by=by.user
            )
    except IntegrityError as error:
        if constraint_of(error) != "planned_visit_once_a_day":
            raise
        raise RefusedError(_("A visit is planned for that day already."), field="due_on") from error
    enter(
        by=by,
        verb="plan_visit",
        outcome=handover,
        after={"due_on": due_on, "visitor": visitor.name if visitor else "", "subject": planned.subject},
    )
    return planned


@action
def call_off_visit(*, planned: PlannedVisit, reason: str, by: Actor) -> PlannedVisit:
    """Call off a planned visit; it is kept with the reason.

    Raises
    ------
    PermissionDenied
        Where `by` does not follow the handover up.
    RefusedError
        Where it is over already, or no reason is given.
    """
    require(by, "plan_visit", planned.handover)
    why = check_reason(reason)
    if len(why) > _LONGEST:
        raise RefusedError(_("Say it in at most %(most)d characters.") % {"most": _LONGEST}, field="reason")
    handover = locked(planned.handover)
    row = _still_planned(handover, planned)
    row.called_off = why
    row.version += 1
    row.save()
    enter(by=by, verb="call_off_visit", outcome=handover, after={"due_on": row.due_on, "reason": why})
    return row


def _still_planned(handover: Handover, planned: PlannedVisit) -> PlannedVisit:
    rows = PlannedVisit.objects.select_for_update(no_key=True)
    row = rows.filter(pk=planned.pk, handover=handover, visit__isnull=True, called_off="").first()
    if row is None:
        raise RefusedError(_("That visit is over already: load the page again."), field="planned")
    return row


@action
def note_visit(
    *,
    handover: Handover,
    visitors: str,
    finding: str,
    narrative: str,
    by: Actor,
    items: Sequence[HandoverItem] = (),
    place: str = "",
    on: date | None = None,
    planned: PlannedVisit | None = None,
    edition: Edition | None = None,
) -> EndUseVisit:
    """Note a visit to see how the items are used.

    Parameters
    ----------
    planned
        The planned visit that it was.

    Raises
    ------
    PermissionDenied
        Where `by` does not follow it up.
    RefusedError
        Where the handover is not in effect, or it is not said who found what.
    """
    require(by, "note_visit", handover)
    handover = locked(handover)
    check_state(handover, tuple(EFFECTIVE_STATES))
    if not visitors.strip():
        raise RefusedError(_("Say who visited."), field="visitors")
    if finding not in FindingOnUse:
        raise RefusedError(_("Choose what was found."), field="finding")
    if not narrative.strip():
        raise RefusedError(_("Say what was seen."), field="narrative")
    locked_items(handover, items, "items")
    visit = EndUseVisit.objects.create(
        handover=handover,
        visited_on=day_or_today(on, edition or handover.edition),
        place=place.strip(),
        visitors=visitors.strip(),
        finding=finding,
        narrative=narrative.strip(),
        by=by.user,
    )
    visit.items.add(*items)
    if planned is not None:
        row = _still_planned(handover, planned)
        row.visit = visit
        row.version += 1
        row.save()
    enter(
        by=by, verb="note_visit", outcome=handover, after={"on": visit.visited_on, "finding": visit.finding}
    )
    return visit


@action
def send_visit_reminders(*, edition: Edition, by: Actor) -> int:
    """Post the letters of end-use visits that are due and not posted yet; return how many.

    Each goes once to each: done twice, the second time finds nothing to post. Letters and
    what the ledger says of them are kept together.

    Raises
    ------
    PermissionDenied
        Where `by` does not follow the edition's outcomes up.
    RefusedError
        Where nothing is due that was not posted already.
    """
    return post_notices(
        edition=edition,
        by=by,
        verb="send_visit_reminders",
        told_as="handovers",
        due=lambda: visits_due(edition=edition),
        draft=lambda one, recipient: _draft(edition, one, recipient),
    )


def _draft(edition: Edition, one: VisitDue, recipient: Recipient) -> Draft:
    handover = one.planned.handover
    secret = is_secret(handover)
    told = VisitTold(
        ref=handover.ref,
        name=recipient.name or recipient.address,
        title={} if secret else dict(handover.title),
        receiving={} if secret else _receiving(handover, edition),
        subject="" if secret else one.planned.subject,
        edition=for_letters(edition.name),
        on=one.planned.due_on,
        url=absolute_url(reverse("outcomes:handover", args=[edition.slug, handover.public_id])),
    )
    return Draft(to=recipient, wordings=visit_wordings(told), key=one.key(recipient), edition_id=edition.pk)


def _receiving(handover: Handover, edition: Edition) -> dict[str, str]:
    """Return who received, by language; three statements."""
    on, pk = clock.today(edition), handover.transferee_id
    found = {code: names_for([pk], language=code, on=on)[pk].short for code in LETTER_LANGUAGES}
    body = handover.transferee_body
    return {code: f"{name}, {body}" if body else name for code, name in found.items()}
