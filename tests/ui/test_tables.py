from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from urllib.parse import urlencode

import openpyxl
import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import ngettext_lazy
from django_htmx.middleware import HtmxMiddleware
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from summitry.accounts.models import User
from summitry.ui.components import EmptyState
from summitry.ui.tables import Choices, Column, Table, Text


@dataclass(frozen=True, slots=True)
class Delegation:
    name: str
    state: str
    members: int | None


DELEGATIONS = [
    Delegation("Norway", "coming", 4),
    Delegation("Österreich", "silent", None),
    Delegation("Côte d’Ivoire", "coming", 2),
    Delegation("Senegal", "regrets", 0),
]
COLUMNS: list[Column[Delegation]] = [
    Column(key="name", label="Delegation", sort=True, filter=Text(), link=lambda row: f"/{row.name}/"),
    Column(
        key="state",
        label="Answer",
        filter=Choices(options=[(state, state) for state in ("coming", "silent", "regrets")]),
    ),
    Column(key="members", label="Members", numeric=True, sort=True),
]


def table(address: str = "", rows: list[Delegation] | None = None, **words: object) -> Table[Delegation]:
    request = RequestFactory().get(f"/delegations/{address}")
    return Table(
        request=request,
        key="delegations",
        columns=COLUMNS,
        rows=DELEGATIONS if rows is None else rows,
        **{"title": "delegations", "sort": "name", **words},  # type: ignore[arg-type]  # tests choose what they vary
    )


def names(shown: Table[Delegation]) -> list[str]:
    return [row.cells[0].text for row in shown.rows]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (DELEGATIONS[:1], "<strong>1</strong> delegation</p>"),
        (DELEGATIONS, "<strong>4</strong> delegations</p>"),
    ],
)
def test_a_single_row_is_called_by_its_singular(rows: list[Delegation], expected: str) -> None:
    shown = table(rows=rows, title=ngettext_lazy("delegation", "delegations", "n"))
    assert expected in render_to_string("ui/table_body.html", {"table": shown})
    assert shown.sheet().title == "delegations"


def test_rows_are_sorted_without_regard_to_accents() -> None:
    assert names(table()) == ["Côte d’Ivoire", "Norway", "Österreich", "Senegal"]


def test_what_has_no_value_stays_last_in_either_direction() -> None:
    assert names(table("?sort=members"))[-1] == "Österreich"
    assert names(table("?sort=-members")) == ["Norway", "Côte d’Ivoire", "Senegal", "Österreich"]


@pytest.mark.parametrize("words", ["cote", "CÔTE", "ivoire cote"])
def test_the_search_folds_case_and_accents_and_wants_every_word(words: str) -> None:
    assert names(table("?" + urlencode({"q": words}))) == ["Côte d’Ivoire"]


def test_a_choice_narrows_the_rows_and_the_count_says_of_how_many() -> None:
    shown = table("?state=coming")
    assert (shown.count, shown.total, shown.is_filtered) == (2, 4, True)


def test_what_an_address_asks_amiss_is_passed_over() -> None:
    shown = table("?sort=secret&state=unknown&page=minus%00one")
    assert names(shown) == names(table())


def test_a_page_beyond_the_last_shows_the_last() -> None:
    shown = table("?page=9", per_page=3)
    assert names(shown) == ["Senegal"]
    assert (shown.pager.first, shown.pager.last) == (4, 4)


def test_links_keep_filters_and_what_is_not_the_tables() -> None:
    shown = table("?state=coming&view=list&page=2", per_page=1)
    members = shown.heads[2]
    assert members.url == "?view=list&state=coming&sort=members"
    assert shown.pager.pages[0].url == "?view=list&state=coming"
    assert shown.clear_url == "?view=list"


def test_two_tables_of_one_page_do_not_hear_each_other() -> None:
    shown = table("?state=coming&own-state=silent", prefix="own-")
    assert names(shown) == ["Österreich"]
    assert shown.clear_url == "?state=coming"


def test_a_heading_turns_round_when_asked_again() -> None:
    head = table("?sort=members").heads[2]
    assert (head.direction, head.url) == ("ascending", "?sort=-members")


def exported(response: HttpResponse) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_an_export_holds_every_filtered_row_in_order_whatever_the_page() -> None:
    response = table("?format=csv&state=coming&sort=-members&page=2", per_page=1).export()
    assert response is not None
    assert exported(response) == [
        ["Delegation", "Answer", "Members"],
        ["Norway", "coming", "4"],
        ["Côte d’Ivoire", "coming", "2"],
    ]
    assert response["Content-Disposition"] == 'attachment; filename="delegations.csv"'


def test_the_workbook_holds_numbers_as_numbers() -> None:
    response = table("?format=xlsx&q=norway").export()
    assert response is not None
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == ["Norway", "coming", 4]


def answer(address: str, target: str | None = None) -> str:
    headers = {"HX-Request": "true", "HX-Target": target} if target else {}
    request = RequestFactory().get(f"/delegations/{address}", headers=headers)
    HtmxMiddleware(lambda _request: HttpResponse())(request)
    shown = Table(
        request=request,
        key="delegations",
        title="delegations",
        columns=COLUMNS,
        rows=DELEGATIONS,
        empty=EmptyState(title="Nobody is invited yet"),
    )
    return shown.respond("ui/table.html").content.decode()


def test_htmx_gets_the_rows_without_the_filters() -> None:
    assert "<form" not in answer("?q=norway", target="delegations-body")
    assert "Norway" in answer("?q=norway", target="delegations-body")


def test_another_part_that_asks_gets_the_page() -> None:
    assert 'role="search"' in answer("", target="side")


def test_without_a_script_the_filters_are_a_plain_form_and_the_headings_links() -> None:
    page = answer("")
    assert 'method="get"' in page
    assert 'href="?sort=members"' in page


def test_nothing_found_leads_back_to_all() -> None:
    assert "Nothing matches" in answer("?q=atlantis")


@given(
    rows=st.lists(
        st.builds(Delegation, st.text(max_size=8), st.just("coming"), st.none() | st.integers(0, 9))
    ),
    per_page=st.integers(1, 7),
    sort=st.sampled_from(["name", "-name", "members", "-members"]),
)
def test_the_pages_together_are_all_rows_once(rows: list[Delegation], per_page: int, sort: str) -> None:
    pages = range(1, -(-len(rows) // per_page) + 1)
    shown = [
        row.record
        for page in pages
        for row in table("?" + urlencode({"page": page, "sort": sort}), rows=rows, per_page=per_page).rows
    ]
    assert sorted(map(repr, shown)) == sorted(map(repr, rows))


USERS: list[Column[User]] = [
    Column(key="name", label="Name", sort=True, filter=Text(field="email")),
    Column(key="language", label="Language", sort=True, filter=Choices(options=[("en", "en"), ("fr", "fr")])),
]


def users(address: str = "") -> Table[User]:
    request = RequestFactory().get(f"/users/{address}")
    return Table(
        request=request, key="users", title="users", columns=USERS, rows=User.objects.all(), sort="name"
    )


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize(("address", "statements"), [("", 2), ("?language=fr&q=person", 3), ("?page=2", 2)])
def test_rows_of_the_database_cost_the_same_however_many_they_are(
    number: int, address: str, statements: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    User.objects.bulk_create(
        User(email=f"person{index}@example.org", name=f"Person {index:02}", language="fr")
        for index in range(number)
    )
    with django_assert_num_queries(statements):
        shown = users(address)
        assert len(shown.rows) == number
        assert (shown.count, shown.total) == (number, number)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30])
def test_an_export_of_the_database_is_one_statement(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    User.objects.bulk_create(
        User(email=f"p{index}@example.org", name=f"P {index:02}") for index in range(number)
    )
    with django_assert_num_queries(1):
        response = users("?format=csv&sort=-name").export()
    assert response is not None
    assert len(exported(response)) == number + 1


@pytest.mark.django_db
def test_rows_of_the_database_are_searched_and_sorted_there() -> None:
    for name, email in [("Ana", "ana@example.org"), ("Bo", "bo@example.org"), ("Cy", "cy@elsewhere.org")]:
        User.objects.create_user(email, name=name)
    shown = users("?sort=-name&q=EXAMPLE")
    assert [row.cells[0].text for row in shown.rows] == ["Bo", "Ana"]
