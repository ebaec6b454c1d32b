"""What parties and owners say: confirmation, reports, milestones; and what others find."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from summitry.accounts.access import actor, allowed, obtain
from summitry.accounts.models import Role
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation
from summitry.outcomes import access, actions
from summitry.outcomes.actions.reports import can_assess
from summitry.outcomes.forms import AnswerForm, AssessmentForm, MilestoneForm, ReportForm
from summitry.outcomes.forms.fields import refuse
from summitry.outcomes.forms.reports import REPORT_FIELDS
from summitry.outcomes.kinds import Answer, Channel
from summitry.outcomes.models import Commitment, Milestone
from summitry.outcomes.rules import OPEN_WORKFLOWS
from summitry.outcomes.views.commitments import commitment_context
from summitry.outcomes.views.common import language, obtained, page, refused
from summitry.outcomes.views.steps import KEEPING
from summitry.records import RefusedError
from summitry.ui.forms import focus_first_error
from summitry.ui.htmx import go
from summitry.world.languages import text_in

#: Who speaks for delegations, and who follows up.
SPEAKING = (*KEEPING, Role.FOCAL_POINT)


@require_POST
@edition_view(*SPEAKING)
def answer(request: HttpRequest, edition: Edition, commitment: UUID) -> HttpResponseBase:
    """Confirm a commitment in a delegation's name, or ask for a change of it."""
    who = actor(request)
    found = obtained(request, edition, commitment)
    url = page(edition, "commitment", found.public_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return go(request, url, told=_("Confirm it, or ask for a change."), level="error")
    typed = form.cleaned_data
    delegation = obtain(who, Delegation, edition=found.edition_id, public_id=typed["delegation"])
    try:
        answered = actions.answer_commitment(
            commitment=found, delegation=delegation, answer=typed["answer"], by=who, wish=typed["wish"]
        )
    except RefusedError as error:
        if error.field != "wish":
            return refused(request, url, error)
        context = commitment_context(edition, who, found) | {"wish_error": error.message, "asks_change": True}
        return render(request, "outcomes/commitments/commitment.html", context, status=422)
    if typed["answer"] == Answer.REFUSED:
        told = _("The secretariat has your wish and prepares another text.")
    elif answered.agreed_on:
        told = _("Confirmed by all parties: it counts as agreed.")
    else:
        told = _("Confirmed. It counts as agreed when the other parties have confirmed it too.")
    return go(request, url, told=told)


def _context(edition: Edition, found: Commitment, form: Any) -> dict[str, Any]:
    wording = found.wordings.first()
    return {
        "edition": edition,
        "row": found,
        "title": text_in(found.title, language()),
        "wording": wording,
        "form": form,
        "back": page(edition, "commitment", found.public_id),
    }


@edition_view(*SPEAKING)
def report(request: HttpRequest, edition: Edition, commitment: UUID) -> HttpResponseBase:
    """Report on a commitment."""
    who = actor(request)
    found = obtained(request, edition, commitment)
    if not allowed(who, "file_report", found):
        raise PermissionDenied(_("Its owner reports on it, and the host's follow-up desk."))
    form = ReportForm(*((request.POST, request.FILES) if request.method == "POST" else ()), commitment=found)
    if form.is_bound and form.is_valid():
        is_owners = access.speaks_for_entity(who, found, found.owner_id)
        try:
            actions.file_report(
                commitment=found,
                told=form.told(),
                by=who,
                channel=Channel.PORTAL if is_owners else Channel.DESK,
                edition=edition,
            )
        except RefusedError as error:
            refuse(form, error, REPORT_FIELDS)
        else:
            url = page(edition, "commitment", found.public_id)
            return go(request, url, told=_("Thank you: your report is kept."))
    if form.is_bound:
        focus_first_error(form)
    context = _context(edition, found, form) | {"is_open": found.workflow in OPEN_WORKFLOWS}
    return render(request, "outcomes/commitments/report.html", context, status=422 if form.is_bound else 200)


@edition_view(*SPEAKING)
def assess(request: HttpRequest, edition: Edition, commitment: UUID) -> HttpResponseBase:
    """Say, as somebody who is not of the owner, how far a commitment is complete."""
    who = actor(request)
    found = obtained(request, edition, commitment)
    if not can_assess(who, found):
        raise PermissionDenied(_("It is assessed by somebody who is not of its owner."))
    form = AssessmentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.assess_commitment(commitment=found, by=who, edition=edition, **form.cleaned_data)
        except RefusedError as error:
            refuse(form, error)
        else:
            url = page(edition, "commitment", found.public_id)
            return go(request, url, told=_("Your assessment is kept."))
    if form.is_bound:
        focus_first_error(form)
    context = _context(edition, found, form)
    return render(request, "outcomes/commitments/assess.html", context, status=422 if form.is_bound else 200)


@require_POST
@edition_view(*SPEAKING)
def milestone(request: HttpRequest, edition: Edition, commitment: UUID, number: int) -> HttpResponseBase:
    """Note what became of a milestone."""
    who = actor(request)
    found = obtained(request, edition, commitment)
    step = obtain(who, Milestone, commitment=found, number=number)
    url = page(edition, "commitment", found.public_id)
    form = MilestoneForm(request.POST)
    if not form.is_valid():
        return go(
            request, url, told=_("Choose what became of it, and a day such as 2019-10-30."), level="error"
        )
    try:
        actions.note_milestone(milestone=step, by=who, edition=edition, **form.cleaned_data)
    except RefusedError as error:
        return refused(request, url, error)
    return go(request, f"{url}#milestones", told=_("Noted."))
