"""The sheets of the specimen and what is written on them; all people and meetings are made up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.http import HttpRequest

from summitry.ui.components import Chapter, Count, DayItem, DayLine, EmptyState, Need, Progress, Step
from summitry.ui.shell import NavItem
from summitry.ui.specimen.board import board
from summitry.ui.tables import Choices, Column, Table, Text

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Name:
    """A name as an edition shows it."""

    short: str
    flag: str | None = None
    language: str = "en"
    footnote: str = ""


ENGLISH: Final[Words] = MappingProxyType(
    {
        "title": "24th International Border Police Conference",
        "lead": "Warsaw, hosted by Frontex. Day 2 of 3. On track, with five things that need a person.",
        "today": "Wednesday 30 October",
        "now": "now 11:20, Warsaw",
        "readiness": "Readiness",
        "needs": "Needs a person now",
        "here": "Who is here",
        "delegations": "Delegations",
        "public": "Public site",
        "publish": "Publish changes (4)",
        "sheet": "Daily sheet (PDF)",
    }
)
ARABIC: Final[Words] = MappingProxyType(
    {
        "title": "المؤتمر الدولي الرابع والعشرون لشرطة الحدود",
        "lead": "وارسو، باستضافة فرونتكس. اليوم الثاني من ثلاثة. العمل يسير كما ينبغي، وخمسة أمور تحتاج إلى شخص.",
        "today": "الأربعاء 30 أكتوبر",
        "now": "الآن 11:20، وارسو",
        "readiness": "الجاهزية",
        "needs": "يحتاج إلى شخص الآن",
        "here": "من الحاضر",
        "delegations": "الوفود",
        "public": "الموقع العام",
        "publish": "نشر التغييرات (4)",
        "sheet": "النشرة اليومية (PDF)",
    }
)


def frame(sheet: str) -> dict[str, object]:
    """Return the navigation from sheet to sheet."""
    labels = {
        "overview": "24th IBPC", "parts": "Parts", "table": "Delegations", "board": "Bilaterals",
        "portal": "Portal", "public": "Public", "login": "Log in", "fault": "Fault",
    }  # fmt: skip
    return {
        "nav": [
            NavItem(label, f"/specimen/{name}/", current=name == sheet) for name, label in labels.items()
        ],
        "home_url": "/specimen/overview/",
        "find_url": "/specimen/table/",
        "notice": "Demonstration: people, rooms and times are generated",
        "page_keys": [("G", "Plan"), ("R", "Repair")],
    }


def _chapter(title: str, *steps: tuple[int, str, float, str, bool], note: str = "") -> Chapter:
    return Chapter(
        title=title,
        note=note,
        steps=[
            Step(value=value, label=label, url="#", fraction=fraction, gap=gap, open=is_open)
            for value, label, fraction, gap, is_open in steps
        ],
    )


def _overview(_words: Words) -> dict[str, object]:
    return {
        "chapters": [
            _chapter("Delegations", (129, "invited", 1, "", False), (124, "answered", 0.961, "5 silent", True),
                     (113, "coming", 1, "11 regret", False), (111, "credentials", 0.982, "2 to see", True)),
            _chapter("Members", (331, "named", 1, "", False), (318, "accredited", 0.961, "8 in queue", True),
                     (311, "badges made", 0.978, "", False), (300, "checked in", 0.965, "", False)),
            _chapter("Bilaterals", (168, "asked for", 1, "", False), (141, "accepted", 1, "27 declined", False),
                     (135, "planned", 0.957, "6 left", True), (54, "held", 0.4, "", False)),
            _chapter("Sessions", (14, "in programme", 1, "", False), (14, "with speakers", 1, "", False),
                     (14, "with rooms", 1, "", False), (13, "interpreted", 0.929, "1 short", True)),
            _chapter("Outcomes", (9, "expected", 1, "", False), (7, "text agreed", 0.778, "", False),
                     (3, "signed, delivered", 0.333, "", False), (2, "cleared for news", 0.222, "", False)),
        ],
        "needs": [
            Need(before="No interpreter for", subject="Senegal–Italy, 14:25", url="#", level="red", urgent="in 3 h",
                 note="Paul Lemaire fell ill · interpretation, 10:58", action="Repair", action_url="#"),
            Need(before="One person, two badges:", subject="Ilze Kalniņa-Bergmane", url="#", level="red",
                 urgent="at the door", note="accreditation, 11:14", action="Decide", action_url="#"),
            Need(before="Walk too short to", subject="Latvia–Georgia, 11:50", url="#",
                 note="4 min for a way of 6 · bilateral desk, 11:02", action="Move", action_url="#"),
            Need(before="Plan with Belarus:", subject="legal clearance", after="of the text", url="#",
                 note="due 12:00, signing 12:15 · outcomes, 09:30", action="Open", action_url="#"),
            Need(subject="Two credentials", after="wait for a second pair of eyes", url="#",
                 note="accreditation, yesterday 17:40", action="Review", action_url="#"),
        ],
        "counts": [
            *(Count(label=label, value=value, url="#", fraction=value / 41) for label, value in
              [("Europe", 41), ("Asia", 21), ("Africa", 20), ("Americas", 12), ("Oceania", 3)]),
            Count(label="States, five continents", value=97, url="#", is_sum=True),
            Count(label="EU institutions and agencies", value=7, url="#", fraction=7 / 41),
            Count(label="International organisations", value=9, url="#", fraction=9 / 41),
            Count(label="Delegations", value=113, url="#", is_sum=True),
        ],
        "line": DayLine(
            first_hour=8, last_hour=20, now=680, caption="45 bilaterals", caption_url="#",
            caption_note=", up to 7 at once",
            items=[
                DayItem(start=480, end=540, label="Badges, desk 1–4", url="#", past=True),
                DayItem(start=540, end=615, label="Plenary: travel", url="#", past=True),
                DayItem(start=630, end=780, label="Panel: multipurpose sea operations", url="#"),
                DayItem(start=780, end=840, label="Working lunch", url="#"),
                DayItem(start=840, end=975, label="Panel: managing resources", url="#"),
                DayItem(start=990, end=1035, label="Plenary", url="#"),
                DayItem(start=1080, end=1200, label="Dinner of the host, Royal Łazienki", url="#"),
            ],
            loads=[(630 + 15 * step, 645 + 15 * step, height / 7) for step, height in
                   enumerate((6, 7, 6, 4, 5, 6, 5, 6, 3, 1, 0, 0, 0, 0, 3, 7, 7, 5, 4, 7, 4, 3, 5, 3)) if height],
        ),
    }  # fmt: skip


def _parts(_words: Words) -> dict[str, object]:
    return {
        "names": [
            Name("Norway", "no"),
            Name("Bolivia (Plurinational State of)", "bo", footnote="As the delegation has asked to be named."),
            Name("المملكة المغربية", "ma", language="ar"),
            Name("საქართველო", "ge", language="ka"), Name("Հայաստան", "am", language="hy"),
            Name("ประเทศไทย", "th", language="th"), Name("ශ්‍රී ලංකා", "lk", language="si"),
            Name("ኢትዮጵያ", "et", language="am"), Name("日本", "jp", language="ja"), Name("대한민국", "kr", language="ko"),
            Name("中国", "cn", language="zh"), Name("ישראל", "il", language="he"), Name("भारत", "in", language="hi"),
            Name("বাংলাদেশ", "bd", language="bn"), Name("កម្ពុជា", "kh", language="km"), Name("ລາວ", "la", language="lo"),
            Name("INTERPOL"), Name("Kosovo", None, footnote="This designation is without prejudice to positions on status."),
        ],
        "running": Progress(text="weight 612 of at most 615", detail="planning, 14 s", fraction=0.42, cancel_url="#"),
        "waiting": Progress(text="Reading the list", detail="3 of 110 rows"),
        "failed": Progress(text="The plan could not be made", detail="no room for a must", state="failed", fraction=0.8),
        "nothing": EmptyState(
            title="No requests yet",
            text="Requests for bilateral meetings stand here as soon as focal points send them. Open the portal for "
            "requests, or enter the first one for a delegation.",
            action="Enter a request",
            url="#",
        ),
    }  # fmt: skip


def _portal(_words: Words) -> dict[str, object]:
    tabs = [("Day", 0), ("Requests", 3), ("Members", 0), ("Commitments", 0)]
    return {
        "delegation_display": Name("Senegal", "sn"),
        "edition_name": "24th IBPC, Warsaw",
        "tabs": [NavItem(label, "#", current=not place, badge=badge) for place, (label, badge) in enumerate(tabs)],
        "asks": [
            (Name("Georgia", "ge"), "answer by today 18:00", "Deputies, 30 min, Thu 31. Travel-document fraud, training"),
            (Name("Bolivia (Plurinational State of)", "bo"), "answer by today 18:00", "Experts, 20 min, Thu 31. Returns"),
            (Name("INTERPOL"), "answer by Thu 10:00", "Principals, 20 min, Thu 31. The lost-documents database"),
        ],
    }  # fmt: skip


def _public(_words: Words) -> dict[str, object]:
    return {
        "site_nav": [NavItem(label, "#") for label in ("Programme", "Speakers", "News", "Venue")],
        "languages_offered": [
            ("en", "English", "#", True), ("fr", "Français", "#", False), ("es", "Español", "#", False),
            ("pl", "Polski", "#", False), ("ru", "Русский", "#", False), ("ar", "العربية", "#", False),
        ],
        "edition_number": 24,
        "notice": "Times are Warsaw time (UTC+1). Days, times and rooms are generated for this demonstration.",
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Delegation:
    """A row of the table."""

    name: Name
    head: str
    members: int
    quota: int
    state: tuple[str, str]
    requests: int


_STATES: Final = (
    ("coming", "done"),
    ("silent", "amber"),
    ("credentials to see", "amber"),
    ("coming", "done"),
    ("regrets", ""),
)
_ROWS: Final = (
    ("Norway", "no", "Sigrid Halvorsen"), ("Senegal", "sn", "Mamadou Faye Diallo"),
    ("Bolivia (Plurinational State of)", "bo", "María del Carmen Quispe Huanca de Villarroel"),
    ("Côte d’Ivoire", "ci", "Awa Koné-Touré"), ("Bosnia and Herzegovina", "ba", "Amra Hadžiselimović"),
    ("INTERPOL", None, "Jo Maddox"), ("Latvia", "lv", "Ilze Kalniņa-Bergmane"), ("Morocco", "ma", "Yassine El Idrissi"),
    ("Japan", "jp", "Haruka Shimizu"), ("Österreich", "at", ""), ("Switzerland", "ch", "Reto Aebischer"),
)  # fmt: skip


def table(request: HttpRequest, words: Words, *, rows: int) -> Table[Delegation]:
    """Return a table of made-up delegations."""
    delegations = [
        Delegation(
            name=Name(name if index < len(_ROWS) else f"{name} {index // len(_ROWS) + 1}", code),
            head=head,
            members=(index * 7) % 6,
            quota=6,
            state=_STATES[index % len(_STATES)],
            requests=(index * 5) % 13,
        )
        for index in range(rows)
        for name, code, head in [_ROWS[index % len(_ROWS)]]
    ]
    columns: list[Column[Delegation]] = [
        Column(key="name", label=words["delegations"], template="ui/cells/entity.html", sort=True, filter=Text(),
               link=lambda row: f"#{row.name.short}"),
        Column(key="head", label="Head", sort=True, filter=Text()),
        Column(key="members", label="Members", numeric=True, sort=True, template="ui/cells/number.html",
               link=lambda _row: "#"),
        Column(key="quota", label="Quota", numeric=True),
        Column(key="state", label="Answer", template="ui/cells/chip.html", sort=lambda row: row.state[0],
               filter=Choices(options=[(text, text) for text in ("coming", "silent", "regrets")],
                              matches=lambda row, value: row.state[0] == value, any_label="any"),
               export=lambda row: row.state[0]),
        Column(key="requests", label="Requests", numeric=True, sort=True),
    ]  # fmt: skip
    return Table(
        request=request, key="delegations", title="delegations", columns=columns, rows=delegations, sort="name",
        row_css=lambda row: "amber" if row.state[0] == "silent" else "",
        row_id=lambda row: row.name.short, row_actions="ui/specimen/row_actions.html",
        bulk=[("Remind", "#"), ("Print cards", "#")],
        empty=EmptyState(title="Nobody is invited yet",
                         text="Every delegation stands here with its answer, members and credentials. Begin with the list "
                         "of those invited last time.", action="Invite", url="#"),
    )  # fmt: skip


def _plain(_words: Words) -> dict[str, object]:
    return {}


SHEETS: Final[Mapping[str, Callable[[Words], dict[str, object]]]] = MappingProxyType(
    {
        "parts": _parts,
        "overview": _overview,
        "table": _plain,
        "board": board,
        "portal": _portal,
        "public": _public,
        "login": _plain,
        "fault": _plain,
    }
)
