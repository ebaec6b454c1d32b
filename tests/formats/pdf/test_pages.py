"""Printed pages are opened with another program's reader: text, number of pages, and ink where it should be."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pypdfium2 as pdfium
import pytest

from summitry.formats.pdf import (
    CardInterpreter,
    DailyMeeting,
    DailySession,
    DailySheet,
    DelegationSchedule,
    Imprint,
    MeetingCard,
    Participant,
    Party,
    PrintError,
    ScheduleDay,
    ScheduleEntry,
    Side,
    Table,
    daily_sheet,
    delegation_schedule,
    has_flag,
    meeting_card,
    render,
    table,
)
from summitry.formats.pdf.engine import house_fonts
from summitry.formats.sheets import Sheet, SheetColumn

WARSAW = ZoneInfo("Europe/Warsaw")
DAY = date(2019, 10, 30)
BOLIVIA = Party("Bolivia (Plurinational State of)", "bo")
MOROCCO = Party("Morocco", "ma")
FRONTEX = Party("Frontex")
LONG_NAME = "Aleksandra-Katarzyna Wierzbicka-Konstantynopolska"


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2019, 10, 30, hour, minute, tzinfo=WARSAW)


IMPRINT = Imprint(
    edition="24th International Border Police Conference",
    as_at=at(11, 20),
    clock="Warsaw time",
    notice="Demonstration: people, rooms and times are generated",
    handling="Protocol only",
)
MEETING = DailyMeeting(
    start=at(10, 15),
    end=at(10, 45),
    parties=[MOROCCO, BOLIVIA],
    level="principal",
    room="Odra",
    zone="Level 2",
    languages="French to English",
    interpreters=["Hélène Vasseur", "محمد الفاسي"],
    note="Moved from 11:10",
)
SHEET = DailySheet(
    imprint=IMPRINT,
    day=DAY,
    meetings=[MEETING, replace(MEETING, start=at(9, 30), parties=[], level=None, note="")],
    sessions=[
        DailySession(
            start=at(9), end=at(9, 30), title="Plenary: travel", room="Hall of Columns", note="all heads"
        )
    ],
)
SCHEDULE = DelegationSchedule(
    imprint=IMPRINT,
    delegation=MOROCCO,
    days=[
        ScheduleDay(
            DAY,
            [
                ScheduleEntry(
                    start=at(16), end=at(17), title="Plenary: technologies", room="Hall of Columns"
                ),
                ScheduleEntry(
                    start=at(10, 15),
                    end=at(10, 45),
                    counterparts=[FRONTEX],
                    title="Risk analysis",
                    level="deputy",
                    room="Odra",
                    members=["Khalid Zerouali", LONG_NAME, "محمد الفاسي"],
                ),
            ],
        ),
        ScheduleDay(date(2019, 10, 31), []),
    ],
    subtitle="Head of delegation: Khalid Zerouali",
)
CARD = MeetingCard(
    imprint=IMPRINT,
    start=at(11, 45),
    end=at(12, 15),
    sides=[
        Side(BOLIVIA, [Participant(LONG_NAME, "Director", leads=True), Participant("T. Moen")]),
        Side(FRONTEX, [Participant("Fabrice Example", "Executive Director", leads=True)]),
    ],
    level="principal",
    room="Odra",
    zone="Level 2",
    set_up="16 seats",
    subject="Joint training",
    interpreters=[CardInterpreter("Hélène Vasseur", "French to English")],
    reference="B-0104",
)
TABLE = Table(
    imprint=IMPRINT,
    sheet=Sheet(
        "Delegations",
        [SheetColumn("Delegation"), SheetColumn("Members", "number"), SheetColumn("Arrives", "datetime")],
        [["Bolivia (Plurinational State of)", 5, at(8)], ["Morocco", 3, None]],
    ),
    subtitle="Two delegations",
    footnotes=["By English name."],
)
PAGES: list[Callable[[], bytes]] = [
    lambda: daily_sheet(SHEET),
    lambda: delegation_schedule(SCHEDULE),
    lambda: meeting_card(CARD),
    lambda: table(TABLE),
]


def text_of(page: bytes, number: int | None = None) -> str:
    document = pdfium.PdfDocument(page)
    numbers = range(len(document)) if number is None else [number]
    return " ".join(" ".join(document[n].get_textpage().get_text_bounded() for n in numbers).split())


def pages_in(page: bytes) -> int:
    return len(pdfium.PdfDocument(page))


def ink(page: bytes, number: int = 0) -> Any:
    """Darkness of each dot of a page, from 0 to 1."""
    dots = pdfium.PdfDocument(page)[number].render(scale=1, grayscale=True).to_numpy()
    return 1 - dots.squeeze().astype(np.float64) / 255


def reddest(page: bytes) -> int:
    dots = pdfium.PdfDocument(page)[0].render(scale=1, rev_byteorder=True).to_numpy().astype(np.int64)
    return int((dots[..., 0] - dots[..., 1]).max())


@pytest.mark.parametrize("page", PAGES)
def test_every_page_names_the_edition_the_moment_and_itself(page: Callable[[], bytes]) -> None:
    text = text_of(page())
    assert "24th International Border Police Conference" in text
    assert "As at 30 October 2019, 11:20, Warsaw time" in text
    assert "Demonstration: people, rooms and times are generated" in text
    assert "Protocol only" in text
    assert "Page 1 of 1" in text


@pytest.mark.parametrize("page", PAGES)
def test_the_same_data_make_the_same_bytes(page: Callable[[], bytes]) -> None:
    assert page() == page()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_accessible_and_dated_by_its_data(page: Callable[[], bytes]) -> None:
    content = page()
    assert b"pdfuaid:part>1<" in content
    document = pdfium.PdfDocument(content)
    assert document.get_metadata_value("CreationDate").startswith("D:20191030")
    assert document.get_metadata_value("Title")


@pytest.mark.parametrize("page", PAGES)
def test_no_page_is_blank_and_nothing_runs_off_it(page: Callable[[], bytes]) -> None:
    dots = ink(page())
    assert dots.mean() > 0.01
    assert dots[:, :40].max() < 0.1
    assert dots[:, -40:].max() < 0.1


def test_the_day_is_in_order_of_time_with_all_that_matters() -> None:
    text = text_of(daily_sheet(SHEET))
    assert "Wednesday 30 October 2019" in text
    order = [
        "Plenary: travel",
        "Hall of Columns · all heads",
        "Room occupied",
        "Morocco",
        "Bolivia",
        "Moved from 11:10",
    ]
    assert [text.index(found) for found in order] == sorted(text.index(found) for found in order)
    assert "Principals" in text
    assert "Hélène Vasseur" in text


def test_a_long_day_repeats_its_headings_and_says_that_it_goes_on() -> None:
    meetings = [
        replace(MEETING, start=at(9) + timedelta(minutes=10 * n), end=at(9) + timedelta(minutes=10 * n + 10))
        for n in range(45)
    ]
    page = daily_sheet(replace(SHEET, meetings=meetings))
    last = pages_in(page) - 1
    assert last >= 1
    assert "Plan of the day: Wednesday 30 October 2019 (continued)" in text_of(page, last)
    assert "Interpretation" in text_of(page, last)
    assert f"Page {last + 1} of {last + 1}" in text_of(page, last)


def test_a_day_without_anything_says_so() -> None:
    assert "Nothing is planned." in text_of(daily_sheet(DailySheet(imprint=IMPRINT, day=DAY, meetings=[])))


def test_a_schedule_goes_by_day_and_time() -> None:
    text = text_of(delegation_schedule(SCHEDULE))
    order = [
        "Morocco",
        "Wednesday 30 October",
        "10:15",
        "Frontex",
        "Plenary: technologies",
        "Thursday 31 October",
    ]
    assert [text.index(found) for found in order] == sorted(text.index(found) for found in order)
    assert "Risk analysis · Deputies" in text
    assert "Nothing is planned." in text


def test_a_card_names_both_sides_and_who_comes() -> None:
    page = meeting_card(CARD)
    assert pages_in(page) == 1
    text = text_of(page)
    for expected in (
        "Bolivia (Plurinational State of",
        "Frontex",
        "11:45–12:15",
        LONG_NAME,
        "B-0104",
        "16 seats",
    ):
        assert expected in text


def test_a_card_may_have_many_sides_but_not_one() -> None:
    many = replace(CARD, sides=[Side(party) for party in (BOLIVIA, FRONTEX, MOROCCO, FRONTEX, MOROCCO)])
    assert pages_in(meeting_card(many)) == 1
    with pytest.raises(ValueError, match="at least two sides"):
        replace(CARD, sides=[Side(FRONTEX)])


def test_flags_are_printed_where_there_are_any() -> None:
    without = replace(CARD, sides=[Side(FRONTEX), Side(Party("Nowhere", "zz"))])
    assert reddest(meeting_card(without)) < 60
    assert reddest(meeting_card(replace(CARD, sides=[Side(FRONTEX), Side(MOROCCO)]))) > 120
    assert has_flag("ma")
    assert not has_flag("zz")
    assert not has_flag("../fonts/x")


def test_a_list_shows_every_row_and_its_footnotes() -> None:
    text = text_of(table(TABLE))
    for expected in ("Delegations", "Two delegations", "Members", "30 Oct 2019, 08:00", "By English name."):
        assert expected in text


def test_a_long_list_repeats_its_headings() -> None:
    rows = [[f"Delegation {n}", n, None] for n in range(200)]
    page = table(replace(TABLE, sheet=replace(TABLE.sheet, rows=rows)))
    assert pages_in(page) > 2
    assert "Delegations (continued)" in text_of(page, 1)
    assert "Arrives" in text_of(page, 1)
    assert "Delegation 199" in text_of(page)


def test_an_empty_list_says_so() -> None:
    assert "The list is empty." in text_of(table(replace(TABLE, sheet=replace(TABLE.sheet, rows=[]))))


def test_landscape_lies_on_its_long_side() -> None:
    width, height = pdfium.PdfDocument(table(replace(TABLE, landscape=True)))[0].get_size()
    assert width > height


def test_arabic_pages_run_from_the_right() -> None:
    imprint = replace(IMPRINT, language="ar", notice="", clock="", handling="")
    dots = ink(daily_sheet(DailySheet(imprint=imprint, day=DAY, meetings=[])))
    title = dots[90:125]  # dots below the first line; the rosette has the other end
    half = title.shape[1] // 2
    assert title[:, half:-120].sum() > 0
    page = daily_sheet(replace(SHEET, imprint=imprint))
    rows = ink(page)[170:]
    assert rows[:, half + 150 :].sum() > rows[:, : half - 150].sum()


@pytest.mark.parametrize(
    ("language", "date_line", "page_line"),
    [
        ("en", "As at 30 October 2019, 11:20", "Page 1 of 1"),
        ("fr-BE", "État au 30 octobre 2019, 11:20", "Page 1 sur 1"),
        ("es", "Situación al 30 de octubre de 2019, 11:20", "Página 1 de 1"),
        ("ka", "11:20", "Page 1 of 1"),
    ],
)
def test_the_page_speaks_the_language_of_its_imprint(language: str, date_line: str, page_line: str) -> None:
    text = text_of(daily_sheet(replace(SHEET, imprint=replace(IMPRINT, language=language))))
    assert date_line in text
    assert page_line in text


@pytest.mark.parametrize(
    "name",
    ["Νίκος", "Сергій", "გიორგი", "Նարեկ", "محمد", "דוד", "अमित", "সুমন", "சிவா", "සුනිල්", "สมชาย", "ສົມ", "សុខ", "အောင်", "ሰለሞን",
     "王小明", "佐藤ひかり", "김민준", "ޢަލީ", "ⵎⵓⵃⴰ", "བསོད་ནམས", "Nguyễn Thị Ánh", "Ğülşən"],
)  # fmt: skip
def test_our_fonts_have_the_letters_of_every_invited_country(name: str) -> None:
    page = meeting_card(replace(CARD, sides=[Side(Party(name)), Side(FRONTEX, [Participant(name)])]))
    assert b"pdfuaid:part>1<" in page  # withheld where a letter is missing


def test_a_letter_that_no_font_has_does_not_stop_the_press() -> None:
    page = meeting_card(replace(CARD, subject="Gothic \U00010330"))
    assert b"pdfuaid:part>1<" not in page
    assert "Frontex" in text_of(page)


@pytest.mark.parametrize(
    "text", ["*bold* #panic() $x$ <a> @b \\ // c", "#sys.inputs", "`raw` = title", "a\x00\x07\ud800b"]
)
def test_what_people_write_is_never_read_as_markup(text: str) -> None:
    page = meeting_card(replace(CARD, subject=text))
    assert text.replace("\x00\x07\ud800", "") in text_of(page)


def test_no_font_of_the_machine_is_used() -> None:
    families = house_fonts().families()
    assert {"Source Sans 3", "Source Serif 4", "Noto Sans Arabic", "Noto Sans SC"} <= set(families)
    assert not {"Libertinus Serif", "DejaVu Sans", "DejaVu Sans Mono", "New Computer Modern"} & set(families)


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2019, 10, 30)  # noqa: DTZ001 - what is refused
    with pytest.raises(ValueError, match="time zone"):
        Imprint(edition="24th", as_at=naive)
    with pytest.raises(ValueError, match="time zone"):
        render("table", {}, moment=naive)


def test_data_that_a_template_cannot_use_are_an_error_that_names_it() -> None:
    with pytest.raises(PrintError, match="'table'"):
        render("table", {"nothing": 1}, moment=at(9))
