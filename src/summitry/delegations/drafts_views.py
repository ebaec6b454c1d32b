"""Screens of invitations drafted from the edition before, and of an edition's focal points."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from summitry.accounts.access import actor, visible
from summitry.accounts.models import Grant, Role
from summitry.conferences import clock
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.delegations.actions import drop_drafts, invite_drafted
from summitry.delegations.models import InvitationDraft
from summitry.delegations.queries import delegation_names, naming_policy
from summitry.records import RefusedError
from summitry.ui.htmx import go
from summitry.world.queries import names_for
from summitry.world.rules import DisplayName


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A drafted invitation as the page shows it."""

    draft: InvitationDraft
    name: DisplayName
    contact: str


@edition_view(Role.SECRETARIAT)
def drafts(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show the drafted invitations, and invite or take off those that are chosen."""
    rows = visible(actor(request), InvitationDraft).filter(edition=edition).select_related("contact")
    if request.method == "POST":
        return _decided(request, edition, list(rows))
    names = names_for(
        {row.entity_id for row in rows},
        language=get_language() or "en",
        on=clock.today(edition),
        policy=naming_policy(edition),
    )
    shown = [DraftRow(row, names[row.entity_id], row.contact.name if row.contact else "") for row in rows]
    shown.sort(key=lambda row: row.name.sort_key)
    context = {"edition": edition, "rows": shown, "contacts": sum(bool(row.contact) for row in shown)}
    return render(request, "delegations/drafts.html", context)


def _decided(request: HttpRequest, edition: Edition, rows: list[InvitationDraft]) -> HttpResponseBase:
    chosen = set(request.POST.getlist("draft"))
    stays = set(request.POST.getlist("contact"))
    wanted = [row for row in rows if str(row.public_id) in chosen]
    url = reverse("delegations:drafts", args=[edition.slug])
    who = actor(request)
    if len(wanted) != len(chosen):
        told = _("Somebody has decided on one of them meanwhile. Look again.")
        return go(request, url, told=told, level="error")
    try:
        if request.POST.get("step") == "drop":
            drop_drafts(edition=edition, drafts=wanted, by=who)
            told = _("Taken off; they are not invited.")
        else:
            confirmed = [row for row in wanted if str(row.public_id) in stays]
            made = invite_drafted(
                edition=edition, drafts=wanted, confirmed=confirmed, on=clock.today(edition), by=who
            )
            told = ngettext("%(n)d entity is invited.", "%(n)d entities are invited.", len(made)) % {
                "n": len(made)
            }
    except RefusedError as refused:
        return go(request, url, told=refused.message, level="error")
    return go(request, url, told=told)


@edition_view(Role.SECRETARIAT)
def contacts(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show who speaks for which delegation."""
    grants = list(
        visible(actor(request), Grant)
        .filter(role=Role.FOCAL_POINT, edition_id=edition.pk, user__is_active=True)
        .select_related("user")
        .order_by("pk")
    )
    names = delegation_names(
        edition,
        language=get_language() or "en",
        delegations={grant.delegation_id for grant in grants if grant.delegation_id is not None},
    )
    rows = [
        (names[grant.delegation_id], grant.user.name or grant.user.email)
        for grant in grants
        if grant.delegation_id in names
    ]
    rows.sort(key=lambda row: row[0].sort_key)
    return render(request, "delegations/contacts.html", {"edition": edition, "rows": rows})
