from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from outcomes_support import DAY, FollowUp
from summitry.accounts.access import SYSTEM, Actor
from summitry.accounts.models import Role
from summitry.outcomes import actions
from summitry.outcomes.actions import Content, Doing, Provision, Signing
from summitry.outcomes.models import Area, Instrument, InstrumentFile, SilenceProcedure

NOON = datetime(2031, 5, 14, 12, tzinfo=UTC)


@pytest.fixture
def area(follow_up: FollowUp) -> Area:
    return actions.keep_area(
        edition=follow_up.edition, code="training", title={"en": "Training"}, order=1, by=SYSTEM
    )


def record(follow_up: FollowUp, state: str = "negotiating", **words: Any) -> Instrument:
    known: dict[str, Any] = {
        "title": {"en": "Cooperation plan"},
        "kind": "cooperation_plan",
        "legal_nature": "non_binding",
        "languages": ["en", "pl"],
        "authentic_languages": ["en"],
        "parties": [
            Signing(entity=follow_up.entity("pl"), signatory="Zofia Malinowska", office="Commander"),
            Signing(entity=follow_up.entity("ma"), signatory="Amina Berrada", office="Director"),
        ],
        "signed_on": DAY,
    }
    content = Content(**{**known, **words})
    return actions.record_instrument(edition=follow_up.edition, content=content, by=SYSTEM, state=state)


def client_of(who: Actor) -> Client:
    client = Client()
    assert who.user is not None
    client.force_login(who.user)
    return client


@pytest.fixture
def keeper(follow_up: FollowUp) -> Client:
    return client_of(follow_up.keeper)


def address(follow_up: FollowUp, name: str, *words: object) -> str:
    return reverse(f"outcomes:{name}", args=[follow_up.edition.slug, *words])


def said(answer: Any) -> str:
    assert isinstance(answer, HttpResponse)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def rows(count: int, prefix: str, **first: str) -> dict[str, str]:
    known = {f"{prefix}-TOTAL_FORMS": str(count), f"{prefix}-INITIAL_FORMS": "0"}
    return {**known, **{f"{prefix}-{name}": value for name, value in first.items()}}


def form_data(follow_up: FollowUp, **words: Any) -> dict[str, Any]:
    title = (follow_up.edition.languages or ["en"])[0]
    return {
        f"title_{title}": "Joint plan",
        "kind": "cooperation_plan",
        "legal_nature": "non_binding",
        "state": "negotiating",
        "languages": ["en"],
        "authentic_languages": ["en"],
        "expires_on": "2033-12-31",
        **rows(2, "party", **{"0-entity": "pl", "0-signatory": "Zofia Malinowska", "0-office": "Commander",
                              "0-credentials": "yes", "1-entity": "ma"}),
        **rows(1, "activity", **{"0-title": "A course", "0-area": "training", "0-lead": "pl"}),
        **rows(1, "article", **{"0-number": "1", "0-text": "The parties train together.", "0-language": "en"}),
        "areas": ["training"],
        **words,
    }  # fmt: skip


def test_an_instrument_is_recorded_with_its_parties_activities_and_articles(
    follow_up: FollowUp, keeper: Client, area: Area
) -> None:
    said(keeper.get(address(follow_up, "instrument-new")))
    answer = keeper.post(address(follow_up, "instrument-new"), form_data(follow_up))
    assert answer.status_code == 302, answer.content.decode()
    made = Instrument.objects.get()
    assert [(p.entity.code, p.office, p.credentials_ok) for p in made.parties.all()] == [
        ("pl", "Commander", True),
        ("ma", "", None),
    ]
    assert [(one.title, one.area, one.lead) for one in made.activities.all()] == [
        ("A course", area, follow_up.entity("pl"))
    ]
    assert made.articles.get().text == "The parties train together."
    page = said(keeper.get(address(follow_up, "instrument", made.public_id)))
    for words in (
        "Not legally binding",
        "Commander",
        "A course",
        "The parties train together.",
        "31 Dec 2033",
    ):
        assert words in page
    assert f"?article={made.articles.get().public_id}" in page


def test_what_is_refused_stands_beside_its_field_and_nothing_typed_is_lost(
    follow_up: FollowUp, keeper: Client, area: Area
) -> None:
    typed = form_data(follow_up, effect_on="2034-01-01", **{"activity-0-area": ""})
    answer = keeper.post(address(follow_up, "instrument-new"), typed)
    assert answer.status_code == 422
    assert "Choose the area to which it belongs." in answer.content.decode()
    answer = keeper.post(address(follow_up, "instrument-new"), {**typed, "activity-0-area": "training"})
    assert answer.status_code == 422
    assert "The end lies before the beginning" in answer.content.decode()
    assert "Zofia Malinowska" in answer.content.decode()


def test_a_record_is_changed_and_the_articles_of_an_agreed_text_stay(
    follow_up: FollowUp, keeper: Client, area: Area
) -> None:
    made = record(follow_up, "text_agreed", articles=[Provision("1", "They train.", "en")])
    url = address(follow_up, "instrument-change", made.public_id)
    assert "The text is agreed: these stay as they are." in said(keeper.get(url))
    typed = form_data(follow_up, version=str(made.version), **{"article-0-number": "2"})
    answer = keeper.post(url, typed)
    assert answer.status_code == 302, answer.content.decode()
    made.refresh_from_db()
    assert [one.number for one in made.articles.all()] == ["1", "2"]
    assert keeper.post(url, typed).status_code == 422  # somebody has changed it since


def test_steps_of_its_life_are_taken_with_their_date_and_reason(follow_up: FollowUp, keeper: Client) -> None:
    made = record(follow_up, "in_effect")
    page = said(keeper.get(address(follow_up, "instrument", made.public_id)))
    step = address(follow_up, "instrument-step", made.public_id, "terminated")
    assert step in page
    said(keeper.get(step))
    assert keeper.post(step, {"on": DAY.isoformat(), "reason": ""}).status_code == 422
    early = (DAY - timedelta(days=40)).isoformat()
    assert keeper.post(step, {"on": early, "reason": "By consent"}).status_code == 422
    answer = keeper.post(step, {"on": made.events.get().on.isoformat(), "reason": "By consent"})
    assert answer.status_code == 302
    made.refresh_from_db()
    assert made.state == "terminated"
    page = said(keeper.get(address(follow_up, "instrument", made.public_id)))
    assert "By consent" in page


def test_files_are_attached_with_their_hash_and_handed_out(follow_up: FollowUp, keeper: Client) -> None:
    made = record(follow_up)
    url = address(follow_up, "instrument-files", made.public_id)
    said(keeper.get(url))
    file = SimpleUploadedFile("plan.txt", b"The plan as signed.", "text/plain")
    answer = keeper.post(url, {"files": [file], "kind": "signed_copy", "language": "en"})
    assert answer.status_code == 302, answer.content.decode()
    kept = InstrumentFile.objects.get()
    page = said(keeper.get(address(follow_up, "instrument", made.public_id)))
    assert kept.file.sha256 in page
    download = address(follow_up, "instrument-file", made.public_id, kept.public_id)
    assert keeper.get(download).content == b"The plan as signed."
    assert client_of(follow_up.focal("no")).get(download).status_code == 404


def test_silence_is_opened_to_the_minute_broken_by_a_party_and_said_on_the_page(
    follow_up: FollowUp, keeper: Client
) -> None:
    follow_up.set_day(DAY)
    made = record(follow_up)
    url = address(follow_up, "instrument-silence", made.public_id)
    assert follow_up.edition.timezone in said(keeper.get(url))
    answer = keeper.post(url, {"text": "The text.", "language": "en", "expires_at": "2031-05-16T17:30"})
    assert answer.status_code == 302, answer.content.decode()
    procedure = SilenceProcedure.objects.get()
    local = procedure.expires_at.astimezone().replace(tzinfo=None)
    assert (local.minute, local.second) == (30, 0)
    morocco = client_of(follow_up.focal("ma"))
    assert "16 May 2031, 17:30:00" in said(morocco.get(address(follow_up, "instrument", made.public_id)))
    reply = address(follow_up, "instrument-reply", made.public_id)
    said(morocco.get(reply))
    assert client_of(follow_up.focal("no")).get(reply).status_code == 404
    assert (
        keeper.post(address(follow_up, "instrument-conclude", made.public_id), {"number": "1"}).status_code
        == 422
    )
    typed = {
        "delegation": str(follow_up.delegation("ma").public_id),
        "kind": "objection",
        "text": "Morocco objects.",
    }
    stranger = {**typed, "delegation": str(follow_up.delegation("pl").public_id)}
    assert morocco.post(reply, stranger).status_code == 422
    assert morocco.post(reply, typed).status_code == 302
    procedure.refresh_from_db()
    assert procedure.state == "broken"
    assert "Morocco objects." in said(keeper.get(address(follow_up, "instrument", made.public_id)))


def test_silence_that_ended_unbroken_is_concluded_by_the_host_with_a_number(
    follow_up: FollowUp, keeper: Client
) -> None:
    follow_up.set_day(DAY)
    made = record(follow_up)
    actions.open_silence(
        instrument=made, text="The text.", language="en", expires_at=NOON + timedelta(hours=20), by=SYSTEM
    )
    follow_up.set_day(DAY + timedelta(days=1))
    assert "to be concluded" in said(keeper.get(address(follow_up, "instruments")))
    url = address(follow_up, "instrument-conclude", made.public_id)
    said(keeper.get(url))
    assert keeper.post(url, {"number": "DEC/7"}).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.reference) == ("signed", "DEC/7")


def test_chains_are_walked_both_ways_and_drawn_over_the_years(follow_up: FollowUp, keeper: Client) -> None:
    base = record(follow_up, "in_effect", title={"en": "The arrangement"}, kind="working_arrangement")
    old = record(follow_up, "expired", title={"en": "First plan"}, parent=base,
                 period_from=DAY, period_to=DAY + timedelta(days=700))  # fmt: skip
    new = record(follow_up, "in_effect", title={"en": "Second plan"}, parent=base, predecessor=old,
                 period_from=DAY + timedelta(days=701), period_to=DAY + timedelta(days=1400))  # fmt: skip
    for here, others in ((old, (new, base)), (new, (old, base)), (base, (old, new))):
        page = said(keeper.get(address(follow_up, "instrument", here.public_id)))
        for other in others:
            assert address(follow_up, "instrument", other.public_id) in page
    drawn = said(keeper.get(address(follow_up, "instruments-timeline")))
    assert drawn.index("First plan") < drawn.index("Second plan")
    assert "The arrangement" not in drawn
    assert "The arrangement" in said(keeper.get(address(follow_up, "instruments-timeline") + "?kinds=all"))


def test_a_list_is_narrowed_by_what_its_columns_say_and_leaves_as_a_sheet(
    follow_up: FollowUp, keeper: Client, area: Area
) -> None:
    follow_up.set_day(DAY)
    record(follow_up, "in_effect", title={"en": "Soon over"}, expires_on=DAY + timedelta(days=20), areas=[area],
           activities=[Doing(area, "A course")])  # fmt: skip
    record(follow_up, "idea", title={"en": "Far away"}, kind="memorandum", legal_nature="political")
    url = address(follow_up, "instruments")
    for query in ("kind=cooperation_plan", "nature=non_binding", "state=force", "area=training",
                  "expiry=soon", "expiry=2031", "party=ma&state=in_effect", "q=soon"):  # fmt: skip
        page = said(keeper.get(f"{url}?{query}"))
        table = page[page.index("<table") :]
        assert "Soon over" in table, query
        assert "Far away" not in table, query
    sheet = keeper.get(f"{url}?format=csv")
    body = b"".join(sheet) if sheet.streaming else sheet.content
    assert b"Soon over" in body
    assert b"Training" in body
    assert keeper.get(f"{url}?format=xlsx").status_code == 200


def test_delegations_see_their_own_instruments_alone_and_no_sketch(follow_up: FollowUp) -> None:
    record(follow_up, "negotiating", title={"en": "Told"})
    sketch = record(follow_up, "idea", title={"en": "A mere idea"})
    url = address(follow_up, "instruments")
    morocco = client_of(follow_up.focal("ma"))
    page = said(morocco.get(url))
    assert "Told" in page
    assert "A mere idea" not in page
    assert "Record an instrument" not in page
    assert morocco.get(address(follow_up, "instrument", sketch.public_id)).status_code == 404
    assert morocco.get(address(follow_up, "instrument-new")).status_code == 403
    assert "Told" not in said(client_of(follow_up.focal("no")).get(url))
    press = client_of(follow_up.actor_at(follow_up.edition, Role.PRESS))
    assert "Told" not in said(press.get(url))


@pytest.mark.parametrize("name", ["instruments", "instruments-timeline"])
def test_lists_take_the_same_number_of_statements_for_one_row_and_for_thirty(
    follow_up: FollowUp, keeper: Client, area: Area, name: str
) -> None:
    follow_up.set_day(DAY)
    url = address(follow_up, name)
    words: dict[str, Any] = {"expires_on": DAY + timedelta(days=9), "areas": [area], "period_from": DAY}
    record(follow_up, "in_effect", **words)
    keeper.get(url)
    with CaptureQueriesContext(
        connection,
    ) as one:
        keeper.get(url)
    for _number in range(29):
        record(follow_up, "in_effect", **words)
    with CaptureQueriesContext(connection) as thirty:
        keeper.get(url)
    assert len(thirty) == len(one)


def test_a_page_takes_the_same_number_of_statements_however_much_it_tells(
    follow_up: FollowUp, keeper: Client, area: Area
) -> None:
    def taken(count: int) -> int:
        made = record(
            follow_up,
            areas=[area],
            activities=[Doing(area, f"Course {n}", lead=follow_up.entity("pl")) for n in range(count)],
            articles=[Provision(str(n), "They train.", "en") for n in range(count)],
        )
        url = address(follow_up, "instrument", made.public_id)
        keeper.get(url)
        with CaptureQueriesContext(connection) as queries:
            keeper.get(url)
        return len(queries)

    assert taken(1) == taken(30)
