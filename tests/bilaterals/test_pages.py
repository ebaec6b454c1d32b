from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bilaterals_support import Summit, at, plan_here
from summitry.accounts.models import Role, User
from summitry.bilaterals import queries
from summitry.bilaterals.actions import (
    adopt_plan,
    apply_remedy,
    fail_planning,
    note_progress,
    note_started,
    start_planning,
)
from summitry.bilaterals.models import Meeting, PlanningRun, PlanVersion, Request, UnplannedRequest
from summitry.bilaterals.queries import Start, planning_problem
from summitry.bilaterals.rules import asked_again
from summitry.delegations.models import Person
from summitry.interpretation.models import Absence, Interpreter, InterpreterLanguage

Get = Callable[..., Any]


@pytest.fixture
def planned(summit: Summit) -> Summit:
    """A conference with an adopted plan, and a request for which there is no time."""
    summit.request("pl", "ma", topic="Joint training", languages=["fr", "en"], fixed_at=at(10))
    summit.request("no", "sn", topic="Hidden matter", confidentiality=3)
    summit.request("no", "ma", topic="Too early", windows=[(at(9), at(9, 30))], minutes=30)
    delegation = summit.delegations["ma"]
    delegation.arrives_at = at(9, 30)
    delegation.save()
    adopt_plan(version=summit.draft(), by=summit.desk)
    return summit


def log_in(summit: Summit, client: Client, role: Role, code: str | None = None) -> User:
    who = summit.actor(role, code)
    assert who.user is not None
    client.force_login(who.user)
    return who.user


def url(summit: Summit, path: str) -> str:
    return f"/{summit.edition.slug}/bilaterals/{path}"


def pages(summit: Summit) -> list[str]:
    request = Request.objects.get(number=1).public_id
    return [
        "board/",
        f"board/?day=2031-05-14&plan=1&meeting={request}",
        "board/list/",
        "board/list/?format=csv",
        "board/sheet.pdf",
        f"board/{request}/",
        "plans/",
        "plans/1/",
        "requests/",
        "requests/?format=xlsx",
        "requests/new/",
        f"requests/new/people/?requester={summit.delegations['pl'].public_id}",
        f"requests/{request}/",
        f"requests/{request}/withdraw/",
        f"requests/{request}/card.pdf",
    ]


@pytest.mark.parametrize("role", [Role.BILATERAL_DESK, Role.SECRETARIAT, Role.PROTOCOL])
def test_every_page_opens_for_the_desks(planned: Summit, client: Client, role: Role) -> None:
    log_in(planned, client, role)
    for page in pages(planned):
        assert client.get(url(planned, page)).status_code == 200, page


def test_other_roles_are_kept_out(planned: Summit, client: Client) -> None:
    log_in(planned, client, Role.PRESS)
    assert {client.get(url(planned, page)).status_code for page in pages(planned)} == {403}


def test_the_board_shows_rooms_meetings_and_the_unplanned_with_their_reason(
    planned: Summit, client: Client
) -> None:
    log_in(planned, client, Role.PROTOCOL)
    text = client.get(url(planned, "board/?day=2031-05-14")).content.decode()
    for expected in ("Poland", "Morocco", "Norway", "Senegal", "Bug", "Beside the plenary", "Unplanned"):
        assert expected in text
    assert "(1)" in text
    assert UnplannedRequest.objects.get().reason in text.replace("&#x27;", "'")


def test_a_confidential_meeting_is_a_room_occupied_to_the_desk(planned: Summit, client: Client) -> None:
    log_in(planned, client, Role.BILATERAL_DESK)
    hidden = Request.objects.get(number=2)
    day = Meeting.objects.get(request=hidden).occasion.starts_at.date()
    for page in (
        f"board/?day={day}",
        f"board/list/?day={day}&format=csv",
        "plans/1/",
        "requests/?format=csv",
    ):
        text = client.get(url(planned, page)).content.decode()
        assert "Senegal" not in text, page
        assert "Hidden matter" not in text, page
        assert str(hidden.public_id) not in text, page
    assert "Occupied" in client.get(url(planned, f"board/?day={day}")).content.decode()
    for page in (f"requests/{hidden.public_id}/", f"board/{hidden.public_id}/"):
        assert client.get(url(planned, page)).status_code == 404


def test_a_focal_point_sees_the_own_delegation_alone(planned: Summit, client: Client) -> None:
    log_in(planned, client, Role.FOCAL_POINT, "sn")
    own, other = Request.objects.get(number=2), Request.objects.get(number=1)
    listed = client.get(url(planned, "requests/"))
    assert listed.context["table"].count == 1
    assert listed.context["planned"] == 1
    exported = client.get(url(planned, "requests/?format=csv")).content.decode()
    assert "Hidden matter" in exported
    assert "Morocco" not in exported + listed.content.decode()
    assert client.get(url(planned, f"requests/{own.public_id}/")).status_code == 200
    assert client.get(url(planned, f"requests/{own.public_id}/card.pdf")).status_code == 200
    for path in ("", "withdraw/", "card.pdf"):
        assert client.get(url(planned, f"requests/{other.public_id}/{path}")).status_code == 404
    for page in ("board/", "plans/", "plans/1/", "board/sheet.pdf"):
        assert client.get(url(planned, page)).status_code == 403


def test_the_brief_is_read_by_the_requester_alone(summit: Summit, client: Client) -> None:
    request = summit.request("ma", "no", brief="Our red line")
    for role, code, reads in (
        (Role.FOCAL_POINT, "ma", True),
        (Role.FOCAL_POINT, "no", False),
        (Role.PROTOCOL, None, False),
    ):
        log_in(summit, client, role, code)
        text = client.get(url(summit, f"requests/{request.public_id}/")).content.decode()
        assert ("Our red line" in text) is reads


def test_a_focal_point_asks_in_the_form_and_sees_no_other_delegations_people(
    summit: Summit, client: Client
) -> None:
    log_in(summit, client, Role.FOCAL_POINT, "ma")
    typed = {
        "requester": summit.delegations["ma"].public_id,
        "counterpart": summit.delegations["no"].public_id,
        "level": "deputy",
        "minutes": 20,
        "per_side": 3,
        "topic": "",
        "brief": "For us",
        "priority": 1,
        "confidentiality": 2,
        "windows": ["first-morning"],
        "people": [summit.members["ma-2"].public_id],
    }
    wrong = client.post(url(summit, "requests/new/"), typed)
    assert wrong.status_code == 422
    text = wrong.content.decode()
    assert "Person MA 2" in text
    assert "Person NO 1" not in text
    assert "For us" in text
    right = client.post(url(summit, "requests/new/"), {**typed, "topic": "Patrols"})
    assert right.status_code == 302
    request = Request.objects.get()
    assert (request.level, request.minutes, request.seats, request.priority) == ("deputy", 20, 6, 1)
    assert [str(one.member) for one in request.people.order_by("pk")] == ["Person MA 2", "Person NO 2"]
    assert request.windows.get().starts_at == at(9)


def test_what_an_action_refuses_stands_beside_its_field(summit: Summit, client: Client) -> None:
    log_in(summit, client, Role.BILATERAL_DESK)
    norway = summit.delegations["no"].public_id
    typed = {"requester": norway, "counterpart": norway, "level": "expert", "minutes": 20, "per_side": 4}
    typed |= {"topic": "x", "priority": 2, "confidentiality": 2, "fixed_at": "2031-05-14T13:00"}
    response = client.post(url(summit, "requests/new/"), typed)
    assert response.status_code == 422
    assert "counterpart" in response.context["form"].errors
    typed["counterpart"] = summit.delegations["ma"].public_id
    response = client.post(url(summit, "requests/new/"), typed)
    assert "fixed_at" in response.context["form"].errors


def test_an_answer_is_recorded_and_a_request_withdrawn_on_its_page(summit: Summit, client: Client) -> None:
    log_in(summit, client, Role.BILATERAL_DESK)
    request = summit.request(status="sent")
    page = url(summit, f"requests/{request.public_id}/")
    assert client.post(f"{page}answer/", {"answer": "accepted"}).status_code == 302
    assert client.post(f"{page}withdraw/").status_code == 302
    request.refresh_from_db()
    assert request.status == "withdrawn"
    assert "Withdrawn by bilateral_desk-host" in client.get(page).content.decode()


def test_planning_is_begun_followed_and_stopped_from_the_board(summit: Summit, client: Client) -> None:
    log_in(summit, client, Role.BILATERAL_DESK)
    summit.request()
    assert client.post(url(summit, "plan/"), {"start": "afresh"}).status_code == 302
    run = PlanningRun.objects.get()
    report = client.get(url(summit, f"plan/{run.public_id}/")).json()
    assert (report["state"], report["detail"]) == ("running", "waiting for a worker")
    board = client.get(url(summit, "board/")).content.decode()
    assert f"plan/{run.public_id}/" in board
    assert client.post(url(summit, f"plan/{run.public_id}/stop/")).status_code == 302
    assert client.get(url(summit, f"plan/{run.public_id}/")).json()["state"] == "cancelled"


def test_a_draft_is_adopted_from_the_board(summit: Summit, client: Client) -> None:
    log_in(summit, client, Role.BILATERAL_DESK)
    summit.request()
    draft = summit.draft()
    assert "Adopt" in client.get(url(summit, "board/")).content.decode()
    assert client.post(url(summit, f"plans/{draft.number}/adopt/")).status_code == 302
    assert PlanVersion.objects.get().state == "adopted"


def test_a_remedy_that_can_be_applied_is_a_button_and_others_are_words(
    summit: Summit, client: Client
) -> None:
    log_in(summit, client, Role.BILATERAL_DESK)
    delegation = summit.delegations["ma"]
    delegation.departs_at = at(9, 20)
    delegation.save()
    request = summit.request()
    summit.draft()
    text = client.get(url(summit, "board/")).content.decode()
    action = url(summit, f"plans/1/{request.public_id}/")
    assert action in text
    assert client.post(f"{action}0/").status_code == 302
    request.refresh_from_db()
    assert request.minutes < 30
    assert client.post(f"{action}9/").status_code == 404


def test_a_late_arrival_marks_the_meetings_that_no_longer_fit(planned: Summit, client: Client) -> None:
    log_in(planned, client, Role.BILATERAL_DESK)
    delegation = planned.delegations["ma"]
    delegation.arrives_at = at(14)
    delegation.save()
    text = client.get(url(planned, "board/?day=2031-05-14")).content.decode()
    assert "card principal bad" in text
    assert "arrives Wed 14 May 14:00" in text


def test_the_day_and_the_card_are_printed(planned: Summit, client: Client) -> None:
    log_in(planned, client, Role.BILATERAL_DESK)
    request = Request.objects.get(number=1)
    for page in ("board/sheet.pdf?day=2031-05-14", f"requests/{request.public_id}/card.pdf"):
        document = pypdfium2.PdfDocument(client.get(url(planned, page)).content)
        text = "".join(sheet.get_textpage().get_text_range() for sheet in document)
        document.close()
        assert "Morocco" in text
        assert "Hélène Vasseur" in text
    workbook = openpyxl.load_workbook(
        io.BytesIO(client.get(url(planned, "board/list/?day=2031-05-14&format=xlsx")).content)
    )
    assert "Poland, Morocco" in [cell.value for row in workbook.worksheets[0].rows for cell in row]


def _statements(client: Client, page: str) -> int:
    client.get(page)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


def test_pages_and_exports_take_the_same_statements_for_one_request_and_for_thirty(
    summit: Summit, client: Client
) -> None:
    log_in(summit, client, Role.PROTOCOL)
    for level in ("principal", "deputy", "expert"):
        summit.request("pl", "ma", level=level, languages=["fr", "en"], windows=[(at(9), at(18, day=1))])
    impossible = summit.request("no", "sn", windows=[(at(6), at(8))])
    for _ in range(2):  # the second is compared with the first, as the third will be with it
        adopt_plan(version=summit.draft(), by=summit.desk)
    wanted = [*pages(summit)[:9], "requests/", "requests/?format=csv", f"requests/{impossible.public_id}/"]
    few = {page: _statements(client, url(summit, page)) for page in wanted}
    for number in range(9):
        for requester, counterpart in (("pl", "no"), ("ma", "sn"), ("pl", "sn")):
            level = ("principal", "deputy", "expert")[number % 3]
            summit.request(requester, counterpart, level=level, minutes=20)
        summit.request("no", "sn", windows=[(at(6), at(8))])
    draft = summit.draft()
    adopt_plan(version=draft, by=summit.desk)
    assert draft.placed.count() > 20
    many = {page: _statements(client, url(summit, page)) for page in wanted}
    assert many == few
    assert max(many.values()) < 110  # the card of a meeting tells what its parties agreed before, too


def test_the_problem_takes_the_same_statements_for_one_request_and_for_thirty(summit: Summit) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            planning_problem(summit.edition, start=Start.REPAIR)
        return len(captured)

    summit.request(windows=[(at(9), at(12))])
    few = statements()
    for _ in range(30):
        summit.request("no", "sn", windows=[(at(9), at(12))])
    assert statements() == few


def test_a_run_that_failed_says_why_on_the_board(summit: Summit, client: Client) -> None:
    log_in(summit, client, Role.BILATERAL_DESK)
    summit.request()
    run = start_planning(edition=summit.edition, by=summit.desk)
    fail_planning(run=run, error="The worker ended unexpectedly.")
    assert "The worker ended unexpectedly." in client.get(url(summit, "board/")).content.decode()


def test_a_run_that_ends_while_the_board_is_asked_for_has_its_draft_there(
    summit: Summit, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in(summit, client, Role.BILATERAL_DESK)
    summit.request()
    run = start_planning(edition=summit.edition, by=summit.desk)
    asked_for = queries.board

    def ends_first(**words: Any) -> Any:
        plan_here(run)
        return asked_for(**words)

    monkeypatch.setattr(queries, "board", ends_first)
    text = client.get(url(summit, "board/")).content.decode()
    assert "Draft 1" in text
    assert f"plan/{run.public_id}/" in text  # its report still leads to the draft


def test_whoever_stops_a_run_that_has_ended_is_led_to_its_draft(summit: Summit, client: Client) -> None:
    log_in(summit, client, Role.BILATERAL_DESK)
    summit.request()
    draft = summit.draft()
    assert draft.run is not None
    stopped = client.post(url(summit, f"plan/{draft.run.public_id}/stop/"), {"day": "2031-05-14"})
    assert stopped.headers["Location"].endswith("/board/?day=2031-05-14&plan=1")


def test_a_run_stopped_before_it_began_says_that_there_is_no_plan(summit: Summit, client: Client) -> None:
    log_in(summit, client, Role.BILATERAL_DESK)
    summit.request()
    run = start_planning(edition=summit.edition, by=summit.desk)
    answer = client.post(url(summit, f"plan/{run.public_id}/stop/"), follow=True)
    assert "Stopped before it began: there is no new plan." in answer.content.decode()


def test_the_time_of_a_run_goes_on_while_the_planner_says_nothing(summit: Summit, client: Client) -> None:
    log_in(summit, client, Role.BILATERAL_DESK)
    summit.request()
    run = start_planning(edition=summit.edition, by=summit.desk, seconds=20)
    assert note_started(run)
    page = url(summit, f"plan/{run.public_id}/")
    assert client.get(page).json()["detail"] == "beginning, 0 of at most 20 s"
    score = {
        "weight": {"value": 9, "bound": 9},
        "left_out": {"value": 0, "bound": 0},
        "walking": {"value": 7, "bound": 2},
    }
    note_progress(run, {"seconds": 1.0, "phase": "shortening walks", "requests": 1, "score": score})
    began = timezone.now() - timedelta(seconds=14)
    PlanningRun.objects.filter(pk=run.pk).update(started_at=began)
    report = client.get(page).json()
    assert report["detail"] == "shortening walks, 14 of at most 20 s"
    assert report["text"] == "weight 9, proved the most possible, 7 min walked"


def test_a_remedy_applied_is_said_in_the_tray_until_the_next_plan(summit: Summit, client: Client) -> None:
    log_in(summit, client, Role.BILATERAL_DESK)
    delegation = summit.delegations["ma"]
    delegation.departs_at = at(9, 20)
    delegation.save()
    summit.request(windows=[(at(9), at(10))], fixed_at=None, languages=["fr", "en"])
    draft = summit.draft()
    assert draft.run is not None
    unplanned = UnplannedRequest.objects.get(plan=draft)
    before = client.get(url(summit, "board/")).content.decode()
    assert unplanned.reason in before.replace("&#x27;", "'")
    applicable = next(
        index
        for index, remedy in enumerate(unplanned.remedies)
        if asked_again(draft.run.problem, "r1", remedy["change"]) is not None
    )
    apply_remedy(unplanned=unplanned, remedy=applicable, by=summit.desk)
    after = client.get(url(summit, "board/")).content.decode()
    assert "Asked again since this plan was made: plan again." in after
    assert unplanned.reason not in after.replace("&#x27;", "'")
    assert 'value="afresh"' in after  # nothing is adopted: a draft alone can be planned again
    summit.draft()
    assert "Asked again since" not in client.get(url(summit, "board/?plan=2")).content.decode()


def test_other_interpreters_are_named_before_and_after(planned: Summit, client: Client) -> None:
    log_in(planned, client, Role.BILATERAL_DESK)
    ill = Meeting.objects.get(request__number=1).interpreters.get()
    person = Person.objects.create(family_name="Adler", display_name="Jonas Adler", sort_key="adler")
    other = Interpreter.objects.create(edition=planned.edition, person=person)
    for tongue in ("fr", "en"):
        InterpreterLanguage.objects.create(interpreter=other, language=tongue, level="A")
    Absence.objects.create(interpreter=ill, starts_at=at(8), ends_at=at(19), reason="ill")
    draft = planned.draft()
    text = client.get(url(planned, f"plans/{draft.number}/")).content.decode()
    for one in (ill, other):
        assert f", Bug, {one.person}" in text


def test_the_keys_of_the_board_are_explained_once_each(planned: Summit, client: Client) -> None:
    log_in(planned, client, Role.BILATERAL_DESK)
    text = client.get(url(planned, "board/")).content.decode()
    for words in ("Plan afresh", "Repair the adopted plan"):
        assert text.count(f"<dd>{words}</dd>") == 1
    assert text.lower().count("from card to card") == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"drop": ["r2"], "meetings": []},
            "What would help touches a confidential meeting: ask protocol.",
        ),
        (
            {"drop": [], "meetings": [{"request": "r3", "start": "2001-05-14T09:00"}]},
            "What would have helped is past: plan again to look for more.",
        ),
    ],
)
def test_where_no_remedy_may_be_told_the_tray_says_why(
    planned: Summit, client: Client, change: dict[str, Any], said: str
) -> None:
    log_in(planned, client, Role.BILATERAL_DESK)
    remedy = {"text": "Drop the hidden matter", "change": {"problem": [], "cost": {}, **change}}
    UnplannedRequest.objects.update(remedies=[remedy])
    text = " ".join(client.get(url(planned, "board/")).content.decode().split())
    assert f'<p class="meta"> {said} </p>' in text
    assert "Drop the hidden matter" not in text
