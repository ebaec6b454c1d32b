from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given

from planner_support.examples import PLAN, PROBLEM, SMALLEST, places, plan_with, problem_with, without
from planner_support.strategies import problems
from summitry.planner import (
    DEFAULT_OBJECTIVE,
    DEFAULT_REPAIR_OBJECTIVE,
    Aim,
    AimScore,
    BadInput,
    Fixed,
    Plan,
    Problem,
    Span,
    Status,
    plan_document,
    problem_document,
    read_plan,
    read_problem,
    require_well_formed,
    write_plan,
    write_problem,
)


def refused(document: Any) -> BadInput:
    with pytest.raises(BadInput) as caught:
        read_problem(document if isinstance(document, bytes | str) else json.dumps(document))
    assert "\n" not in str(caught.value)
    return caught.value


def accepted(document: Any) -> Problem:
    return read_problem(json.dumps(document))


def spelt(path: tuple[str | int, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)[1:]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_every_key_of_a_problem_is_read() -> None:
    problem = accepted(PROBLEM)
    request = problem.requests[0]

    assert (problem.title, problem.timezone) == ("Small conference", "Europe/Warsaw")
    assert (problem.grid_minutes, problem.break_minutes, problem.turnaround_minutes) == (15, 20, 5)
    assert problem.people[0].engagements == (
        Span(at("2019-10-15T09:00"), at("2019-10-15T09:45"), "Opening", "north"),
        Span(at("2019-10-15T13:00"), at("2019-10-15T13:30")),
        Span(at("2019-10-15T16:00"), at("2019-10-15T16:30")),
    )
    assert (problem.people[0].max_meetings_per_sitting, problem.people[0].max_consecutive) == (4, 3)
    assert problem.rooms[0].features == {"booth", "screen"}
    assert problem.rooms[0].closed[0].label == "Lunch"
    assert (problem.rooms[0].turnaround_minutes, problem.rooms[1].turnaround_minutes) == (0, None)
    assert (problem.walks[0].from_zone, problem.walks[0].to_zone, problem.walks[0].minutes) == (
        "north",
        "south",
        7,
    )
    assert problem.interpreters[0].languages == {"en", "fr"}
    assert (problem.interpreters[0].max_continuous_minutes, problem.interpreters[0].rest_minutes) == (45, 15)
    assert (request.weight, request.must, request.seats, request.features) == (
        5,
        True,
        8,
        frozenset({"booth"}),
    )
    assert (request.rooms, request.sittings, request.after) == (("hall", "office"), ("morning",), ("m2",))
    assert (request.languages, request.interpreters) == (("en", "fr"), 1)
    assert request.fixed == Fixed(at("2019-10-15T11:00"), "hall")
    assert problem.limits.breaks_spread == 1
    assert problem.baseline is not None
    assert [meeting.request for meeting in problem.baseline] == ["m1", "gone"]
    assert problem.frozen_until == at("2019-10-15T09:30")


def test_what_is_not_given_has_the_default_of_the_format() -> None:
    problem = accepted(SMALLEST)

    assert (problem.grid_minutes, problem.break_minutes, problem.turnaround_minutes) == (5, 5, 0)
    assert (problem.walks, problem.interpreters, problem.baseline, problem.frozen_until) == (
        (),
        (),
        None,
        None,
    )
    assert problem.objective == DEFAULT_OBJECTIVE


def test_a_break_is_as_long_as_the_grid_unless_said() -> None:
    assert accepted({**SMALLEST, "grid_minutes": 20}).break_minutes == 20


def test_a_baseline_brings_the_aims_of_repair() -> None:
    assert accepted({**SMALLEST, "baseline": {"meetings": []}}).objective == DEFAULT_REPAIR_OBJECTIVE


def test_of_a_baseline_only_the_meetings_are_read() -> None:
    baseline = {"format": "summitry.plan/1", "meetings": [], "status": 3, "score": {"x": None}, "seed": []}

    assert accepted({**SMALLEST, "baseline": baseline}).baseline == ()


def test_one_interpreter_renders_unless_said() -> None:
    problem = accepted(without(PROBLEM, "requests", 0, "interpreters"))

    assert (problem.requests[0].interpreters, problem.requests[1].interpreters) == (1, 0)


@pytest.mark.parametrize(
    "path",
    [
        ("walks",),
        ("interpreters",),
        ("people", 0, "engagements"),
        ("rooms", 0, "features"),
        ("rooms", 0, "closed"),
        ("interpreters", 0, "engagements"),
        ("requests", 0, "features"),
        ("requests", 0, "windows"),
        ("requests", 0, "after"),
    ],
)
def test_an_empty_list_means_not_given(path: tuple[str | int, ...]) -> None:
    document = without(PROBLEM, "requests", 0, "languages")
    document = {
        **document,
        "requests": [without(document["requests"][0], "interpreters"), document["requests"][1]],
    }
    document["baseline"] = {"meetings": []}
    container: Any = document
    for step in path[:-1]:
        container = container[step]

    given_empty = json.loads(json.dumps(document))
    container = given_empty
    for step in path[:-1]:
        container = container[step]
    container[path[-1]] = []

    assert accepted(given_empty) == accepted(without(document, *path))


def test_no_languages_means_no_interpreters() -> None:
    document = without(problem_with("requests", 0, "languages", value=[]), "requests", 0, "interpreters")

    assert (accepted(document).requests[0].languages, accepted(document).requests[0].interpreters) == (
        None,
        0,
    )


def test_an_empty_objective_counts_nothing() -> None:
    assert accepted(problem_with("objective", value=[])).objective == ()


@pytest.mark.parametrize(
    "path", [("sittings",), ("rooms",), ("requests", 0, "sittings"), ("requests", 0, "rooms")]
)
def test_no_sittings_or_rooms_are_refused(path: tuple[str | int, ...]) -> None:
    assert "must not be empty" in refused(problem_with(*path, value=[])).message


@pytest.mark.parametrize("path", places(PROBLEM), ids=str)
def test_null_is_refused_but_for_the_label_and_zone_of_an_engagement(path: tuple[str | int, ...]) -> None:
    document = problem_with(*path, value=None)
    may_be_null = len(path) > 3 and path[-3] == "engagements" and path[-1] in {2, 3}
    is_not_read = path[0] == "baseline" and path[-1] == "status"

    if may_be_null or is_not_read:
        accepted(document)
    else:
        error = refused(document)
        assert "null" in error.message or path == ("format",)


@pytest.mark.parametrize("path", [path for path in places(PROBLEM) if isinstance(path[-1], str)], ids=str)
def test_an_unknown_key_is_refused_wherever_it_stands(path: tuple[str | int, ...]) -> None:
    error = refused(problem_with(*path[:-1], "surprise", value=1))

    assert 'no key "surprise"' in error.message
    assert error.place == spelt(path[:-1])


def test_an_unknown_key_close_to_a_known_one_brings_that_to_mind() -> None:
    error = refused(problem_with("requests", 1, "minuts", value=15))

    assert error.place == "requests[1]"
    assert 'did you mean "minutes"?' in error.message


def test_an_unknown_key_close_to_none_brings_all_to_mind() -> None:
    assert "keys are breaks_spread" in refused(problem_with("limits", "zzz", value=1)).message


@pytest.mark.parametrize("key", ["format", "timezone", "sittings", "parties", "people", "rooms", "requests"])
def test_a_missing_key_is_named(key: str) -> None:
    error = refused(without(PROBLEM, key))

    assert key in f"{error.place} {error.message}"
    assert "missing" in error.message


@pytest.mark.parametrize(
    "path",
    [
        ("sittings", 0, "id"),
        ("sittings", 0, "end"),
        ("parties", 0, "name"),
        ("people", 0, "party"),
        ("rooms", 1, "id"),
        ("walks", 0, "to"),
        ("interpreters", 0, "languages"),
        ("requests", 0, "parties"),
        ("requests", 0, "people"),
        ("requests", 0, "minutes"),
        ("requests", 0, "fixed", "start"),
        ("baseline", "meetings"),
        ("baseline", "meetings", 0, "room"),
    ],
)
def test_a_record_without_what_it_needs_is_refused(path: tuple[str | int, ...]) -> None:
    error = refused(without(PROBLEM, *path))

    assert str(path[-1]) in f"{error.place} {error.message}"


def value_at(document: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        document = document[step]
    return document


NUMBERS = [path for path in places(PROBLEM) if type(value_at(PROBLEM, path)) is int]


@pytest.mark.parametrize("path", NUMBERS, ids=str)
@pytest.mark.parametrize("value", [30.0, True, "30", -1, 10**12, 1.5, [], {}])
def test_a_number_is_a_whole_number_within_its_limits(path: tuple[str | int, ...], value: object) -> None:
    refused(problem_with(*path, value=value))


@pytest.mark.parametrize("path", NUMBERS, ids=str)
def test_zero_is_only_for_turnarounds_walks_and_the_spread(path: tuple[str | int, ...]) -> None:
    document = problem_with(*path, value=0)

    if path[-1] in {"turnaround_minutes", "breaks_spread"} or path[0] == "walks":
        accepted(document)
    else:
        assert "at least 1" in refused(document).message


def test_a_weight_is_at_most_a_million() -> None:
    accepted(problem_with("requests", 0, "weight", value=1_000_000))

    assert refused(problem_with("requests", 0, "weight", value=1_000_001)).place == "requests[0].weight"


TIMES = [path for path in places(PROBLEM) if str(value_at(PROBLEM, path)).startswith("2019-")]


@pytest.mark.parametrize("path", TIMES, ids=str)
@pytest.mark.parametrize("value", ["2019-10-15 09:00", 15])
def test_a_time_is_written_in_one_way_wherever_it_stands(path: tuple[str | int, ...], value: object) -> None:
    assert "must be a time like" in refused(problem_with(*path, value=value)).message


@pytest.mark.parametrize(
    "value",
    [
        "",
        "2019-10-15T09:00:00",
        "2019-10-15T09:00Z",
        "2019-10-15T09:00+02:00",
        "2019-10-15T09:00\n",
        " 2019-10-15T09:00",
        "2019-10-15T9:00",
        "2019-10-15T24:00",
        "2019-10-15T09:60",
        "2019-02-29T09:00",
        "2019-13-01T09:00",
        "0000-01-01T00:00",
        "20191015T0900",
        "2019-W42-2T09:00",
        "٢٠١٩-10-15T09:00",
        "2019-10-15t09:00",
    ],
)
def test_a_time_has_no_other_form(value: str) -> None:
    assert refused(problem_with("frozen_until", value=value)).place == "frozen_until"


@pytest.mark.parametrize("value", ["0001-01-01T00:00", "9999-12-31T23:59"])
def test_the_first_and_last_times_there_are_can_be_read(value: str) -> None:
    accepted(problem_with("people", 1, "engagements", value=[["0001-01-01T00:00", "9999-12-31T23:59"]]))


def test_a_time_that_the_clock_skips_is_refused() -> None:
    error = refused(problem_with("requests", 0, "windows", 0, 0, value="2019-03-31T02:30"))

    assert error.place == "requests[0].windows[0][0]"
    assert "does not exist in Europe/Warsaw" in error.message


def test_a_time_that_the_clock_shows_twice_is_refused() -> None:
    error = refused(problem_with("frozen_until", value="2019-10-27T02:59"))

    assert "exists twice in Europe/Warsaw" in error.message
    accepted({**problem_with("frozen_until", value="2019-03-31T02:30"), "timezone": "Africa/Casablanca"})


@pytest.mark.parametrize(
    "value", ["Europe/Krakow", "Europe", "", "../../etc/passwd", "/etc/localtime", "a" * 9999, "\0"]
)
def test_an_unknown_time_zone_is_refused(value: str) -> None:
    assert refused(problem_with("timezone", value=value)).place == "timezone"


def test_a_time_zone_close_to_a_known_one_brings_that_to_mind() -> None:
    assert (
        'did you mean "Europe/Warsaw"?' in refused(problem_with("timezone", value="Europe/Warszaw")).message
    )


@pytest.mark.parametrize(
    "path",
    [
        ("people", 0, "engagements", 0),
        ("rooms", 0, "closed", 0),
        ("interpreters", 0, "engagements", 0),
        ("requests", 0, "windows", 0),
    ],
)
def test_an_interval_ends_after_its_start(path: tuple[str | int, ...]) -> None:
    later, sooner = "2019-10-15T15:00", "2019-10-15T14:00"
    refused(problem_with(*path, value=[later, sooner]))
    refused(problem_with(*path, value=[later]))
    refused(problem_with(*path, value=[later, sooner, "label", "zone", "more"]))

    empty = problem_with(*path, value=[later, later])
    if "windows" in path:
        accepted(empty)
    else:
        refused(empty)


@pytest.mark.parametrize("path", [("sittings", 0), ("baseline", "meetings", 0), ("baseline", "meetings", 1)])
def test_sittings_and_meetings_end_after_their_start(path: tuple[str | int, ...]) -> None:
    start = value_at(PROBLEM, (*path, "start"))

    assert refused(problem_with(*path, "end", value=start)).message == "must be after the start"


def test_sittings_may_touch_but_not_overlap() -> None:
    error = refused(problem_with("sittings", 1, "start", value="2019-10-15T11:55"))

    assert error.place == "sittings[1]"
    assert 'before sitting "morning" ends' in error.message


@pytest.mark.parametrize("name", ["sittings", "parties", "people", "rooms", "interpreters", "requests"])
def test_an_id_is_unique_within_its_list(name: str) -> None:
    twice = json.loads(json.dumps(PROBLEM))
    record = dict(twice[name][0])
    if name == "sittings":
        record.update(start="2019-10-16T09:00", end="2019-10-16T10:00")
    twice[name].append(record)

    error = refused(twice)

    assert error.place == f"{name}[{len(twice[name]) - 1}].id"
    assert f"already the id of {name}[0]" in error.message


def test_the_same_id_may_stand_in_different_lists() -> None:
    document = json.loads(json.dumps(PROBLEM).replace('"guest"', '"ma"'))

    assert accepted(document).people[1].id == "ma"


@pytest.mark.parametrize(
    ("path", "what"),
    [
        (("people", 0, "party"), "party"),
        (("rooms", 1, "party"), "party"),
        (("requests", 0, "parties", 1), "party"),
        (("requests", 0, "people", 1), "person"),
        (("requests", 0, "rooms", 1), "room"),
        (("requests", 0, "sittings", 0), "sitting"),
        (("requests", 0, "after", 0), "request"),
        (("requests", 0, "fixed", "room"), "room"),
        (("baseline", "meetings", 0, "room"), "room"),
        (("baseline", "meetings", 0, "interpreters", 0), "interpreter"),
    ],
)
def test_an_id_that_names_nothing_is_refused(path: tuple[str | int, ...], what: str) -> None:
    error = refused(problem_with(*path, value="nobody and nothing"))

    assert error.place == spelt(path)
    assert f'there is no {what} "nobody and nothing"' in error.message


def test_an_id_close_to_a_known_one_brings_that_to_mind() -> None:
    assert 'did you mean "host"?' in refused(problem_with("requests", 0, "people", 0, value="hosst")).message


@pytest.mark.parametrize(
    "path",
    [
        ("rooms", 0, "features"),
        ("interpreters", 0, "languages"),
        ("requests", 0, "parties"),
        ("requests", 0, "people"),
        ("requests", 0, "features"),
        ("requests", 0, "rooms"),
        ("requests", 0, "sittings"),
        ("requests", 0, "languages"),
        ("requests", 0, "after"),
        ("baseline", "meetings", 0, "interpreters"),
        ("objective",),
    ],
)
def test_nothing_stands_twice_in_a_list_of_names(path: tuple[str | int, ...]) -> None:
    names = value_at(PROBLEM, path)
    error = refused(problem_with(*path, value=[*names, names[0]]))

    assert error.place.endswith(f"[{len(names)}]")
    assert "given twice" in error.message


@pytest.mark.parametrize(
    "path", [path for path in places(PROBLEM) if path[-1] in {"id", "zone", "from"}], ids=str
)
def test_an_id_is_not_empty(path: tuple[str | int, ...]) -> None:
    assert refused(problem_with(*path, value="")).message == "must not be empty"


@pytest.mark.parametrize("walk", [("north", "south"), ("south", "north")])
def test_a_walk_is_given_once_whichever_way(walk: tuple[str, str]) -> None:
    again = {"from": walk[0], "to": walk[1], "minutes": 7}

    assert refused(problem_with("walks", value=[*PROBLEM["walks"], again])).place == "walks[1]"


def test_within_a_zone_there_is_no_walk() -> None:
    accepted(problem_with("walks", value=[{"from": "north", "to": "north", "minutes": 0}]))

    assert (
        refused(problem_with("walks", value=[{"from": "north", "to": "north", "minutes": 1}])).place
        == "walks[0].to"
    )


def test_minutes_are_on_the_grid() -> None:
    error = refused(problem_with("requests", 1, "minutes", value=40))

    assert error.place == "requests[1].minutes"
    assert "take 30 or 45" in error.message
    assert "take 15," in refused(problem_with("requests", 1, "minutes", value=7)).message


def test_a_fixed_start_is_on_the_grid_of_its_sitting() -> None:
    error = refused(problem_with("requests", 0, "fixed", "start", value="2019-10-15T11:10"))

    assert error.place == "requests[0].fixed.start"


def test_what_is_well_formed_but_cannot_be_held_is_read() -> None:
    accepted(problem_with("requests", 0, "fixed", "start", value="2019-10-14T11:11"))
    accepted(problem_with("requests", 0, "fixed", "start", value="2019-10-15T17:00"))
    accepted(problem_with("requests", 0, "after", value=["m1"]))
    accepted(problem_with("requests", 1, "after", value=["m1"]))
    accepted(problem_with("requests", 0, "minutes", value=15 * 1000))
    accepted(problem_with("requests", 0, "seats", value=1000))
    accepted(problem_with("requests", 0, "interpreters", value=9))


def test_interpreters_need_languages() -> None:
    assert refused(without(PROBLEM, "requests", 0, "languages")).place == "requests[0].interpreters"


@pytest.mark.parametrize("codes", [["en"], ["en", "fr", "es"]])
def test_languages_are_two(codes: list[str]) -> None:
    assert refused(problem_with("requests", 0, "languages", value=codes)).place == "requests[0].languages"


@pytest.mark.parametrize("key", ["rest_minutes", "max_continuous_minutes"])
def test_runs_and_rests_come_together(key: str) -> None:
    assert key in refused(without(PROBLEM, "interpreters", 0, key)).message


def test_a_meeting_is_between_two_parties_and_needs_somebody() -> None:
    assert refused(problem_with("requests", 0, "parties", value=["pl"])).place == "requests[0].parties"
    assert refused(problem_with("requests", 0, "people", value=[])).place == "requests[0].people"


@pytest.mark.parametrize("aim", ["dropped", "moved", "reroomed"])
def test_the_aims_of_repair_need_a_baseline(aim: str) -> None:
    error = refused({**SMALLEST, "objective": ["weight", aim]})

    assert error.place == "objective[1]"
    assert "needs a baseline" in error.message


def test_an_unknown_aim_is_refused() -> None:
    assert 'did you mean "walking"?' in refused(problem_with("objective", value=["walkin"])).message


def test_a_baseline_holds_a_request_once() -> None:
    held = PROBLEM["baseline"]["meetings"][0]

    assert (
        refused(problem_with("baseline", "meetings", value=[held, held])).place
        == "baseline.meetings[1].request"
    )


def test_a_frozen_meeting_of_a_request_that_is_gone_is_refused() -> None:
    error = refused(problem_with("frozen_until", value="2019-10-15T11:15"))

    assert error.place == "baseline.meetings[1].request"
    assert 'no request "gone"' in error.message


def test_a_baseline_is_a_plan() -> None:
    assert refused(problem_with("baseline", "format", value="summitry.problem/1")).place == "baseline.format"
    assert refused(problem_with("baseline", value=[])).place == "baseline"


@pytest.mark.parametrize("value", [[], "text", 3, None, True, 1.5])
def test_a_document_is_an_object(value: object) -> None:
    assert refused(json.dumps(value)).message.startswith("must be an object")


def test_a_plan_is_no_problem() -> None:
    assert 'must be "summitry.problem/1"' in refused(PLAN).message


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (b"", "", "is empty"),
        (b" \n ", "", "is empty"),
        (b"{", "line 1, column 2", "is not JSON"),
        (b'{\n "a" 1}', "line 2, column 6", "is not JSON"),
        (b"{} {}", "line 1, column 4", "is not JSON: extra data"),
        (b'{"a": "\t"}', "line 1, column 8", "is not JSON"),
        (b"\xef\xbb\xbf{}", "", "byte order mark"),
        ("{}".encode("utf-16"), "", "is not UTF-8"),
        (b'{"title": "\xff"}', "", "is not UTF-8 (byte 11)"),
        (b'{"title": "a", "title": "b"}', "", 'the key "title" is given twice'),
        (b'{"requests": [{}, {"id": "a", "id": "a"}]}', "requests[1]", 'the key "id" is given twice'),
        (b'{"limits": {"breaks_spread": NaN}}', "limits.breaks_spread", "NaN is not a number"),
        (b'{"a": [1, -Infinity]}', "a[1]", "-Infinity is not a number"),
        (b'{"grid_minutes": 1e999}', "grid_minutes", "too large"),
        (b'{"grid_minutes": 1' + b"0" * 5000 + b"}", "grid_minutes", "5001 digits"),
        (b'{"the key": NaN}', '"the key"', "NaN"),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(data: bytes, place: str, message: str) -> None:
    error = refused(data)

    assert error.place == place
    assert message in error.message


def test_half_a_character_is_refused() -> None:
    error = refused(json.dumps(problem_with("title", value="\ud83d")))

    assert error.place == "title"
    assert "lone surrogate" in error.message


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b"nonsense " * 1_000_000,
        b'"' + b"a" * 10_000_000 + b'"',
        b'"' + b"a" * 10_000_000,
        b'{"' + b"k" * 10_000_000 + b'": 1}',
        b"9" * 10_000_000,
        b"[" + b"{}," * 6_000_000 + b"{}]",
        b"\0" * 10_000_000,
        bytes(range(256)) * 40_000,
    ],
    ids=["lists", "objects", "closed", "words", "text", "open", "key", "number", "records", "zeros", "bytes"],
)
def test_a_hostile_file_is_refused_in_one_short_line(data: bytes) -> None:
    assert len(str(refused(data))) < 300


def test_the_message_names_file_place_and_mend_in_one_line() -> None:
    with pytest.raises(BadInput) as caught:
        read_problem(json.dumps(problem_with("requests", 1, "minutes", value=40)), name="desk.json")

    assert str(caught.value) == (
        "desk.json: requests[1].minutes: 40 is no multiple of grid_minutes (15); take 30 or 45, or another grid"
    )


def test_a_message_stays_on_one_line_whatever_is_in_the_file() -> None:
    error = refused(problem_with("requests", 0, "people", value=["host", "a\n\u2028\u202eb" * 100]))

    assert str(error).isprintable()
    assert len(str(error)) < 300


def test_problems_come_back_as_they_were_written() -> None:
    problem = accepted(PROBLEM)

    assert read_problem(write_problem(problem)) == problem


@given(problem=problems())
def test_any_problem_comes_back_as_it_was_written(problem: Problem) -> None:
    assert read_problem(write_problem(problem)) == problem


def test_a_document_holds_only_what_is_given() -> None:
    document = problem_document(accepted(SMALLEST))

    assert document == {
        **SMALLEST,
        "grid_minutes": 5,
        "break_minutes": 5,
        "turnaround_minutes": 0,
        "objective": ["weight", "left_out", "breaks", "walking"],
    }


def test_a_written_document_has_one_record_a_line() -> None:
    lines = write_problem(accepted(PROBLEM)).decode().splitlines()

    assert sum(line.startswith('  {"id": "m') and '"minutes"' in line for line in lines) == 2


def test_a_problem_made_in_python_is_held_to_the_same_rules() -> None:
    problem = accepted(PROBLEM)
    require_well_formed(problem)

    with pytest.raises(BadInput, match=r"people\[0\]\.party: there is no party"):
        require_well_formed(Problem("UTC", problem.sittings, (), problem.people, problem.rooms, ()))


def test_times_finer_than_minutes_cannot_be_written() -> None:
    problem = accepted(PROBLEM)
    sitting = problem.sittings[0]
    finer = type(sitting)("s", sitting.start.replace(second=1), sitting.end)

    with pytest.raises(BadInput, match="whole minutes"):
        require_well_formed(Problem("UTC", (finer,), (), (), problem.rooms, ()))


def refused_plan(document: Any) -> BadInput:
    with pytest.raises(BadInput) as caught:
        read_plan(json.dumps(document))
    return caught.value


def test_every_key_of_a_plan_is_read() -> None:
    plan = read_plan(json.dumps(PLAN))
    remedy = plan.unscheduled[0].remedies[0]

    assert (plan.status, plan.seconds, plan.seed, plan.planner) == (Status.FEASIBLE, 0.25, 7, "0.1.0")
    assert plan.meetings[0].interpreters == ("anna",)
    assert plan.unscheduled[0].blockers[0].detail == "in the way"
    assert remedy.change.problem == ({"op": "add", "path": "/requests/1/weight", "value": 2},)
    assert (remedy.change.drop, remedy.change.cost) == (("m1",), {Aim.WEIGHT: -3})
    assert plan.score[Aim.REROOMED] == AimScore(0, None)


def test_plans_come_back_as_they_were_written() -> None:
    plan = read_plan(json.dumps(PLAN))

    assert read_plan(write_plan(plan)) == plan
    assert plan_document(plan) == PLAN


def test_of_a_plan_status_and_meetings_are_enough() -> None:
    plan = read_plan('{"format": "summitry.plan/1", "status": "infeasible", "meetings": []}')

    assert plan == Plan(Status.INFEASIBLE)


@pytest.mark.parametrize("path", places(PLAN), ids=str)
def test_null_is_refused_in_a_plan_but_for_an_unknown_bound(path: tuple[str | int, ...]) -> None:
    document = plan_with(*path, value=None)

    if path[-1] in {"bound", "value"} and ("problem" in path or path[-1] == "bound"):
        read_plan(json.dumps(document))
    else:
        refused_plan(document)


@pytest.mark.parametrize("path", [path for path in places(PLAN) if isinstance(path[-1], str)], ids=str)
def test_an_unknown_key_is_refused_in_a_plan(path: tuple[str | int, ...]) -> None:
    refused_plan(plan_with(*path[:-1], "surprise", value=1))


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("status",), "perfect", "status"),
        (("status",), ["optimal"], "status"),
        (("meetings", 0, "end"), "2019-10-15T11:00", "meetings[0].end"),
        (("score", "moved", "value"), 1.0, "score.moved.value"),
        (("score", "moved", "bound"), 0.5, "score.moved.bound"),
        (("seconds",), -1, "seconds"),
        (("seconds",), True, "seconds"),
        (("seed",), 1.0, "seed"),
        (("unscheduled", 0, "blockers", 0, "kind"), "ghost", "unscheduled[0].blockers[0].kind"),
        (
            ("unscheduled", 0, "remedies", 0, "change", "problem", 0, "op"),
            "grow",
            "unscheduled[0].remedies[0].change.problem[0].op",
        ),
        (("unscheduled", 0, "remedies", 0, "change", "cost"), [], "unscheduled[0].remedies[0].change.cost"),
    ],
)
def test_what_a_plan_cannot_be_is_refused_with_its_place(
    path: tuple[str | int, ...], value: object, place: str
) -> None:
    assert refused_plan(plan_with(*path, value=value)).place == place


def test_an_operation_has_what_it_needs() -> None:
    change = ("unscheduled", 0, "remedies", 0, "change", "problem")

    refused_plan(plan_with(*change, value=[{"op": "add", "path": "/title"}]))
    refused_plan(plan_with(*change, value=[{"op": "move", "path": "/title"}]))
    read_plan(json.dumps(plan_with(*change, value=[{"op": "remove", "path": "/title"}])))
    read_plan(json.dumps(plan_with(*change, value=[{"op": "copy", "path": "/title", "from": "/timezone"}])))
