from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.bilaterals import rules
from summitry.bilaterals.kinds import Level, RequestStatus
from summitry.bilaterals.rules import Candidate, Change, ChangeKind, Gravity, Placement, Sight, WeightScale
from summitry.planner.problem import (
    Interpreter,
    Meeting,
    Party,
    Person,
    Problem,
    Request,
    Room,
    Sitting,
    Span,
    Walk,
)

STATUSES = st.sampled_from(RequestStatus.values)
LEVELS = st.sampled_from(Level.values)
NINE = datetime(2031, 5, 14, 9, tzinfo=UTC).replace(tzinfo=None)  # as the planner reckons


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


PLACEMENTS = st.builds(
    lambda start, minutes, room, interpreters: Placement(at(start), at(start + minutes), room, interpreters),
    st.integers(0, 20),
    st.integers(5, 10),
    st.integers(1, 3),
    st.frozensets(st.integers(1, 3), max_size=2),
)
PLANS = st.dictionaries(st.integers(1, 8), PLACEMENTS)


@given(STATUSES, STATUSES)
def test_nothing_comes_back_from_declined_or_withdrawn_and_nothing_becomes_what_it_is(
    status: str, wanted: str
) -> None:
    if rules.is_final(status) or wanted in {status, "sent"}:
        assert not rules.may_become(status, wanted)
    if rules.may_become(status, wanted):
        assert not rules.may_become(wanted, status)


def test_an_accepted_request_can_only_be_withdrawn() -> None:
    assert [wanted for wanted in RequestStatus.values if rules.may_become("accepted", wanted)] == [
        "withdrawn"
    ]


@given(level=LEVELS, priority=st.integers(2, 3), with_host=st.booleans())
def test_a_higher_priority_never_weighs_less(*, level: str, priority: int, with_host: bool) -> None:
    scale = WeightScale()
    low = rules.weight(level=level, priority=priority, with_host=with_host, scale=scale)
    high = rules.weight(level=level, priority=priority - 1, with_host=with_host, scale=scale)
    assert high > low >= 1


def test_principals_of_the_lowest_priority_outweigh_experts_of_the_highest() -> None:
    scale = WeightScale()
    principals = rules.weight(level="principal", priority=3, with_host=False, scale=scale)
    assert principals > rules.weight(level="expert", priority=1, with_host=False, scale=scale)


def test_the_host_counts_double() -> None:
    scale = WeightScale()
    alone = rules.weight(level="deputy", priority=2, with_host=False, scale=scale)
    assert rules.weight(level="deputy", priority=2, with_host=True, scale=scale) == 2 * alone


@given(st.integers(2, 6), st.integers(1, 9), st.integers(0, 4))
def test_all_sides_and_the_interpreters_have_a_seat(parties: int, per_side: int, interpreters: int) -> None:
    seats = rules.seats_needed(parties=parties, per_side=per_side, interpreters=interpreters)
    assert seats - interpreters == parties * per_side


def test_a_meeting_of_one_is_none() -> None:
    with pytest.raises(ValueError, match="two parties"):
        rules.seats_needed(parties=1)


@given(
    confidentiality=st.integers(0, 3),
    is_party=st.booleans(),
    is_protocol=st.booleans(),
    is_desk=st.booleans(),
)
def test_only_parties_and_protocol_see_the_highest_confidentiality(
    *, confidentiality: int, is_party: bool, is_protocol: bool, is_desk: bool
) -> None:
    seen = rules.sight_of(
        confidentiality=confidentiality, is_party=is_party, is_protocol=is_protocol, is_desk=is_desk
    )
    if is_party or is_protocol:
        assert seen is Sight.FULL
    elif not is_desk:
        assert seen is Sight.NOTHING
    else:
        assert seen is (Sight.OCCUPIED if confidentiality == 3 else Sight.FULL)


def test_the_brief_is_for_the_requester() -> None:
    assert rules.may_read_brief(requester=1, delegations={1, 2})
    assert not rules.may_read_brief(requester=1, delegations={2})
    assert not rules.may_read_brief(requester=1, delegations=set())


@given(PLANS)
def test_a_plan_does_not_differ_from_itself(plan: dict[int, Placement]) -> None:
    assert rules.compare(plan, plan) == ()


@given(PLANS, PLANS)
def test_every_difference_is_told_once_and_turns_round(
    before: dict[int, Placement], after: dict[int, Placement]
) -> None:
    changes = rules.compare(before, after)
    differing = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert {change.request for change in changes} == differing
    assert len(changes) == len(differing)
    turned = {ChangeKind.ADDED: ChangeKind.DROPPED, ChangeKind.DROPPED: ChangeKind.ADDED}
    back = {change.request: change.kind for change in rules.compare(after, before)}
    assert back == {change.request: turned.get(change.kind, change.kind) for change in changes}


@given(PLANS, PLANS)
def test_applying_the_differences_gives_the_other_plan(
    before: dict[int, Placement], after: dict[int, Placement]
) -> None:
    made = dict(before)
    for change in rules.compare(before, after):
        made.pop(change.request, None)
        if change.after:
            made[change.request] = change.after
    assert made == after


def test_the_gravest_difference_names_the_change() -> None:
    here = Placement(at(0), at(20), 1, frozenset({1}))
    elsewhere = Placement(at(30), at(50), 2, frozenset({2}))
    other_room = Placement(at(0), at(20), 2, frozenset({2}))
    other_voice = Placement(at(0), at(20), 1, frozenset({2}))
    kinds = [rules.compare({1: here}, {1: other})[0].kind for other in (elsewhere, other_room, other_voice)]
    assert kinds == [ChangeKind.MOVED, ChangeKind.REROOMED, ChangeKind.REINTERPRETED]
    moved: Change = rules.compare({1: here}, {1: elsewhere})[0]
    assert moved.other_room
    assert moved.other_interpreters


@given(
    LEVELS,
    st.lists(st.tuples(st.sampled_from(["head", "deputy_head", "expert", "technical"]), st.integers(1, 9))),
)
def test_who_comes_takes_part_in_meetings(level: str, listed: list[tuple[str, int]]) -> None:
    candidates = [Candidate(place, capacity, order) for place, (capacity, order) in enumerate(listed)]
    chosen = rules.likeliest(level, candidates)
    if chosen is None:
        assert {one.capacity for one in candidates} <= {"technical"}
    else:
        assert candidates[chosen].capacity != "technical"


def test_each_level_has_its_speaker() -> None:
    listed = [Candidate(1, "head", 1), Candidate(2, "deputy_head", 2), Candidate(3, "expert", 3)]
    assert [rules.likeliest(level, listed) for level in Level.values] == [1, 2, 3]


DOCUMENT = {
    "requests": [
        {"id": "r1", "minutes": 30, "languages": ["fr", "en"], "interpreters": 1},
        {"id": "r2", "minutes": 20},
    ]
}


def change(*operations: dict[str, object], **others: object) -> dict[str, object]:
    return {"problem": list(operations), "meetings": [{"request": "r1"}], "drop": [], **others}


def test_a_remedy_for_the_request_alone_is_asked_again_with() -> None:
    shorter = {"op": "add", "path": "/requests/0/minutes", "value": 20}
    assert rules.asked_again(DOCUMENT, "r1", change(shorter)) == {"minutes": 20}
    without: list[dict[str, object]] = [
        {"op": "add", "path": "/requests/0/languages", "value": 1},
        {"op": "remove", "path": "/requests/0/languages"},
        {"op": "add", "path": "/requests/0/interpreters", "value": 1},
        {"op": "remove", "path": "/requests/0/interpreters"},
    ]
    assert rules.asked_again(DOCUMENT, "r1", change(*without)) == {"languages": None, "interpreters": None}


@pytest.mark.parametrize(
    "other",
    [
        change(),
        change({"op": "remove", "path": "/people/3/engagements/0"}),
        change({"op": "add", "path": "/requests/1/minutes", "value": 10}),
        change({"op": "add", "path": "/requests/7/minutes", "value": 10}),
        change({"op": "add", "path": "/requests/0/weight", "value": 10}),
        change({"op": "add", "path": "/requests/0/people", "value": ["a-2", "b-1"]}),
        change({"op": "move", "path": "/requests/0/minutes", "from": "/requests/1/minutes"}),
        change({"op": "add", "path": "/requests/0/minutes", "value": 20}, drop=["r2"]),
        change({"op": "add", "path": "/requests/0/minutes", "value": 20}, meetings=[{"request": "r2"}]),
    ],
)
def test_a_remedy_that_does_more_or_nothing_is_not(other: dict[str, object]) -> None:
    assert rules.asked_again(DOCUMENT, "r1", other) is None


def problem(*engagements: Span) -> Problem:
    return Problem(
        timezone="UTC",
        sittings=(Sitting("s", at(0), at(600)),),
        parties=(Party("a", "A"), Party("b", "B")),
        people=(Person("a-1", "a", "Ada", engagements), Person("b-1", "b", "Ben")),
        rooms=(
            Room("x", "Xeno", seats=8, zone="near", closed=(Span(at(300), at(400), "cleaning"),)),
            Room("y", "Ypsilon", seats=4, zone="far"),
        ),
        walks=(Walk("near", "far", 10),),
        interpreters=(Interpreter("i", frozenset({"fr", "en"}), "Iris", (Span(at(500), at(520), "ill"),)),),
        requests=(
            Request("r1", ("a", "b"), ("a-1", "b-1"), 20, seats=8, languages=("fr", "en"), interpreters=1),
            Request("r2", ("a", "b"), ("a-1", "b-1"), 20, seats=8),
        ),
    )


def held(request: str, start: int, room: str = "x", *interpreters: str) -> Meeting:
    return Meeting(request, at(start), at(start + 20), room, interpreters)


def test_a_meeting_that_fits_has_no_trouble() -> None:
    assert rules.troubles(problem(), [held("r1", 0, "x", "i"), held("r2", 30)]) == {}


@pytest.mark.parametrize(
    ("meetings", "text", "gravity"),
    [
        ([held("r2", 40)], "Ada: arrives Wed 14 May 10:00", Gravity.IMPOSSIBLE),
        ([held("r2", 310)], "Xeno: cleaning", Gravity.IMPOSSIBLE),
        ([held("r2", 200, "y")], "Ypsilon has 4 seats, 8 are needed", Gravity.WARNING),
        ([held("r2", 200, "z")], "The room is no longer one for meetings", Gravity.IMPOSSIBLE),
        ([held("r1", 200)], "An interpreter is missing", Gravity.IMPOSSIBLE),
        ([held("r1", 200, "x", "j")], "An interpreter is no longer there", Gravity.IMPOSSIBLE),
        ([held("r1", 505, "x", "i")], "Iris: ill", Gravity.IMPOSSIBLE),
    ],
)
def test_what_no_longer_fits_is_told(meetings: list[Meeting], text: str, gravity: Gravity) -> None:
    found = rules.troubles(problem(Span(at(0), at(60), "arrives Wed 14 May 10:00")), meetings)
    [listed] = found.values()
    assert (gravity, text) in [(trouble.gravity, trouble.text) for trouble in listed]


def test_a_walk_that_became_too_short_is_told_of_the_later_meeting() -> None:
    found = rules.troubles(problem(), [held("r1", 100, "x", "i"), held("r2", 125, "y")])
    assert "Ada has 5 min from Xeno to Ypsilon, the walk takes 10" in [one.text for one in found["r2"]]


def test_a_request_withdrawn_since_is_nobodys_trouble() -> None:
    assert rules.troubles(problem(), [held("r9", 100)]) == {}
