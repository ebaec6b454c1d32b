"""A feed of news: Atom (RFC 4287)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final

from lxml import etree

from summitry.formats.news.item import NewsItem
from summitry.formats.text import fit_for_print

_ATOM: Final = "http://www.w3.org/2005/Atom"
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed in one language.

    Attributes
    ----------
    uri
        What the feed is known by for good.
    url, page
        Where the feed is, and the page that shows the same.
    updated
        When it last changed; with a zone.
    """

    uri: str
    url: str
    page: str
    title: str
    author: str
    language: str
    updated: datetime
    items: Sequence[NewsItem] = ()


def atom_feed(feed: Feed) -> bytes:
    """Write a feed; items that are not public are refused.

    Raises
    ------
    ValueError
        Where an item is not public yet: it has no time of publication.
    """
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item]  # lxml's name for the default namespace
    root.set(_XML_LANG, feed.language)
    _text(root, "id", feed.uri)
    _text(root, "title", feed.title)
    _text(root, "updated", feed.updated.isoformat())
    _text(etree.SubElement(root, f"{{{_ATOM}}}author"), "name", feed.author)
    _link(root, feed.url, rel="self", type_="application/atom+xml")
    _link(root, feed.page, rel="alternate", type_="text/html")
    for item in feed.items:
        _entry(root, item)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _entry(root: etree._Element, item: NewsItem) -> None:
    if item.published is None or item.updated is None:
        message = f"{item.uri} is not public: it does not belong into a feed"
        raise ValueError(message)
    entry = etree.SubElement(root, f"{{{_ATOM}}}entry")
    entry.set(_XML_LANG, item.language)
    _text(entry, "id", item.uri)
    _text(entry, "title", item.headline)
    _text(entry, "published", item.published.isoformat())
    _text(entry, "updated", item.updated.isoformat())
    _link(entry, item.url, rel="alternate", type_="text/html")
    _text(entry, "summary", item.paragraphs[0] if item.paragraphs else item.headline)
    notices = [correction.notice for correction in item.corrections]
    html = "".join(
        f"<p>{escape(paragraph)}</p>" for paragraph in [*notices, *item.body, item.about] if paragraph
    )
    content = _text(entry, "content", html)
    content.set("type", "html")


def _text(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    element.text = fit_for_print(text)
    return element


def _link(parent: etree._Element, href: str, *, rel: str, type_: str) -> None:
    link = etree.SubElement(parent, f"{{{_ATOM}}}link")
    link.set("rel", rel)
    link.set("type", type_)
    link.set("href", href)
