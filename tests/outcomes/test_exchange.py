from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from outcomes_support import DAY, FollowUp
from summitry.accounts.access import SYSTEM
from summitry.accounts.models import Role
from summitry.formats.sheets import Sheet, write_csv, write_xlsx
from summitry.outcomes import actions, queries
from summitry.outcomes.actions import Party, Step, Taken
from summitry.outcomes.exchange import Found, commitment_sheet, read_commitments, write_template
from summitry.outcomes.exchange.books import read_grid
from summitry.outcomes.exchange.columns import READ
from summitry.outcomes.models import Area, Commitment
from summitry.outcomes.queries.commitments import commitment_story
from summitry.outcomes.views.common import entity_names
from summitry.records import RefusedError

TEXT = 'Poland will train twenty officers;\n“=SUM(A1)” is what the minutes say, with a quotation mark " and a comma, too.'
HEADS = [
    "Title",
    "Text as agreed",
    "Language of the text",
    "Kind",
    "Promised by",
    "Beneficiaries",
    "Due",
    "Target",
    "Unit",
]
GOOD = [
    "Training",
    "Poland will train.",
    "en",
    "training",
    "Poland",
    "Morocco; Norway",
    "2032-01-31",
    "20",
    "officers",
]


def written(follow_up: FollowUp) -> Sheet:
    rows = queries.fetched(queries.commitments(who=SYSTEM, edition=follow_up.edition).order_by("number"))
    offered = queries.offers(edition=follow_up.edition, who=SYSTEM)
    return commitment_sheet(rows, entity_names(follow_up.edition, offered.entities))


def read(follow_up: FollowUp, data: bytes, who: Any = None) -> Found:
    return read_commitments(data, edition=follow_up.edition, by=who or follow_up.keeper)


def made_csv(rows: Sequence[Sequence[str]], heads: Sequence[str] = HEADS, delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([heads, *rows])
    return out.getvalue().encode()


def changed(**cells: str) -> list[str]:
    return [cells.get(head.partition(" ")[0].lower(), value) for head, value in zip(HEADS, GOOD, strict=True)]


def full(follow_up: FollowUp) -> Any:
    """Return terms in which nothing is left out."""
    areas = [
        Area.objects.create(series=follow_up.edition.series, code=code, title={"en": title})
        for code, title in (("training", "Training"), ("documents", "Travel documents"))
    ]
    return follow_up.terms(
        "pl",
        title={"en": "=Training", "fr": "Formation"},
        text=TEXT,
        parties=[
            Party(follow_up.entity("ma"), "beneficiary"),
            Party(follow_up.entity("no"), "supporter"),
            Party(follow_up.entity("sn"), "counterpart"),
        ],
        areas=areas,
        places=["MA", "039"],
        baseline="-5 today",
        indicator="+20 examiners",
        target=Decimal("20.5"),
        unit="officers",
        value=Decimal("120000.50"),
        currency="EUR",
        funding_source="@budget",
        starts_on=DAY,
        due_on=DAY + timedelta(days=300),
        milestones=[
            Step("First: course", DAY + timedelta(days=60)),
            Step("Second", DAY + timedelta(days=90)),
        ],
        dependency="The academy's places",
        contact_role="Director, border guard",
        confidentiality=1,
        report_months=6,
        publish=False,
    )


@pytest.mark.parametrize("write", [lambda sheet: write_xlsx([sheet]), write_csv], ids=["xlsx", "csv"])
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_what_is_written_is_read_the_same(follow_up: FollowUp, write: Any, language: str) -> None:
    actions.record_commitment(edition=follow_up.edition, terms=full(follow_up), by=follow_up.keeper)
    follow_up.draft("no", "sn", due_on=None)
    with translation.override(language):
        data = write(written(follow_up))
    known = read(follow_up, data)
    assert (known.faults, known.known, known.new) == ([], ["C-001", "C-002"], [])
    before = {row.number: row for row in queries.fetched(Commitment.objects.all())}
    fresh = read(follow_up, _without(data, {"C-001", "C-002"}))
    assert fresh.faults == []
    made = actions.load_commitments(
        edition=follow_up.edition, taken=[row.taken for row in fresh.new], by=follow_up.keeper
    )
    again = {row.pk: row for row in queries.fetched(Commitment.objects.filter(number__gt=2))}
    for number, one in enumerate(made, 1):
        _assert_same(before[number], again[one.pk])


def _without(data: bytes, refs: set[str]) -> bytes:
    """Return a file without its numbers, so that everything in it is new."""
    if data[:2] != b"PK":
        text = data.decode("utf-8-sig")
        for ref in refs:
            text = text.replace(f"\n{ref},", "\n,")
        return text.encode()
    book = load_workbook(io.BytesIO(data))
    for row in book.worksheets[0].iter_rows(min_row=2):
        row[0].value = None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _assert_same(one: Any, other: Any) -> None:
    plain = [
        "title", "kind", "owner_id", "places", "baseline", "indicator", "target", "unit", "value", "currency",
        "funding_source", "starts_on", "due_on", "dependency", "contact_role", "confidentiality",
        "report_months", "publish",
    ]  # fmt: skip
    assert {name: getattr(one, name) for name in plain} == {name: getattr(other, name) for name in plain}
    assert one.last_wordings[0].text == other.last_wordings[0].text
    assert {(p.entity_id, p.role) for p in one.other_parties} == {
        (p.entity_id, p.role) for p in other.other_parties
    }
    assert list(one.areas.all()) == list(other.areas.all())
    assert [(s.title, s.due_on) for s in one.milestones.all()] == [
        (s.title, s.due_on) for s in other.milestones.all()
    ]


def test_nothing_in_a_file_is_a_formula(follow_up: FollowUp) -> None:
    actions.record_commitment(edition=follow_up.edition, terms=full(follow_up), by=follow_up.keeper)
    sheet = written(follow_up)
    for row in load_workbook(io.BytesIO(write_xlsx([sheet]))).worksheets[0].iter_rows():
        assert all(cell.data_type != "f" for cell in row)
    for line in csv.reader(io.StringIO(write_csv(sheet).decode("utf-8-sig"))):
        assert not any(cell.startswith(("=", "+", "@")) for cell in line)


def test_names_and_codes_in_any_language_are_understood(follow_up: FollowUp) -> None:
    rows = [
        changed(promised=name) for name in ("pl", "POLAND", "Pologne", "Poland (pl)", "Republic of Poland")
    ]
    found = read(follow_up, made_csv(rows, delimiter=";"))
    assert found.faults == []
    assert {row.taken.terms.owner.code for row in found.new} == {"pl"}


@pytest.mark.parametrize(
    ("cells", "cell", "message"),
    [
        ({"title": ""}, "A2", "has to be filled in"),
        ({"language": "xx"}, "C2", "not a language"),
        ({"kind": "gift"}, "D2", "choose one of"),
        ({"promised": "Atlantis"}, "E2", "not known here"),
        ({"promised": "Morocco"}, "E2|F2", "owner cannot be another party"),
        ({"beneficiaries": "Morocco; Morocco"}, "F2|row 2", "once"),
        ({"due": "31/12/2032"}, "G2", "not a date"),
        ({"target": "many"}, "H2", "not a number"),
        ({"target": "-1"}, "H2", "larger target"),
        ({"unit": ""}, "I2", "what the target counts"),
    ],
)
def test_a_bad_cell_is_named_and_nothing_is_taken(
    follow_up: FollowUp, cells: Mapping[str, str], cell: str, message: str
) -> None:
    found = read(follow_up, made_csv([changed(**cells), GOOD]))
    [fault] = found.faults
    assert fault.cell in cell.split("|")
    assert message in fault.message


def test_every_bad_cell_is_named_at_once_with_its_sheet(follow_up: FollowUp) -> None:
    book = load_workbook(io.BytesIO(write_template()))
    sheet = book["Commitments"]
    for head, value in zip(HEADS, changed(kind="gift", due="soon"), strict=True):
        column = next(cell.column for cell in sheet[1] if cell.value == head)
        sheet.cell(2, column, value)
        sheet.cell(3, column, GOOD[HEADS.index(head)])
    out = io.BytesIO()
    book.save(out)
    found = read(follow_up, out.getvalue())
    assert {(fault.sheet, fault.cell[-1]) for fault in found.faults} == {("Commitments", "2")}
    assert len(found.faults) == 2


def test_the_template_has_a_column_for_everything_that_is_read(follow_up: FollowUp) -> None:
    sheet = load_workbook(io.BytesIO(write_template())).worksheets[0]
    assert len(list(sheet[1])) == len(READ) - 2  # the number and the edition are Summitry's


def test_a_file_of_another_edition_is_refused_cell_by_cell(follow_up: FollowUp) -> None:
    found = read(follow_up, made_csv([[*GOOD, "elsewhere-9"]], [*HEADS, "Edition"]))
    assert [fault.cell for fault in found.faults] == ["J2"]


def workbook(follow_up: FollowUp, **cells: datetime | str) -> bytes:
    """Return the export with cells of its last row written over, by heading."""
    book = load_workbook(io.BytesIO(write_xlsx([written(follow_up)])))
    sheet = book.worksheets[0]
    columns = {str(cell.value): column for column, cell in enumerate(sheet[1], 1)}
    for name, value in cells.items():
        sheet.cell(sheet.max_row, columns[name.replace("_", " ")]).value = value
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_an_export_with_a_cell_changed_changes_the_draft_and_nothing_else(follow_up: FollowUp) -> None:
    follow_up.agreed(areas=[])
    terms = full(follow_up)
    draft = follow_up.draft(
        **{name: getattr(terms, name) for name in terms.__slots__ if name not in {"owner", "meeting"}},
        meeting=follow_up.meeting("pl", "ma"),
    )
    assert read(follow_up, workbook(follow_up)).known == ["C-001", "C-002"]
    steps = "2031-07-13: First: course\n2031-09-01: Second\n2031-10-01: Third"
    data = workbook(follow_up, Due=datetime(2032, 6, 1), Milestones=steps)  # noqa: DTZ001 as a sheet has it
    client, url = client_of(follow_up), f"/{follow_up.edition.slug}/outcomes/commitments/import/"
    page = client.post(url, {"file": SimpleUploadedFile("changed.xlsx", data)})
    assert "changes: Milestones, Due" in page.content.decode()
    assert client.post(f"{url}load/", {"token": page.context["token"]}).status_code == 302
    story = commitment_story(commitment=draft, who=SYSTEM, edition=follow_up.edition, keeper=True)
    row = story.commitment
    assert (row.due_on, row.meeting_id, row.confidentiality) == (date(2032, 6, 1), draft.meeting_id, 1)
    assert [(step.number, step.title, step.due_on) for step in story.milestones] == [
        (1, "First: course", date(2031, 7, 13)),
        (2, "Second", date(2031, 9, 1)),
        (3, "Third", date(2031, 10, 1)),
    ]
    assert (row.title, row.target, story.wording.number) == (terms.title, terms.target, 1)
    assert client.post(f"{url}load/", {"token": page.context["token"]}).status_code == 302
    assert Commitment.objects.get(pk=draft.pk).version == row.version


def test_columns_that_a_file_leaves_out_are_kept_as_they_are(follow_up: FollowUp) -> None:
    terms = full(follow_up)
    follow_up.draft(**{name: getattr(terms, name) for name in terms.__slots__ if name != "owner"})
    heads = ["Number", "Title", "Text as agreed", "Language of the text", "Kind", "Promised by"]
    same = ["C-001", "=Training", TEXT, "en", "training", "Poland"]
    assert read(follow_up, made_csv([same], heads)).known == ["C-001"]
    [row] = read(follow_up, made_csv([[*same[:1], "Courses", *same[2:]]], heads)).changed
    assert list(row.columns) == ["Title"]
    assert (dict(row.terms.title), row.terms.target) == ({"en": "Courses", "fr": "Formation"}, terms.target)
    assert [step.number for step in row.terms.milestones] == [1, 2]


def test_a_cell_that_would_change_what_is_agreed_is_named(follow_up: FollowUp) -> None:
    follow_up.agreed()
    found = read(follow_up, workbook(follow_up, Due=datetime(2032, 6, 1)))  # noqa: DTZ001 as a sheet has it
    assert [str(fault).partition(":")[0] for fault in found.faults] == ["Commitments!O2"]
    assert "which is agreed" in found.faults[0].message


def test_rows_of_an_earlier_edition_are_passed_over_and_changed_there_alone(follow_up: FollowUp) -> None:
    follow_up.agreed()
    later = follow_up.actor_at(follow_up.later, Role.FOLLOW_UP)
    for cells, faults in (({}, []), ({"Title": "Other"}, ["Commitments!C2"])):
        found = read_commitments(workbook(follow_up, **cells), edition=follow_up.later, by=later)
        assert [str(fault).partition(":")[0] for fault in found.faults] == faults
        assert found.new == []
    assert found.known == []


def test_what_was_agreed_elsewhere_is_taken_over_where_not_all_are_here(follow_up: FollowUp) -> None:
    heads = [*HEADS, "Agreed on", "Agreed how"]
    absent = changed(beneficiaries="Japan")
    data = made_csv(
        [[*absent, "2031-03-12", "Agreed minutes"], [*GOOD, "2031-03-12", "Agreed minutes"]], heads
    )
    found = read(follow_up, data)
    assert [fault.cell for fault in found.faults] == ["K3"]
    assert [row.taken.agreed_on for row in found.new] == [date(2031, 3, 12)]


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01", b"PK\x03\x04 no workbook", b"Name,Age\nA,3\n", b"\xff\xfe\x00"]
)
def test_what_is_no_file_of_commitments_is_refused(follow_up: FollowUp, data: bytes) -> None:
    with pytest.raises(RefusedError):
        read(follow_up, data)


@given(st.binary(max_size=200))
def test_whatever_comes_in_is_read_or_refused(data: bytes) -> None:
    with pytest.raises(RefusedError):
        read_grid(data)


def test_a_long_file_takes_the_same_number_of_statements(follow_up: FollowUp) -> None:
    counts = []
    for number in (1, 30):
        data = made_csv([GOOD] * number)
        with CaptureQueriesContext(connection) as statements:
            found = read(follow_up, data)
            actions.load_commitments(
                edition=follow_up.edition, taken=[row.taken for row in found.new], by=follow_up.keeper
            )
            sheet = written(follow_up)
        counts.append(len(statements))
    assert len(sheet.rows) == 31
    assert counts[0] == counts[1]


def client_of(follow_up: FollowUp, role: Role = Role.FOLLOW_UP, code: str | None = None) -> Client:
    client = Client()
    user = follow_up.summit.actor(role, code).user
    assert user is not None
    client.force_login(user)
    return client


def test_a_file_is_looked_at_first_and_then_taken_whole(follow_up: FollowUp) -> None:
    client, url = client_of(follow_up), f"/{follow_up.edition.slug}/outcomes/commitments/import/"
    page = client.post(
        url, {"file": SimpleUploadedFile("new.csv", made_csv([GOOD, changed(title="Another")]))}
    )
    assert page.status_code == 200
    assert not Commitment.objects.exists()
    answer = client.post(f"{url}load/", {"token": page.context["token"]})
    assert answer.status_code == 302
    assert Commitment.objects.count() == 2


def test_a_file_with_a_bad_cell_records_nothing(follow_up: FollowUp) -> None:
    client, url = client_of(follow_up), f"/{follow_up.edition.slug}/outcomes/commitments/import/"
    page = client.post(url, {"file": SimpleUploadedFile("new.csv", made_csv([GOOD, changed(kind="gift")]))})
    assert page.status_code == 422
    assert "D3" in page.content.decode()
    assert "token" not in page.context
    assert not Commitment.objects.exists()


def test_a_preview_is_taken_by_nobody_else_and_by_no_forged_token(follow_up: FollowUp) -> None:
    url = f"/{follow_up.edition.slug}/outcomes/commitments/import/"
    page = client_of(follow_up).post(url, {"file": SimpleUploadedFile("new.csv", made_csv([GOOD]))})
    other = client_of(follow_up, Role.SECRETARIAT)
    for token in (page.context["token"], "made:up", ""):
        other.post(f"{url}load/", {"token": token})
    assert not Commitment.objects.exists()


def public_training(follow_up: FollowUp) -> Commitment:
    """Return technical assistance that is cleared for publication."""
    terms = full(follow_up)
    [made] = actions.load_commitments(
        edition=follow_up.edition,
        taken=[
            Taken(
                follow_up.terms(
                    "pl",
                    title=terms.title,
                    text=TEXT,
                    parties=[
                        Party(follow_up.entity("ma"), "beneficiary"),
                        Party(follow_up.entity("no"), "supporter"),
                        Party(follow_up.entity("jp"), "counterpart"),
                    ],
                    areas=terms.areas,
                    places=["MA", "SN", "039"],
                    target=Decimal(20),
                    unit="officers",
                    value=Decimal("120000.50"),
                    currency="EUR",
                    funding_source="Ministry of the Interior",
                    confidentiality=0,
                ),
                DAY,
                "Agreed minutes",
            )
        ],
        by=follow_up.keeper,
    )
    return actions.clear_outcome(outcome=made, by=follow_up.keeper)


_ORDER = [
    "iati-identifier", "reporting-org", "title", "description", "participating-org", "activity-status",
    "activity-date", "recipient-country", "recipient-region", "sector", "transaction", "conditions", "result",
]  # fmt: skip


def iati(follow_up: FollowUp) -> Any:
    answer = client_of(follow_up).get(f"/{follow_up.edition.slug}/outcomes/commitments/iati.xml")
    assert answer.status_code == 200, answer.headers.get("Location")
    return etree.fromstring(answer.content)


def name_reporter(follow_up: FollowUp) -> None:
    actions.change_follow_up(
        edition=follow_up.edition,
        report_months=12,
        expiry_warning_days=90,
        review_warning_days=30,
        due_warning_days=30,
        iati_organisation="XM-DAC-42004",
        by=follow_up.keeper,
    )


def test_technical_assistance_leaves_as_iati_2_03(follow_up: FollowUp) -> None:
    name_reporter(follow_up)
    made = public_training(follow_up)
    actions.file_report(
        commitment=made,
        told=actions.Told(progress="in_progress_50", narrative="Ten were trained.", on=DAY),
        by=SYSTEM,
    )
    root = iati(follow_up)
    assert (root.tag, root.get("version")) == ("iati-activities", "2.03")
    [activity] = root
    tags = [child.tag for child in activity]
    assert tags == sorted(tags, key=_ORDER.index)
    assert set(_ORDER[:10]) <= set(tags)
    assert activity.findtext("iati-identifier") == f"XM-DAC-42004-{follow_up.edition.slug}-C-001"
    assert activity.find("activity-status").get("code") == "2"
    dates = {one.get("type"): one.get("iso-date") for one in activity.findall("activity-date")}
    assert dates == {"1": "2031-05-14", "2": "2031-05-14", "3": "2032-05-13"}
    roles = [(one.get("role"), one.findtext("narrative")) for one in activity.findall("participating-org")]
    assert roles == [
        ("1", "Ministry of the Interior"),
        ("2", "Poland"),
        ("3", "Norway"),
        ("4", "Japan"),
    ]
    shares = [
        Decimal(one.get("percentage"))
        for one in (*activity.findall("recipient-country"), *activity.findall("recipient-region"))
    ]
    assert sum(shares) == 100
    own = [one for one in activity.findall("sector") if one.get("vocabulary") == "99"]
    assert sum(Decimal(one.get("percentage")) for one in own) == 100
    assert activity.find("transaction/value").attrib == {"currency": "EUR", "value-date": "2031-05-14"}
    assert activity.find("transaction/value").text == "120000.50"
    assert activity.find("result/indicator/period/target").get("value") == "20"


@pytest.mark.parametrize(
    ("progress", "status"),
    [("completed", "3"), ("cancelled", "5"), ("suspended", "6"), ("not_started", "1")],
)
def test_the_status_is_that_of_what_the_owner_reports(
    follow_up: FollowUp, progress: str, status: str
) -> None:
    name_reporter(follow_up)
    made = public_training(follow_up)
    if progress != "not_started":
        actions.file_report(
            commitment=made, told=actions.Told(progress=progress, narrative="So it is."), by=SYSTEM
        )
    assert iati(follow_up)[0].find("activity-status").get("code") == status


def test_only_cleared_technical_assistance_leaves_as_iati(follow_up: FollowUp) -> None:
    name_reporter(follow_up)
    public_training(follow_up)
    follow_up.agreed(confidentiality=0)  # not cleared
    follow_up.agreed(confidentiality=2)
    other = follow_up.agreed(confidentiality=0, kind="information_exchange")
    actions.clear_outcome(outcome=other, by=follow_up.keeper)
    assert len(iati(follow_up)) == 1


def test_without_a_reporter_the_export_says_what_is_missing(follow_up: FollowUp) -> None:
    public_training(follow_up)
    answer = client_of(follow_up).get(f"/{follow_up.edition.slug}/outcomes/commitments/iati.xml", follow=True)
    assert "IATI identifier" in answer.content.decode()
