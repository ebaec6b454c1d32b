"""The start, the overview and the delegation's own pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import ordinal
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, actor, allowed, public, visible
from summitry.accounts.models import Role
from summitry.bilaterals.access import may_ask_for
from summitry.conferences import clock
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.delegations.actions import change_presence
from summitry.delegations.forms import PresenceForm
from summitry.delegations.models import Delegation
from summitry.delegations.queries import delegation_names, member_rows
from summitry.newsroom.queries import public_releases
from summitry.outcomes.queries import own_waiting
from summitry.outcomes.queries.ties import shown_to_all
from summitry.records import RefusedError
from summitry.site import promises, queries, rules, words
from summitry.site.links import link
from summitry.site.queries import AskRow
from summitry.site.shell import is_host, notice
from summitry.ui.htmx import go
from summitry.ui.shell import NavItem
from summitry.world.languages import LANGUAGES, base_code, text_in

_OWN: Final = (Role.FOCAL_POINT, Role.DELEGATE)
_LATEST: Final = 3  # pieces of news on the public page


def _language() -> str:
    return base_code(get_language() or "en")


def _start(who: Actor, edition: Edition) -> str:
    """Return where somebody begins in an edition."""
    return link("overview" if is_host(who, edition) else "portal", edition)


@public
def home(request: HttpRequest) -> HttpResponseBase:
    """Show an edition to the public, or lead whoever is logged in to their work (unless ``?public=1``)."""
    who = actor(request)
    if who.user is not None and request.GET.get("public") != "1":
        own = list(visible(who, Edition).select_related("series").order_by("-year", "slug"))
        current = [edition for edition in own if edition.status == Edition.Status.OPEN]
        if len(own) == 1 or len(current) == 1:
            return redirect(_start(who, (current or own)[0]))
        if own:
            listed = [(edition, text_in(edition.name, _language()), _start(who, edition)) for edition in own]
            return render(request, "site/editions.html", {"listed": listed})
    shown = queries.open_editions()
    if asked := request.GET.get("edition"):
        shown = [edition for edition in shown if edition.slug == asked]
        if not shown:
            raise Http404
    if len(shown) == 1:
        return _public(request, shown[0])
    listed = [
        (edition, text_in(edition.name, _language()), f"{reverse('home')}?public=1&edition={edition.slug}")
        for edition in shown
    ]
    return render(request, "site/editions.html", {"listed": listed})


def _public(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    offered = [code for code in edition.languages if code in LANGUAGES] or ["en"]
    asked = request.GET.get("language", "") or _language()
    language = asked if asked in offered else offered[0]
    interface = language if language in dict(settings.LANGUAGES) else translation.get_language() or "en"
    with translation.override(interface):
        page = queries.public_page(edition=edition, language=language)
        news = _news(edition, language)
        return render(
            request,
            "site/public.html",
            {
                "edition": edition,
                "page": page,
                "page_language": language,
                "dates": words.date_span(edition.starts_on, edition.ends_on),
                "attendance": words.attendance(page.countries, page.continents, page.participants),
                "news": news,
                "notice": notice(edition),
                "site_nav": [
                    NavItem(_("Programme"), "#programme"),
                    NavItem(_("Speakers"), "#speakers"),
                    *([NavItem(_("News"), link("news:list", edition, language=language))] if news else []),
                    *(
                        [NavItem(_("Partnerships"), link("public-map", edition))]
                        if shown_to_all(edition=edition).has_something()
                        else []
                    ),
                    NavItem(_("Start"), reverse("home"))
                    if request.user.is_authenticated
                    else NavItem(_("Log in"), reverse("account_login")),
                ],
                "languages_offered": [
                    (code, LANGUAGES[code].endonym, f"?{_with(request, language=code)}", code == language)
                    for code in offered
                ],
            },
        )


def _news(edition: Edition, language: str) -> list[tuple[str, datetime, str]]:
    """Return the latest public news in a language: headline, since when, address."""
    return [
        (headline, clock.wall(edition, one.first), _link_to_news(edition, one.release.slug, language))
        for one in public_releases(edition)
        if (headline := next((s.text for s in one.sentences if s.language == language), ""))
    ][:_LATEST]


def _link_to_news(edition: Edition, slug: str, language: str) -> str:
    """Return where a release is read in a language."""
    return f"{reverse('news:release', args=[edition.slug, slug])}?language={language}"


def _with(request: HttpRequest, **changes: str) -> str:
    asked = request.GET.copy()
    for key, value in changes.items():
        asked[key] = value
    return asked.urlencode()


@edition_view()
def overview(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show whether the conference is on track; delegations are led to their own pages."""
    who = actor(request)
    if not is_host(who, edition):
        return redirect("portal", edition.slug)
    language = _language()
    return render(
        request,
        "site/overview.html",
        {
            "edition": edition,
            "name": text_in(edition.name, language),
            "city": text_in(edition.city, language),
            "overview": queries.overview(edition=edition, who=who, language=language),
            "public_url": f"{reverse('home')}?public=1&edition={edition.slug}",
            "is_public": edition.status == Edition.Status.OPEN,
        },
    )


@edition_view(*_OWN)
def portal(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show where a delegation must be next, its day, and what waits for its answer."""
    delegation, frame, asks = _portal(request, edition, "portal")
    who = actor(request)
    agenda = queries.own_agenda(edition=edition, who=who, delegation=delegation, language=_language())
    now = clock.wall(edition, clock.now(edition))
    day = _day(request, rules.day_shown(now.date(), edition.starts_on, edition.ends_on))
    coming = next((one for one in agenda if one.ends > now), None)
    return render(
        request,
        "site/portal.html",
        frame
        | {
            "now": now,
            "day": day,
            "days": sorted({one.day for one in agenda} | {day}),
            "agenda": [one for one in agenda if one.day == day],
            "next": coming,
            "when": words.until(now, coming.starts, coming.ends) if coming else "",
            "asks": [one for one in asks if one.waits and not one.is_ours],
        },
    )


@edition_view(*_OWN)
def portal_requests(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show the requests that a delegation made, and those made to it."""
    delegation, frame, asks = _portal(request, edition, "portal-requests")
    groups = [
        (
            _("Requests made to us"),
            _("What others ask of us will stand here."),
            [one for one in asks if not one.is_ours],
        ),
        (
            _("Requests made by us"),
            _("What we ask of others will stand here."),
            [one for one in asks if one.is_ours],
        ),
    ]
    may_ask = may_ask_for(actor(request), delegation)
    return render(request, "site/portal_requests.html", frame | {"groups": groups, "may_ask": may_ask})


@edition_view(*_OWN)
def portal_members(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show a delegation's members, and let its focal point say when it arrives and leaves."""
    delegation, frame, _asks = _portal(request, edition, "portal-members")
    who = actor(request)
    form = None
    if allowed(who, "change_presence", delegation):
        form = PresenceForm(
            request.POST or None,
            edition=edition,
            initial={
                "arrives_at": clock.wall(edition, delegation.arrives_at) if delegation.arrives_at else None,
                "departs_at": clock.wall(edition, delegation.departs_at) if delegation.departs_at else None,
            },
        )
        if request.method == "POST" and form.is_valid():
            try:
                change_presence(delegation=delegation, by=who, **form.cleaned_data)
            except RefusedError as refused:
                form.add_error(refused.field, refused.message)
            else:
                return go(
                    request,
                    request.get_full_path(),
                    told=_("Noted. The bilateral desk plans by these times."),
                )
    members = member_rows(edition=edition, who=who, language=_language(), delegation=delegation)
    status = 422 if form is not None and form.is_bound else 200
    return render(
        request, "site/portal_members.html", frame | {"members": members, "form": form}, status=status
    )


@edition_view(*_OWN)
def portal_commitments(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show what a delegation promised and was promised, what waits for its word first."""
    delegation, frame, _asks = _portal(request, edition, "portal-commitments")
    who = actor(request)
    context = {
        "groups": promises.promise_groups(edition=edition, who=who, delegation=delegation),
        "papers": promises.papers(edition=edition, who=who, delegation=delegation),
    }
    return render(request, "site/portal_commitments.html", frame | context)


def _portal(
    request: HttpRequest, edition: Edition, here: str
) -> tuple[Delegation, dict[str, object], Sequence[AskRow]]:
    """Return the reader's delegation, the portal's frame for it, and its requests."""
    who, language = actor(request), _language()
    named = request.GET.get("delegation", "")
    delegation = queries.own_delegation(edition=edition, who=who, public_id=_uuid(named) if named else None)
    asks = queries.own_requests(edition=edition, who=who, delegation=delegation, language=language)
    to_answer = sum(one.waits and not one.is_ours for one in asks)
    kept = {"delegation": named} if named else {}
    tabs = [
        ("portal", _("Day"), 0),
        ("portal-requests", _("Requests"), to_answer),
        ("portal-members", _("Members"), 0),
        (
            "portal-commitments",
            _("Commitments"),
            own_waiting(edition=edition, who=who, delegation=delegation),
        ),
    ]
    city = text_in(edition.city, language)
    short = f"{strip_tags(str(ordinal(edition.number)))} {edition.series.short_name}"  # French raises its "e"
    frame: dict[str, object] = {
        "edition": edition,
        "delegation": delegation,
        "delegation_display": delegation_names(edition, language=language, delegations=[delegation.pk])[
            delegation.pk
        ],
        "edition_name": f"{short}, {city}" if city else short,
        "city": city,
        "tabs": [
            NavItem(label, link(name, edition, **kept), name == here, badge) for name, label, badge in tabs
        ],
        "requests_url": link("portal-requests", edition, **kept),
        "kept": f"&delegation={named}" if named else "",
    }
    return delegation, frame, asks


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _day(request: HttpRequest, usual: date) -> date:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return usual
