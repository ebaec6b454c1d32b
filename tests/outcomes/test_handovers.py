from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from outcomes_support import DAY, FollowUp, batch, device, four, item, make_follow_up, refused_by_the_database
from summitry.accounts.access import SYSTEM
from summitry.accounts.models import Role
from summitry.outcomes import actions
from summitry.outcomes.actions import NewFile, Transfer
from summitry.outcomes.models import (
    Delivery,
    DeliveryLine,
    Fulfilment,
    Handover,
    HandoverItem,
    Inspection,
)
from summitry.outcomes.queries import handover_story, item_sums
from summitry.outcomes.rules import ItemSums
from summitry.records import RefusedError


def test_a_handover_is_listed_agreed_delivered_inspected_signed_and_closed(follow_up: FollowUp) -> None:
    commitment = follow_up.equipment(target=3)
    handover = follow_up.agreed_handover(
        device("A1", commitment=commitment, unit_value=Decimal(900), currency="EUR"),
        batch(2, commitment=commitment, unit_value=Decimal("450.50"), currency="EUR"),
        commitments=(commitment,),
        ceremony_on=DAY - timedelta(days=30),  # the symbolic act came before
        end_use="Registration of persons at the border.",
    )
    assert handover.ref == "H-001"
    actions.note_delivery(
        handover=handover, lines=[(item(handover, 1), Decimal(1)), (item(handover, 2), Decimal(2))],
        note="WB-77", by=follow_up.focal("pl"),
    )  # fmt: skip
    found = [
        actions.Found(item(handover, 1), "accepted"),
        actions.Found(item(handover, 2), "accepted_with_remarks", Decimal(2), "scratched"),
    ]
    actions.inspect_items(handover=handover, found=found, inspector="Amina Berrada", by=follow_up.focal("ma"))
    actions.sign_handover(handover=handover, signatories=four(DAY), by=follow_up.keeper)
    closed = actions.close_handover(handover=handover, by=follow_up.keeper)
    story = handover_story(handover=closed, who=follow_up.focal("ma"))
    assert (closed.state, story.title_passed_on, story.totals) == ("closed", DAY, {"EUR": Decimal("1801.00")})
    assert [(line.item.line, int(line.sums.accepted)) for line in story.lines] == [(1, 1), (2, 2)]
    assert [one.commitment_id for one in Fulfilment.objects.all()] == [commitment.pk]
    assert list(story.commitments) == [commitment]
    assert [one.name for one in story.signatories][:2] == ["Zofia Malinowska", "Jan Kowal"]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"title": {}}, "title"),
        ({"transfer_type": "gift"}, "transfer_type"),
        ({"transfer_type": "loan"}, "title_passes"),
        ({"title_passes": "never"}, "title_passes"),
        ({"title_passes": "on_date"}, "title_passes_on"),
        ({"title_passes_on": DAY}, "title_passes_on"),
        ({"certificate_languages": []}, "certificate_languages"),
        ({"certificate_languages": ["xx"]}, "certificate_languages"),
    ],
)
def test_a_handover_that_cannot_be_is_refused_by_its_field(
    follow_up: FollowUp, words: dict[str, object], field: str
) -> None:
    with pytest.raises(RefusedError) as caught:
        follow_up.handover(**words)  # type: ignore[arg-type]  # words of a test
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (device("A1", quantity=Decimal(2)), "a serial number is of one piece"),
        (device("A1", batch="B"), "a serial number is of one piece"),
        (device("A1", make=""), "a serial number is of one piece"),
        (batch(0), "more than nothing"),
        (batch(2, category=" "), "say what it is"),
        (batch(2, condition="old"), "condition"),
        (batch(2, unit_value=Decimal(3)), "currency"),
        (batch(2, line=7), "no line 7"),
    ],
)
def test_an_item_that_cannot_be_is_refused(follow_up: FollowUp, wrong: actions.Item, why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        follow_up.handover(wrong)


def test_items_count_towards_commitments_that_the_handover_serves_in_their_unit(follow_up: FollowUp) -> None:
    commitment = follow_up.equipment()
    with pytest.raises(RefusedError, match="that this handover serves"):
        follow_up.handover(batch(1, commitment=commitment))
    with pytest.raises(RefusedError, match="counts devices"):
        follow_up.handover(batch(1, commitment=commitment, unit="boxes"), commitments=(commitment,))
    handover = follow_up.handover()
    with refused_by_the_database("handover_item_for_its_commitments"):
        HandoverItem.objects.filter(handover=handover).update(commitment=commitment)


def test_the_list_of_a_draft_changes_and_what_is_left_out_is_struck_off(follow_up: FollowUp) -> None:
    handover = follow_up.handover(device("A1"), device("A2"))
    transfer = Transfer(
        title={"en": "Two devices"}, transferor=follow_up.entity("pl"), transferee=follow_up.entity("ma")
    )
    changed = actions.edit_handover(
        handover=handover, transfer=transfer, items=[device("A2", line=2, year=2030), device("A3")],
        signatories=four()[:1], version=handover.version, by=follow_up.keeper,
    )  # fmt: skip
    rows = changed.items.order_by("line").values_list("line", "serial_number", "struck", "year")
    assert list(rows) == [(1, "A1", True, None), (2, "A2", False, 2030), (3, "A3", False, None)]
    assert changed.signatories.count() == 1
    with pytest.raises(RefusedError, match="meanwhile"):
        actions.edit_handover(
            handover=handover, transfer=transfer, items=[], signatories=[], version=1, by=follow_up.keeper
        )


def test_what_is_agreed_stands_and_replacements_are_further_lines(follow_up: FollowUp) -> None:
    handover = follow_up.agreed_handover(device("A1"))
    transfer = Transfer(
        title={"en": "x"}, transferor=follow_up.entity("pl"), transferee=follow_up.entity("ma")
    )
    with pytest.raises(RefusedError, match="its terms and its list stand"):
        actions.edit_handover(
            handover=handover,
            transfer=transfer,
            items=[],
            signatories=[],
            version=handover.version,
            by=SYSTEM,
        )
    with refused_by_the_database("handover_terms_stand"):
        HandoverItem.objects.filter(handover=handover).update(quantity=2, serial_number="")
    with refused_by_the_database("handover_terms_stand"):
        Handover.objects.filter(pk=handover.pk).update(transferee=follow_up.entity("no"))
    follow_up.deliver(handover)
    follow_up.inspect(handover, 1, 1, "rejected")
    [added] = actions.add_items(handover=handover, items=[device("A1-b")], by=follow_up.keeper)
    assert (added.line, HandoverItem.objects.get(pk=added.pk).is_effective) == (2, True)
    assert not item(handover, 1).is_effective


def test_a_ceremony_is_set_whatever_was_delivered_by_then(follow_up: FollowUp) -> None:
    handover = follow_up.agreed_handover()
    held = actions.set_ceremony(
        handover=handover, ceremony=None, ceremony_on=DAY, place="Warsaw", by=follow_up.keeper
    )
    assert (held.ceremony_on, held.place) == (DAY, "Warsaw")


def test_a_serial_number_is_on_one_handover_in_effect(follow_up: FollowUp) -> None:
    first = follow_up.agreed_handover(device("A1"))
    second = follow_up.handover(device(" a1 "))
    with pytest.raises(RefusedError, match="Kestrel R2 A1 is on H-001 already") as caught:
        actions.agree_handover(handover=second, by=follow_up.keeper)
    assert caught.value.field == "items"
    with refused_by_the_database("handover_item_serial_on_one_transfer"):
        Handover.objects.filter(pk=second.pk).update(state="agreed")
    with pytest.raises(RefusedError, match="another handover in effect"):
        actions.add_items(handover=first, items=[device("A1")], by=follow_up.keeper)
    follow_up.agreed_handover(device("A1", model="R3"))
    actions.cancel_handover(handover=first, reason="Not paid for.", by=follow_up.keeper)
    assert actions.agree_handover(handover=second, by=follow_up.keeper).state == "agreed"


def test_what_was_rejected_or_came_back_can_be_handed_over_again(follow_up: FollowUp) -> None:
    first = follow_up.agreed_handover(device("A1"))
    follow_up.deliver(first)
    follow_up.inspect(first, 1, 1, "rejected")
    loan = follow_up.agreed_handover(device("A1"), transfer_type="loan", title_passes="never")
    follow_up.deliver(loan)
    follow_up.inspect(loan, 1)
    with pytest.raises(RefusedError, match="another handover in effect"):
        actions.add_items(handover=first, items=[device("A1")], by=follow_up.keeper)
    actions.sign_handover(handover=loan, signatories=four(DAY), by=follow_up.keeper)
    actions.return_handover(handover=loan, reason="The loan ended.", by=follow_up.keeper)
    follow_up.agreed_handover(device("A1"))


def test_a_secret_handover_is_not_named_to_who_may_not_know_it(follow_up: FollowUp) -> None:
    follow_up.agreed_handover(device("A1"), confidentiality=3)
    with pytest.raises(RefusedError, match="on another handover already"):
        actions.agree_handover(handover=follow_up.handover(device("A1")), by=follow_up.keeper)


def test_no_more_is_delivered_than_listed_nor_inspected_than_delivered(follow_up: FollowUp) -> None:
    handover = follow_up.agreed_handover(batch(10))
    with pytest.raises(RefusedError, match="Line 1: At most 10"):
        follow_up.deliver(handover, (1, 11))
    follow_up.deliver(handover, (1, 4))
    with pytest.raises(RefusedError, match="Line 1: Only 4"):
        follow_up.inspect(handover, 1, 5)
    follow_up.inspect(handover, 1, 3)
    with pytest.raises(RefusedError, match="Only 4"):
        follow_up.inspect(handover, 1, 2, "rejected")
    with pytest.raises(RefusedError, match="At most 10"):
        follow_up.deliver(handover, (1, 7))
    sums = item_sums(handover)[item(handover, 1).pk]
    assert sums == ItemSums(Decimal(10), delivered=Decimal(4), accepted=Decimal(3))
    assert (int(sums.to_deliver), int(sums.to_inspect)) == (6, 1)
    actions.sign_handover(handover=handover, signatories=four(DAY), by=SYSTEM)
    with pytest.raises(RefusedError, match="not been delivered yet"):
        actions.close_handover(handover=handover, by=SYSTEM)


def test_the_database_holds_the_sums_itself(follow_up: FollowUp) -> None:
    handover = follow_up.agreed_handover(batch(10))
    follow_up.deliver(handover, (1, 4))
    line, delivery = item(handover, 1), handover.deliveries.get()
    inspection = {"item": line, "inspected_on": DAY, "inspector": "x"}
    with refused_by_the_database("item_accepted_within_delivered"):
        Inspection.objects.create(**inspection, result="accepted", quantity=5)
    with refused_by_the_database("item_delivered_within_quantity"):
        more = Delivery.objects.create(handover=handover, delivered_on=DAY)
        DeliveryLine.objects.create(handover=handover, delivery=more, item=line, quantity=7)
    follow_up.inspect(handover, 1, 3)
    with refused_by_the_database("item_accepted_within_delivered"):
        Delivery.objects.create(handover=handover, delivered_on=DAY, corrects=delivery, reason="Wrong.")
    with refused_by_the_database("item_disposed_within_accepted"):
        line.disposals.create(disposed_on=DAY, method="lost", quantity=4, reason="x")
    other = follow_up.agreed_handover(batch(3))
    with refused_by_the_database("delivery_line_item_of_handover"):
        stray = Delivery.objects.create(handover=other, delivered_on=DAY)
        DeliveryLine.objects.create(handover=other, delivery=stray, item=line, quantity=1)
    with refused_by_the_database("handover_under_way"):
        Delivery.objects.create(handover=follow_up.handover(batch(3)), delivered_on=DAY)


def test_what_was_entered_wrongly_is_corrected_and_both_are_kept(follow_up: FollowUp) -> None:
    handover = follow_up.agreed_handover(batch(10))
    follow_up.deliver(handover, (1, 9))
    follow_up.inspect(handover, 1, 4)
    delivery, inspection = handover.deliveries.get(), item(handover, 1).inspections.get()

    def deliver_again(
        quantity: int, corrects: Delivery = delivery, reason: str = "Counted again."
    ) -> Delivery:
        return actions.note_delivery(
            handover=handover, lines=[(item(handover, 1), Decimal(quantity))], corrects=corrects, reason=reason, by=SYSTEM
        )  # fmt: skip

    with pytest.raises(RefusedError, match="Only 3"):
        deliver_again(3)
    with pytest.raises(RefusedError, match="Say why"):
        deliver_again(5, reason="")
    again = deliver_again(5)
    with pytest.raises(RefusedError, match="not been corrected yet"):
        deliver_again(5)
    actions.correct_inspection(
        inspection=inspection, result="rejected", quantity=Decimal(5), reason="All are dented.",
        inspector="Amina Berrada", by=follow_up.focal("ma"),
    )  # fmt: skip
    with pytest.raises(RefusedError, match="corrected already"):
        actions.correct_inspection(
            inspection=inspection,
            result="accepted",
            quantity=Decimal(1),
            reason="x",
            inspector="x",
            by=SYSTEM,
        )
    sums = item_sums(handover)[item(handover, 1).pk]
    assert sums == ItemSums(Decimal(10), delivered=Decimal(5), rejected=Decimal(5))
    story = handover_story(handover=handover, who=SYSTEM)
    assert list(story.deliveries) == [again]
    assert [one.result for one in story.lines[0].inspections] == ["rejected"]
    assert handover.deliveries.count() == 2


def test_sides_note_what_is_theirs(follow_up: FollowUp) -> None:
    handover = follow_up.agreed_handover(batch(2))
    line = item(handover, 1)
    for who in (follow_up.focal("ma"), follow_up.focal("no"), follow_up.summit.actor(Role.PRESS)):
        with pytest.raises(PermissionDenied):
            actions.note_delivery(handover=handover, lines=[(line, Decimal(1))], by=who)
    follow_up.deliver(handover)
    for who in (follow_up.focal("pl"), follow_up.focal("no"), follow_up.summit.actor(Role.DELEGATE, "ma")):
        with pytest.raises(PermissionDenied):
            actions.inspect_items(
                handover=handover, found=[actions.Found(line, "accepted")], inspector="x", by=who
            )
        with pytest.raises(PermissionDenied):
            actions.sign_handover(handover=handover, by=who)


def test_two_sign_for_each_side_before_the_certificate_is_signed(follow_up: FollowUp) -> None:
    handover = follow_up.agreed_handover()
    with pytest.raises(RefusedError) as caught:
        actions.sign_handover(handover=handover, by=follow_up.keeper)
    assert caught.value.field == "signatories"
    for wrong in (four(DAY)[:3], [*four(DAY), replace(four(DAY)[0], name="A third")]):
        with pytest.raises(RefusedError):
            actions.sign_handover(handover=handover, signatories=wrong, by=follow_up.keeper)
    assert (
        actions.sign_handover(handover=handover, signatories=four(DAY), by=follow_up.keeper).state == "signed"
    )


def test_what_was_accepted_is_not_cancelled_and_what_was_given_not_returned(follow_up: FollowUp) -> None:
    handover = follow_up.agreed_handover(batch(2))
    follow_up.deliver(handover)
    follow_up.inspect(handover, 1, 1)
    with pytest.raises(RefusedError, match="no longer be cancelled"):
        actions.cancel_handover(handover=handover, reason="x", by=follow_up.keeper)
    actions.sign_handover(handover=handover, signatories=four(DAY), by=follow_up.keeper)
    with pytest.raises(RefusedError, match="cannot be done with it now"):
        actions.return_handover(handover=handover, reason="x", by=follow_up.keeper)
    with refused_by_the_database("handover_donation_not_returned"):
        Handover.objects.filter(pk=handover.pk).update(state="returned")


def test_visits_disposals_and_files_are_noted(follow_up: FollowUp) -> None:
    handover = follow_up.agreed_handover(device("A1"))
    follow_up.deliver(handover)
    follow_up.inspect(handover, 1)
    line = item(handover, 1)
    actions.note_visit(
        handover=handover, visitors="Jan Kowal", finding="as_agreed", narrative="In daily use.", items=[line],
        by=follow_up.keeper,
    )  # fmt: skip
    actions.note_disposal(
        item=line, method="destroyed", reason="Water.", approval="Board, 12", by=follow_up.focal("ma")
    )
    with pytest.raises(RefusedError) as caught:
        actions.note_disposal(item=line, method="lost", reason="Again.", by=follow_up.focal("ma"))
    assert caught.value.field == "quantity"
    photo = NewFile(b"%PDF-1.7", "certificate.pdf", kind="certificate")
    actions.attach_to_handover(handover=handover, files=[photo], by=follow_up.focal("pl"))
    story = handover_story(handover=handover, who=follow_up.focal("ma"))
    assert [visit.finding for visit in story.visits] == ["as_agreed"]
    assert [disposal.method for disposal in story.disposals] == ["destroyed"]
    assert [file.kind for file in story.files] == ["certificate"]


def test_title_passes_apart_from_the_ceremony(follow_up: FollowUp) -> None:
    handover = follow_up.agreed_handover(batch(2), ceremony_on=DAY - timedelta(days=9))
    follow_up.deliver(handover, (1, 1))
    assert handover_story(handover=handover, who=SYSTEM).title_passed_on is None
    follow_up.set_day(DAY + timedelta(days=5))
    handover.refresh_from_db()
    follow_up.deliver(handover, (1, 1))
    assert handover_story(handover=handover, who=SYSTEM).title_passed_on == DAY + timedelta(days=5)


def test_a_handover_serves_commitments_of_its_series_and_is_as_secret_as_they_are(
    follow_up: FollowUp,
) -> None:
    foreign = make_follow_up("elsewhere").equipment()
    with pytest.raises(RefusedError, match="commitments of this series"):
        follow_up.handover(commitments=(foreign,))
    own = follow_up.handover()
    with refused_by_the_database("fulfilment_in_series"):
        Fulfilment.objects.create(handover=own, commitment=foreign)
    secret = follow_up.equipment(confidentiality=3)
    with pytest.raises(RefusedError) as caught:
        follow_up.handover(commitments=(secret,))
    assert caught.value.field == "confidentiality"
    with refused_by_the_database("outcome_as_secret_as_its_source"):
        Fulfilment.objects.create(handover=own, commitment=secret)
    kept = follow_up.handover(commitments=(secret,), confidentiality=3)
    with pytest.raises(RefusedError):
        actions.set_confidentiality(outcome=kept, level=2, by=SYSTEM)


def test_a_later_edition_delivers_what_an_earlier_one_promised(follow_up: FollowUp) -> None:
    commitment = follow_up.equipment(target=1)
    handover = follow_up.handover(
        device("A1", commitment=commitment), commitments=(commitment,), edition=follow_up.later
    )
    keeper = follow_up.actor_at(follow_up.later, Role.FOLLOW_UP)
    actions.agree_handover(handover=handover, by=keeper)
    follow_up.deliver(handover)
    follow_up.inspect(handover, 1)
    told = actions.Told(progress="completed", narrative="Delivered.")
    actions.file_report(commitment=commitment, told=told, by=keeper, edition=follow_up.later)
