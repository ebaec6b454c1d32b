"""What everybody may read: the news of an edition, a release, its files, the feed."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from summitry.accounts.access import public
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.formats.news import Feed, NewsItem, atom_feed, news_docx, ninjs
from summitry.newsroom import items, queries
from summitry.newsroom.queries import PublicRelease
from summitry.newsroom.views.common import DOCX, NINJS, PDF, asked_language, download, offered, switch
from summitry.ui.shell import NavItem
from summitry.world.languages import text_in


def _edition(slug: str) -> Edition:
    found = queries.public_edition(slug)
    if found is None:
        raise Http404
    return found


def _interface(language: str) -> str:
    return language if language in dict(settings.LANGUAGES) else translation.get_language() or "en"


def _item(request: HttpRequest, edition: Edition, one: PublicRelease, language: str) -> NewsItem:
    address = reverse("news:release", args=[edition.slug, one.release.slug])
    url = request.build_absolute_uri(f"{address}?language={language}")
    return items.public_item(edition, one, language=language, url=url, contact=items.contact_of(edition))


def _frame(request: HttpRequest, edition: Edition, language: str, codes: list[str]) -> dict[str, object]:
    return {
        "edition": edition,
        "page_language": language,
        "edition_name": text_in(edition.name, language),
        "notice": items.notice(edition),
        "site_nav": [
            NavItem(
                _("The conference"), f"{reverse('home')}?public=1&edition={edition.slug}&language={language}"
            ),
            NavItem(
                _("News"), reverse("news:list", args=[edition.slug]) + f"?language={language}", current=True
            ),
            NavItem(_("Start"), reverse("home"))
            if request.user.is_authenticated
            else NavItem(_("Log in"), reverse("account_login")),
        ],
        "languages_offered": switch(request, codes, language),
        "feed_url": reverse("news:feed", args=[edition.slug]) + f"?language={language}",
    }


@public
def news_list(request: HttpRequest, edition: str) -> HttpResponseBase:
    """Show what is public of an edition's news, the newest first."""
    found = _edition(edition)
    codes = offered(found)
    language = asked_language(request, codes)
    with translation.override(_interface(language)), timezone.override(clock.zone(found)):
        told = [one for one in queries.public_releases(found) if language in one.languages]
        context = {
            **_frame(request, found, language, codes),
            "news": [(_item(request, found, one, language), one) for one in told],
        }
        return render(request, "newsroom/public_list.html", context)


@public
def release(request: HttpRequest, edition: str, release: str) -> HttpResponseBase:
    """Show a release; one that was withdrawn says so, and nothing else."""
    found = _edition(edition)
    one = queries.public_release(found, release)
    if one is None:
        if not queries.is_withdrawn(found, release):
            raise Http404
        codes = offered(found)
        language = asked_language(request, codes)
        with translation.override(_interface(language)):
            context = _frame(request, found, language, codes)
            return render(request, "newsroom/public_withdrawn.html", context, status=410)
    language = asked_language(request, one.languages)
    with translation.override(_interface(language)), timezone.override(clock.zone(found)):
        item = _item(request, found, one, language)
        context = {
            **_frame(request, found, language, one.languages),
            "item": item,
            "body": item.body,
            "first": item.paragraphs[0] if item.paragraphs else "",
            "others": item.paragraphs[1:],
            "files": [
                (label, reverse("news:file", args=[found.slug, release, kind]) + f"?language={language}")
                for kind, label in (("pdf", "PDF"), ("docx", "DOCX"), ("json", "ninjs"))
            ],
        }
        return render(request, "newsroom/public_release.html", context)


@public
def file(request: HttpRequest, edition: str, release: str, kind: str) -> HttpResponseBase:
    """Hand out a public release as a file."""
    found = _edition(edition)
    one = queries.public_release(found, release)
    if one is None or kind not in {"pdf", "docx", "json"}:
        raise Http404
    language = asked_language(request, one.languages)
    item = _item(request, found, one, language)
    name = f"{found.slug}-{release}-{language}.{kind}"
    if kind == "pdf":
        return download(items.sheet(found, item), kind=PDF, name=name)
    if kind == "docx":
        return download(news_docx(item), kind=DOCX, name=name)
    return HttpResponse(ninjs(item), content_type=NINJS)


@public
def feed(request: HttpRequest, edition: str) -> HttpResponseBase:
    """Hand out the news of an edition as an Atom feed in one language."""
    found = _edition(edition)
    language = asked_language(request, offered(found))
    told = [one for one in queries.public_releases(found) if language in one.languages]
    page = reverse("news:list", args=[found.slug]) + f"?language={language}"
    never = clock.local(found, datetime(found.year, 1, 1, tzinfo=clock.zone(found)))
    with translation.override(_interface(language)):
        feed_ = Feed(
            uri=f"urn:uuid:{found.public_id}",
            url=request.build_absolute_uri(),
            page=request.build_absolute_uri(page),
            title=_("News: %(edition)s") % {"edition": text_in(found.name, language)},
            author=items.publisher(found, language),
            language=language,
            updated=max((clock.local(found, one.since) for one in told), default=never),
            items=[_item(request, found, one, language) for one in told],
        )
    return HttpResponse(atom_feed(feed_), content_type="application/atom+xml")
