"""End-use visits: planned, called off, noted."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.accounts.access import actor, obtain
from summitry.conferences import clock
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.outcomes import actions, queries
from summitry.outcomes.forms.handovers import PlanForm, VisitForm
from summitry.outcomes.forms.steps import ReasonForm
from summitry.outcomes.models import PlannedVisit
from summitry.outcomes.queries.visits import visitors, visits_planned
from summitry.outcomes.views.handovers.common import obtained_for
from summitry.outcomes.views.shown import taken
from summitry.outcomes.views.steps import KEEPING


@edition_view(*KEEPING)
def plan(request: HttpRequest, edition: Edition, handover: UUID) -> HttpResponseBase:
    """Plan a visit to see how the items are used."""
    who = actor(request)
    found = obtained_for(request, edition, handover, "plan_visit")
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        visitors=visitors(handover=found, edition=edition),
    )
    days = queries.follow_up_settings(edition).visit_warning_days
    return taken(
        request,
        edition,
        found,
        form,
        lambda: actions.plan_visit(
            handover=found,
            due_on=form.cleaned_data["due_on"],
            visitor=form.sent(),
            subject=form.cleaned_data["subject"],
            edition=edition,
            by=who,
        ),
        label=_("Plan an end-use visit"),
        button=_("Plan the visit"),
        done=_("The visit is planned."),
        consequence=ngettext(
            "Whoever is to go gets one letter, the day before.",
            "Whoever is to go gets one letter, %(days)d days before.",
            days,
        )
        % {"days": days},
    )


@edition_view(*KEEPING)
def call_off(request: HttpRequest, edition: Edition, handover: UUID, visit: UUID) -> HttpResponseBase:
    """Call off a planned visit."""
    who = actor(request)
    found = obtained_for(request, edition, handover, "plan_visit")
    planned = obtain(who, PlannedVisit, handover=found, public_id=visit)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return taken(
        request,
        edition,
        found,
        form,
        lambda: actions.call_off_visit(planned=planned, reason=form.cleaned_data["reason"], by=who),
        label=_("Call off a visit"),
        done=_("Called off."),
        consequence=_("It was to take place by %(day)s. Nobody is written to about it any more.")
        % {"day": date_format(planned.due_on, "j F Y")},
    )


@edition_view(*KEEPING)
def visit(request: HttpRequest, edition: Edition, handover: UUID) -> HttpResponseBase:
    """Note a visit to see how the items are used."""
    who = actor(request)
    found = obtained_for(request, edition, handover, "note_visit")
    story = queries.handover_story(handover=found, who=who)
    form = VisitForm(
        request.POST if request.method == "POST" else None,
        lines=[line for line in story.lines if line.sums.accepted > line.sums.disposed],
        plans=visits_planned(handover=found, who=who),
        initial={
            "on": clock.today(edition),
            **{key: request.GET[key] for key in ("planned",) if key in request.GET},
        },
    )

    def take() -> object:
        typed = form.cleaned_data
        return actions.note_visit(
            handover=found,
            visitors=typed["visitors"],
            finding=typed["finding"],
            narrative=typed["narrative"],
            items=form.seen(),
            place=typed["place"],
            on=typed["on"],
            planned=form.plan(),
            edition=edition,
            by=who,
        )

    return taken(
        request, edition, found, form, take, label=_("Note an end-use visit"), done=_("The visit is noted.")
    )
