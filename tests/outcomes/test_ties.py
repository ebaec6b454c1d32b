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
from summitry.outcomes.rules.drawing import on_circle, on_world

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


@given(st.integers(min_value=0, max_value=150))
def test_everybody_has_a_place_of_their_own(count: int) -> None:
    entities = [(number, None) for number in range(count)]
    points, canvas = on_world(entities, {}, width=1000, height=487)
    round_points, _canvas = on_circle(range(count), size=900, margin=100)
    for found in (points, round_points):
        assert len(set(found.values())) == count == len(found)
        assert all(isfinite(x) and isfinite(y) and x >= 0 and y >= 0 for x, y in found.values())
    assert all(y <= canvas.height for _x, y in points.values())


@pytest.mark.parametrize("code", ["616", None, "999"])
def test_whoever_has_no_place_on_the_world_stands_below_it(code: str | None) -> None:
    points, canvas = on_world([(1, code)], {"616": (500.0, 100.0)}, width=1000, height=487)
    [(_x, y)] = points.values()
    assert (y < 487) == (code == "616")
    assert (canvas.rail is None) == (code == "616")
