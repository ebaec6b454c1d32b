from __future__ import annotations

import json
import re
from datetime import timedelta
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document
from lxml import etree

from newsroom_support import demo_actor
from summitry.accounts.models import User
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.newsroom import actions
from summitry.newsroom.models import Release, ReleaseVersion, Sentence
from summitry.newsroom.queries import public_releases

DESK = "/ibpc-2019/newsroom/"
PUBLIC = "/ibpc-2019/news/"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def _client(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(email=f"{name}@demo.example"))
    return client


def _text(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def test_the_press_officer_finds_the_release_and_opens_every_record_under_it(demo: Edition) -> None:
    client = _client("press")
    listed = client.get(DESK).content.decode()
    assert "Warsaw hosts law enforcement executives" in listed
    page = client.get(f"{DESK}releases/warsaw/").content.decode()
    links = set(re.findall(rf'href="({DESK}(?:records|lists)/[^"]+)"', page))
    assert len(links) > 40
    for kind in (
        "records/outcomes.handover",
        "records/programme.quotation",
        "lists/participants",
        "lists/meetings",
    ):
        [link, *_others] = [one for one in links if kind in one]
        assert client.get(link).status_code == 200, link


@pytest.mark.parametrize(
    "key",
    [
        "countries",
        "continents",
        "participants",
        "eu-agencies",
        "meetings",
        "multilateral-meetings",
        "renewals",
    ],
)
def test_a_list_opens_with_exactly_as_many_rows_as_its_number(demo: Edition, key: str) -> None:
    from summitry.newsroom.facts import gather

    answer = _client("press").get(f"{DESK}lists/{key}/?format=csv")
    rows = answer.getvalue().decode("utf-8-sig").strip().splitlines()
    assert len(rows) - 1 == len(gather(demo).lists[key])


def test_the_list_of_participants_names_only_who_is_listed_publicly(demo: Edition) -> None:
    from summitry.delegations.models import Member

    text = _client("press").get(f"{DESK}lists/participants/?format=csv").getvalue().decode()
    hidden = Member.objects.filter(edition=demo, list_publicly=False).values_list(
        "person__display_name", flat=True
    )
    assert not [name for name in hidden if name in text]
    assert "Fabrice Leggeri" in text


def test_the_list_of_meetings_names_only_those_that_everybody_may_know_of(demo: Edition) -> None:
    text = _client("press").get(f"{DESK}lists/meetings/?format=csv").getvalue().decode()
    assert text.count("Frontex, ") == 5


@pytest.mark.parametrize(
    "name", ["desk", "protocol", "accreditation", "interpretation", "follow-up", "morocco", "delegate"]
)
def test_the_newsroom_is_closed_to_others(demo: Edition, name: str) -> None:
    client = _client(name)
    for address in (DESK, f"{DESK}releases/warsaw/", f"{DESK}lists/participants/", f"{DESK}profile/"):
        assert client.get(address).status_code == 403
    assert client.post(f"{DESK}releases/warsaw/withdraw/", {"reason": "x"}).status_code == 403


def test_a_release_goes_its_way_by_the_pages_alone(demo: Edition) -> None:
    press, secretariat = _client("press"), _client("secretariat")
    assert press.post(DESK, {"slug": "Second one", "kind": "release"}).status_code == 422
    assert press.post(DESK, {"slug": "second", "kind": "release"}).status_code == 302
    base = f"{DESK}releases/second/"
    sentence = Sentence.objects.get(release_version__release__slug="second", rule="themes", language="en")
    answer = press.post(f"{base}sentences/{sentence.public_id}/", {"text": "Our themes.", "version": 1})
    assert answer.headers["Location"].endswith(f"?language=en#s-{sentence.public_id}")
    assert "Our themes." in _text(press.get(base).content)
    press.post(f"{base}add/fr/", {"section": "next", "text": "À bientôt."})
    assert "Rests on no record" in _text(press.get(f"{base}?language=fr").content)
    assert press.post(f"{base}add/fr/", {"section": "next", "text": ""}).status_code == 422
    assert press.post(f"{base}clear/").status_code == 403
    assert secretariat.post(f"{base}clear/").status_code == 302
    until = clock.wall(demo, clock.now(demo) + timedelta(hours=2))
    answer = press.post(f"{base}issue/", {"embargo_until": f"{until - timedelta(hours=4):%Y-%m-%dT%H:%M}"})
    assert answer.status_code == 422
    assert "later than now" in _text(answer.content)
    assert press.post(f"{base}issue/", {"embargo_until": f"{until:%Y-%m-%dT%H:%M}"}).status_code == 302
    assert Client().get(f"{PUBLIC}second/").status_code == 404
    assert "under embargo" in _text(press.get(base).content)
    press.post(f"{base}lift/")
    assert Client().get(f"{PUBLIC}second/").status_code == 200
    notice = {f"notice_{code}": f"Corrected ({code})." for code in ("en", "fr", "es")}
    assert press.post(f"{base}correct/", notice | {"notice_fr": ""}).status_code == 422
    press.post(f"{base}correct/", notice)
    secretariat.post(f"{base}clear/")
    press.post(f"{base}issue/")
    assert "Corrected (es)." in _text(Client().get(f"{PUBLIC}second/?language=es").content)
    press.post(f"{base}withdraw/", {"reason": "Sent twice."})
    gone = Client().get(f"{PUBLIC}second/")
    assert gone.status_code == 410
    assert "Our themes" not in _text(gone.content)


def test_the_profile_and_the_terms_are_kept(demo: Edition) -> None:
    client = _client("press")
    typed = {
        "audience_en": "chiefs of police",
        "audience_fr": "chefs de police",
        "audience_es": "jefes de policía",
    }
    assert client.post(f"{DESK}profile/", typed | {"contact": "nobody"}).status_code == 422
    assert client.post(f"{DESK}profile/", typed).status_code == 302
    client.post(f"{DESK}profile/", {"text": "Commissioner", "wording_fr": "le commissaire"})
    page = client.get(f"{DESK}profile/").content.decode()
    assert "chiefs of police" in page
    assert "le commissaire" in page


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "nearly 100 countries"), ("fr", "près de 100 pays"), ("es", "casi 100 países")],
)
def test_everybody_reads_the_same_release_as_page_and_as_files(
    demo: Edition, language: str, words: str
) -> None:
    client, asked = Client(), f"?language={language}"
    page = client.get(f"{PUBLIC}warsaw/{asked}").content.decode()
    assert f'lang="{language}"' in page
    sentences = Sentence.objects.filter(release_version__release__slug="warsaw", language=language)
    texts = [one.text for one in sentences]
    assert any(words in text for text in texts)
    document = Document(BytesIO(client.get(f"{PUBLIC}warsaw/release.docx{asked}").content))
    pdf = pdfium.PdfDocument(client.get(f"{PUBLIC}warsaw/release.pdf{asked}").content)
    item = json.loads(client.get(f"{PUBLIC}warsaw/release.json{asked}").content)
    told = {
        "page": _text(page.encode()).replace("&#x27;", "'").replace("&amp;", "&"),
        "docx": " ".join(paragraph.text for paragraph in document.paragraphs),
        "pdf": " ".join(sheet.get_textpage().get_text_range() for sheet in pdf),
        "ninjs": " ".join([item["headlines"][0]["value"], item["bodies"][0]["value"], *texts[-1:]]),
    }
    for kind, whole in told.items():
        squeezed = re.sub(r"[\s\u00ad\ufffe-]+", "", whole)
        for text in texts:
            assert re.sub(r"[\s-]+", "", text) in squeezed, (kind, text)
    assert item["uri"] == f"urn:uuid:{Release.objects.get(edition=demo, slug='warsaw').public_id}"


def test_the_feed_has_the_public_releases_of_a_language(demo: Edition) -> None:
    answer = Client().get(f"{PUBLIC}feed.atom?language=es")
    assert answer.headers["Content-Type"] == "application/atom+xml"
    root = etree.fromstring(answer.content)
    [entry] = root.findall("a:entry", ATOM)
    assert "casi 100 países" in str(entry.findtext("a:title", namespaces=ATOM))
    address = entry.find("a:link", ATOM)
    assert address is not None
    assert Client().get(str(address.get("href"))).status_code == 200


def test_drafts_reach_nobody_but_the_desk(demo: Edition) -> None:
    actions.draft_release(edition=demo, slug="secret-draft", by=demo_actor("press"))
    anybody = Client()
    assert "secret-draft" not in anybody.get(PUBLIC).content.decode()
    assert "secret-draft" not in anybody.get(f"{PUBLIC}feed.atom").content.decode()
    for address in ("secret-draft/", "secret-draft/release.pdf", "nothing/"):
        assert anybody.get(f"{PUBLIC}{address}").status_code == 404
    answer = _client("press").get(f"{DESK}releases/secret-draft/version-1.docx?language=fr")
    lines = [one.text for one in Document(BytesIO(answer.content)).paragraphs]
    assert "Draft, not for publication" in lines


def test_news_of_an_edition_that_is_not_public_is_not_found(demo: Edition) -> None:
    Edition.objects.filter(pk=demo.pk).update(status="prepared")
    for address in ("", "warsaw/", "feed.atom", "warsaw/release.pdf"):
        assert Client().get(f"{PUBLIC}{address}").status_code == 404


def test_the_public_page_of_the_edition_leads_to_its_news(demo: Edition) -> None:
    page = Client().get("/?public=1&language=fr").content.decode()
    assert "/ibpc-2019/news/warsaw/?language=fr" in page
    assert "Varsovie accueille" in page


def test_public_news_ask_the_same_number_of_statements_for_1_and_for_30(demo: Edition) -> None:
    with CaptureQueriesContext(connection) as one:
        assert len(public_releases(demo)) == 1
    now = clock.now(demo)
    for number in range(30):
        release = Release.objects.create(edition=demo, slug=f"n-{number}")
        version = ReleaseVersion.objects.create(release=release, number=1, drafted_at=now)
        Sentence.objects.create(
            release_version=version, language="en", section="headline", order=1, text="News"
        )
        for state, times in (("cleared", {"cleared_at": now}), ("issued", {"issued_at": now})):
            ReleaseVersion.objects.filter(pk=version.pk).update(state=state, **times)
    with CaptureQueriesContext(connection) as thirty:
        assert len(public_releases(demo)) == 31
    assert len(thirty) == len(one)
    client = _client("press")
    client.get(DESK)
    with CaptureQueriesContext(connection) as listed:
        client.get(DESK)
    Release.objects.filter(slug="n-1").update(withdrawn_at=now, withdrawn_because="x")
    assert len(listed) < 60


@pytest.mark.parametrize(("language", "title"), [("fr", "Actualités"), ("es", "Noticias")])
def test_the_news_are_read_in_their_language_with_all_that_stands_around_them(
    demo: Edition, language: str, title: str
) -> None:
    page = Client().get(f"{PUBLIC}?language={language}").content.decode()
    assert f"<h1>{title}</h1>" in page
    assert "Atom feed" not in page
