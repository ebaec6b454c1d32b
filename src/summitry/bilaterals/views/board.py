"""The board, its side panel, the day as a list and on paper."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from summitry.accounts.access import Actor, actor, obtain, visible
from summitry.bilaterals import prints, queries
from summitry.bilaterals.access import CONCERNED, DESKS
from summitry.bilaterals.annexes import annexes
from summitry.bilaterals.models import PlanVersion, Request
from summitry.bilaterals.queries import Board, CardOfMeeting
from summitry.bilaterals.queries.said import said_of
from summitry.bilaterals.tables import day_table
from summitry.bilaterals.views.common import adopted, asked_day, asked_number, language
from summitry.bilaterals.views.planning import run_shown
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition

_KEYS = (("G", gettext_noop("Plan afresh")), ("R", gettext_noop("Repair the adopted plan")))


@edition_view(*CONCERNED)
def index(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Lead to the board, or to the requests of whoever does not work at it."""
    name = "board" if actor(request).has_role(edition.pk, *DESKS) else "requests"
    return redirect(f"bilaterals:{name}", edition.slug)


def _board(request: HttpRequest, edition: Edition) -> Board:
    return queries.board(
        edition=edition,
        who=actor(request),
        day=asked_day(request),
        number=asked_number(request),
        language=language(),
    )


@edition_view(*DESKS)
def board(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show a day of a plan: rooms and times, the unplanned, the meeting chosen."""
    who = actor(request)
    run = queries.current_run(edition=edition, who=who)  # before the plans: one that ends now is among them
    day = _board(request, edition)
    chosen = request.GET.get("meeting", "")
    return render(
        request,
        "bilaterals/board.html",
        {
            "edition": edition,
            "board": day,
            "run": run_shown(edition, run, day.day),
            "chosen": chosen,
            "is_desk": True,
            "said": said_of(edition=edition, who=who, day=day.day),
            **_chosen(edition, who, chosen, day.version),
            "page_keys": [(key, _(words)) for key, words in _KEYS],
        },
    )


def _chosen(edition: Edition, who: Actor, public_id: str, version: PlanVersion | None) -> dict[str, object]:
    """Return the card of the meeting that an address names, with what other floors add to it."""
    card = _card(edition, who, public_id, version) if public_id else None
    return {"card": card, "annexes": annexes(edition, card.request, who) if card else []}


def _card(edition: Edition, who: Actor, public_id: str, version: PlanVersion | None) -> CardOfMeeting | None:
    """Return the card that an address names, none where it names none that the reader may see."""
    try:
        wanted = UUID(public_id)
    except ValueError:
        return None
    found = (
        visible(who, Request).filter(edition=edition, public_id=wanted).prefetch_related("parties").first()
    )
    if found is None:
        return None
    return queries.meeting_card(edition=edition, request=found, version=version, who=who, language=language())


@edition_view(*DESKS)
def side(request: HttpRequest, edition: Edition, meeting: UUID) -> HttpResponseBase:
    """Show one meeting in the panel beside the board."""
    who = actor(request)
    version, _others = queries.switchable(edition=edition, who=who, number=asked_number(request))
    card = _card(edition, who, str(meeting), version)
    if card is None:
        raise Http404
    return render(
        request,
        "bilaterals/parts/side.html",
        {
            "edition": edition,
            "card": card,
            "version": version,
            "is_desk": True,
            "annexes": annexes(edition, card.request, who),
        },
    )


@edition_view(*DESKS)
def day_list(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show a day of a plan as a list, which is also what leaves as a spreadsheet."""
    day = _board(request, edition)
    return day_table(request, edition, day).respond("bilaterals/day.html", {"edition": edition, "board": day})


@edition_view(*DESKS)
def day_sheet(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Print a day of a plan."""
    day = _board(request, edition)
    return _pdf(prints.daily_sheet(edition, day, language()), f"day-{day.day:%Y-%m-%d}.pdf")


@edition_view(*CONCERNED)
def card_sheet(request: HttpRequest, edition: Edition, meeting: UUID) -> HttpResponseBase:
    """Print one meeting of the adopted plan."""
    who = actor(request)
    found = obtain(who, Request, edition=edition, public_id=meeting)
    card = _card(edition, who, str(found.public_id), adopted(edition))
    if card is None or card.held is None:
        raise Http404
    added = annexes(edition, found, who)
    return _pdf(prints.meeting_card(edition, card, language(), added), f"meeting-{found.number}.pdf")


def _pdf(body: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        body,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
