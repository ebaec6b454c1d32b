"""Screens of the next edition: opening it, and what is decided about the themes that came with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from summitry.accounts.access import Actor, actor, obtain, visible
from summitry.accounts.models import Role
from summitry.conferences import clock
from summitry.conferences.access import edition_view
from summitry.conferences.carrying import Counted, Part, decisions, parts, resolved
from summitry.conferences.models import Edition, NamingRule, Sitting, Theme
from summitry.conferences.next_form import NextEditionForm
from summitry.conferences.opening import (
    check,
    decide_theme,
    open_next_edition,
    opened_after,
    propose_theme,
)
from summitry.records import RefusedError
from summitry.ui.htmx import go
from summitry.world.languages import base_code, text_in
from summitry.world.queries import names_for


@dataclass(frozen=True, slots=True)
class Offered:
    """A part as the page offers it."""

    part: Part
    counts: Sequence[Counted]
    needs: str
    is_chosen: bool
    is_added: bool


def _language() -> str:
    return base_code(get_language() or "en")


def _offered(edition: Edition, who: Actor, chosen: Collection[str]) -> list[Offered]:
    all_parts = parts()
    titles = {part.name: str(part.title) for part in all_parts}
    whole = {part.name for part in resolved(chosen)}
    return [
        Offered(
            part,
            part.describe(edition, who),
            ", ".join(titles[need] for need in part.needs),
            part.name in chosen,
            part.name in whole and part.name not in chosen,
        )
        for part in all_parts
    ]


@edition_view(Role.SECRETARIAT)
def next_edition(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show what the next edition takes over from this one, and open it."""
    who = actor(request)
    opened = opened_after(edition)
    if opened is not None and request.method != "POST":
        reached = visible(who, Edition).filter(pk=opened.pk).exists()
        context = {
            "edition": edition,
            "opened": opened,
            "name": text_in(opened.name, _language()),
            "url": reverse("overview", args=[opened.slug]) if reached else "",
        }
        return render(request, "conferences/next_opened.html", context)
    form = NextEditionForm(request.POST or None, edition=edition)
    preview = None
    if form.is_bound and form.is_valid():
        try:
            terms, chosen = form.terms(), form.cleaned_data["parts"]
            if request.POST.get("step") == "open":
                made = open_next_edition(edition=edition, terms=terms, parts=chosen, by=who)
                told = _("The next edition is open, and you keep it. These are its first decisions.")
                return go(request, reverse("conferences:taken-over", args=[made.slug]), told=told)
            check(terms, edition)
            preview = terms
        except RefusedError as refused:
            field = refused.field if refused.field in form.fields else None
            field = f"name_{form.languages[0]}" if refused.field == "name" else field
            form.add_error(field, refused.message)
    chosen = form["parts"].value() or []
    known = {part.name for part in parts()}
    offered = _offered(edition, who, [name for name in chosen if name in known])
    taken = [one for one in offered if one.is_chosen or one.is_added] if preview else []
    context = {"edition": edition, "form": form, "offered": offered, "preview": preview, "taken": taken}
    return render(request, "conferences/next.html", context, status=422 if form.errors else 200)


@edition_view(Role.SECRETARIAT)
def taken_over(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show what an edition holds of what it can take over, and where it is decided."""
    who = actor(request)
    rows = [(part, part.describe(edition, who)) for part in parts()]
    context = {
        "edition": edition,
        "name": text_in(edition.name, _language()),
        "rows": rows,
        "decisions": decisions(edition),
        "sittings": Sitting.objects.filter(edition=edition).count(),
        "programme_url": reverse("programme:list", args=[edition.slug]),
    }
    return render(request, "conferences/taken_over.html", context)


@edition_view(Role.SECRETARIAT)
def themes(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show an edition's themes and proposals, and how it names entities; propose a theme."""
    who = actor(request)
    error = ""
    if request.method == "POST":
        try:
            title = {(edition.languages or ["en"])[0]: request.POST.get("title", "").strip()[:300]}
            propose_theme(edition=edition, title=title, by=who)
        except RefusedError as refused:
            error = refused.message
        else:
            return go(request, request.path, told=_("Proposed."))
    found = list(visible(who, Theme).filter(edition=edition).order_by("order"))
    rules = list(visible(who, NamingRule).filter(edition=edition).select_related("entity"))
    names: dict[int, Any] = names_for(
        {rule.entity_id for rule in rules}, language=_language(), on=clock.today(edition)
    )
    context = {
        "edition": edition,
        "error": error,
        "kept": [text_in(theme.title, _language()) for theme in found if not theme.proposed],
        "proposals": [(theme, text_in(theme.title, _language())) for theme in found if theme.proposed],
        "names": [
            (
                names[rule.entity_id].short,
                text_in(rule.short, _language()),
                text_in(rule.footnote, _language()),
            )
            for rule in rules
            if rule.entity_id in names
        ],
    }
    return render(request, "conferences/themes.html", context, status=422 if error else 200)


@require_POST
@edition_view(Role.SECRETARIAT)
def theme(request: HttpRequest, edition: Edition, theme: UUID) -> HttpResponseBase:
    """Keep a proposed theme, or take it off."""
    who = actor(request)
    found = obtain(who, Theme, edition=edition, public_id=theme)
    url = reverse("conferences:themes", args=[edition.slug])
    keep = request.POST.get("step") == "keep"
    try:
        decide_theme(theme=found, keep=keep, by=who)
    except RefusedError as refused:
        return go(request, url, told=refused.message, level="error")
    return go(request, url, told=_("Kept.") if keep else _("Taken off."))
