from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from procrastinate.contrib.django.models import ProcrastinateJob

from bilaterals_support import Summit, at, outsider, plan_here
from summitry.accounts.access import SYSTEM
from summitry.accounts.models import Role
from summitry.bilaterals.actions import (
    adopt_plan,
    apply_remedy,
    discard_plan,
    fail_planning,
    load_requests,
    note_progress,
    note_started,
    record_answer,
    send_request,
    start_planning,
    stop_planning,
    withdraw_request,
)
from summitry.bilaterals.models import Meeting, PlanVersion, Request, UnplannedRequest
from summitry.bilaterals.queries.problem import Start
from summitry.bookings.actions import ClashError, occupy, resources_for
from summitry.bookings.models import Booking, Occasion, Resource
from summitry.ledger.models import Entry
from summitry.records import RefusedError


def entries() -> int:
    return Entry.objects.count()


def changes_entered() -> dict[str, str]:
    entry = Entry.objects.latest("pk")
    assert entry.verb == "adopt_plan"
    assert entry.after is not None
    return dict(entry.after["changes"])


def test_a_request_is_sent_numbered_with_its_parties_people_and_seats(summit: Summit) -> None:
    before = entries()
    request = send_request(
        edition=summit.edition,
        asked=summit.asked("pl", "ma", languages=["fr", "en"], windows=[(at(9), at(12))]),
        by=summit.desk,
    )
    assert (request.number, request.status, request.seats, request.interpreters) == (1, "sent", 9, 1)
    assert [party.delegation.entity.code for party in request.parties.all()] == ["pl", "ma"]
    assert {str(one.member) for one in request.people.all()} == {"Person PL 1", "Person MA 1"}
    assert request.windows.count() == 1
    assert entries() == before + 1
    entry = Entry.objects.latest("pk")
    assert entry.verb == "send_request"
    assert entry.delegation_ids == sorted(summit.delegations[code].pk for code in ("pl", "ma"))


def test_a_delegation_that_names_nobody_comes_with_whoever_stands_at_that_level(summit: Summit) -> None:
    request = summit.request(level="expert", people=[summit.members["pl-2"]])
    assert {str(one.member) for one in request.people.all()} == {"Person PL 2", "Person MA 3"}


def test_a_focal_point_asks_for_its_own_delegation_only(summit: Summit) -> None:
    focal_point = summit.actor(Role.FOCAL_POINT, "ma")
    with pytest.raises(PermissionDenied):
        send_request(edition=summit.edition, asked=summit.asked("pl", "no"), by=focal_point)
    assert send_request(edition=summit.edition, asked=summit.asked("ma", "no"), by=focal_point).number == 1


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"counterpart": "pl"}, "counterparts"),
        ({"minutes": 22}, "minutes"),
        ({"minutes": 300}, "minutes"),
        ({"topic": "  "}, "topic"),
        ({"level": "king"}, "level"),
        ({"priority": 4}, "priority"),
        ({"confidentiality": 7}, "confidentiality"),
        ({"languages": ["fr", "fr"]}, "languages"),
        ({"windows": [(at(9), at(9, 20))]}, "windows"),
        ({"windows": [(at(10), at(9))]}, "windows"),
        ({"fixed_at": at(9, 3)}, "fixed_at"),
        ({"fixed_at": at(12)}, "fixed_at"),
        ({"per_side": 0}, "per_side"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_field(
    summit: Summit, words: dict[str, Any], field: str
) -> None:
    before = entries()
    with pytest.raises(RefusedError) as refused:
        send_request(edition=summit.edition, asked=summit.asked(**words), by=summit.desk)
    assert refused.value.field == field
    assert entries() == before
    assert not Request.objects.exists()


def test_a_room_that_is_too_small_or_no_meeting_room_is_refused(summit: Summit) -> None:
    for room in ("pilica", "hall"):
        with pytest.raises(RefusedError) as refused:
            send_request(
                edition=summit.edition,
                asked=summit.asked(room=summit.rooms[room], per_side=5),
                by=summit.desk,
            )
        assert refused.value.field == "room"


def test_the_length_is_one_of_those_offered_except_for_the_desk(summit: Summit) -> None:
    asked = summit.asked("ma", "no", minutes=60)
    with pytest.raises(RefusedError):
        send_request(edition=summit.edition, asked=asked, by=summit.actor(Role.FOCAL_POINT, "ma"))
    assert send_request(edition=summit.edition, asked=asked, by=summit.desk).minutes == 60


def test_answers_are_recorded_once(summit: Summit) -> None:
    request = summit.request(status="sent")
    before = entries()
    assert record_answer(request=request, answer="accepted", by=summit.desk).status == "accepted"
    assert entries() == before + 1
    with pytest.raises(RefusedError, match="already"):
        record_answer(request=request, answer="declined", by=summit.desk)
    with pytest.raises(PermissionDenied):
        record_answer(request=request, answer="declined", by=summit.actor(Role.FOCAL_POINT, "ma"))


def test_planning_freezes_the_problem_and_queues_one_job(summit: Summit) -> None:
    summit.request()
    run = start_planning(edition=summit.edition, by=summit.desk)
    assert [request["id"] for request in run.problem["requests"]] == ["r1"]
    assert ProcrastinateJob.objects.filter(task_name="plan_edition", args={"run_id": run.pk}).count() == 1
    with pytest.raises(RefusedError, match="already"):
        start_planning(edition=summit.edition, by=summit.desk)


def test_planning_without_an_accepted_request_is_refused(summit: Summit) -> None:
    summit.request(status="sent")
    with pytest.raises(RefusedError, match="accepted"):
        start_planning(edition=summit.edition, by=summit.desk)


def test_a_run_that_waits_is_stopped_at_once(summit: Summit) -> None:
    summit.request()
    run = stop_planning(run=start_planning(edition=summit.edition, by=summit.desk), by=summit.desk)
    assert run.state == "cancelled"
    assert not note_started(run)
    with pytest.raises(RefusedError):
        stop_planning(run=run, by=summit.desk)


def test_a_running_run_is_asked_to_end_and_its_plan_is_kept(summit: Summit) -> None:
    summit.request()
    run = start_planning(edition=summit.edition, by=summit.desk)
    assert note_started(run)
    assert not note_progress(run, {"held": 1})
    stop_planning(run=run, by=summit.desk)
    assert note_progress(run, None)
    run.refresh_from_db()
    assert (run.state, run.progress) == ("running", {"held": 1})


def test_a_failed_run_says_why(summit: Summit) -> None:
    summit.request()
    run = start_planning(edition=summit.edition, by=summit.desk)
    assert note_started(run)
    assert fail_planning(run=run, error="No room.").error == "No room."


def test_a_draft_books_nothing_and_the_adopted_plan_everything(summit: Summit) -> None:
    request = summit.request(languages=["fr", "en"])
    summit.request("no", "sn", level="expert")
    draft = summit.draft()
    assert (draft.state, draft.number, draft.placed.count()) == ("draft", 1, 2)
    assert draft.score[0] == ["weight", 8 * 2 * 2 + 2 * 2, 8 * 2 * 2 + 2 * 2]
    assert not Booking.objects.exists()
    before = entries()
    adopt_plan(version=draft, by=summit.desk)
    assert entries() == before + 1
    meeting = Meeting.objects.get(request=request)
    assert (meeting.occasion.kind, meeting.occasion.status, meeting.occasion.title) == (
        "meeting",
        "firm",
        "Bilateral 1",
    )
    assert [str(one) for one in meeting.interpreters.all()] == ["Hélène Vasseur"]
    booked = Booking.objects.filter(occasion=meeting.occasion).select_related("resource")
    assert {row.resource.name for row in booked} == {
        meeting.occasion.room.name,  # type: ignore[union-attr]
        "Person PL 1",
        "Person MA 1",
        "Hélène Vasseur",
    }
    assert changes_entered() == {"1": "added", "2": "added"}


def test_withdrawing_cancels_the_meeting_and_frees_everybody(summit: Summit) -> None:
    request = summit.request()
    adopt_plan(version=summit.draft(), by=summit.desk)
    before = entries()
    withdraw_request(request=request, by=summit.actor(Role.FOCAL_POINT, "pl"))
    assert entries() == before + 1
    occasion = Meeting.objects.get(request=request).occasion
    assert (occasion.status, occasion.sequence) == ("cancelled", 1)
    assert not Booking.objects.exists()
    with pytest.raises(RefusedError):
        withdraw_request(request=request, by=summit.desk)


def test_only_the_requester_and_the_desk_withdraw(summit: Summit) -> None:
    request = summit.request()
    for who in (summit.actor(Role.FOCAL_POINT, "ma"), summit.actor(Role.DELEGATE, "pl"), outsider(summit)):
        with pytest.raises(PermissionDenied):
            withdraw_request(request=request, by=who)


def test_what_has_begun_is_not_withdrawn(summit: Summit) -> None:
    request = summit.request()
    adopt_plan(version=summit.draft(), by=summit.desk)
    summit.set_clock(at(9, day=5))
    with pytest.raises(RefusedError, match="begun"):
        withdraw_request(request=request, by=summit.desk)


def test_a_request_withdrawn_since_keeps_the_plan_from_being_adopted(summit: Summit) -> None:
    request = summit.request()
    summit.request("no", "sn")
    draft = summit.draft()
    withdraw_request(request=request, by=summit.desk)
    before = entries()
    with pytest.raises(RefusedError, match=r"Withdrawn since this plan was made: request 1\. Plan again"):
        adopt_plan(version=draft, by=summit.desk)
    assert not Meeting.objects.exists()
    assert entries() == before


def test_a_clash_keeps_the_plan_from_being_adopted_and_leaves_nothing_half_done(summit: Summit) -> None:
    summit.request(fixed_at=at(10))
    draft = summit.draft()
    session = Occasion.objects.create(
        edition=summit.edition,
        kind=Occasion.Kind.SESSION,
        status=Occasion.Status.FIRM,
        title="Opening",
        room=summit.rooms["hall"],
        starts_at=at(9, 45),
        ends_at=at(10, 15),
    )
    person = summit.members["ma-1"].person
    ids = resources_for(
        edition_id=summit.edition.pk,
        kind=Resource.Kind.PERSON,
        records={person.public_id: person.display_name},
    )
    occupy(edition_id=summit.edition.pk, occasions=[session], resources={session.pk: list(ids.values())})
    before = entries()
    with pytest.raises(ClashError, match=r"Person MA 1.*Opening.*Plan again"):
        adopt_plan(version=draft, by=summit.desk)
    assert not Meeting.objects.exists()
    assert PlanVersion.objects.get().state == "draft"
    assert entries() == before


def test_repairing_moves_only_what_must_move(summit: Summit) -> None:
    late, other = summit.request(), summit.request("no", "sn")
    adopt_plan(version=summit.draft(), by=summit.desk)
    kept = Meeting.objects.get(request=other).occasion.starts_at
    delegation = summit.delegations["ma"]
    delegation.arrives_at = at(9, day=1)
    delegation.save()
    second = adopt_plan(version=summit.draft(Start.REPAIR), by=summit.desk)
    assert (second.number, PlanVersion.objects.get(number=1).state) == (2, "superseded")
    moved = Meeting.objects.get(request=late).occasion
    assert moved.starts_at >= at(9, day=1)
    assert moved.sequence == 1
    assert Meeting.objects.get(request=other).occasion.starts_at == kept
    assert changes_entered() == {"1": "moved"}


def test_keeping_times_takes_off_what_would_have_to_move_and_moves_nobody(summit: Summit) -> None:
    late, other = summit.request(), summit.request("no", "sn")
    adopt_plan(version=summit.draft(), by=summit.desk)
    kept = Meeting.objects.get(request=other).occasion.starts_at
    delegation = summit.delegations["ma"]
    delegation.arrives_at = at(9, day=1)
    delegation.save()
    adopt_plan(version=summit.draft(Start.KEEP_TIMES), by=summit.desk)
    assert Meeting.objects.get(request=late).occasion.status == "cancelled"
    assert Meeting.objects.get(request=other).occasion.starts_at == kept
    assert changes_entered() == {"1": "dropped"}


def test_a_meeting_that_the_next_plan_drops_is_cancelled(summit: Summit) -> None:
    request = summit.request(windows=[(at(9), at(9, 30))])
    summit.request("no", "sn")
    adopt_plan(version=summit.draft(), by=summit.desk)
    delegation = summit.delegations["ma"]
    delegation.arrives_at = at(12)
    delegation.save()
    draft = summit.draft()
    adopt_plan(version=draft, by=summit.desk)
    assert Meeting.objects.get(request=request).occasion.status == "cancelled"
    unplanned = UnplannedRequest.objects.get(plan=draft)
    assert unplanned.request == request
    assert "Person MA 1" in unplanned.reason
    assert any("arrives Wed 14 May 12:00" in blocker["detail"] for blocker in unplanned.blockers)


def test_a_draft_planned_on_another_plan_is_not_adopted(summit: Summit) -> None:
    summit.request()
    stale = summit.draft()
    adopt_plan(version=summit.draft(), by=summit.desk)
    with pytest.raises(RefusedError, match="Plan 2 was adopted since plan 1 was begun"):
        adopt_plan(version=stale, by=summit.desk)


def test_the_past_is_not_changed_by_a_plan_adopted_late(summit: Summit) -> None:
    summit.request(fixed_at=at(10))
    draft = summit.draft()
    summit.set_clock(at(10, 1))
    with pytest.raises(RefusedError, match="past"):
        adopt_plan(version=draft, by=summit.desk)


def test_a_draft_is_discarded_and_then_no_longer_adopted(summit: Summit) -> None:
    summit.request()
    draft = discard_plan(version=summit.draft(), by=summit.desk)
    with pytest.raises(RefusedError, match="no longer a draft"):
        adopt_plan(version=draft, by=summit.desk)


def test_a_remedy_that_changes_the_request_is_asked_again_with(summit: Summit) -> None:
    delegation = summit.delegations["ma"]
    delegation.departs_at = at(9, 20)
    delegation.save()
    request = summit.request()
    run = start_planning(edition=summit.edition, by=summit.desk)
    draft = plan_here(run)
    unplanned = UnplannedRequest.objects.get(plan=draft)
    shorter = next(i for i, one in enumerate(unplanned.remedies) if "20 minutes" in one["text"])
    before = entries()
    apply_remedy(unplanned=unplanned, remedy=shorter, by=summit.desk)
    assert entries() == before + 1
    request.refresh_from_db()
    assert request.minutes < 30
    assert summit.draft().placed.count() == 1


def test_requests_taken_over_are_one_entry_and_a_constant_number_of_statements(
    summit: Summit, django_assert_max_num_queries: Any
) -> None:
    before = entries()
    with django_assert_max_num_queries(25):
        load_requests(
            edition=summit.edition,
            asked=[summit.asked("pl", "ma", status="accepted", topic=f"Topic {i}") for i in range(30)],
            by=SYSTEM,
        )
    assert entries() == before + 1
    assert Request.objects.latest("number").number == 30
