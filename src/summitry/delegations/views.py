"""Screens of delegations and people."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.accounts.access import actor, allowed, obtain, visible
from summitry.accounts.models import Role
from summitry.conferences import clock
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.delegations.access import WORKING
from summitry.delegations.actions import change_presence
from summitry.delegations.forms import PresenceForm
from summitry.delegations.models import Delegation, InvitationDraft
from summitry.delegations.queries import delegation_names, delegation_rows, member_rows
from summitry.delegations.tables import delegations_table, people_table
from summitry.records import RefusedError
from summitry.ui.htmx import go


@edition_view(*WORKING)
def delegation_list(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show who is coming."""
    who = actor(request)
    rows = delegation_rows(edition=edition, who=who, language=get_language() or "en")
    has_drafts = not rows and visible(who, InvitationDraft).filter(edition=edition).exists()
    table = delegations_table(request, edition, rows, has_drafts=has_drafts)
    coming = [row for row in rows if row.answer == Delegation.Answer.COMING]
    return table.respond(
        "delegations/list.html",
        {
            "edition": edition,
            "states": sum(row.is_state for row in coming),
            "organisations": sum(not row.is_state for row in coming),
            "silent": sum(row.answer == Delegation.Answer.INVITED for row in rows),
            "regrets": sum(row.answer == Delegation.Answer.REGRETS for row in rows),
        },
    )


@edition_view(*WORKING)
def people(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show who takes part."""
    rows = member_rows(edition=edition, who=actor(request), language=get_language() or "en")
    return people_table(request, edition, rows).respond("delegations/people.html", {"edition": edition})


@edition_view(*WORKING, Role.FOCAL_POINT, Role.DELEGATE)
def delegation_page(request: HttpRequest, edition: Edition, delegation: UUID) -> HttpResponseBase:
    """Show one delegation: who it is and when it is there."""
    who = actor(request)
    found = obtain(who, Delegation, edition=edition, public_id=delegation)
    language = get_language() or "en"
    return render(
        request,
        "delegations/delegation.html",
        {
            "edition": edition,
            "delegation": found,
            "name": delegation_names(edition, language=language, delegations=[found.pk])[found.pk],
            "members": member_rows(edition=edition, who=who, language=language, delegation=found),
            "arrives": clock.wall(edition, found.arrives_at) if found.arrives_at else None,
            "departs": clock.wall(edition, found.departs_at) if found.departs_at else None,
            "may_change_presence": allowed(who, "change_presence", found),
        },
    )


@edition_view(*WORKING, Role.FOCAL_POINT)
def presence(request: HttpRequest, edition: Edition, delegation: UUID) -> HttpResponseBase:
    """Change when a delegation arrives and leaves."""
    who = actor(request)
    found = obtain(who, Delegation, edition=edition, public_id=delegation)
    initial = {
        "arrives_at": clock.wall(edition, found.arrives_at) if found.arrives_at else None,
        "departs_at": clock.wall(edition, found.departs_at) if found.departs_at else None,
    }
    form = PresenceForm(request.POST or None, initial=initial, edition=edition)
    if request.method == "POST" and form.is_valid():
        try:
            change_presence(delegation=found, by=who, **form.cleaned_data)
        except RefusedError as refused:
            form.add_error(refused.field, refused.message)
        else:
            told = _("Noted. Plan again to see what it means for the meetings.")
            return go(
                request, reverse("delegations:delegation", args=[edition.slug, found.public_id]), told=told
            )
    name = delegation_names(edition, delegations=[found.pk])[found.pk]
    status = 422 if form.is_bound else 200
    return render(
        request,
        "delegations/presence.html",
        {"edition": edition, "delegation": found, "name": name, "form": form},
        status=status,
    )
