from __future__ import annotations

from datetime import date

import pytest

from outcomes_support import FollowUp, make_follow_up
from summitry.accounts.access import SYSTEM
from summitry.demonstration import handovers
from summitry.demonstration.handovers import Parties
from summitry.formats.certificates import LABELS
from summitry.outcomes import actions, queries
from summitry.outcomes.certificates import certificate_of
from summitry.outcomes.models import Commitment, Handover
from summitry.outcomes.queries.visits import visits_due
from summitry.world.models import Entity


@pytest.fixture
def told(db: None) -> tuple[FollowUp, Commitment, Handover]:
    follow_up = make_follow_up("handed")
    follow_up.set_day(date(2019, 10, 30))
    visitor = follow_up.keeper.user
    assert visitor is not None
    parties = Parties(
        edition=follow_up.edition,
        earlier=follow_up.edition,
        earlier_day=date(2017, 11, 7),
        host=Entity.objects.get(code="frontex"),
        bosnia=Entity.objects.get(code="ba"),
        area=actions.keep_area(
            edition=follow_up.edition, code="support", title={"en": "Support"}, order=1, by=SYSTEM
        ),
        visitor=visitor,
    )
    promise = handovers.record_promise(parties, handovers.record_programme(parties))
    return follow_up, promise, handovers.record_handover(parties, promise)


def test_eight_of_nine_are_accepted_and_the_promise_is_complete(
    told: tuple[FollowUp, Commitment, Handover],
) -> None:
    _follow_up, promise, handover = told
    promise.refresh_from_db()
    reports = list(promise.reports.order_by("number").values_list("progress", flat=True))
    assert reports == ["in_progress_50", "completed"]
    assert queries.accepted_for([promise.pk])[promise.pk].accepted == promise.target == 8
    assert (handover.state, handover.items.count()) == ("signed", 9)


def test_title_passes_apart_from_the_ceremony_and_remarks_are_settled(
    told: tuple[FollowUp, Commitment, Handover],
) -> None:
    _follow_up, _promise, handover = told
    story = queries.handover_story(handover=handover, who=SYSTEM)
    assert (story.title_passed_on, handover.ceremony_on) == (date(2019, 10, 14), date(2019, 10, 30))
    [settled] = [one for line in story.lines for one in line.inspections if one.settles]
    assert settled.corrects is not None
    assert settled.corrects.result == "accepted_with_remarks"


def test_what_was_rejected_is_not_on_the_certificate_nor_in_its_value(
    told: tuple[FollowUp, Commitment, Handover],
) -> None:
    follow_up, _promise, handover = told
    story = queries.handover_story(handover=handover, who=SYSTEM)
    made = certificate_of(story, edition=follow_up.edition, labels={"en": LABELS["en"]})
    assert [item.line for item in made.items] == [1, 2, 3, 4, 6, 7, 8, 9]
    assert [int(total.value) for total in made.totals] == [11_840]


def test_one_visit_is_noted_and_one_is_due(told: tuple[FollowUp, Commitment, Handover]) -> None:
    follow_up, _promise, handover = told
    assert handover.visits.count() == 1
    assert [one.planned.due_on for one in visits_due(edition=follow_up.edition)] == [date(2019, 11, 22)]
