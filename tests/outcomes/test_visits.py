from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from outcomes_support import DAY, FollowUp, batch, device, item, refused_by_the_database
from summitry.accounts.access import SYSTEM
from summitry.accounts.models import Role, User
from summitry.ledger.models import Entry
from summitry.outbox.models import Letter
from summitry.outbox.queries import message_of
from summitry.outcomes import actions
from summitry.outcomes.models import EndUseVisit, Handover, Inspection, PlannedVisit
from summitry.outcomes.queries import handover_story
from summitry.outcomes.queries.visits import visitors, visits_planned
from summitry.outcomes.tasks import remind_visitors
from summitry.records import RefusedError


def text_of(letter: Letter) -> str:
    message, _address = message_of(letter)
    body = message.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


@pytest.fixture
def handed(follow_up: FollowUp) -> Handover:
    follow_up.set_day(DAY)
    follow_up.edition.status = "open"
    follow_up.edition.save()
    handover = follow_up.agreed_handover(device("A1"))
    follow_up.deliver(handover)
    follow_up.inspect(handover, 1)
    return handover


def officer(follow_up: FollowUp, **words: str) -> User:
    user = follow_up.keeper.user
    assert user is not None
    for name, value in words.items():
        setattr(user, name, value)
    user.save()
    return user


def test_who_is_to_visit_is_written_to_once_in_time(follow_up: FollowUp, handed: Handover) -> None:
    user = officer(follow_up, language="fr")
    due = DAY + timedelta(days=60)
    actions.plan_visit(
        handover=handed,
        due_on=due,
        visitor=user,
        subject="Rabat, the registration point",
        by=follow_up.keeper,
    )
    assert remind_visitors() == 0  # not within 30 days
    follow_up.set_day(due - timedelta(days=30))
    assert (remind_visitors(), remind_visitors()) == (1, 0)
    letter = Letter.objects.get()
    assert (letter.recipient_id, letter.language) == (user.public_id, "fr")
    message, address = message_of(letter)
    told = f"{message['Subject']} {text_of(letter)}"
    assert address == user.email
    assert "visite de contrôle de l'utilisation d'ici au 13 juillet 2031" in told
    assert "Rabat, the registration point" in told
    follow_up.set_day(due + timedelta(days=5))
    assert remind_visitors() == 0
    assert Entry.objects.filter(verb="send_visit_reminders").count() == 1


def test_the_time_is_a_setting(follow_up: FollowUp, handed: Handover) -> None:
    actions.change_follow_up(
        edition=follow_up.edition, report_months=12, expiry_warning_days=90, review_warning_days=30,
        due_warning_days=30, visit_warning_days=5, by=follow_up.keeper,
    )  # fmt: skip
    due = DAY + timedelta(days=6)
    actions.plan_visit(handover=handed, due_on=due, visitor=officer(follow_up), by=SYSTEM)
    assert remind_visitors() == 0
    follow_up.set_day(DAY + timedelta(days=1))
    assert remind_visitors() == 1


def test_where_nobody_is_named_those_who_follow_up_are_written_to(
    follow_up: FollowUp, handed: Handover
) -> None:
    user = officer(follow_up)
    actions.plan_visit(handover=handed, due_on=DAY + timedelta(days=3), by=SYSTEM)
    assert remind_visitors() == 1
    assert Letter.objects.get().recipient_id == user.public_id


def test_of_what_is_secret_a_letter_tells_its_number_alone(follow_up: FollowUp) -> None:
    follow_up.set_day(DAY)
    follow_up.edition.status = "open"
    follow_up.edition.save()
    secret = follow_up.agreed_handover(device("A1"), confidentiality=3)
    protocol = follow_up.summit.actor(Role.PROTOCOL).user
    actions.plan_visit(handover=secret, due_on=DAY + timedelta(days=3), subject="Rabat", by=SYSTEM)
    assert remind_visitors() == 1
    letter = Letter.objects.get()
    assert protocol is not None
    assert letter.recipient_id == protocol.public_id
    assert "H-001" in text_of(letter)
    assert "registration devices" not in text_of(letter)
    assert "Rabat" not in text_of(letter)
    entry = Entry.objects.get(verb="send_visit_reminders")
    assert entry.after == {"letters": 1, "handovers": []}


def test_a_visit_that_was_noted_or_called_off_is_not_reminded_of(
    follow_up: FollowUp, handed: Handover
) -> None:
    done = actions.plan_visit(handover=handed, due_on=DAY, by=SYSTEM)
    off = actions.plan_visit(handover=handed, due_on=DAY + timedelta(days=1), by=SYSTEM)
    visit = actions.note_visit(
        handover=handed, visitors="Zofia Malinowska", finding="as_agreed", narrative="In use.", planned=done,
        by=follow_up.keeper,
    )  # fmt: skip
    actions.call_off_visit(planned=off, reason="Seen already.", by=follow_up.keeper)
    done.refresh_from_db()
    assert done.visit == visit
    assert visits_planned(handover=handed, who=follow_up.keeper) == []
    assert remind_visitors() == 0
    with pytest.raises(RefusedError, match="over already"):
        actions.call_off_visit(planned=done, reason="x", by=follow_up.keeper)


def test_a_visit_that_cannot_be_planned_is_refused_by_its_field(
    follow_up: FollowUp, handed: Handover
) -> None:
    actions.plan_visit(handover=handed, due_on=DAY, by=SYSTEM)
    for due_on, subject, field in (
        (DAY - timedelta(days=1), "", "due_on"),
        (DAY, "", "due_on"),
        (DAY + timedelta(days=1), "x" * 301, "subject"),
    ):
        with pytest.raises(RefusedError) as caught:
            actions.plan_visit(handover=handed, due_on=due_on, subject=subject, by=SYSTEM)
        assert caught.value.field == field
    without = follow_up.agreed_handover(device("B1"), inspection_right=False)
    with pytest.raises(RefusedError, match="No right to look"):
        actions.plan_visit(handover=without, due_on=DAY, by=SYSTEM)
    with pytest.raises(RefusedError, match="draft"):
        actions.plan_visit(handover=follow_up.handover(device("C1")), due_on=DAY, by=SYSTEM)
    with pytest.raises(PermissionDenied):
        actions.plan_visit(handover=handed, due_on=DAY, by=follow_up.focal("ma"))


def test_who_follows_up_and_who_hands_over_can_be_sent(follow_up: FollowUp, handed: Handover) -> None:
    keeper, giving, receiving = officer(follow_up), follow_up.focal("pl").user, follow_up.focal("ma").user
    offered = visitors(handover=handed, edition=follow_up.edition)
    assert keeper in offered
    assert giving in offered
    assert receiving not in offered


def test_the_database_keeps_planned_visits_as_they_were_planned(
    follow_up: FollowUp, handed: Handover
) -> None:
    planned = actions.plan_visit(handover=handed, due_on=DAY, by=SYSTEM)
    other = follow_up.agreed_handover(device("B1"))
    visit = actions.note_visit(
        handover=other, visitors="x", finding="as_agreed", narrative="x", by=follow_up.keeper
    )
    rows = PlannedVisit.objects.filter(pk=planned.pk)
    with refused_by_the_database("planned_visit_stands"):
        rows.update(due_on=DAY + timedelta(days=1))
    with refused_by_the_database("planned_visit_of_handover"):
        rows.update(visit=visit)
    with refused_by_the_database("handover_under_way"):
        PlannedVisit.objects.create(handover=follow_up.handover(device("C1")), due_on=DAY)
    actions.call_off_visit(planned=planned, reason="x", by=SYSTEM)
    with refused_by_the_database("planned_visit_stands"):
        rows.update(called_off="")
    assert EndUseVisit.objects.count() == 1


def test_remarks_are_settled_later_and_stay_beside_the_acceptance(follow_up: FollowUp) -> None:
    commitment = follow_up.equipment(target=2)
    handover = follow_up.agreed_handover(batch(2, commitment=commitment), commitments=(commitment,))
    follow_up.deliver(handover)
    follow_up.inspect(handover, 1, 2, "accepted_with_remarks")
    first = Inspection.objects.get()
    with pytest.raises(RefusedError, match="That is before the inspection"):
        actions.settle_remarks(
            inspection=first,
            note="Mended.",
            inspector="x",
            on=first.inspected_on - timedelta(days=1),
            by=SYSTEM,
        )
    made = actions.settle_remarks(
        inspection=first, note="Repainted.", inspector="Amina Berrada", by=follow_up.focal("ma")
    )
    story = handover_story(handover=handover, who=follow_up.keeper)
    assert list(story.lines[0].inspections) == [made]
    assert (made.settles, made.corrects, int(story.lines[0].sums.accepted)) == (True, first, 2)
    for again in (first, made):
        with pytest.raises(RefusedError):
            actions.settle_remarks(inspection=again, note="x", inspector="x", by=SYSTEM)


def test_the_database_lets_remarks_be_settled_where_there_are_any(follow_up: FollowUp) -> None:
    handover = follow_up.agreed_handover(batch(4))
    follow_up.deliver(handover)
    follow_up.inspect(handover, 1, 1)
    follow_up.inspect(handover, 1, 2, "accepted_with_remarks")
    plain, remarked = Inspection.objects.order_by("pk")
    known = {
        "item": item(handover, 1),
        "inspector": "x",
        "remarks": "x",
        "result": "accepted",
        "settles": True,
    }
    for earlier, quantity, day in (
        (plain, 1, DAY),
        (remarked, 1, DAY),
        (remarked, 2, DAY - timedelta(days=1)),
    ):
        with refused_by_the_database("inspection_settles_remarks"):
            Inspection.objects.create(corrects=earlier, quantity=Decimal(quantity), inspected_on=day, **known)


def test_the_database_does_not_cancel_what_was_accepted(follow_up: FollowUp, handed: Handover) -> None:
    with refused_by_the_database("handover_accepted_is_kept"):
        Handover.objects.filter(pk=handed.pk).update(state="cancelled")
