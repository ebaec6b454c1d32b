"""What goes wrong on the running day: said, taken back, repaired."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bilaterals_support import Summit, at, plan_here
from summitry.accounts.models import Role
from summitry.bilaterals.actions import adopt_plan
from summitry.bilaterals.models import Meeting, PlanningRun
from summitry.bilaterals.queries import Start, board, planning_problem
from summitry.bookings.models import Booking, Occasion
from summitry.bookings.queries import conflicts
from summitry.conferences.closures import close_room, open_room
from summitry.conferences.models import Closure
from summitry.conferences.spans import Away, rest_of_day
from summitry.delegations.actions import change_member_presence
from summitry.delegations.models import Member
from summitry.interpretation.actions import end_absence, note_absence
from summitry.interpretation.models import Absence
from summitry.ledger.models import Entry
from summitry.programme.actions import add_session
from summitry.programme.models import Overrun, Session
from summitry.programme.overruns import announce_overrun, withdraw_overrun
from summitry.records import RefusedError


@pytest.fixture
def running(summit: Summit) -> Summit:
    """The running day, nine o'clock: an interpreted meeting at ten between two heads, and one later."""
    summit.request("pl", "ma", languages=["fr", "en"], fixed_at=at(10))
    summit.request("no", "sn", windows=[(at(14), at(16))])
    adopt_plan(version=summit.draft(), by=summit.desk)
    meeting = Meeting.objects.get(request__number=1)
    meeting.request.fixed_at = None
    meeting.request.save()
    summit.set_clock(at(9, 2))
    return summit


def standing(number: int = 1) -> Meeting:
    return Meeting.objects.select_related("occasion__room").get(request__number=number)


def repair(summit: Summit) -> None:
    adopt_plan(version=summit.draft(Start.REPAIR), by=summit.desk)
    assert conflicts(summit.edition.pk) == []


def log_in(summit: Summit, client: Client, role: Role, code: str | None = None) -> None:
    who = summit.actor(role, code)
    assert who.user is not None
    client.force_login(who.user)


def url(summit: Summit, path: str) -> str:
    return f"/{summit.edition.slug}/bilaterals/{path}"


def typed(start: datetime, end: datetime, **words: str) -> dict[str, str]:
    return {"starts_at": f"{start:%Y-%m-%dT%H:%M}", "ends_at": f"{end:%Y-%m-%dT%H:%M}", **words}


def plenary(summit: Summit, start: datetime, end: datetime) -> Session:
    return add_session(
        edition=summit.edition,
        kind="plenary",
        title={"en": "Opening plenary"},
        starts_at=start,
        ends_at=end,
        room=summit.rooms["hall"],
        attendance="heads",
        by=summit.actor(Role.SECRETARIAT),
    )


def test_a_lost_room_is_left_by_the_repair_and_opened_again(running: Summit) -> None:
    room = standing().occasion.room
    assert room is not None
    closure = close_room(
        room=room, away=Away(starts_at=at(9), ends_at=at(18), reason="water"), by=running.desk
    )
    entry = Entry.objects.get(verb="close_room")
    assert entry.target_id == room.public_id
    assert entry.after is not None
    assert entry.after["label"] == "water"
    repair(running)
    assert standing().occasion.room_id != room.pk
    open_room(closure=closure, by=running.desk)
    closure.refresh_from_db()
    assert closure.ends_at == at(9, 2)
    with pytest.raises(RefusedError, match="past"):
        open_room(closure=closure, by=running.desk)


def test_what_was_to_come_goes_altogether_when_it_is_taken_back(running: Summit) -> None:
    away = Away(starts_at=at(14), ends_at=at(18))
    open_room(closure=close_room(room=running.rooms["bug"], away=away, by=running.desk), by=running.desk)
    absence = note_absence(interpreter=running.interpreter, away=away, by=running.desk)
    end_absence(absence=absence, by=running.desk)
    assert not Closure.objects.exists()
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (at(10), at(10), "ends_at"),
        (at(8), at(9), "ends_at"),
        (at(15), at(16), "starts_at"),
    ],
)
def test_a_time_that_cannot_be_is_refused_by_its_field(
    running: Summit, start: datetime, end: datetime, field: str
) -> None:
    close_room(room=running.rooms["bug"], away=Away(starts_at=at(14), ends_at=at(18)), by=running.desk)
    note_absence(
        interpreter=running.interpreter, away=Away(starts_at=at(14), ends_at=at(18)), by=running.desk
    )
    away = Away(starts_at=start, ends_at=end)
    with pytest.raises(RefusedError) as room:
        close_room(room=running.rooms["bug"], away=away, by=running.desk)
    with pytest.raises(RefusedError) as person:
        note_absence(interpreter=running.interpreter, away=away, by=running.desk)
    assert (room.value.field, person.value.field) == (field, field)


def test_an_interpreter_who_is_ill_is_given_nothing_and_why_is_sealed(running: Summit) -> None:
    away = Away(starts_at=at(9), ends_at=at(12), reason="fever")
    absence = note_absence(interpreter=running.interpreter, away=away, by=running.desk)
    assert "fever" not in str(Entry.objects.get(verb="note_absence").after)
    repair(running)
    assert standing().occasion.starts_at >= at(14)
    end_absence(absence=absence, by=running.desk)
    absence.refresh_from_db()
    assert absence.ends_at == at(9, 2)


def test_a_head_who_comes_late_is_waited_for_and_the_delegation_stays_as_announced(running: Summit) -> None:
    head = running.members["ma-1"]
    change_member_presence(
        member=head,
        arrives_at=at(15),
        departs_at=None,
        reason="flight",
        by=running.actor(Role.FOCAL_POINT, "ma"),
    )
    entry = Entry.objects.get(verb="change_member_presence")
    assert entry.delegation_ids == [running.delegations["ma"].pk]
    assert "flight" not in str(entry.after)
    repair(running)
    assert standing().occasion.starts_at >= at(15)
    running.delegations["ma"].refresh_from_db()
    assert running.delegations["ma"].arrives_at is None


def test_nobody_says_it_of_anothers_member_and_times_agree_with_the_delegation(running: Summit) -> None:
    head = running.members["ma-1"]
    for role, code in ((Role.FOCAL_POINT, "no"), (Role.DELEGATE, "ma"), (Role.INTERPRETATION, None)):
        with pytest.raises(PermissionDenied):
            change_member_presence(
                member=head, arrives_at=at(15), departs_at=None, by=running.actor(role, code)
            )
    delegation = running.delegations["ma"]
    delegation.departs_at = at(12)
    delegation.save()
    with pytest.raises(RefusedError, match="leaves on") as refused:
        change_member_presence(member=head, arrives_at=at(15), departs_at=None, by=running.desk)
    assert refused.value.field == "arrives_at"


def test_only_those_who_may_say_what_is_lost(running: Summit) -> None:
    away = Away(starts_at=at(9), ends_at=at(12))
    session = plenary(running, at(11, 45), at(12))
    for role in (Role.FOCAL_POINT, Role.DELEGATE, Role.PRESS, Role.FOLLOW_UP):
        who = running.actor(role, "ma" if role in {Role.FOCAL_POINT, Role.DELEGATE} else None)
        with pytest.raises(PermissionDenied):
            close_room(room=running.rooms["bug"], away=away, by=who)
        with pytest.raises(PermissionDenied):
            note_absence(interpreter=running.interpreter, away=away, by=who)
        with pytest.raises(PermissionDenied):
            announce_overrun(session=session, ends_at=at(12, 15), reason="", by=who)


def test_an_overrun_into_meetings_is_booked_with_the_repaired_plan(running: Summit) -> None:
    session = plenary(running, at(9), at(10))
    running.set_clock(at(9, 40))
    announce_overrun(session=session, ends_at=at(10, 20), reason="long speeches", by=running.desk)
    session.occasion.refresh_from_db()
    assert session.occasion.ends_at == at(10), "a meeting stands in the way: nothing is booked twice"
    assert standing().occasion.starts_at == at(10)
    repair(running)
    session.occasion.refresh_from_db()
    assert session.occasion.ends_at == at(10, 20)
    assert all(one.during.upper == at(10, 20) for one in Booking.objects.filter(occasion=session.occasion))
    assert standing().occasion.starts_at >= at(10, 20)
    entry = Entry.objects.filter(verb="adopt_plan").order_by("-pk")[0]
    assert entry.after is not None
    assert entry.after["overruns"] == ["Opening plenary"]


def test_a_plan_that_knows_nothing_of_the_overrun_leaves_it_announced(running: Summit) -> None:
    session = plenary(running, at(9), at(10))
    draft = running.draft(Start.REPAIR)
    announce_overrun(session=session, ends_at=at(10, 20), reason="", by=running.desk)
    adopt_plan(version=draft, by=running.desk)
    session.occasion.refresh_from_db()
    assert session.occasion.ends_at == at(10)
    assert conflicts(running.edition.pk) == []


def test_an_overrun_with_nothing_in_its_way_is_booked_at_once_said_anew_and_taken_back(
    running: Summit,
) -> None:
    session = plenary(running, at(11), at(11, 30))
    overrun = announce_overrun(session=session, ends_at=at(12), reason="", by=running.desk)
    session.occasion.refresh_from_db()
    assert session.occasion.ends_at == at(12)
    announce_overrun(session=session, ends_at=at(11, 45), reason="", by=running.desk)
    session.occasion.refresh_from_db()
    assert session.occasion.ends_at == at(11, 45)
    overrun.refresh_from_db()
    assert overrun.planned_ends_at == at(11, 30)
    withdraw_overrun(overrun=overrun, by=running.desk)
    session.occasion.refresh_from_db()
    assert session.occasion.ends_at == at(11, 30)
    assert not Overrun.objects.exists()


@pytest.mark.parametrize("end", [at(9, 30), at(9), at(9, day=1)])
def test_an_overrun_lasts_longer_than_planned_on_its_own_day(running: Summit, end: datetime) -> None:
    session = plenary(running, at(9), at(9, 30))
    with pytest.raises(RefusedError) as refused:
        announce_overrun(session=session, ends_at=end, reason="", by=running.desk)
    assert refused.value.field == "ends_at"


def test_an_overrun_into_the_next_session_is_refused_with_its_name(running: Summit) -> None:
    session = plenary(running, at(11), at(11, 15))
    plenary(running, at(11, 30), at(11, 45))
    with pytest.raises(RefusedError, match="begins at 11:30"):
        announce_overrun(session=session, ends_at=at(11, 40), reason="", by=running.desk)
    assert not Overrun.objects.exists()


def test_nothing_is_newly_placed_within_the_lead_time_and_only_what_is_hit_moves(running: Summit) -> None:
    running.set_clock(at(9, 52))
    kept = planning_problem(running.edition, start=Start.REPAIR)
    assert kept.frozen_until == at(10, 10).replace(tzinfo=None)
    assert kept.baseline is not None
    assert kept.baseline[0].start == at(10).replace(tzinfo=None)
    room = standing().occasion.room
    assert room is not None
    close_room(room=room, away=Away(starts_at=at(9, 52), ends_at=at(18)), by=running.desk)
    hit = planning_problem(running.edition, start=Start.REPAIR)
    assert hit.baseline is not None
    assert hit.baseline[0].start == at(10, 10).replace(tzinfo=None)
    repair(running)
    assert standing().occasion.starts_at == at(10, 10)
    assert standing().occasion.room_id != room.pk


def test_what_has_begun_stays_even_where_its_room_is_lost(running: Summit) -> None:
    running.set_clock(at(10, 5))
    room = standing().occasion.room
    assert room is not None
    close_room(room=room, away=Away(starts_at=at(10, 5), ends_at=at(18)), by=running.desk)
    repair(running)
    assert (standing().occasion.starts_at, standing().occasion.room_id) == (at(10), room.pk)


def test_usually_the_rest_of_the_day_is_meant(running: Summit) -> None:
    start, end = rest_of_day(running.edition)
    assert (start, end) == (at(9, 2), at(18))
    assert rest_of_day(running.edition, at(0, day=1)) == (at(9, day=1), at(18, day=1))
    running.set_clock(at(19))
    assert rest_of_day(running.edition) == (at(9, day=1), at(18, day=1))


def test_a_room_is_closed_on_its_page_which_names_the_meetings_hit_and_repairs(
    running: Summit, client: Client
) -> None:
    log_in(running, client, Role.BILATERAL_DESK)
    room = standing().occasion.room
    assert room is not None
    here = url(running, f"rooms/{room.slug}/closed/")
    assert f"{here}?day=2031-05-14" in client.get(url(running, "board/")).content.decode()
    shown = client.get(here).content.decode()
    assert 'value="2031-05-14T09:02"' in shown
    assert 'value="2031-05-14T18:00"' in shown
    page: Any = client.post(here, typed(at(9), at(12), reason="water"), follow=True)
    text = page.content.decode()
    assert "1 meeting can no longer stand" in text
    assert "Poland – Morocco" in text
    assert 'value="repair"' in text
    assert 'value="keep_times"' in text
    shown = client.get(url(running, "board/")).content.decode()
    assert 'value="keep_times"' in shown
    assert "water" in shown
    assert "Lost or late" in shown
    again: Any = client.post(here, {"back": str(Closure.objects.get().public_id)}, follow=True)
    assert "is open again" in again.content.decode()
    assert "can no longer stand" not in again.content.decode()


def test_a_draft_that_gives_something_up_offers_the_other_way(running: Summit, client: Client) -> None:
    log_in(running, client, Role.BILATERAL_DESK)
    assert 'value="keep_times"' not in client.get(url(running, "board/")).content.decode(), "nothing is hit"
    change_member_presence(
        member=running.members["ma-1"], arrives_at=at(14), departs_at=None, reason="flight", by=running.desk
    )
    moving = running.draft(Start.REPAIR)
    text = client.get(url(running, f"plans/{moving.number}/")).content.decode()
    assert "If no time may change" in text
    assert 'name="start" value="keep_times"' in text
    client.post(url(running, "plan/"), {"start": "keep_times"})
    run = PlanningRun.objects.latest("pk")
    assert run.problem["objective"][:2] == ["moved", "dropped"]
    staying = plan_here(run)
    score = {aim: value for aim, value, _bound in staying.score}
    assert (score["moved"], list(score)[:2]) == (0, ["moved", "dropped"])
    assert score["dropped"] > 0
    text = client.get(url(running, f"plans/{staying.number}/")).content.decode()
    assert "If less may be taken off" in text
    assert 'name="start" value="repair"' in text
    adopt_plan(version=staying, by=running.desk)
    text = client.get(url(running, f"plans/{staying.number}/")).content.decode()
    assert "If less may be taken off" not in text, "it is no draft any more"


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    running: Summit, client: Client
) -> None:
    log_in(running, client, Role.BILATERAL_DESK)
    page = client.post(url(running, "rooms/bug/closed/"), typed(at(12), at(11), reason="keep me"))
    assert page.status_code == 422
    assert "It ends before it starts. Give a later time." in page.content.decode()
    assert "keep me" in page.content.decode()
    unknown = client.post(url(running, "rooms/bug/closed/"), {"back": "nothing"})
    assert unknown.status_code == 404


def test_an_interpreter_is_noted_as_away_from_the_list_and_back(running: Summit, client: Client) -> None:
    log_in(running, client, Role.INTERPRETATION)
    here = url(running, f"interpreters/{running.interpreter.public_id}/away/")
    assert here in client.get(f"/{running.edition.slug}/interpretation/").content.decode()
    text = client.post(here, typed(at(9), at(12)), follow=True).content.decode()
    assert "1 meeting can no longer stand" in text
    assert 'value="repair"' not in text, "planning is the desk's"
    assert "Wed 14 May 09:00–12:00" in client.get(f"/{running.edition.slug}/interpretation/").content.decode()
    client.post(here, {"back": str(Absence.objects.get().public_id)})
    assert Absence.objects.get().ends_at == at(9, 2)


def test_a_focal_point_says_it_of_its_own_member_and_another_finds_nothing(
    running: Summit, client: Client
) -> None:
    head = running.members["ma-1"]
    here = url(running, f"members/{head.public_id}/presence/")
    log_in(running, client, Role.FOCAL_POINT, "ma")
    delegation = f"/{running.edition.slug}/delegations/{running.delegations['ma'].public_id}/"
    assert here in client.get(delegation).content.decode()
    answer: Any = client.post(
        here, {"arrives_at": "2031-05-14T11:00", "departs_at": "", "reason": "flight"}, follow=True
    )
    text = answer.content.decode()
    assert "1 meeting can no longer stand" in text
    assert "flight" in text
    assert 'value="repair"' not in text
    log_in(running, client, Role.FOCAL_POINT, "pl")
    assert client.get(here).status_code == 404
    request = standing().request.public_id
    assert "flight" not in client.get(url(running, f"requests/{request}/")).content.decode()
    log_in(running, client, Role.FOCAL_POINT, "ma")
    client.post(here, {"back": "presence"})
    assert Member.objects.get(pk=head.pk).arrives_at is None


def test_a_session_overruns_from_the_programme_and_the_board_shows_it(
    running: Summit, client: Client
) -> None:
    session = plenary(running, at(9), at(10))
    log_in(running, client, Role.BILATERAL_DESK)
    here = url(running, f"sessions/{session.public_id}/overrun/")
    assert here in client.get(f"/{running.edition.slug}/programme/").content.decode()
    assert 'value="2031-05-14T10:15"' in client.get(here).content.decode()
    answer: Any = client.post(here, {"ends_at": "2031-05-14T10:20", "reason": "speeches"}, follow=True)
    text = answer.content.decode()
    assert "1 meeting can no longer stand" in text
    assert "announced, not booked yet" in text
    assert "09:00–10:20, overruns" in client.get(url(running, "board/")).content.decode()
    assert Occasion.objects.get(pk=session.occasion_id).ends_at == at(10)
    client.post(here, {"back": str(Overrun.objects.get().public_id)})
    assert not Overrun.objects.exists()


def test_a_confidential_meeting_is_counted_and_not_named(running: Summit, client: Client) -> None:
    request = standing().request
    request.confidentiality = 3
    request.save()
    room = standing().occasion.room
    assert room is not None
    close_room(room=room, away=Away(starts_at=at(9), ends_at=at(12)), by=running.desk)
    log_in(running, client, Role.BILATERAL_DESK)
    text = client.get(url(running, f"rooms/{room.slug}/closed/")).content.decode()
    assert "A confidential meeting" in text
    assert "Morocco" not in text


def test_the_page_takes_the_same_statements_for_one_meeting_and_for_many(
    running: Summit, client: Client
) -> None:
    log_in(running, client, Role.BILATERAL_DESK)
    room = standing().occasion.room
    assert room is not None
    close_room(room=room, away=Away(starts_at=at(9), ends_at=at(18)), by=running.desk)
    here = url(running, f"rooms/{room.slug}/closed/")
    client.get(here)
    with CaptureQueriesContext(connection) as one:
        client.get(here)
    for number in range(20):
        request = running.request("no", "sn", topic=f"Topic {number}")
        start = at(9) + timedelta(minutes=20 * number)
        occasion = Occasion.objects.create(
            edition=running.edition,
            kind=Occasion.Kind.MEETING,
            status=Occasion.Status.FIRM,
            title="Bilateral",
            room=room,
            starts_at=start,
            ends_at=start + timedelta(minutes=20),
        )
        Meeting.objects.create(edition=running.edition, request=request, occasion=occasion)
    with CaptureQueriesContext(connection) as many:
        text = client.get(here).content.decode()
    assert f"{Meeting.objects.filter(occasion__room=room).count()} meetings can no longer stand" in text
    assert len(many) == len(one)


def test_a_draft_that_another_was_adopted_over_is_offered_for_reading_alone(
    running: Summit, client: Client
) -> None:
    older, newer = running.draft(), running.draft()
    adopt_plan(version=newer, by=running.desk)
    log_in(running, client, Role.BILATERAL_DESK)
    for path in (f"board/?plan={older.number}", f"plans/{older.number}/"):
        text = client.get(url(running, path)).content.decode()
        assert "no longer adopted: plan again" in text
        assert f"plans/{older.number}/discard/" in text
        assert f"plans/{older.number}/adopt/" not in text


def test_a_closure_is_drawn_beside_the_cards_in_it_and_says_its_reason_once(running: Summit) -> None:
    room = standing().occasion.room
    assert room is not None
    close_room(room=room, away=Away(starts_at=at(9), ends_at=at(12), reason="water"), by=running.desk)
    day = board(edition=running.edition, who=running.desk)
    column = next(one for zone in day.zones for one in zone.columns if one.room == room)
    assert [(block.label, block.row, block.rows) for block in column.blocks] == [
        ("", 1, 12),
        ("water", 19, 18),
    ]
    assert (day.troubled, day.troubled_begun) == (1, 0)
    running.set_clock(at(10, 5))
    day = board(edition=running.edition, who=running.desk)
    assert (day.troubled, day.troubled_begun) == (0, 1)
