from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outcomes_support import DAY, NEXT_DAY, FollowUp, batch, make_follow_up
from summitry.accounts.access import SYSTEM
from summitry.accounts.models import Role
from summitry.outcomes import actions, rules
from summitry.outcomes.actions import Content, Party, Signing, Step, Taken, Told
from summitry.outcomes.kinds import Completion, Progress
from summitry.outcomes.models import Commitment
from summitry.outcomes.queries import (
    Wanted,
    between,
    commitment_page,
    commitment_story,
    commitments,
    handover_story,
    instrument_story,
    instruments_to_warn,
    reporting_delegations,
    reports_due,
    review_statement,
    tally,
    timeline,
)

Counting = Callable[[int], AbstractContextManager[object]]


def refs(follow_up: FollowUp, **wanted: object) -> list[str]:
    page = commitment_page(who=SYSTEM, edition=follow_up.edition, wanted=Wanted(**wanted), order="number")  # type: ignore[arg-type]  # words of a test
    assert page.count == len(page.rows)
    return [row.ref for row in page.rows]


@pytest.mark.parametrize("many", [1, 30])
def test_every_read_takes_as_many_statements_for_one_as_for_thirty(
    follow_up: FollowUp, many: int, django_assert_num_queries: Counting
) -> None:
    training = actions.keep_area(
        edition=follow_up.edition, code="training", title={"en": "Training"}, by=SYSTEM
    )
    content = Content(
        title={"en": "Plan"}, kind="cooperation_plan", areas=[training],
        parties=[Signing(entity=follow_up.entity(code)) for code in ("pl", "ma")],
    )  # fmt: skip
    before = None
    for _ in range(many):
        follow_up.agreed(areas=[training], milestones=[Step("Half", DAY)] * many)
        before = actions.record_instrument(
            edition=follow_up.edition, by=SYSTEM, state="in_effect",
            content=Content(**{**{name: getattr(content, name) for name in ("title", "kind", "areas", "parties")},
                               "predecessor": before, "next_review_on": DAY}),
        )  # fmt: skip
    handover = follow_up.agreed_handover(*[batch(1) for _ in range(many)])
    follow_up.deliver(handover)
    for line in range(1, many + 1):
        follow_up.inspect(handover, line)
    commitment = Commitment.objects.first()
    assert commitment is not None
    assert before is not None
    edition, who = follow_up.edition, follow_up.focal("ma")
    pl, ma = follow_up.entity("pl").pk, follow_up.entity("ma").pk
    with django_assert_num_queries(5):
        page = commitment_page(
            who=who, edition=edition, wanted=Wanted(party="ma", area="training", light="green")
        )
        assert len(page.rows) == many
    with django_assert_num_queries(10):
        commitment_story(commitment=commitment, who=who, edition=edition, keeper=False)
    with django_assert_num_queries(3):
        assert tally(edition=edition, who=who).agreed == many
    with django_assert_num_queries(8):
        assert len(between(pl, ma, edition=edition, who=who).instruments) == many
    with django_assert_num_queries(3):
        assert len(timeline(who=who, edition=edition)[0].instruments) == many
    with django_assert_num_queries(4):
        assert len(instruments_to_warn(who=who, edition=edition)) == many
    with django_assert_num_queries(11):
        assert len(instrument_story(instrument=before, who=who).chains.line) == many
    with django_assert_num_queries(14):
        assert len(handover_story(handover=handover, who=who).lines) == many
    with django_assert_num_queries(4):
        assert review_statement(edition=follow_up.later, who=SYSTEM).total["lapsed"] == many
    with django_assert_num_queries(2):
        rows = list(reports_due(who=SYSTEM, edition=follow_up.later))
        assert len(reporting_delegations(rows, edition=follow_up.later)) == many


def test_lists_filter_by_everything_a_reader_asks(follow_up: FollowUp) -> None:
    area = actions.keep_area(edition=follow_up.edition, code="returns", title={"en": "Returns"}, by=SYSTEM)
    follow_up.agreed(due_on=DAY + timedelta(days=10), areas=[area], places=["MA", "002"])
    follow_up.agreed("no", "sn", due_on=None, kind="event", title={"en": "Séminaire"})
    overdue = follow_up.agreed("ma", "pl", due_on=DAY - timedelta(days=1))
    follow_up.draft(due_on=DAY + timedelta(days=90))
    follow_up.submitted(due_on=DAY + timedelta(days=50))
    told = Told(progress="suspended", narrative="Waiting.")
    actions.file_report(commitment=overdue, told=told, by=SYSTEM)
    assert refs(follow_up) == [f"C-00{n}" for n in range(1, 6)]
    for wanted, expected in (
        ({"party": "ma"}, [1, 3, 4, 5]),
        ({"owner": "ma"}, [3]),
        ({"area": "returns"}, [1]),
        ({"place": "002"}, [1]),
        ({"edition": "outcomes-1"}, [1, 2, 3, 4, 5]),
        ({"edition": "outcomes-2"}, []),
        ({"due": "overdue"}, [3]),
        ({"due": "soon"}, [1]),
        ({"due": "later"}, [4, 5]),
        ({"due": "none"}, [2]),
        ({"due_from": DAY + timedelta(days=10), "due_to": DAY + timedelta(days=60)}, [1, 5]),
        ({"light": "green"}, [1, 2, 3]),
        ({"light": "none"}, [4, 5]),
        ({"timeliness": "late"}, [3]),
        ({"workflow": "draft"}, [4]),
        ({"progress": "suspended"}, [3]),
        ({"kind": "event"}, [2]),
        ({"text": "SEMINAIRE"}, [2]),
        ({"text": "twenty c-005"}, [5]),
        ({"party": "ma", "due": "soon", "text": "training"}, [1]),
    ):
        assert refs(follow_up, **wanted) == [f"C-00{n}" for n in expected], wanted


def test_pages_are_cut_in_the_order_asked_for(follow_up: FollowUp) -> None:
    for days in (30, 10, 20):
        follow_up.draft(due_on=DAY + timedelta(days=days))
    follow_up.draft(due_on=None)
    page = commitment_page(who=SYSTEM, edition=follow_up.edition, page=2, per_page=2)
    assert [row.ref for row in page.rows] == ["C-001", "C-004"]
    assert (page.count, page.pages) == (4, 2)
    assert commitment_page(who=SYSTEM, edition=follow_up.edition, page=9, per_page=2).page == 2
    newest = commitment_page(who=SYSTEM, edition=follow_up.edition, order="newest")
    assert [row.ref for row in newest.rows] == ["C-004", "C-003", "C-002", "C-001"]
    [first, *_] = newest.rows
    assert [wording.text for wording in first.last_wordings] == [follow_up.terms().text]
    assert [party.entity.code for party in first.other_parties] == ["ma"]


DAYS = st.dates(date(2029, 1, 1), date(2035, 1, 1))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    agreed_on=DAYS,
    due_on=st.none() | DAYS,
    months=st.integers(1, 24),
    reports=st.lists(st.tuples(DAYS, st.sampled_from(Progress.values), st.none() | DAYS), max_size=2),
    completion=st.sampled_from(["", *Completion.values]),
    milestone=st.none() | st.tuples(DAYS, st.sampled_from(["scheduled", "met", "not_met"])),
    close=st.booleans(),
    today=DAYS,
)
def test_the_database_says_of_every_commitment_what_the_rules_say(
    follow_up: FollowUp,
    *,
    agreed_on: date,
    due_on: date | None,
    months: int,
    reports: list[tuple[date, str, date | None]],
    completion: str,
    milestone: tuple[date, str] | None,
    close: bool,
    today: date,
) -> None:
    terms = follow_up.terms("pl", "br", due_on=due_on, report_months=months)
    follow_up.set_day(date(2036, 1, 1))
    [row] = actions.load_commitments(
        edition=follow_up.edition, taken=[Taken(terms, agreed_on, "Letters")], by=SYSTEM
    )
    for number, (on, progress, expected) in enumerate(sorted(reports, key=lambda one: one[0]), 1):
        row.reports.create(
            number=number, on=on, author_name="x", progress=progress, narrative="x",
            new_expected_on=expected, slip_reason="x" if expected else "",
        )  # fmt: skip
    assessor = follow_up.keeper.user
    if completion and assessor is not None:
        row.assessments.create(
            number=1, on=today, assessor=assessor, assessor_name="x", completion=completion,
            assessor_entity=follow_up.entity("ma"), narrative="x",
        )  # fmt: skip
    if milestone:
        on, status = milestone
        row.milestones.create(
            number=1, title="x", due_on=on, status=status, met_on=on if status == "met" else None
        )
    if close:
        Commitment.objects.filter(pk=row.pk).update(workflow="closed", closed_on=today)
    told = commitments(who=SYSTEM, edition=follow_up.edition, today=today).get(pk=row.pk)
    light = rules.reporting_light(
        agreed_on=told.agreed_on, reported_on=told.reported_on, progress=told.progress,
        is_closed=close, months=months, today=today,
    )  # fmt: skip
    overdue = milestone is not None and (
        milestone[1] == "not_met" or (milestone[1] == "scheduled" and milestone[0] < today)
    )
    assert told.report_due_on == rules.report_due_on(
        reported_on=told.reported_on, agreed_on=agreed_on, months=months
    )
    assert (told.light, told.milestone_overdue) == (light, overdue)
    assert told.timeliness == rules.timeliness(
        progress=told.progress, completion=told.completion, due_on=due_on, expected_on=told.expected_on,
        milestone_overdue=overdue, light=light, today=today,
    )  # fmt: skip


def test_between_two_is_everything_they_have_agreed_since_ever_and_nothing_else(follow_up: FollowUp) -> None:
    parties = [Party(follow_up.entity("ma"), "beneficiary"), Party(follow_up.entity("no"), "supporter")]
    both_beside = follow_up.agreed(parties=parties)
    one_way, other_way = follow_up.agreed("ma", "no"), follow_up.agreed("no", "ma")
    follow_up.agreed("pl", "no")
    follow_up.submitted("ma", "no")
    content = Content(
        title={"en": "Plan"}, kind="cooperation_plan",
        parties=[Signing(entity=follow_up.entity(code)) for code in ("ma", "no")],
    )  # fmt: skip
    instrument = actions.record_instrument(
        edition=follow_up.edition, content=content, by=SYSTEM, state="expired"
    )
    actions.record_instrument(edition=follow_up.edition, content=content, by=SYSTEM)
    handover = follow_up.agreed_handover(
        batch(1), transferor=follow_up.entity("sn"), title_holder=follow_up.entity("no")
    )
    follow_up.agreed_handover(batch(1))
    ma, no = follow_up.entity("ma").pk, follow_up.entity("no").pk
    for pair in ((ma, no), (no, ma)):
        found = between(*pair, edition=follow_up.later, who=follow_up.focal("ma"))
        assert list(found.commitments) == [other_way, one_way, both_beside]
        assert list(found.instruments) == [instrument]
        assert list(found.handovers) == [handover]
    assert not between(ma, follow_up.entity("br").pk, edition=follow_up.later, who=SYSTEM)


def test_the_next_edition_hears_what_was_delivered_is_on_track_late_or_lapsed_by_area(
    follow_up: FollowUp,
) -> None:
    training, returns = (
        actions.keep_area(edition=follow_up.edition, code=code, title={"en": code}, by=SYSTEM)
        for code in ("training", "returns")
    )
    due = NEXT_DAY + timedelta(days=90)
    delivered = follow_up.agreed(areas=[training, returns], due_on=due)
    on_track = follow_up.agreed(areas=[training], due_on=due)
    late = follow_up.agreed(due_on=NEXT_DAY - timedelta(days=5))
    follow_up.agreed(areas=[returns], due_on=DAY)
    follow_up.submitted()
    keeper = follow_up.actor_at(follow_up.later, Role.FOLLOW_UP)
    for commitment, progress in (
        (delivered, "completed"),
        (on_track, "in_progress_75"),
        (late, "in_progress_75"),
    ):
        told = Told(progress=progress, narrative="So far.")
        actions.file_report(commitment=commitment, told=told, by=keeper, edition=follow_up.later)
    actions.close_commitment(commitment=delivered, by=keeper, edition=follow_up.later)
    statement = review_statement(edition=follow_up.later, who=keeper)
    assert statement.total == {"delivered": 1, "on_track": 1, "late": 1, "lapsed": 1}
    assert [(area.code, {k: n for k, n in counts.items() if n}) for area, counts in statement.by_area] == [
        ("returns", {"delivered": 1, "lapsed": 1}),
        ("training", {"delivered": 1, "on_track": 1}),
    ]
    assert statement.without_area == {"delivered": 0, "on_track": 0, "late": 1, "lapsed": 0}
    assert statement.rows.filter(timeliness="late").count() == 1
    third = type(follow_up.later).objects.create(
        series=follow_up.edition.series, number=3, slug="third", name={"en": "Third"},
        hosted_by=follow_up.edition.hosted_by, year=2035,
    )  # fmt: skip
    assert sum(review_statement(edition=third, who=SYSTEM).total.values()) == 4
    Commitment.objects.filter(pk=delivered.pk).update(closed_on=DAY)
    assert sum(review_statement(edition=third, who=SYSTEM).total.values()) == 3


def test_reports_are_due_by_the_cadence_and_asked_of_the_owners_latest_delegation(
    follow_up: FollowUp,
) -> None:
    quarterly = follow_up.agreed(report_months=3)
    yearly = follow_up.agreed("ma", "pl")
    follow_up.submitted()
    follow_up.set_day(DAY + timedelta(days=100))
    edition = follow_up.edition
    edition.refresh_from_db()
    assert list(reports_due(who=SYSTEM, edition=edition)) == [quarterly]
    assert list(reports_due(who=SYSTEM, edition=edition, lead_days=270)) == [quarterly, yearly]
    rows = list(reports_due(who=SYSTEM, edition=follow_up.later))
    assert reporting_delegations(rows, edition=follow_up.later) == {
        quarterly.pk: follow_up.delegation("pl"),
        yearly.pk: follow_up.delegation("ma"),
    }
    newer = follow_up.delegation("ma", follow_up.later)
    assert reporting_delegations(rows, edition=follow_up.later)[yearly.pk] == newer


def test_every_number_of_the_tally_is_that_of_a_list(follow_up: FollowUp) -> None:
    follow_up.agreed()
    follow_up.agreed(due_on=DAY - timedelta(days=3))
    follow_up.submitted()
    follow_up.equipment(target=2)
    counted = tally(edition=follow_up.edition, who=SYSTEM)
    assert (counted.agreed, counted.unconfirmed) == (3, 1)
    for stands, number in counted.timeliness.items():
        agreed = [
            ref
            for state in ("approved", "published", "closed")
            for ref in refs(follow_up, timeliness=stands, workflow=state)
        ]
        assert len(agreed) == number
    for state, number in counted.workflow.items():
        assert len(refs(follow_up, workflow=state)) == number
    assert tally(edition=follow_up.later, who=SYSTEM).agreed == 0
    assert tally(edition=follow_up.later, who=SYSTEM, whole_series=True).agreed == 3


def test_settings_and_areas_are_the_keepers_to_change(follow_up: FollowUp) -> None:
    from django.core.exceptions import PermissionDenied

    from summitry.outcomes.queries import areas_of, follow_up_settings
    from summitry.records import RefusedError

    def change(who: object = None, **words: int) -> None:
        known = {
            "report_months": 6,
            "expiry_warning_days": 60,
            "review_warning_days": 10,
            "due_warning_days": 14,
        }
        actions.change_follow_up(edition=follow_up.edition, by=who or follow_up.keeper, **{**known, **words})  # type: ignore[arg-type]  # words of a test

    assert follow_up_settings(follow_up.edition).report_months == 12
    change()
    assert follow_up_settings(follow_up.edition).report_months == 6
    assert follow_up.draft().report_months == 6
    with pytest.raises(RefusedError) as caught:
        change(report_months=0)
    assert caught.value.field == "report_months"
    with pytest.raises(PermissionDenied):
        change(follow_up.focal("pl"))
    actions.keep_area(edition=follow_up.edition, code="returns", title={"en": "Return"}, by=follow_up.keeper)
    kept = actions.keep_area(
        edition=follow_up.edition, code="returns", title={"en": "Returns"}, by=follow_up.keeper, retired=True
    )
    assert (kept.title, kept.version) == ({"en": "Returns"}, 2)
    assert areas_of(follow_up.edition, who=follow_up.focal("ma")) == []
    assert areas_of(follow_up.edition, who=follow_up.focal("ma"), retired=True) == [kept]
    for who, code in ((follow_up.keeper, "Not a code"), (follow_up.focal("ma"), "x")):
        with pytest.raises((RefusedError, PermissionDenied)):
            actions.keep_area(edition=follow_up.edition, code=code, title={"en": "x"}, by=who)


def test_a_series_has_its_own_outcomes(follow_up: FollowUp) -> None:
    other = make_follow_up("other")
    other.agreed(value=Decimal(100), currency="EUR")
    assert refs(follow_up) == []
    assert refs(other) == ["C-001"]
