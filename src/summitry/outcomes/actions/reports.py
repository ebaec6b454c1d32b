"""What is said of a commitment's progress: reports, milestones, assessments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.accounts.access import Actor, require
from summitry.accounts.actions import use_link
from summitry.accounts.models import AccessLink
from summitry.conferences.models import Edition
from summitry.ledger.actions import action
from summitry.outcomes import access, rules
from summitry.outcomes.actions.shared import NewFile, attach, check_order, day_or_today, enter, locked
from summitry.outcomes.kinds import Channel, Completion, MilestoneStatus, Progress
from summitry.outcomes.models import Assessment, Commitment, Milestone, Report, ReportFile
from summitry.outcomes.queries.handovers import accepted_for
from summitry.outcomes.queries.people import entities_behind, entity_assessing
from summitry.outcomes.units import unit_for
from summitry.records import RefusedError

_LONGEST_LINK: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an owner reports.

    Attributes
    ----------
    new_expected_on, slip_reason
        Where the commitment will be late: until when, and why.
    on
        The day of the report; none: today.
    """

    progress: str
    narrative: str
    period_from: date | None = None
    period_to: date | None = None
    links: Sequence[str] = ()
    next_step: str = ""
    new_expected_on: date | None = None
    slip_reason: str = ""
    on: date | None = None
    files: Sequence[NewFile] = ()


@action
def file_report(
    *,
    commitment: Commitment,
    told: Told,
    by: Actor,
    channel: str = Channel.PORTAL,
    edition: Edition | None = None,
    link: AccessLink | None = None,
) -> Report:
    """Add a report to a commitment: the last one says where it stands.

    Parameters
    ----------
    edition
        On whose clock it is filed; none: the commitment's own edition.
    link
        The link in a letter by which `by` came: this is one use of it.

    Raises
    ------
    PermissionDenied
        Where `by` neither speaks for the owner nor follows it up.
    RefusedError
        Where it is not agreed or is closed, lies before the last report, names a new date
        without a reason, or says completed though less was accepted than was promised.
    """
    require(by, "file_report", commitment)
    if link is not None:
        use_link(link)
    commitment = locked(commitment)
    on = day_or_today(told.on, edition or commitment.edition)
    _check_open(commitment)
    _check_told(told, on)
    if commitment.reported_on is not None and on < commitment.reported_on:
        raise RefusedError(
            _("There is a report of %(day)s already: give that day or a later one.")
            % {"day": commitment.reported_on.isoformat()},
            field="on",
        )
    if told.progress == Progress.COMPLETED:
        _check_fulfilled(commitment, "progress")
    last = commitment.reports.aggregate(last=Max("number"))["last"] or 0
    report = Report.objects.create(
        commitment=commitment,
        number=last + 1,
        on=on,
        period_from=told.period_from,
        period_to=told.period_to,
        author=by.user,
        author_name=by.name,
        channel=channel,
        progress=told.progress,
        narrative=told.narrative.strip(),
        links=list(told.links),
        next_step=told.next_step.strip(),
        new_expected_on=told.new_expected_on,
        slip_reason=told.slip_reason.strip(),
    )
    attach(ReportFile, told.files, by=by, report=report)
    before = {"progress": commitment.progress, "expected_on": commitment.expected_on}
    enter(
        by=by,
        verb="file_report",
        outcome=commitment,
        before=before,
        after={
            "report": report.number,
            "progress": report.progress,
            "expected_on": told.new_expected_on or commitment.expected_on,
            "slip_reason": report.slip_reason,
        },
    )
    return report


def _check_open(commitment: Commitment) -> None:
    if commitment.workflow not in rules.OPEN_WORKFLOWS:
        raise RefusedError(
            _("%(ref)s is %(state)s: only what is agreed and not closed is reported on.")
            % {"ref": commitment.ref, "state": commitment.get_workflow_display()}
        )


def _check_told(told: Told, on: date) -> None:
    if told.progress not in Progress:
        raise RefusedError(_("Choose how far it is."), field="progress")
    if not told.narrative.strip():
        raise RefusedError(_("Say what was done."), field="narrative")
    check_order(told.period_from, told.period_to, "period_to")
    check_links(told.links)
    wrong = rules.slip_error(
        new_expected_on=told.new_expected_on,
        reason=told.slip_reason,
        reported_on=on,
        progress=told.progress,
    )
    if wrong:
        raise RefusedError(wrong[1], field=wrong[0])


def check_links(links: Sequence[str]) -> None:
    """Refuse what is no address of a page."""
    for link in links:
        parts = urlsplit(link)
        if parts.scheme not in {"http", "https"} or not parts.hostname or len(link) > _LONGEST_LINK:
            raise RefusedError(_("Give links as https://…, one a line."), field="links")


def _check_fulfilled(commitment: Commitment, field: str) -> None:
    sums = accepted_for([commitment.pk])[commitment.pk]
    if not rules.is_fulfilled(
        kind=commitment.kind, target=commitment.target, has_items=sums.has_items, accepted=sums.accepted
    ):
        target = commitment.target or Decimal(0)
        raise RefusedError(
            ngettext(
                "%(accepted)s of %(target)s %(unit)s was accepted so far: it is complete when all of it is.",
                "%(accepted)s of %(target)s %(unit)s were accepted so far: it is complete when all are.",
                1 if target == 1 else 2,
            )
            % {
                "accepted": f"{sums.accepted.normalize():f}",
                "target": f"{target.normalize():f}",
                "unit": unit_for(target, commitment.unit),
            },
            field=field,
        )


@action
def note_milestone(
    *,
    milestone: Milestone,
    status: str,
    by: Actor,
    met_on: date | None = None,
    edition: Edition | None = None,
) -> Milestone:
    """Note what became of a milestone.

    Parameters
    ----------
    met_on
        When it was met, in part or in whole; none: today.

    Raises
    ------
    PermissionDenied
        Where `by` neither speaks for the owner nor follows it up.
    RefusedError
        Where the commitment is not agreed or is closed, or the day is still to come.
    """
    commitment = milestone.commitment
    require(by, "note_milestone", commitment)
    commitment = locked(commitment)
    _check_open(commitment)
    if status not in MilestoneStatus:
        raise RefusedError(_("Choose what became of it."), field="status")
    milestone = Milestone.objects.get(pk=milestone.pk)
    is_met = status in {MilestoneStatus.MET, MilestoneStatus.PARTIALLY_MET}
    before = {"status": milestone.status, "met_on": milestone.met_on}
    milestone.status = status
    milestone.met_on = day_or_today(met_on, edition or commitment.edition) if is_met else None
    milestone.version += 1
    milestone.save()
    enter(
        by=by,
        verb="note_milestone",
        outcome=commitment,
        before=before,
        after={"milestone": milestone.number, "status": status, "met_on": milestone.met_on},
    )
    return milestone


@action
def assess_commitment(
    *,
    commitment: Commitment,
    completion: str,
    narrative: str,
    by: Actor,
    links: Sequence[str] = (),
    on: date | None = None,
    edition: Edition | None = None,
) -> Assessment:
    """Say, as somebody who is not of the owner, how far a commitment is complete (Open Government Partnership).

    Raises
    ------
    PermissionDenied
        Where `by` is of the owner, or neither follows it up nor speaks for whom it was promised to.
    RefusedError
        Where it is not agreed or is closed, or is called complete though less was accepted than was promised.
    """
    require(by, "assess_commitment", commitment)
    commitment = locked(commitment)
    assessor_for = entity_assessing(by, commitment)
    if by.user is None or not rules.is_independent(
        owner=commitment.owner_id, assessor_for=assessor_for, assessor_entities=entities_behind(by)
    ):
        raise PermissionDenied(_("Who belongs to the owner does not assess its commitment."))
    _check_open(commitment)
    if completion not in Completion:
        raise RefusedError(_("Choose how far it is complete."), field="completion")
    if not narrative.strip():
        raise RefusedError(_("Say what you found."), field="narrative")
    check_links(links)
    day = day_or_today(on, edition or commitment.edition)
    past = commitment.assessments.aggregate(last=Max("number"), day=Max("on"))
    if past["day"] is not None and day < past["day"]:
        raise RefusedError(
            _("There is an assessment of %(day)s already: give that day or a later one.")
            % {"day": past["day"].isoformat()},
            field="on",
        )
    if completion == Completion.COMPLETE:
        _check_fulfilled(commitment, "completion")
    assessment = Assessment.objects.create(
        commitment=commitment,
        number=(past["last"] or 0) + 1,
        on=day,
        assessor=by.user,
        assessor_name=by.name,
        assessor_entity_id=assessor_for,
        completion=completion,
        narrative=narrative.strip(),
        links=list(links),
    )
    enter(
        by=by,
        verb="assess_commitment",
        outcome=commitment,
        before={"completion": commitment.completion},
        after={"assessment": assessment.number, "completion": completion},
    )
    return assessment


def can_assess(who: Actor, commitment: Commitment) -> bool:
    """Tell whether somebody could assess a commitment, for a page that offers it; a handful of statements."""
    if who.user is None or not access.may_assess(who, commitment):
        return False
    return rules.is_independent(
        owner=commitment.owner_id,
        assessor_for=entity_assessing(who, commitment),
        assessor_entities=entities_behind(who),
    )
