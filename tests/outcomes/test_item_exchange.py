from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from outcomes_support import FollowUp, batch, device
from summitry.accounts.models import Grant, Role, User
from summitry.formats.sheets import write_csv, write_xlsx
from summitry.ledger.models import Entry
from summitry.outcomes import actions
from summitry.outcomes.exchange.item_reading import FoundItems, read_items
from summitry.outcomes.exchange.item_writing import item_sheet, write_item_template
from summitry.outcomes.models import Commitment, Handover, HandoverItem
from summitry.outcomes.queries import handover_story
from summitry.records import RefusedError

HEADS = ("Line", "What it is", "Make", "Model", "Serial number", "Quantity", "Unit", "Unit value", "Currency")


def book(*rows: tuple[object, ...], heads: tuple[str, ...] = HEADS, title: str = "Items") -> bytes:
    """Return a workbook of such rows."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in (heads, *rows):
        sheet.append(list(row))
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def read(follow_up: FollowUp, handover: Handover, data: bytes, *served: Commitment) -> FoundItems:
    return read_items(data, handover=handover, served=served, by=follow_up.keeper)


def told(found: FoundItems) -> list[str]:
    return [str(fault) for fault in found.faults]


@pytest.fixture
def draft(follow_up: FollowUp) -> Handover:
    return follow_up.handover(device("A1"))


def test_rows_become_further_lines_all_at_once(follow_up: FollowUp, draft: Handover) -> None:
    data = book(
        ("", "Registration device", "Kestrel", "R2", "A2", "", "devices", 1250.5, "eur"),
        ("", "Cable", "", "", "", 12, "pieces", "", ""),
    )
    found = read(follow_up, draft, data)
    assert told(found) == []
    made = actions.load_items(handover=draft, items=found.items, by=follow_up.keeper)
    assert [(one.line, one.serial_number, one.unit_value, one.currency) for one in made] == [
        (2, "A2", Decimal("1250.5"), "EUR"),
        (3, "", None, ""),
    ]
    draft.refresh_from_db()
    assert "a2" in draft.search_text
    assert Entry.objects.get(verb="load_items").after == {
        "ref": "H-001", "lines": [2, 3], "changed": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (("", "", "", "", "", "", "devices", "", ""), "Items!B2: is empty: it has to be filled in"),
        (("", "Device", "", "R2", "B1", "", "devices", "", ""), "Items!C2: is empty: a serial number needs its make"),
        (("", "Device", "Kestrel", "R2", "B1", 2, "devices", "", ""), "Items!F2: a serial number is of one piece"),
        (("", "Device", "", "", "", "many", "devices", "", ""), "Items!F2: “many” is not a number"),
        (("", "Device", "", "", "", -1, "devices", "", ""), "Items!F2: give more than nothing"),
        (("", "Device", "", "", "", 1, "", "", ""), "Items!G2: is empty"),
        (("", "Device", "", "", "", 1, "devices", 9, ""), "Items!I2: is empty: give the currency"),
        (("", "Device", "", "", "", 1, "devices", 9, "XXY"), "Items!I2: “XXY” is no currency's code"),
        (("", "Device", "", "", "", 1, "devices", "", "EUR"), "Items!H2: is empty: give the value"),
        ((7, "Device", "", "", "", 1, "devices", "", ""), "Items!A2: there is no line 7"),
        (("", "Device", "Kestrel", "R2", "a1", "", "devices", "", ""), "Items!E2: a1 is line 1 of the list already"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_is_named_by_sheet_and_address(
    follow_up: FollowUp, draft: Handover, row: tuple[object, ...], fault: str
) -> None:
    found = read(follow_up, draft, book(row))
    assert any(one.startswith(fault) for one in told(found)), told(found)
    assert found.items == []


def test_a_serial_number_on_another_effective_transfer_is_named_with_it(
    follow_up: FollowUp, draft: Handover
) -> None:
    follow_up.agreed_handover(device("B1"))
    secret = follow_up.agreed_handover(device("B2"), confidentiality=3)
    rows = [
        ("", "Device", "Kestrel", "R2", serial, "", "devices", "", "") for serial in ("b1", "B2", "B3", "b3")
    ]
    found = read(follow_up, draft, book(*rows))
    assert told(found) == [
        "Items!E2: b1 is on H-002, which is in effect: take it off one of them",
        "Items!E3: B2 is on another handover, which is in effect: take it off one of them",
        "Items!E5: b3 stands in row 4 already",
    ]
    assert secret.ref not in " ".join(told(found))


def test_what_a_list_hands_out_is_read_in_again_as_nothing_new(follow_up: FollowUp) -> None:
    commitment = follow_up.equipment(target=4)
    handover = follow_up.handover(
        device("A1", commitment=commitment, year=2030, warranty_to=date(2032, 1, 31), data_wiped=True,
               unit_value=Decimal("980.00"), currency="EUR", export_licence="PL-1"),
        batch(3, commitment=commitment, batch="=1+1", condition="used"),
        commitments=(commitment,),
    )  # fmt: skip
    story = handover_story(handover=handover, who=follow_up.keeper)
    served = list(Commitment.objects.select_related("edition").filter(pk=commitment.pk))
    sheet = item_sheet(story.lines, handover=handover, served=served)
    for data in (write_xlsx([sheet]), write_csv(sheet)):
        found = read(follow_up, handover, data, *served)
        assert told(found) == []
        assert (found.known, found.items) == ([1, 2], [])


def test_a_row_with_a_line_changes_it_in_a_draft_and_not_on_an_agreed_list(
    follow_up: FollowUp, draft: Handover
) -> None:
    data = book((1, "Registration device", "Kestrel", "R2", "A9", "", "devices", "", ""))
    found = read(follow_up, draft, data)
    actions.load_items(handover=draft, items=found.items, by=follow_up.keeper)
    assert list(HandoverItem.objects.values_list("line", "serial_number", "struck")) == [(1, "A9", False)]
    agreed = actions.agree_handover(handover=draft, by=follow_up.keeper)
    changed = book((1, "Registration device", "Kestrel", "R2", "A8", "", "devices", "", ""))
    assert "lines that are agreed stand" in told(read(follow_up, agreed, changed))[0]
    with pytest.raises(RefusedError, match="its lines stand"):
        actions.load_items(handover=agreed, items=found.items, by=follow_up.keeper)


def test_items_count_towards_what_the_handover_serves(follow_up: FollowUp) -> None:
    commitment = follow_up.equipment()
    handover = follow_up.handover(commitments=(commitment,))
    served = Commitment.objects.select_related("edition").get()
    heads = ("What it is", "Quantity", "Unit", "Counts towards")
    rows = [
        ("Device", 2, "devices", served.ref),
        ("Device", 2, "boxes", served.ref),
        ("Device", 2, "devices", "C-9"),
    ]
    found = read(follow_up, handover, book(*rows, heads=heads), served)
    assert [row.item.commitment for row in found.new] == [served]
    assert [one.partition(":")[0] for one in told(found)] == ["Items!C3", "Items!D4"]


def test_the_template_is_read_as_an_empty_list(follow_up: FollowUp, draft: Handover) -> None:
    data = write_item_template(["C-001"])
    assert load_workbook(BytesIO(data))["Items"]["A1"].value.startswith("What it is")
    found = read(follow_up, draft, data)
    assert (found.items, told(found)) == ([], [])


def test_reading_takes_the_same_number_of_statements_for_one_row_and_for_hundreds(
    follow_up: FollowUp, draft: Handover
) -> None:
    counts = []
    read(follow_up, draft, book())
    for number in (1, 300):
        rows = [("", "Device", "Kestrel", "R2", f"N{n}", "", "devices", "", "") for n in range(number)]
        with CaptureQueriesContext(connection) as asked:
            assert len(read(follow_up, draft, book(*rows)).new) == number
        counts.append(len(asked))
    assert counts[0] == counts[1]


def entered(follow_up: FollowUp, role: Role, code: str | None = None) -> Client:
    user = User.objects.create(email=f"browser{User.objects.count()}@example.org", name="x")
    delegation = follow_up.delegation(code).pk if code else None
    Grant.objects.create(user=user, role=role, edition_id=follow_up.edition.pk, delegation_id=delegation)
    client = Client()
    client.force_login(user)
    return client


def send(client: Client, follow_up: FollowUp, handover: Handover, data: bytes) -> Any:
    url = reverse("outcomes:handover-import", args=[follow_up.edition.slug, handover.public_id])
    return client.post(url, {"file": SimpleUploadedFile("list.xlsx", data)})


def test_a_file_is_looked_at_first_and_taken_over_whole(follow_up: FollowUp, draft: Handover) -> None:
    keeper = entered(follow_up, Role.FOLLOW_UP)
    good = ("", "Device", "Kestrel", "R2", "B1", "", "devices", "", "")
    wrong = send(keeper, follow_up, draft, book(good, ("", "", "", "", "", 1, "devices", "", "")))
    assert wrong.status_code == 422
    assert "Items!</strong>" not in wrong.content.decode()
    assert "B3" in wrong.content.decode()
    looked = send(keeper, follow_up, draft, book(good))
    assert looked.status_code == 200
    assert draft.items.count() == 1
    url = reverse("outcomes:handover-import-load", args=[follow_up.edition.slug, draft.public_id])
    assert keeper.post(url, {"token": looked.context["token"]}).status_code in {204, 302}
    assert draft.items.count() == 2
    keeper.post(url, {"token": looked.context["token"]})  # the serial number stands on the list now
    assert draft.items.count() == 2


def test_the_list_is_handed_out_to_those_who_work_with_it(follow_up: FollowUp) -> None:
    handover = follow_up.agreed_handover(device("A1"))
    for ending, start in (("xlsx", b"PK"), ("csv", b"")):
        url = reverse("outcomes:handover-items", args=[follow_up.edition.slug, handover.public_id, ending])
        answer = entered(follow_up, Role.FOCAL_POINT, "ma").get(url)
        assert answer.status_code == 200
        assert answer.content.startswith(start)
        assert entered(follow_up, Role.FOCAL_POINT, "no").get(url).status_code == 404
