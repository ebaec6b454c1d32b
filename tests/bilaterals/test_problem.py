from __future__ import annotations

from datetime import datetime

from bilaterals_support import Summit, at
from summitry.bilaterals.actions import adopt_plan, record_answer
from summitry.bilaterals.kinds import HOST_ROOM
from summitry.bilaterals.queries import Start, planning_problem
from summitry.bookings.actions import occupy, resources_for
from summitry.bookings.models import Occasion, Resource
from summitry.conferences.models import Closure
from summitry.delegations.models import Member
from summitry.interpretation.models import Absence, InterpreterLanguage
from summitry.planner import Aim, read_problem, write_problem


def wall(hour: int, minute: int = 0, *, day: int = 0) -> datetime:
    """Return a time as the planner has it."""
    return at(hour, minute, day=day).replace(tzinfo=None)


def test_only_accepted_requests_are_planned(summit: Summit) -> None:
    summit.request(status="sent")
    summit.request("no", "sn", status="declined")
    accepted = summit.request("ma", "sn")
    assert [request.id for request in planning_problem(summit.edition).requests] == [f"r{accepted.number}"]


def test_the_problem_is_a_document_that_the_planner_reads_back(summit: Summit) -> None:
    summit.request(languages=["fr", "en"], windows=[(at(9), at(12))], must_be_held=True, fixed_at=at(10))
    summit.request("no", "sn", room=summit.rooms["bug"], features=["screen"])
    problem = planning_problem(summit.edition)
    assert read_problem(write_problem(problem)) == problem


def test_the_problem_is_the_same_each_time(summit: Summit) -> None:
    for pair in (("sn", "no"), ("pl", "ma"), ("ma", "sn")):
        summit.request(*pair, languages=["fr", "en"])
    assert write_problem(planning_problem(summit.edition)) == write_problem(planning_problem(summit.edition))


def test_records_bear_ids_that_people_can_read(summit: Summit) -> None:
    summit.request(languages=["fr", "en"])
    problem = planning_problem(summit.edition)
    assert [(party.id, party.name) for party in problem.parties] == [("ma", "Morocco"), ("pl", "Poland")]
    assert [person.id for person in problem.people] == ["ma-1", "pl-1"]
    assert [room.id for room in problem.rooms] == ["bug", "narew", "pilica"]
    assert [one.id for one in problem.interpreters] == ["helene-vasseur"]


def test_sessions_bind_people_and_rooms_with_their_title_and_zone(summit: Summit) -> None:
    summit.request()
    session = Occasion.objects.create(
        edition=summit.edition,
        kind=Occasion.Kind.SESSION,
        status=Occasion.Status.FIRM,
        title="Opening",
        room=summit.rooms["bug"],
        starts_at=at(9),
        ends_at=at(10),
    )
    person = summit.members["ma-1"].person
    room = summit.rooms["bug"]
    occupied = [
        *resources_for(
            edition_id=summit.edition.pk, kind=Resource.Kind.PERSON, records={person.public_id: "x"}
        ).values(),
        *resources_for(
            edition_id=summit.edition.pk, kind=Resource.Kind.ROOM, records={room.public_id: "y"}
        ).values(),
    ]
    occupy(edition_id=summit.edition.pk, occasions=[session], resources={session.pk: occupied})
    Closure.objects.create(room=room, starts_at=at(17), ends_at=at(18), label="Cleaning")
    problem = planning_problem(summit.edition)
    [engagement] = problem.people[0].engagements
    assert (engagement.label, engagement.zone, engagement.start) == (
        "Opening",
        "near",
        wall(9),
    )
    assert [span.label for span in problem.rooms[0].closed] == ["Opening", "Cleaning"]


def test_whoever_is_not_there_yet_or_no_longer_is_bound(summit: Summit) -> None:
    summit.request()
    delegation, head = summit.delegations["ma"], summit.members["ma-1"]
    delegation.arrives_at, delegation.departs_at = at(14, 30), at(11, day=1)
    delegation.save()
    labels = [span.label for span in planning_problem(summit.edition).people[0].engagements]
    assert labels == ["arrives Wed 14 May 14:30", "leaves Thu 15 May 11:00"]
    head.arrives_at = at(16)
    head.save()
    labels = [span.label for span in planning_problem(summit.edition).people[0].engagements]
    assert labels[0] == "arrives Wed 14 May 16:00"
    head.accreditation = Member.Accreditation.WITHDRAWN
    head.save()
    [gone] = planning_problem(summit.edition).people[0].engagements
    assert (gone.label, gone.start, gone.end) == (
        "no longer accredited",
        wall(0),
        wall(0, day=2),
    )


def test_heads_of_delegation_have_their_limits(summit: Summit) -> None:
    summit.request(people=[summit.members["ma-1"], summit.members["pl-3"]])
    head, expert = planning_problem(summit.edition).people
    assert (head.max_meetings_per_sitting, head.max_consecutive) == (4, 3)
    assert (expert.max_meetings_per_sitting, expert.max_consecutive) == (None, None)


def test_interpreters_work_between_their_active_languages_when_they_are_there(summit: Summit) -> None:
    InterpreterLanguage.objects.create(interpreter=summit.interpreter, language="es", level="C")
    Absence.objects.create(
        interpreter=summit.interpreter, starts_at=at(9), ends_at=at(10), reason="Booth duty"
    )
    [interpreter] = planning_problem(summit.edition).interpreters
    assert interpreter.languages == {"fr", "en"}
    assert [span.label for span in interpreter.engagements] == ["Booth duty"]
    assert interpreter.max_continuous_minutes == 90


def test_the_hosts_room_is_its_own(summit: Summit) -> None:
    room = summit.rooms["bug"]
    room.features = [HOST_ROOM]
    room.save()
    assert [one.party for one in planning_problem(summit.edition).rooms] == ["pl", None, None]


def test_a_repair_starts_from_what_people_hold_and_never_before_now(summit: Summit) -> None:
    summit.request(fixed_at=at(10), languages=["fr", "en"])
    late = summit.request("no", "sn", status="sent")
    adopt_plan(version=summit.draft(), by=summit.desk)
    record_answer(request=late, answer="accepted", by=summit.desk)
    summit.set_clock(at(9, 31))
    repair = planning_problem(summit.edition, start=Start.REPAIR)
    assert repair.baseline is not None
    [kept] = repair.baseline
    assert (kept.request, kept.start, kept.interpreters) == (
        "r1",
        wall(10),
        ("helene-vasseur",),
    )
    assert repair.frozen_until == wall(9, 50), "now, the lead time, and up to the grid"
    assert repair.objective[:3] == (Aim.DROPPED, Aim.MOVED, Aim.REROOMED)
    staying = planning_problem(summit.edition, start=Start.KEEP_TIMES)
    assert staying.objective[:3] == (Aim.MOVED, Aim.DROPPED, Aim.REROOMED)
    assert (staying.baseline, staying.frozen_until) == (repair.baseline, repair.frozen_until)
    afresh = planning_problem(summit.edition, start=Start.AFRESH)
    assert afresh.objective[0] is Aim.WEIGHT
    assert afresh.baseline == repair.baseline
    whole = planning_problem(summit.edition)
    assert (whole.baseline, whole.frozen_until) == (None, None)
