from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from outcomes_support import DAY, FollowUp, batch, device, four, item
from summitry.accounts.models import Grant, Role, User
from summitry.outcomes import actions
from summitry.outcomes.models import Delivery, Disposal, EndUseVisit, Handover, HandoverItem, Inspection


def entered(follow_up: FollowUp, role: Role, code: str | None = None) -> Client:
    """Return the browser of somebody new with a role."""
    user = User.objects.create(
        email=f"browser{User.objects.count()}@example.org", name=f"{role} {code or ''}"
    )
    delegation = follow_up.delegation(code).pk if code else None
    Grant.objects.create(user=user, role=role, edition_id=follow_up.edition.pk, delegation_id=delegation)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def keeper(follow_up: FollowUp) -> Client:
    return entered(follow_up, Role.FOLLOW_UP)


def address(follow_up: FollowUp, name: str, *words: object) -> str:
    return reverse(f"outcomes:{name}", args=[follow_up.edition.slug, *words])


def of(follow_up: FollowUp, name: str, handover: Handover, *words: object) -> str:
    return address(follow_up, name, handover.public_id, *words)


def row(place: int, **cells: object) -> dict[str, object]:
    """Return what one row of the list sends."""
    known: dict[str, object] = {
        "category": "Registration device", "make": "Kestrel", "model": "R2", "serial_number": "",
        "quantity": "", "unit": "devices", "condition": "new",
    }  # fmt: skip
    return {f"item-{place}-{name}": value for name, value in {**known, **cells}.items()}


def transfer(*rows: dict[str, object], **words: object) -> dict[str, object]:
    """Return what the form sends."""
    sent: dict[str, object] = {
        "title_en": "Handover of devices", "transferor": "pl", "transferee": "ma", "transfer_type": "donation",
        "title_passes": "on_delivery", "certificate_languages": ["en", "fr"], "copies": "2", "confidentiality": "2",
        "item-TOTAL_FORMS": str(len(rows)), "item-INITIAL_FORMS": "0",
        "sign-TOTAL_FORMS": "4", "sign-INITIAL_FORMS": "4",
        **{f"sign-{place}-side": "handing" if place < 2 else "receiving" for place in range(4)},
    }  # fmt: skip
    for one in rows:
        sent |= one
    return {**sent, **words}


def test_pasted_serial_numbers_become_a_line_each(follow_up: FollowUp, keeper: Client) -> None:
    sent = transfer(
        row(0, serial_number="A1\nA2\n A3 "), row(1, make="", model="", quantity="4", unit="boxes")
    )
    answer = keeper.post(address(follow_up, "handover-new"), sent)
    made = Handover.objects.get()
    assert answer.headers["Location"] == of(follow_up, "handover", made)
    lines = made.items.values_list("line", "serial_number", "quantity")
    assert [(line, serial, int(quantity)) for line, serial, quantity in lines] == [
        (1, "A1", 1), (2, "A2", 1), (3, "A3", 1), (4, "", 4),
    ]  # fmt: skip
    assert made.certificate_languages == ["en", "fr"]


@pytest.mark.parametrize(
    ("cells", "cell", "words"),
    [
        ({"category": ""}, "category", "Say what it is"),
        ({"unit": ""}, "unit", "in what it is counted"),
        ({"make": "", "serial_number": "A1"}, "make", "needs its make"),
        ({"batch": "B", "serial_number": "A1"}, "batch", "not both"),
        ({"serial_number": "A1\na1"}, "serial_number", "twice"),
        ({"serial_number": "A1\nA2", "quantity": "3"}, "quantity", "2 serial numbers"),
        ({"unit_value": "9"}, "currency", "Give the currency"),
        ({"unit_value": "9", "currency": "XXY"}, "currency", "no currency"),
    ],
)
def test_a_wrong_cell_is_named_beside_it_and_nothing_typed_is_lost(
    follow_up: FollowUp, keeper: Client, cells: dict[str, object], cell: str, words: str
) -> None:
    answer = keeper.post(address(follow_up, "handover-new"), transfer(row(0, **cells), place="Rabat"))
    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].rows[0].errors[cell])
    assert 'value="Rabat"' in answer.content.decode()
    assert not Handover.objects.exists()


def test_a_serial_number_in_effect_elsewhere_is_named_at_its_cell_with_its_handover(
    follow_up: FollowUp, keeper: Client
) -> None:
    follow_up.agreed_handover(device("A1"))
    answer = keeper.post(address(follow_up, "handover-new"), transfer(row(0, serial_number="A2\na1")))
    assert answer.status_code == 422
    assert "a1 is on H-001, which is in effect" in answer.content.decode()


def test_of_a_handover_that_the_reader_may_not_know_only_that_it_is_is_told(
    follow_up: FollowUp, keeper: Client
) -> None:
    follow_up.agreed_handover(device("A1"), confidentiality=3)
    told = keeper.post(
        address(follow_up, "handover-new"), transfer(row(0, serial_number="A1"))
    ).content.decode()
    assert "A1 is on another handover, which is in effect" in told
    assert "H-001" not in told


def test_a_draft_is_changed_and_an_emptied_line_is_struck_off(follow_up: FollowUp, keeper: Client) -> None:
    draft = follow_up.handover(device("A1"), device("A2"))
    page = keeper.get(of(follow_up, "handover-change", draft)).context["form"]
    assert [one["serial_number"].value() for one in page.rows][:2] == ["A1", "A2"]
    sent = transfer(
        row(0, line="1", category="", make="", model="", unit=""),
        row(1, line="2", serial_number="A2", year="2030"),
        version=str(draft.version),
    )
    sent["item-INITIAL_FORMS"] = "2"
    assert keeper.post(of(follow_up, "handover-change", draft), sent).status_code == 302
    rows = HandoverItem.objects.order_by("line").values_list("serial_number", "struck", "year")
    assert list(rows) == [("A1", True, None), ("A2", False, 2030)]


def test_delivery_and_inspection_go_through_both_sides_own_pages(follow_up: FollowUp) -> None:
    handover = follow_up.agreed_handover(device("A1"), batch(5))
    giver, receiver = (entered(follow_up, Role.FOCAL_POINT, code) for code in ("pl", "ma"))
    deliver, inspect = (of(follow_up, name, handover) for name in ("handover-deliver", "handover-inspect"))
    assert receiver.get(deliver).status_code == 403
    assert giver.get(inspect).status_code == 403
    sent = {"on": DAY.isoformat(), "note": "WB-77", "quantity_1": "1", "quantity_2": "4"}
    assert giver.post(deliver, sent).status_code == 302
    assert "WB-77" in receiver.get(of(follow_up, "handover", handover)).content.decode()
    found = {"on": DAY.isoformat(), "inspector": "Amina Berrada", "accept_others": "on",
             "result_2": "rejected", "quantity_2": "3"}  # fmt: skip
    refused = receiver.post(inspect, found)
    assert refused.status_code == 422
    assert refused.context["form"].errors["remarks_2"]
    assert receiver.post(inspect, {**found, "remarks_2": "broken seal"}).status_code == 302
    made = Inspection.objects.order_by("item__line").values_list(
        "item__line", "result", "quantity", "remarks"
    )
    assert [(line, result, int(quantity), why) for line, result, quantity, why in made] == [
        (1, "accepted", 1, ""), (2, "rejected", 3, "broken seal"),
    ]  # fmt: skip


def test_more_than_is_listed_is_refused_in_words(follow_up: FollowUp, keeper: Client) -> None:
    handover = follow_up.agreed_handover(batch(2))
    answer = keeper.post(
        of(follow_up, "handover-deliver", handover), {"on": DAY.isoformat(), "quantity_1": "3"}
    )
    assert answer.status_code == 422
    assert "At most 2" in answer.content.decode()


def test_a_delivery_and_an_inspection_entered_wrongly_are_corrected(
    follow_up: FollowUp, keeper: Client
) -> None:
    handover = follow_up.agreed_handover(batch(4))
    follow_up.deliver(handover, (1, 4))
    wrong = Delivery.objects.get()
    url = f"{of(follow_up, 'handover-deliver', handover)}?corrects={wrong.public_id}"
    sent = {"on": DAY.isoformat(), "quantity_1": "3", "reason": "counted again"}
    assert keeper.post(url, sent).status_code == 302
    assert Delivery.objects.get(corrects=wrong).reason == "counted again"
    follow_up.inspect(handover, 1, 3)
    inspection = Inspection.objects.get()
    sent = {"result": "rejected", "quantity": "3", "inspector": "Amina Berrada", "reason": "the wrong model"}
    url = of(follow_up, "handover-correct", handover, inspection.public_id)
    assert keeper.post(url, sent).status_code == 302
    assert Inspection.objects.get(corrects=inspection).result == "rejected"


def test_it_is_agreed_signed_and_closed_by_steps(follow_up: FollowUp, keeper: Client) -> None:
    handover = follow_up.handover(device("A1"))

    def take(step: str, **sent: Any) -> int:
        return keeper.post(of(follow_up, "handover-step", handover, step), sent).status_code

    assert take("agree") == 302
    rows = {
        f"sign-{place}-{name}": value
        for place, one in enumerate(four(DAY))
        for name, value in (("side", one.side), ("name", one.name), ("office", one.office))
    } | {"sign-TOTAL_FORMS": "4", "sign-INITIAL_FORMS": "4"}
    assert take("sign", **rows) == 422
    days = {f"sign-{place}-signed_on": DAY.isoformat() for place in range(4)}
    assert take("sign", **rows, **days) == 302
    follow_up.deliver(handover)
    follow_up.inspect(handover, 1)
    assert take("close") == 302
    handover.refresh_from_db()
    assert handover.state == "closed"


def test_visits_disposals_the_ceremony_and_files_are_noted(follow_up: FollowUp, keeper: Client) -> None:
    handover = follow_up.agreed_handover(device("A1"))
    follow_up.deliver(handover)
    follow_up.inspect(handover, 1)

    def note(name: str, **sent: Any) -> int:
        return keeper.post(of(follow_up, name, handover), sent).status_code

    day = DAY.isoformat()
    assert note("handover-visit", on=day, visitors="Auditors", finding="as_agreed", narrative="In use.",
                items=["1"]) == 302  # fmt: skip
    assert note("handover-dispose", on=day, item="1", quantity="1", method="lost", reason="Stolen.") == 302
    assert note("handover-ceremony", ceremony_on=(DAY + timedelta(days=40)).isoformat(), place="Rabat") == 302
    photo = BytesIO(b"Delivery note WB-77\n")
    photo.name = "note.txt"
    assert note("handover-attach", kind="delivery_note", files=photo) == 302
    assert EndUseVisit.objects.get().items.get() == item(handover, 1)
    assert Disposal.objects.get().reason == "Stolen."
    handover.refresh_from_db()
    assert (handover.place, handover.ceremony_on) == ("Rabat", DAY + timedelta(days=40))
    attached = handover.files.get()
    kept = keeper.get(of(follow_up, "handover-file", handover, attached.public_id))
    assert kept.content == b"Delivery note WB-77\n"


def test_further_lines_replace_what_was_rejected(follow_up: FollowUp, keeper: Client) -> None:
    handover = follow_up.agreed_handover(device("A1"))
    url = of(follow_up, "handover-add", handover)
    count = {"item-TOTAL_FORMS": "1", "item-INITIAL_FORMS": "0"}
    assert "Say what is added" in keeper.post(url, count).content.decode()
    assert keeper.post(url, {**count, **row(0, serial_number="A9")}).status_code == 302
    assert [one.serial_number for one in handover.items.order_by("line")] == ["A1", "A9"]
    assert item(handover, 2).is_effective


def test_what_remains_until_a_commitment_can_be_complete_is_told(follow_up: FollowUp, keeper: Client) -> None:
    promise = follow_up.equipment(target=3)
    handover = follow_up.agreed_handover(
        batch(2, commitment=promise), commitments=(promise,), ceremony_on=DAY - timedelta(days=3)
    )
    follow_up.deliver(handover)
    follow_up.inspect(handover, 1, 2)
    told = " ".join(keeper.get(of(follow_up, "handover", handover)).content.decode().split())
    assert "2 of 3 devices accepted; 1 to go until it can be complete" in told
    assert "11 May 2031" in told


def test_delegations_see_their_own_handovers_and_no_draft(follow_up: FollowUp) -> None:
    draft = follow_up.handover(device("A1"))
    agreed = follow_up.agreed_handover(device("A2"))
    receiver, other = (entered(follow_up, Role.FOCAL_POINT, code) for code in ("ma", "no"))
    listed = receiver.get(address(follow_up, "handovers")).content.decode()
    assert "H-002" in listed
    assert "H-001" not in listed
    assert receiver.get(of(follow_up, "handover", draft)).status_code == 404
    assert other.get(of(follow_up, "handover", agreed)).status_code == 404
    for name in ("handover-change", "handover-add", "handover-visit", "handover-ceremony"):
        assert receiver.get(of(follow_up, name, agreed)).status_code == 403


def test_the_press_reads_what_is_cleared_and_nothing_of_its_history(follow_up: FollowUp) -> None:
    handover = follow_up.agreed_handover(device("A1"), confidentiality=0)
    press = entered(follow_up, Role.PRESS)
    assert press.get(of(follow_up, "handover", handover)).status_code == 404
    follow_up.deliver(handover)
    follow_up.inspect(handover, 1, result="accepted_with_remarks")
    actions.clear_outcome(outcome=handover, by=follow_up.keeper)
    told = press.get(of(follow_up, "handover", handover)).content.decode()
    assert "A1" in told
    assert "scratched" not in told
    assert "Recorded" not in told
    assert press.get(of(follow_up, "handover-certificate", handover)).status_code == 403


def test_the_certificate_is_made_as_pdf_and_docx(follow_up: FollowUp, keeper: Client) -> None:
    handover = follow_up.agreed_handover(device("A1"), certificate_languages=["en", "fr"], place="Rabat")
    url = of(follow_up, "handover-certificate", handover)
    assert keeper.get(url).status_code == 200
    sent = {"languages": ["en", "fr"], "layout": "beside", "file": "pdf"}
    answer = keeper.post(url, sent)
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="certificate-H-001.pdf"'
    document = Document(BytesIO(keeper.post(url, {**sent, "file": "docx"}).content))
    told = " ".join(cell.text for table in document.tables for one in table.rows for cell in one.cells)
    assert "A1" in told
    assert "1 device " in told
    assert "Pologne" in told
    paragraphs = [one.text for one in document.paragraphs]
    assert paragraphs.count(handover.title["en"]) == 1  # both languages have only this title


def test_a_language_without_labels_asks_for_them(follow_up: FollowUp, keeper: Client) -> None:
    handover = follow_up.agreed_handover(device("A1"), certificate_languages=["en", "bs"])
    url = of(follow_up, "handover-certificate", handover)
    field = keeper.get(url).context["form"].fields["labels_bs"]
    sent = {"languages": ["en", "bs"], "layout": "after", "file": "pdf"}
    assert keeper.post(url, {**sent, "labels_bs": field.initial}).status_code == 422
    assert keeper.post(url, {**sent, "labels_bs": "one line"}).status_code == 422
    given = "\n".join(f"* {line}" for line in field.initial.splitlines())
    assert keeper.post(url, {**sent, "labels_bs": given}).content.startswith(b"%PDF")


def test_list_and_page_ask_a_constant_number_of_questions(follow_up: FollowUp, keeper: Client) -> None:
    first = follow_up.agreed_handover(device("A0"))
    follow_up.deliver(first)
    follow_up.inspect(first, 1)

    def asked(url: str) -> int:
        keeper.get(url)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert keeper.get(url).status_code == 200
        return len(captured)

    before = asked(address(follow_up, "handovers")), asked(of(follow_up, "handover", first))
    for number in range(1, 6):
        follow_up.agreed_handover(device(f"B{number}"))
    many = follow_up.agreed_handover(*(device(f"C{number}") for number in range(30)))
    follow_up.deliver(many)
    for line in range(1, 31):
        follow_up.inspect(many, line)
    assert (asked(address(follow_up, "handovers")), asked(of(follow_up, "handover", many))) == before


def test_the_list_filters_by_party_and_state_and_leaves_as_a_sheet(
    follow_up: FollowUp, keeper: Client
) -> None:
    follow_up.agreed_handover(device("A1"))
    follow_up.handover(device("A2"), transferee=follow_up.entity("no"))
    url = address(follow_up, "handovers")
    assert "H-002" not in keeper.get(url, {"party": "ma"}).content.decode()
    assert "H-001" not in keeper.get(url, {"state": "draft"}).content.decode()
    assert "H-001" in keeper.get(url, {"format": "csv"}).content.decode()


def test_a_further_row_of_the_list_is_given(follow_up: FollowUp, keeper: Client) -> None:
    told = keeper.get(address(follow_up, "handover-row"), {"n": "7"}).content.decode()
    assert 'name="item-7-serial_number"' in told
    assert 'name="item-TOTAL_FORMS" value="8"' in told


def test_the_commitments_a_line_can_count_towards_are_told_apart_by_their_titles(
    follow_up: FollowUp, keeper: Client
) -> None:
    promised = follow_up.equipment()
    page = keeper.get(address(follow_up, "handover-new")).context["form"]
    told = dict(page.rows[0].fields["commitment"].choices)[str(promised.public_id)]
    assert told.startswith(f"{promised.ref} ")
    assert promised.title["en"] in told
