from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from outcomes_support import DAY, NEXT_DAY, FollowUp, batch, refused_by_the_database, spokesperson
from summitry.accounts.access import SYSTEM, Actor
from summitry.accounts.models import Grant, Role
from summitry.outcomes import actions
from summitry.outcomes.actions import NewFile, Told
from summitry.outcomes.actions.reports import can_assess
from summitry.outcomes.models import Assessment, Commitment, Report
from summitry.records import RefusedError


def report(follow_up: FollowUp, commitment: Commitment, by: Actor | None = None, **words: object) -> Report:
    known: dict[str, object] = {"progress": "in_progress_25", "narrative": "The trainers are named."}
    told = Told(**{**known, **words})  # type: ignore[arg-type]  # words of a test
    return actions.file_report(commitment=commitment, told=told, by=by or follow_up.focal("pl"))


def assess(follow_up: FollowUp, commitment: Commitment, by: Actor, completion: str = "limited") -> Assessment:
    return actions.assess_commitment(
        commitment=commitment, completion=completion, narrative="Two courses were held.", by=by
    )


def test_the_last_report_says_where_a_commitment_stands(follow_up: FollowUp) -> None:
    commitment = follow_up.agreed()
    report(follow_up, commitment)
    later = DAY + timedelta(days=500)
    report(
        follow_up, commitment, by=follow_up.keeper, progress="in_progress_50",
        new_expected_on=later, slip_reason="The trainers were ill.",
    )  # fmt: skip
    report(follow_up, commitment, progress="in_progress_75", links=["https://example.org/course"])
    commitment.refresh_from_db()
    assert (commitment.progress, commitment.reported_on, commitment.expected_on) == (
        "in_progress_75",
        DAY,
        later,
    )
    assert [r.number for r in commitment.reports.all()] == [3, 2, 1]
    assert commitment.workflow == "approved"


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"progress": "almost"}, "progress"),
        ({"narrative": " "}, "narrative"),
        ({"new_expected_on": DAY + timedelta(days=9)}, "slip_reason"),
        ({"slip_reason": "Ill."}, "new_expected_on"),
        ({"new_expected_on": DAY - timedelta(days=9), "slip_reason": "Ill."}, "new_expected_on"),
        ({"progress": "completed", "new_expected_on": DAY, "slip_reason": "Ill."}, "new_expected_on"),
        ({"on": DAY + timedelta(days=1)}, "on"),
        ({"links": ["javascript:alert(1)"]}, "links"),
        ({"period_from": DAY, "period_to": DAY - timedelta(days=1)}, "period_to"),
    ],
)
def test_a_report_that_cannot_be_is_refused_by_its_field(
    follow_up: FollowUp, words: dict[str, object], field: str
) -> None:
    commitment = follow_up.agreed()
    with pytest.raises(RefusedError) as caught:
        report(follow_up, commitment, **words)  # type: ignore[arg-type]  # words of a test
    assert caught.value.field == field
    assert not Report.objects.exists()


def test_reports_come_in_order_of_time(follow_up: FollowUp) -> None:
    commitment = follow_up.agreed()
    report(follow_up, commitment)
    with pytest.raises(RefusedError, match="There is a report of 2031-05-14 already"):
        report(follow_up, commitment, on=DAY - timedelta(days=1))
    for number, day in ((2, DAY - timedelta(days=1)), (4, DAY)):
        with refused_by_the_database("report_in_order"):
            Report.objects.create(
                commitment=commitment,
                number=number,
                on=day,
                author_name="x",
                progress="completed",
                narrative="x",
            )


def test_only_what_is_agreed_is_reported_on_and_only_by_the_owner_or_the_desk(follow_up: FollowUp) -> None:
    with pytest.raises(RefusedError, match="only what is agreed"):
        report(follow_up, follow_up.submitted(), by=follow_up.keeper)
    commitment = follow_up.agreed()
    for who in (follow_up.focal("ma"), follow_up.focal("no"), follow_up.summit.actor(Role.PRESS)):
        with pytest.raises(PermissionDenied):
            report(follow_up, commitment, by=who)


def test_a_link_lets_the_owner_report_without_an_account(follow_up: FollowUp) -> None:
    commitment = follow_up.agreed()
    by = spokesperson(follow_up.delegation("pl"))
    told = Told(progress="in_progress_25", narrative="Under way.")
    filed = actions.file_report(commitment=commitment, told=told, by=by, channel="link")
    assert (filed.author, filed.author_name, filed.channel) == (None, "Focal point", "link")


def test_evidence_is_kept_by_its_hash_under_the_name_it_came_with(follow_up: FollowUp) -> None:
    commitment = follow_up.agreed()
    filed = report(
        follow_up, commitment, files=[NewFile(b"%PDF-1.7 evidence", "list of participants.pdf", "en")]
    )
    [kept] = filed.files.all()
    assert (kept.name, kept.language, kept.file.media_type) == (
        "list of participants.pdf",
        "en",
        "application/pdf",
    )


def test_at_the_next_edition_the_owners_new_focal_point_reports_on_its_clock(follow_up: FollowUp) -> None:
    commitment = follow_up.agreed()
    successor = follow_up.actor_at(follow_up.later, Role.FOCAL_POINT, "pl")
    told = Told(progress="completed", narrative="Done.")
    filed = actions.file_report(commitment=commitment, told=told, by=successor, edition=follow_up.later)
    assert filed.on == NEXT_DAY


def test_nobody_of_the_owner_assesses(follow_up: FollowUp) -> None:
    commitment = follow_up.agreed()
    assert assess(follow_up, commitment, follow_up.focal("ma")).assessor_entity.code == "ma"
    assert assess(follow_up, commitment, follow_up.keeper).assessor_entity.code == "frontex"
    for who in (
        follow_up.focal("pl"),
        follow_up.focal("no"),
        spokesperson(follow_up.delegation("ma")),
        SYSTEM,
    ):
        assert not can_assess(who, commitment)
        with pytest.raises(PermissionDenied):
            assess(follow_up, commitment, who)


def test_the_hosts_staff_do_not_assess_what_the_host_promised(follow_up: FollowUp) -> None:
    follow_up.delegation("frontex")
    commitment = follow_up.agreed("frontex", "ma")
    with pytest.raises(PermissionDenied, match="belongs to the owner"):
        assess(follow_up, commitment, follow_up.keeper)
    assess(follow_up, commitment, follow_up.focal("ma"))


def test_the_database_refuses_an_assessor_of_the_owner(follow_up: FollowUp) -> None:
    follow_up.delegation("frontex")
    commitments = {code: follow_up.agreed(code, "ma") for code in ("pl", "frontex")}
    keeper, focal, both = follow_up.keeper.user, follow_up.focal("pl").user, follow_up.focal("ma").user
    assert both is not None
    Grant.objects.create(
        user=both,
        role=Role.DELEGATE,
        edition_id=follow_up.edition.pk,
        delegation_id=follow_up.delegation("pl").pk,
    )

    def store(owner: str, user: object, entity: str = "ma") -> None:
        Assessment.objects.create(
            commitment=commitments[owner], number=1, on=DAY, assessor=user, assessor_name="x",
            assessor_entity=follow_up.entity(entity), completion="limited", narrative="x",
        )  # type: ignore[misc]  # fmt: skip

    for owner, user, entity in (
        ("pl", focal, "ma"),
        ("pl", both, "ma"),
        ("pl", keeper, "pl"),
        ("frontex", keeper, "ma"),
    ):
        with refused_by_the_database("assessment_not_by_the_owner"):
            store(owner, user, entity)


def test_a_commitment_is_closed_when_it_is_reported_and_not_assessed_otherwise(follow_up: FollowUp) -> None:
    commitment, keeper = follow_up.agreed(), follow_up.keeper
    with pytest.raises(RefusedError, match="reported it completed or cancelled"):
        actions.close_commitment(commitment=commitment, by=keeper)
    report(follow_up, commitment, progress="completed")
    assess(follow_up, commitment, follow_up.focal("ma"), "substantial")
    with pytest.raises(RefusedError, match="less than completion"):
        actions.close_commitment(commitment=commitment, by=keeper)
    assess(follow_up, commitment, follow_up.focal("ma"), "complete")
    closed = actions.close_commitment(commitment=commitment, by=keeper)
    assert (closed.workflow, closed.closed_on) == ("closed", DAY)
    with pytest.raises(RefusedError, match="only what is agreed and not closed"):
        report(follow_up, commitment)
    reopened = actions.reopen_commitment(commitment=commitment, reason="Two are missing.", by=keeper)
    assert (reopened.workflow, reopened.closed_on) == ("approved", None)


def test_equipment_completes_only_when_what_was_accepted_reaches_what_was_promised(
    follow_up: FollowUp,
) -> None:
    commitment = follow_up.equipment(target=4)
    with pytest.raises(RefusedError, match="0 of 4 devices were accepted"):
        report(follow_up, commitment, progress="completed")
    handover = follow_up.agreed_handover(
        batch(5, commitment=commitment),
        batch(1, category="Printer", unit="printers"),
        commitments=(commitment,),
    )
    follow_up.deliver(handover)
    follow_up.inspect(handover, 1, 3)
    follow_up.inspect(handover, 2, 1)  # an extra counts towards nothing
    with pytest.raises(RefusedError, match="3 of 4 devices"):
        report(follow_up, commitment, progress="completed")
    with pytest.raises(RefusedError, match="3 of 4 devices"):
        assess(follow_up, commitment, follow_up.focal("ma"), "complete")
    with refused_by_the_database("commitment_complete_when_accepted"):
        Report.objects.create(
            commitment=commitment, number=1, on=DAY, author_name="x", progress="completed", narrative="x"
        )
    follow_up.inspect(handover, 1, 1, "rejected")
    follow_up.inspect(handover, 1, 1, "accepted_with_remarks")
    report(follow_up, commitment, progress="completed")
    assess(follow_up, commitment, follow_up.focal("ma"), "complete")


def test_training_with_a_target_completes_by_its_report(follow_up: FollowUp) -> None:
    commitment = follow_up.agreed(target=Decimal(20), unit="officers")
    report(follow_up, commitment, progress="completed")


def test_what_a_completed_commitment_rests_on_is_not_corrected_away(follow_up: FollowUp) -> None:
    commitment = follow_up.equipment(target=2)
    handover = follow_up.agreed_handover(batch(2, commitment=commitment), commitments=(commitment,))
    follow_up.deliver(handover)
    follow_up.inspect(handover, 1, 2)
    report(follow_up, commitment, progress="completed")
    inspection = handover.items.get().inspections.get()

    def correct() -> None:
        actions.correct_inspection(
            inspection=inspection, result="accepted", quantity=Decimal(1), reason="One is missing.",
            inspector="Amina Berrada", by=SYSTEM,
        )  # fmt: skip

    with pytest.raises(RefusedError, match="report or assess it anew first"):
        correct()
    report(follow_up, commitment, progress="in_progress_75")
    correct()


def test_the_database_says_itself_where_a_commitment_stands(follow_up: FollowUp) -> None:
    commitment = follow_up.agreed()
    for change in (
        {"progress": "completed"},
        {"completion": "complete"},
        {"reported_on": DAY},
        {"expected_on": DAY},
    ):
        with refused_by_the_database("commitment_stands_by_its_reports"):
            Commitment.objects.filter(pk=commitment.pk).update(**change)
    with refused_by_the_database("commitment_stands_by_its_reports"):
        Commitment.objects.create(
            edition=follow_up.edition, number=9, title={"en": "x"}, kind="event",
            owner=follow_up.entity("pl"), progress="completed",
        )  # fmt: skip


def test_what_is_carried_over_keeps_where_it_stood(follow_up: FollowUp) -> None:
    late = follow_up.agreed(due_on=DAY)
    follow_up.agreed()
    follow_up.draft()
    keeper = follow_up.actor_at(follow_up.later, Role.FOLLOW_UP)
    carried = actions.carry_over(edition=follow_up.later, by=keeper)
    assert [(row.commitment.ref, row.timeliness, row.on) for row in carried] == [
        ("C-001", "lapsed", NEXT_DAY),
        ("C-002", "lapsed", NEXT_DAY),
    ]
    third = follow_up.agreed()
    assert [row.commitment for row in actions.carry_over(edition=follow_up.later, by=keeper)] == [third]
    with pytest.raises(PermissionDenied):
        actions.carry_over(edition=follow_up.later, by=follow_up.keeper)
    with refused_by_the_database("carry_over_to_later_edition"):
        late.carried_over.create(edition=follow_up.edition, on=DAY, timeliness="late")
