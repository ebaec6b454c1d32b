"""Screens of an edition: its settings, what happened in it, and its letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.apps import apps
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from summitry.accounts.access import actor, obtain, visible
from summitry.accounts.models import Role
from summitry.conferences import clock
from summitry.conferences.access import edition_view
from summitry.conferences.actions import change_settings, send_letter_again
from summitry.conferences.forms import SettingsForm
from summitry.conferences.models import Edition
from summitry.conferences.queries import calendar_of, venue_of
from summitry.ledger.models import Entry
from summitry.ledger.queries import Opened, entries, opened, verify_chain
from summitry.ledger.rules import Change, changes
from summitry.outbox.models import Letter
from summitry.outbox.queries import ShownLetter, count_by_state, letters_in, shown_letters
from summitry.records import RefusedError
from summitry.ui.htmx import go

_ENTRIES_PER_PAGE = 50


@edition_view(Role.SECRETARIAT)
def settings(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show and change what planning goes by; beside it, the venue and the sittings."""
    form = SettingsForm(request.POST or None, edition=edition)
    if request.method == "POST" and form.is_valid():
        try:
            change_settings(
                edition=edition, chosen=form.chosen(), by=actor(request), version=form.cleaned_data["version"]
            )
        except RefusedError as refused:
            form.add_error(refused.field, refused.message)
        else:
            told = _("Saved. The next plan goes by it.")
            return go(request, reverse("conferences:settings", args=[edition.slug]), told=told)
    context = {"edition": edition, "form": form, "calendar": calendar_of(edition), "venue": venue_of(edition)}
    return render(request, "conferences/settings.html", context, status=422 if form.is_bound else 200)


@dataclass(frozen=True, slots=True)
class Happened:
    """An entry as the page tells it."""

    sequence: int
    at: datetime
    who: str
    what: str
    on: str
    changes: list[Change]


@edition_view(Role.SECRETARIAT, Role.FOCAL_POINT)
def ledger(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Tell what happened, newest first; on demand, whether the whole chain holds."""
    who = actor(request)
    rows = entries(visible(who, Entry), edition.pk)
    page = Paginator(rows, _ENTRIES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "edition": edition,
        "page": page,
        "happened": [_told(edition, entry) for entry in opened(page.object_list)],
        "may_verify": who.has_role(edition.pk, Role.SECRETARIAT),
    }
    if context["may_verify"] and "verify" in request.GET:
        context |= {"verified": True, "broken": verify_chain(edition.pk)}
    return render(request, "conferences/ledger.html", context)


def _told(edition: Edition, entry: Opened) -> Happened:
    """Tell an entry in words, at the edition's time (its own clock's, as everywhere)."""
    row = entry.entry
    return Happened(
        sequence=row.sequence,
        at=_at(edition, row.at),
        who=row.actor_name,
        what=row.verb.replace("_", " ").capitalize(),
        on=str(apps.get_model(row.target_type)._meta.verbose_name) if row.target_type else "",  # noqa: SLF001 Django's documented name
        changes=changes(entry.before, entry.after),
    )


def _at(edition: Edition, moment: datetime) -> datetime:
    """Return a time of the machine's clock as the edition's own clock shows it at the venue."""
    return clock.wall(edition, moment + (edition.clock_offset or timedelta()))


_LETTERS_PER_PAGE: Final = 50
_S: Final = Letter.State
#: What the letters' page can be narrowed to.
_GROUPS: Final = {
    "waiting": (_S.WAITING, _S.SENDING),
    "failed": (_S.FAILED,),
    "abandoned": (_S.ABANDONED,),
    "sent": (_S.SENT,),
}
_LEVELS: Final = {_S.SENDING: "accent", _S.SENT: "done", _S.FAILED: "amber", _S.ABANDONED: "red"}


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter as the page tells it.

    Attributes
    ----------
    next_at
        When it is tried again or, where it waits, sent; none where nothing will happen.
    """

    shown: ShownLetter
    state: str
    level: str
    posted_at: datetime
    sent_at: datetime | None
    next_at: datetime | None
    may_go_again: bool


@edition_view(Role.SECRETARIAT)
def letters(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show an edition's letters, newest first, and which of them did not go and why."""
    rows = visible(actor(request), Letter)
    chosen = request.GET.get("state", "")
    found = letters_in(rows, edition.pk, _GROUPS.get(chosen, ()))
    page = Paginator(found, _LETTERS_PER_PAGE).get_page(request.GET.get("page"))
    counts = count_by_state(rows, edition.pk)
    labels = {
        "waiting": _("waiting"),
        "failed": _("tried again later"),
        "abandoned": _("not sent"),
        "sent": _("sent"),
    }
    groups = [("", _("all"), sum(counts.values()), chosen not in _GROUPS)]
    groups += [
        (name, labels[name], sum(counts[state] for state in states), name == chosen)
        for name, states in _GROUPS.items()
    ]
    context = {
        "edition": edition,
        "page": page,
        "rows": [_letter_row(edition, shown) for shown in shown_letters(page.object_list)],
        "groups": groups,
        "chosen": chosen if chosen in _GROUPS else "",
    }
    return render(request, "conferences/letters.html", context)


def _letter_row(edition: Edition, shown: ShownLetter) -> LetterRow:
    letter = shown.letter
    state = Letter.State(letter.state)
    waits = state in {_S.WAITING, _S.FAILED}
    return LetterRow(
        shown=shown,
        state=str(state.label),
        level=_LEVELS.get(state, ""),
        posted_at=_at(edition, letter.posted_at),
        sent_at=_at(edition, letter.sent_at) if letter.sent_at else None,
        next_at=_at(edition, letter.due_at) if waits else None,
        may_go_again=state in {_S.FAILED, _S.ABANDONED},
    )


@require_POST
@edition_view(Role.SECRETARIAT)
def letter_again(request: HttpRequest, edition: Edition, letter: UUID) -> HttpResponseBase:
    """Have a letter that did not go sent again."""
    who = actor(request)
    found = obtain(who, Letter, public_id=letter, edition_id=edition.pk)
    url = reverse("conferences:letters", args=[edition.slug])
    try:
        send_letter_again(letter=found, by=who)
    except RefusedError as refused:
        return go(request, url, told=refused.message, level="error")
    return go(request, url, told=_("The letter is sent again."))
