from __future__ import annotations

from math import isfinite

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from outcomes_support import FollowUp
from summitry.accounts.access import Actor
from summitry.accounts.models import Role
from summitry.conferences.models import Edition
from summitry.outcomes import actions
from summitry.outcomes.queries.ties import Tie, records_between, shown_to, shown_to_all, ties
from summitry.outcomes.rules.drawing import apart, below, labels, on_circle
from summitry.outcomes.rules.globe import Projection, great_circle
from summitry.world.reference import seats

SECRET = 3


def tie_of(follow_up: FollowUp, who: Actor, one: str = "pl", other: str = "ma", **words: str) -> Tie:
    """Return what somebody is shown between two."""
    pair = sorted(follow_up.entity(code).pk for code in (one, other))
    found = ties(shown_to(who, edition=follow_up.edition, **words))
    return found.get((pair[0], pair[1]), Tie())


def test_two_are_tied_by_what_they_held_agreed_and_handed_over(follow_up: FollowUp) -> None:
    keeper = follow_up.summit.actor(Role.SECRETARIAT)
    follow_up.meeting("pl", "ma")
    follow_up.agreed("pl", "ma")
    follow_up.draft("pl", "ma")
    follow_up.agreed_handover()
    follow_up.handover()
    tie = tie_of(follow_up, keeper)
    assert (tie.met, tie.agreed, tie.done) == (1, 1, 1)
    assert tie_of(follow_up, keeper, "pl", "no").weight == 0


def test_each_pair_of_several_parties_is_tied_once(follow_up: FollowUp) -> None:
    follow_up.agreed("pl", "ma", "no")
    keeper = follow_up.summit.actor(Role.SECRETARIAT)
    for one, other in (("pl", "ma"), ("pl", "no"), ("ma", "no")):
        assert tie_of(follow_up, keeper, one, other).agreed == 1


def test_a_confidential_meeting_leaves_no_trace(follow_up: FollowUp) -> None:
    follow_up.meeting("pl", "ma", confidentiality=SECRET)
    secretariat = follow_up.summit.actor(Role.SECRETARIAT)
    assert ties(shown_to(secretariat, edition=follow_up.edition)) == {}
    protocol = follow_up.summit.actor(Role.PROTOCOL)
    assert tie_of(follow_up, protocol).met == 1
    browser = Client()
    browser.force_login(follow_up.summit.users["secretariat-host"])
    page = browser.get(f"/{follow_up.edition.slug}/outcomes/map/").content.decode()
    assert "Morocco" not in page
    records = browser.get(f"/{follow_up.edition.slug}/outcomes/map/records/?one=pl&other=ma")
    assert "Nothing between the two" in records.content.decode()


def test_the_public_is_shown_what_is_published_and_no_meeting(follow_up: FollowUp) -> None:
    Edition.objects.filter(pk=follow_up.edition.pk).update(status="open")
    follow_up.meeting("pl", "ma", confidentiality=0)
    hidden = follow_up.agreed("pl", "no", confidentiality=0)
    told = follow_up.agreed("pl", "ma", confidentiality=0)
    assert ties(shown_to_all(edition=follow_up.edition)) == {}
    actions.clear_outcome(outcome=told, by=follow_up.keeper)
    actions.publish_commitment(commitment=told, by=follow_up.keeper)
    [(pair, tie)] = ties(shown_to_all(edition=follow_up.edition)).items()
    assert set(pair) == {follow_up.entity("pl").pk, follow_up.entity("ma").pk}
    assert (tie.met, tie.commitments) == (0, {told.pk})
    page = Client().get(f"/{follow_up.edition.slug}/map/").content.decode()
    assert "Morocco" in page
    assert "Norway" not in page
    rows = Client().get(f"/{follow_up.edition.slug}/map/records/?one=pl&other=ma").content.decode()
    assert told.ref in rows
    assert hidden.ref not in rows
    for missing in ("one=pl&other=moon", "one=pl&other=pl", ""):
        assert Client().get(f"/{follow_up.edition.slug}/map/records/?{missing}").status_code == 404
    Edition.objects.filter(pk=follow_up.edition.pk).update(status="prepared")
    assert Client().get(f"/{follow_up.edition.slug}/map/").status_code == 404


def test_the_map_is_narrowed_by_area_and_edition(follow_up: FollowUp) -> None:
    keeper = follow_up.summit.actor(Role.SECRETARIAT)
    area = actions.keep_area(
        edition=follow_up.edition, code="training", title={"en": "Training"}, by=follow_up.keeper
    )
    follow_up.agreed("pl", "ma", areas=[area])
    follow_up.agreed("pl", "ma")
    assert tie_of(follow_up, keeper).agreed == 2
    assert tie_of(follow_up, keeper, area="training").agreed == 1
    assert tie_of(follow_up, keeper, only=follow_up.edition.slug).agreed == 2
    assert tie_of(follow_up, keeper, only="elsewhere").weight == 0


def test_a_lines_number_is_that_of_the_records_it_opens(follow_up: FollowUp) -> None:
    keeper = follow_up.summit.actor(Role.SECRETARIAT)
    follow_up.meeting("pl", "ma")
    follow_up.agreed("pl", "ma")
    follow_up.agreed_handover()
    shown = shown_to(keeper, edition=follow_up.edition)
    found = records_between(shown, follow_up.entity("ma").pk, follow_up.entity("pl").pk)
    assert [record.kind for record in found] == ["meeting", "commitment", "handover"]
    browser = Client()
    browser.force_login(follow_up.summit.users["secretariat-host"])
    base = f"/{follow_up.edition.slug}/outcomes/map/"
    for address in (
        base,
        f"{base}?view=network",
        f"{base}records/?one=pl",
        f"{base}records/?one=pl&other=ma",
    ):
        assert browser.get(address).status_code == 200
    page = browser.get(f"{base}records/?one=pl&other=ma")
    assert page.context["page"].paginator.count == 3


def test_more_ties_take_no_more_statements(follow_up: FollowUp) -> None:
    keeper = follow_up.summit.actor(Role.SECRETARIAT)

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            ties(shown_to(keeper, edition=follow_up.edition))
        return len(asked)

    follow_up.meeting("pl", "ma")
    follow_up.agreed("pl", "ma")
    before = statements()
    follow_up.meeting("pl", "no")
    follow_up.agreed("ma", "no")
    follow_up.agreed_handover()
    assert statements() == before <= 7


def test_each_number_of_a_tie_opens_as_many_records(follow_up: FollowUp) -> None:
    follow_up.summit.actor(Role.SECRETARIAT)
    follow_up.meeting("pl", "ma")
    follow_up.agreed("pl", "ma")
    follow_up.agreed("pl", "ma")
    follow_up.agreed_handover()
    browser = Client()
    browser.force_login(follow_up.summit.users["secretariat-host"])
    base = f"/{follow_up.edition.slug}/outcomes/map/"
    [row] = browser.get(base).context["rows"]
    assert [count.number for count in row.counts] == [1, 2, 1]
    for count in row.counts:
        assert browser.get(count.url).context["page"].paginator.count == count.number


def test_one_entitys_lines_are_drawn_alone(follow_up: FollowUp) -> None:
    follow_up.summit.actor(Role.SECRETARIAT)
    follow_up.agreed("pl", "ma")
    follow_up.agreed("pl", "no")
    follow_up.agreed("ma", "no")
    browser = Client()
    browser.force_login(follow_up.summit.users["secretariat-host"])
    base = f"/{follow_up.edition.slug}/outcomes/map/"
    for view in ("world", "europe", "network"):
        page = browser.get(f"{base}?view={view}").context
        assert (page["pairs"], len(page["lines"])) == (3, 3)
        page = browser.get(f"{base}?of=ma&view={view}").context
        assert (page["pairs"], len(page["lines"])) == (2, 2)
        assert {drawn.line.one.code for drawn in page["lines"]} == {"ma"}
    assert browser.get(f"{base}?of=moon").context["pairs"] == 3


def test_the_map_is_narrowed_to_editions_since_one(follow_up: FollowUp) -> None:
    keeper = follow_up.summit.actor(Role.SECRETARIAT)
    follow_up.agreed("pl", "ma")
    number = follow_up.edition.number
    assert tie_of(follow_up, keeper, only=f"since-{number}").agreed == 1
    assert tie_of(follow_up, keeper, only=f"since-{number + 1}").weight == 0


@given(st.integers(min_value=0, max_value=150))
def test_everybody_has_a_place_of_their_own(count: int) -> None:
    points, canvas = below(range(count), width=1000, height=487)
    stood, _arcs = on_circle([range(count // 2), [], range(count // 2, count)], size=900, margin=100)
    for found in (points, {key: seat.point for key, seat in stood.items()}):
        assert len(set(found.values())) == count == len(found)
        assert all(isfinite(x) and isfinite(y) and x >= 0 and y >= 0 for x, y in found.values())
    assert all(y <= canvas.height for _x, y in points.values())
    assert (canvas.rail is None) == (count == 0)


PLACES = st.tuples(st.floats(-180, 180), st.floats(-89, 89))


@given(PLACES, PLACES, st.floats(-180, 180))
def test_the_shortest_way_begins_and_ends_where_it_should(
    start: tuple[float, float], end: tuple[float, float], turn: float
) -> None:
    projection = Projection(turn=turn, scale=180, x=500, y=240)
    lines = great_circle(projection, start, end)
    assert 1 <= len(lines) <= 3
    for place, point in ((start, lines[0][0]), (end, lines[-1][-1])):
        there = projection.point(place)
        assert abs(there[1] - point[1]) < 0.2
    assert all(len(line) > 1 for line in lines)


@pytest.mark.parametrize(
    ("place", "point"),
    [((0.0, 0.0), (500, 240)), ((0.0, 90.0), (500, 240 - 131.7)), ((180.0, 0.0), (500 - 270.7, 240))],
)
def test_the_projection_is_that_of_its_authors(
    place: tuple[float, float], point: tuple[float, float]
) -> None:
    """Equal Earth's pole lies 1.3173 radii above the equator, its edge 2.7066 beside the middle."""
    found = Projection(turn=0, scale=100, x=500, y=240).point(place)
    assert found == pytest.approx(point, abs=0.1)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 40)), max_size=25))
def test_points_that_lie_on_one_another_are_moved_apart_and_names_never_meet(
    found: list[tuple[int, int]],
) -> None:
    points = {key: (200 + float(x), 200 + float(y)) for key, (x, y) in enumerate(found)}
    radii = dict.fromkeys(points, 2.0)
    moved = apart(points, radii)
    assert len(set(moved.values())) == len(points)
    _points, canvas = below([], width=1000, height=487)
    told = labels([(key, f"name {key}") for key in moved], moved, radii, canvas, size=12)
    assert len({(label.x, label.y) for label in told.values()}) == len(told)


@pytest.mark.parametrize("code", ["frontex", "interpol"])
def test_organisations_stand_at_their_seat(code: str) -> None:
    longitude, latitude = seats()[code]
    assert -10 < longitude < 30
    assert 40 < latitude < 60
