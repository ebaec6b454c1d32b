"""News as files, opened with other programs' readers."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import numpy as np
import pypdfium2 as pdfium
import pytest
from docx import Document
from jsonschema import Draft202012Validator
from lxml import etree

from summitry.formats.news import Correction, Feed, NewsItem, atom_feed, news_docx, ninjs
from summitry.formats.pdf import Imprint, ReleaseSheet, release_sheet

WARSAW = ZoneInfo("Europe/Warsaw")
AT = datetime(2019, 10, 31, 9, 30, tzinfo=WARSAW)
ATOM = {"a": "http://www.w3.org/2005/Atom"}
ITEM = NewsItem(
    uri="urn:uuid:0195e7a0-0000-7000-8000-000000000001",
    url="https://conference.example/ibpc-2019/news/warsaw/?language=fr",
    language="fr",
    version=2,
    headline="Varsovie accueille des responsables de près de 100 pays",
    dateline="VARSOVIE, le 31 octobre 2019",
    paragraphs=["Premier <alinéa> & suite.", "Deuxième alinéa : « oui »."],
    publisher="Frontex",
    edition="24e Conférence",
    place="Varsovie",
    about="Frontex est une agence.",
    contact="press@demo.example",
    published=AT,
    updated=AT.replace(hour=11),
    corrections=[Correction(AT.replace(hour=11), "Le nombre est corrigé.")],
    notice="Données produites pour la démonstration",
)

#: The parts of the ninjs 3.1 schema that are written here: names, types, no others.
_TEXT = {"type": "string"}
_MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$"}


def _list_of(*required: str, **properties: object) -> dict[str, object]:
    item = {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": properties,
    }
    return {"type": "array", "items": item}


SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["uri"],
    "properties": {
        "uri": {"type": "string", "pattern": "^urn:uuid:"},
        "type": {"enum": ["text", "audio", "video", "picture", "graphic", "composite", "component", "event"]},
        "representationType": {"enum": ["full", "partial"]},
        "version": _TEXT,
        "firstCreated": _MOMENT,
        "versionCreated": _MOMENT,
        "embargoedUntil": _MOMENT,
        "pubStatus": {"enum": ["usable", "withheld", "canceled"]},
        "language": _TEXT,
        "located": _TEXT,
        "by": _TEXT,
        "copyrightHolder": _TEXT,
        "edNote": _TEXT,
        "descriptions": _list_of("value", role=_TEXT, contentType=_TEXT, value=_TEXT),
        "headlines": _list_of("value", role=_TEXT, contentType=_TEXT, value=_TEXT),
        "bodies": _list_of(
            "value",
            role=_TEXT,
            contentType=_TEXT,
            charCount={"type": "integer"},
            wordCount={"type": "integer"},
            value=_TEXT,
        ),
        "events": _list_of(name=_TEXT),
        "organisations": _list_of(name=_TEXT, rel=_TEXT),
        "infoSources": _list_of(
            name=_TEXT, contactInfo=_list_of("value", type=_TEXT, role=_TEXT, lang=_TEXT, name=_TEXT, value=_TEXT)
        ),
        "renditions": _list_of("name", name=_TEXT, href=_TEXT, contentType=_TEXT),
        "standard": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"name": {"const": "ninjs"}, "version": {"const": "3.1"}, "schema": _TEXT},
        },
    },
}  # fmt: skip


def test_ninjs_has_the_standards_fields_and_no_others() -> None:
    for item in (
        ITEM,
        replace(ITEM, published=None, updated=None, status="withheld", contact="", corrections=[]),
    ):
        found = json.loads(ninjs(item))
        assert not list(Draft202012Validator(SCHEMA).iter_errors(found))
        assert found["headlines"][0]["value"] == ITEM.headline
    assert found["pubStatus"] == "withheld"


def test_ninjs_gives_times_in_utc_and_text_both_ways() -> None:
    found = json.loads(ninjs(replace(ITEM, embargo_until=AT)))
    assert found["firstCreated"] == "2019-10-31T08:30:00+00:00"
    assert found["embargoedUntil"] == "2019-10-31T08:30:00+00:00"
    plain, rich = (body["value"] for body in found["bodies"])
    assert plain.startswith("VARSOVIE, le 31 octobre 2019 – Premier <alinéa>")
    assert "&lt;alinéa&gt; &amp; suite" in rich
    assert found["descriptions"][0]["value"] == "Le nombre est corrigé."


def _feed(*items: NewsItem) -> Feed:
    return Feed(
        uri="urn:uuid:0195e7a0-0000-7000-8000-000000000000",
        url="https://conference.example/ibpc-2019/news/feed.atom?language=fr",
        page="https://conference.example/ibpc-2019/news/?language=fr",
        title="Actualités",
        author="Frontex",
        language="fr",
        updated=AT,
        items=items,
    )


def test_atom_has_what_rfc_4287_wants_of_feed_and_entries() -> None:
    root = etree.fromstring(atom_feed(_feed(ITEM)))
    assert etree.QName(root).localname == "feed"
    for name in ("id", "title", "updated", "author/a:name"):
        assert root.findtext(f"a:{name}", namespaces=ATOM)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    assert {link.get("rel") for link in root.findall("a:link", ATOM)} == {"self", "alternate"}
    [entry] = root.findall("a:entry", ATOM)
    assert entry.findtext("a:id", namespaces=ATOM) == ITEM.uri
    assert entry.findtext("a:published", namespaces=ATOM) == "2019-10-31T09:30:00+01:00"
    assert entry.findtext("a:updated", namespaces=ATOM) == "2019-10-31T11:30:00+01:00"
    content = entry.find("a:content", ATOM)
    assert content is not None
    assert content.get("type") == "html"
    assert "<p>VARSOVIE, le 31 octobre 2019 – Premier &lt;alinéa&gt; &amp; suite.</p>" in str(content.text)
    assert "Le nombre est corrigé." in str(content.text)


def test_what_is_not_public_does_not_come_into_a_feed() -> None:
    with pytest.raises(ValueError, match="not public"):
        atom_feed(_feed(replace(ITEM, published=None)))


def test_a_feed_may_be_empty() -> None:
    assert not etree.fromstring(atom_feed(_feed())).findall("a:entry", ATOM)


def test_the_document_opens_with_all_its_text_and_what_stands_over_it() -> None:
    document = Document(BytesIO(news_docx(replace(ITEM, handling="Projet"))))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines[:4] == ["24e Conférence", "Projet", ITEM.headline, "Le nombre est corrigé."]
    assert lines[4] == "VARSOVIE, le 31 octobre 2019 – Premier <alinéa> & suite."
    assert lines[5] == ITEM.paragraphs[1]
    assert ITEM.notice in lines
    assert document.core_properties.title == ITEM.headline
    assert document.paragraphs[2].style is not None
    assert document.paragraphs[2].style.name == "Heading 1"


def test_the_same_item_makes_the_same_document() -> None:
    first, second = (Document(BytesIO(news_docx(ITEM))) for _turn in range(2))
    assert [one.text for one in first.paragraphs] == [one.text for one in second.paragraphs]
    assert first.core_properties.modified == second.core_properties.modified


def test_controls_that_no_document_may_carry_are_taken_out() -> None:
    item = replace(ITEM, headline="Head\x00line", paragraphs=["Te\x0bxt"])
    assert Document(BytesIO(news_docx(item))).paragraphs[1].text == "Headline"
    assert "Text" in atom_feed(_feed(item)).decode()
    assert json.loads(ninjs(item))["headlines"][0]["value"]


def test_the_printed_release_says_all_of_it_on_one_page() -> None:
    imprint = Imprint(edition=ITEM.edition, as_at=AT, language="fr", notice=ITEM.notice)
    document = pdfium.PdfDocument(release_sheet(ReleaseSheet(imprint, "Communiqué de presse", ITEM)))
    assert len(document) == 1
    text = re.sub(r"\s+", " ", document[0].get_textpage().get_text_range())
    for words in (
        "Communiqué de presse",
        "Varsovie accueille",
        "Premier <alinéa> & suite.",
        "Le nombre est corrigé.",
        "press@demo.example",
    ):
        assert words in text
    page = np.asarray(document[0].render(scale=1).to_numpy())
    assert (page < 100).any()
