"""Requests: the list, one of them, asking, answering, withdrawing."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from summitry.accounts.access import Actor, actor, allowed, obtain, visible
from summitry.accounts.models import Role
from summitry.bilaterals import queries
from summitry.bilaterals.access import CONCERNED, DESKS, may_ask_for
from summitry.bilaterals.actions import record_answer, send_request, withdraw_request
from summitry.bilaterals.annexes import annexes
from summitry.bilaterals.forms import RequestForm
from summitry.bilaterals.kinds import RequestStatus
from summitry.bilaterals.models import Request
from summitry.bilaterals.prints import handling
from summitry.bilaterals.tables import requests_table
from summitry.bilaterals.views.common import adopted, language, page, refused
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation
from summitry.delegations.queries import delegation_names
from summitry.records import RefusedError
from summitry.ui.forms import focus_first_error
from summitry.ui.htmx import go

_ASKING = (*DESKS, Role.FOCAL_POINT)


@edition_view(*CONCERNED)
def request_list(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show who wants whom, as far as the reader is concerned."""
    who = actor(request)
    rows = queries.request_rows(edition=edition, who=who, language=language())
    waiting = sum(row.request.status == RequestStatus.SENT for row in rows)
    accepted = sum(row.request.status == RequestStatus.ACCEPTED for row in rows)
    planned = sum(row.is_planned for row in rows)
    context = {
        "edition": edition,
        "waiting": waiting,
        "planned": planned,
        "unplanned": accepted - planned,
        "may_add": who.has_role(edition.pk, *_ASKING),
        "is_desk": who.has_role(edition.pk, *DESKS),
    }
    return requests_table(request, edition, rows).respond("bilaterals/requests.html", context)


def _obtained(request: HttpRequest, edition: Edition, public_id: UUID) -> Request:
    return obtain(actor(request), Request, edition=edition, public_id=public_id)


@edition_view(*CONCERNED)
def request_page(request: HttpRequest, edition: Edition, meeting: UUID) -> HttpResponseBase:
    """Show one request: what is asked, by whom, what became of it."""
    who = actor(request)
    found = _obtained(request, edition, meeting)
    row = queries.request_row(edition=edition, request=found, who=who, language=language())
    card = queries.meeting_card(
        edition=edition, request=found, version=adopted(edition), who=who, language=language()
    )
    open_ = found.status in {RequestStatus.SENT, RequestStatus.ACCEPTED}
    context = {
        "edition": edition,
        "row": row,
        "card": card,
        "handling": handling(found.confidentiality),
        "windows": queries.windows_of(edition, found),
        "may_answer": found.status == RequestStatus.SENT and allowed(who, "record_answer", found),
        "may_withdraw": open_ and allowed(who, "withdraw_request", found),
        "is_desk": who.has_role(edition.pk, *DESKS),
        "annexes": annexes(edition, found, who),
    }
    return render(request, "bilaterals/request.html", context)


def _form(edition: Edition, who: Actor, data: QueryDict | None) -> RequestForm:
    coming = visible(who, Delegation).filter(edition=edition).exclude(answer=Delegation.Answer.REGRETS)
    return RequestForm(
        data,
        edition=edition,
        requesters={row.pk: row for row in coming if may_ask_for(who, row)},
        names=delegation_names(edition, language=language()),
        as_desk=who.has_role(edition.pk, *DESKS),
    )


@edition_view(*_ASKING)
def add(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Ask for a meeting; nothing typed is lost where something is refused."""
    who = actor(request)
    form = _form(edition, who, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = send_request(edition=edition, asked=form.asked(), by=who)
        except RefusedError as error:
            form.refuse(error)
        else:
            told = _("Request %(number)d is sent.") % {"number": made.number}
            return go(request, page(edition, "request", made.public_id), told=told)
    if form.is_bound:
        focus_first_error(form)
    status = 422 if form.is_bound else 200
    return render(request, "bilaterals/add.html", {"edition": edition, "form": form}, status=status)


@edition_view(*_ASKING)
def people(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Offer the people of the delegations chosen so far."""
    form = _form(edition, actor(request), request.GET)
    return render(request, "bilaterals/parts/people.html", {"edition": edition, "field": form["people"]})


@edition_view(*_ASKING)
def withdraw(request: HttpRequest, edition: Edition, meeting: UUID) -> HttpResponseBase:
    """Withdraw a request, with the consequence in words first."""
    who = actor(request)
    found = _obtained(request, edition, meeting)
    if not allowed(who, "withdraw_request", found):
        raise PermissionDenied(
            _("Only the delegation that asked, and the bilateral desk, withdraw a request.")
        )
    url = page(edition, "request", found.public_id)
    if request.method == "POST":
        try:
            withdraw_request(request=found, by=who)
        except RefusedError as error:
            return refused(request, url, error)
        return go(request, url, told=_("Request %(number)d is withdrawn.") % {"number": found.number})
    row = queries.request_row(edition=edition, request=found, who=who, language=language())
    return render(request, "bilaterals/withdraw.html", {"edition": edition, "row": row})


@require_POST
@edition_view(*DESKS)
def answer(request: HttpRequest, edition: Edition, meeting: UUID) -> HttpResponseBase:
    """Record what the counterparts answered."""
    found = _obtained(request, edition, meeting)
    url = page(edition, "request", found.public_id)
    try:
        answered = record_answer(request=found, answer=request.POST.get("answer", ""), by=actor(request))
    except RefusedError as error:
        return refused(request, url, error)
    words = {"number": found.number, "status": answered.get_status_display()}
    return go(request, url, told=_("Request %(number)d is %(status)s.") % words)
