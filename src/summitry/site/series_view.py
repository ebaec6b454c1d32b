"""The page of a series: all its editions, and the way from one to another."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.accounts.access import actor, public, visible
from summitry.conferences.models import Edition, Series
from summitry.site import words
from summitry.site.links import link
from summitry.site.shell import is_host
from summitry.ui.shell import NavItem
from summitry.world.languages import base_code, text_in

_KNOWN = (Edition.Status.OPEN, Edition.Status.CLOSED, Edition.Status.ANNOUNCED)


@dataclass(frozen=True, slots=True)
class Row:
    """An edition of the series as its page shows it."""

    edition: Edition
    name: str
    when: str
    city: str
    url: str
    work_url: str
    map_url: str
    is_public: bool


@public
def series(request: HttpRequest, series: str) -> HttpResponseBase:
    """Show a series' editions that everybody may know, and those that the reader works in."""
    who = actor(request)
    found = Series.objects.filter(slug=series).first()
    if found is None:
        raise Http404
    own = set(visible(who, Edition).filter(series=found, settings__isnull=False).values_list("pk", flat=True))
    language = base_code(get_language() or "en")
    rows = [
        Row(
            edition,
            text_in(edition.name, language),
            words.date_span(edition.starts_on, edition.ends_on) or str(edition.year),
            text_in(edition.city, language),
            f"{reverse('home')}?public=1&edition={edition.slug}"
            if edition.status == Edition.Status.OPEN
            else "",
            link("overview" if is_host(who, edition) else "portal", edition) if edition.pk in own else "",
            link("public-map", edition) if edition.status == Edition.Status.OPEN else "",
            edition.status in _KNOWN,
        )
        for edition in Edition.objects.filter(series=found).order_by("-number")
        if edition.status in _KNOWN or edition.pk in own
    ]
    if not rows:
        raise Http404
    context = {
        "series": found,
        "name": text_in(found.name, language),
        "motto": text_in(found.motto, language),
        "rows": rows,
        "announced": Edition.Status.ANNOUNCED,
        "notice": "",
        "site_nav": [
            NavItem(_("Start"), reverse("home"))
            if request.user.is_authenticated
            else NavItem(_("Log in"), reverse("account_login")),
        ],
    }
    return render(request, "site/series.html", context)
