"""What the database itself refuses, asked by the application's role and by the tables' owner on connections of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from threading import Barrier, Thread

import psycopg
import pytest
from django.db import ProgrammingError, connection, connections, transaction

from outcomes_support import DAY, FollowUp, batch, device, four, item, make_follow_up
from summitry.accounts.access import SYSTEM
from summitry.config.database.address import APPLICATION, OWNER, embedded
from summitry.outbox.models import Letter
from summitry.outcomes import actions
from summitry.outcomes.actions import Told
from summitry.outcomes.models import (
    Assessment,
    Commitment,
    Confirmation,
    Delivery,
    DeliveryLine,
    Disposal,
    EndUseVisit,
    Handover,
    HandoverItem,
    Inspection,
    Instrument,
    LifecycleEvent,
    PlannedVisit,
    Report,
    SilenceProcedure,
    SilenceReply,
    Wording,
)
from summitry.records import RefusedError

ADDED_TO = (
    Wording,
    Confirmation,
    Report,
    Assessment,
    LifecycleEvent,
    SilenceReply,
    Delivery,
    DeliveryLine,
    Inspection,
    EndUseVisit,
    Disposal,
)
KEPT = (Commitment, Instrument, Handover, HandoverItem, PlannedVisit)
TABLES = [model._meta.db_table for model in ADDED_TO]


@pytest.mark.parametrize(
    "table", [*TABLES, "outcomes_carryover", "outcomes_reportfile", "outcomes_handoverfile"]
)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_history_is_not_rewritten_by_the_application_nor_by_the_tables_owner(
    db: None, table: str, statement: str
) -> None:
    name = connection.settings_dict["NAME"]
    command = statement.format(table)
    application = psycopg.connect(**embedded(APPLICATION, name=name).libpq())  # type: ignore[arg-type]  # words are all strings
    owner = psycopg.connect(**embedded(OWNER, name=name).libpq())  # type: ignore[arg-type]  # likewise
    with application, owner:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute(command.encode())
        application.rollback()
        with pytest.raises(psycopg.errors.RestrictViolation):
            owner.execute(command.encode())
        owner.rollback()


@pytest.mark.parametrize("model", KEPT)
def test_records_are_never_deleted(db: None, model: type[Commitment]) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        model.objects.all()._raw_delete(using="default")


class Racing:
    """Two threads that come to the same point and go on at once, each on its own connection."""

    def __init__(self, *runs: Callable[[], object]) -> None:
        self.told: list[str] = []
        barrier = Barrier(len(runs))

        def run(step: Callable[[], object]) -> None:
            try:
                barrier.wait()
                step()
                self.told.append("done")
            except RefusedError as error:
                self.told.append(error.message)
            finally:
                connections.close_all()

        threads = [Thread(target=run, args=[step]) for step in runs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


@pytest.fixture
def committed(fresh_database: str) -> FollowUp:
    return make_follow_up()


def test_of_two_who_agree_on_the_same_serial_number_at_once_one_is_refused(committed: FollowUp) -> None:
    handovers = [committed.handover(device("A1")) for _ in range(2)]
    race = Racing(*(lambda one=one: actions.agree_handover(handover=one, by=SYSTEM) for one in handovers))
    assert sorted(told == "done" for told in race.told) == [False, True], race.told
    assert HandoverItem.objects.filter(is_effective=True).count() == 1


def test_of_two_who_inspect_the_last_item_at_once_one_is_refused(committed: FollowUp) -> None:
    handover = committed.agreed_handover(batch(3))
    committed.deliver(handover)
    committed.inspect(handover, 1, 2)
    race = Racing(*[lambda: committed.inspect(handover, 1, 1)] * 2)
    assert sorted(told == "done" for told in race.told) == [False, True], race.told


def test_of_two_raw_inspections_at_once_the_database_refuses_the_second(committed: FollowUp) -> None:
    handover = committed.agreed_handover(batch(3))
    committed.deliver(handover)
    line = item(handover, 1)

    def inspect() -> None:
        try:
            Inspection.objects.create(
                item=line, inspected_on=DAY, result="accepted", quantity=2, inspector="x"
            )
        except Exception as error:
            raise RefusedError(str(error)) from error

    race = Racing(inspect, inspect)
    assert sorted(told == "done" for told in race.told) == [False, True]
    assert any("more is inspected than was delivered" in told for told in race.told)


def test_two_last_confirmations_at_once_agree_once(committed: FollowUp) -> None:
    commitment = committed.submitted()
    race = Racing(*(lambda code=code: committed.answer(commitment, code) for code in ("pl", "ma")))
    assert race.told == ["done", "done"]
    commitment.refresh_from_db()
    assert (commitment.workflow, commitment.agreed_on) == ("approved", DAY)


def test_two_who_record_at_once_get_two_numbers(committed: FollowUp) -> None:
    race = Racing(*[committed.draft] * 2)
    assert race.told == ["done", "done"]
    assert sorted(Commitment.objects.values_list("number", flat=True)) == [1, 2]


def test_two_ends_of_a_chain_joined_at_once_do_not_close_a_circle(committed: FollowUp) -> None:
    content = actions.Content(title={"en": "Plan"}, kind="cooperation_plan")
    one, other = (
        actions.record_instrument(edition=committed.edition, content=content, by=SYSTEM) for _ in range(2)
    )

    def renew(instrument: Instrument, before: Instrument) -> None:
        try:
            Instrument.objects.filter(pk=instrument.pk).update(predecessor=before)
        except Exception as error:
            raise RefusedError(str(error)) from error

    race = Racing(lambda: renew(one, other), lambda: renew(other, one))
    assert sorted(told == "done" for told in race.told) == [False, True], race.told


def test_a_report_of_completion_and_a_correction_at_once_do_not_pass_one_another(committed: FollowUp) -> None:
    commitment = committed.equipment(target=2)
    handover = committed.agreed_handover(batch(2, commitment=commitment), commitments=(commitment,))
    committed.deliver(handover)
    committed.inspect(handover, 1, 2)
    actions.sign_handover(handover=handover, signatories=four(DAY), by=SYSTEM)
    inspection = item(handover, 1).inspections.get()
    race = Racing(
        lambda: actions.file_report(
            commitment=commitment, told=Told(progress="completed", narrative="Done."), by=SYSTEM
        ),
        lambda: actions.correct_inspection(
            inspection=inspection,
            result="accepted",
            quantity=Decimal(1),
            reason="One missing.",
            inspector="x",
            by=SYSTEM,
        ),
    )
    assert sorted(told == "done" for told in race.told) == [False, True], race.told


def test_of_two_who_deliver_the_last_items_at_once_one_is_refused(committed: FollowUp) -> None:
    handover = committed.agreed_handover(batch(3))
    race = Racing(*[lambda: committed.deliver(handover, (1, 2))] * 2)
    assert sorted(told == "done" for told in race.told) == [False, True], race.told


def test_a_cancellation_and_an_acceptance_at_once_do_not_pass_one_another(committed: FollowUp) -> None:
    handover = committed.agreed_handover(batch(1))
    committed.deliver(handover)

    def cancel() -> None:
        try:
            Handover.objects.filter(pk=handover.pk).update(state="cancelled")
        except Exception as error:
            raise RefusedError(str(error)) from error

    race = Racing(lambda: committed.inspect(handover, 1), cancel)
    assert sorted(told == "done" for told in race.told) == [False, True], race.told


def test_the_same_lines_read_in_twice_at_once_are_on_one_transfer(committed: FollowUp) -> None:
    handovers = [committed.agreed_handover(batch(1)) for _ in range(2)]
    race = Racing(
        *(
            lambda one=one: actions.load_items(handover=one, items=[device("A1")], by=SYSTEM)
            for one in handovers
        )
    )
    assert sorted(told == "done" for told in race.told) == [False, True], race.told
    assert HandoverItem.objects.filter(serial_number="A1").count() == 1


def test_the_job_of_visits_run_twice_at_once_posts_each_letter_once(committed: FollowUp) -> None:
    handover = committed.agreed_handover(batch(1))
    keeper = committed.keeper.user
    actions.plan_visit(handover=handover, due_on=DAY, visitor=keeper, by=SYSTEM)
    race = Racing(*[lambda: actions.send_visit_reminders(edition=committed.edition, by=SYSTEM)] * 2)
    assert sorted(told == "done" for told in race.told) == [False, True], race.told
    assert Letter.objects.count() == 1


def test_an_objection_and_the_conclusion_of_silence_at_once_do_not_pass_one_another(
    committed: FollowUp,
) -> None:
    content = actions.Content(
        title={"en": "Statement"},
        kind="joint_statement",
        parties=[
            actions.Signing(entity=committed.entity("pl")),
            actions.Signing(entity=committed.entity("ma")),
        ],
    )
    made = actions.record_instrument(
        edition=committed.edition, content=content, state="negotiating", by=SYSTEM
    )
    opened = datetime.combine(DAY, time(12), tzinfo=UTC)
    procedure = actions.open_silence(
        instrument=made, text="The text.", language="en", expires_at=opened + timedelta(hours=1), by=SYSTEM
    )
    committed.set_day(DAY + timedelta(days=1))

    def adopt() -> None:
        try:
            SilenceProcedure.objects.filter(pk=procedure.pk).update(
                state="adopted", ended_at=procedure.expires_at, adopted_number="1"
            )
        except Exception as error:
            raise RefusedError(str(error)) from error

    def object_in_time() -> None:
        try:
            SilenceReply.objects.create(
                procedure=procedure,
                edition=committed.edition,
                delegation=committed.delegation("ma"),
                kind="objection",
                text="No.",
                at=opened + timedelta(minutes=5),
                by_name="x",
            )
        except Exception as error:
            raise RefusedError(str(error)) from error

    race = Racing(adopt, object_in_time)
    assert sorted(told == "done" for told in race.told) == [False, True], race.told
