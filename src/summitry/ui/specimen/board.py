"""A made-up day on the board."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_FIRST_MINUTE: Final = 9 * 60
_SHORT: Final = 5  # rows; lower cards have two lines
_LEVELS: Final = {"p": ("principal", "P"), "d": ("", "D"), "e": ("expert", "E"), "o": ("occupied", "")}

# zone, rooms: name, seats, cards: "row rows level | parties | interpreted | marks | states"
_ZONES: Final = (
    ("Level 1, beside the plenary", (
        ("Wisła", "host, 24", (
            "19 9 p | Frontex / us:United States |  | lock pin | done",
            "31 6 p | Frontex / au:Australia |  | pin | ",
            "40 9 p | Frontex / by:Belarus | ru | pin | ",
            "81 6 d | Frontex / ba:Bosnia and Herzegovina |  | delta pin | ",
            "70 9 p | Frontex / ma:Morocco | fr | pin | ",
            "61 6 d | Frontex / ge:Georgia |  |  | ",
            "101 6 d | Frontex / ua:Ukraine | uk |  | ",
        )),
        ("Bug", "12", (
            "19 6 p | fi:Finland / ee:Estonia |  | pin | done",
            "27 6 d | de:Germany / ng:Nigeria | fr |  | ",
            "37 6 p | it:Italy / ro:Romania | it |  | ",
            "67 6 p | at:Austria / ua:Ukraine | uk | lock | ",
            "76 6 p | fr:France / ci:Côte d’Ivoire |  |  | ",
            "84 4 e | se:Sweden / lv:Latvia |  |  | ",
        )),
        ("Narew", "12", (
            "22 6 d | gr:Greece / it:Italy |  |  | done",
            "38 6 p | us:United States / co:Colombia | es |  | ",
            "62 6 d | ma:Morocco / ba:Bosnia and Herzegovina | fr | delta | ",
            "76 6 p | us:United States / jp:Japan | ja | pin | ",
        )),
        ("San", "8", (
            "19 4 e | at:Austria / hu:Hungary |  |  | done",
            "26 4 e | ie:Ireland / Europol |  |  | ",
            "33 4 e | cz:Czechia / IOM |  |  | ",
            "65 4 e | INTERPOL / lt:Lithuania |  |  | ",
            "85 6 d | nl:Netherlands / id:Indonesia |  |  | ",
        )),
    )),
    ("Level 2, gallery", (
        ("Odra", "16", (
            "21 9 p | ma:Morocco / fr:France |  | lock | ",
            "34 6 p | no:Norway / sn:Senegal | fr | delta | sel",
            "62 9 p | de:Germany / pl:Poland | de |  | ",
            "75 6 p | au:Australia / id:Indonesia |  | pin | ",
        )),
        ("Warta", "12", (
            "102 6 d | it:Italy / gr:Greece |  |  | ",
            "30 6 d | se:Sweden / fi:Finland |  |  | ",
            "39 4 e | ng:Nigeria / Europol |  |  | ",
            "68 4 e | jp:Japan / UNODC |  | delta | ",
            "77 6 d | no:Norway / INTERPOL |  |  | ",
        )),
        ("Noteć", "12", (
            "25 6 d | co:Colombia / ch:Switzerland | es |  | ",
            "35 6 d | lv:Latvia / ge:Georgia |  | bang | warn",
            "66 6 d | sn:Senegal / it:Italy | fr | bang | bad",
        )),
    )),
    ("Garden wing, 5 min walk", (
        ("Pilica", "8", (
            "40 6 d | ie:Ireland / fi:Finland |  |  | ",
            "85 4 e | ee:Estonia / dk:Denmark |  |  | ",
            "21 4 e | IOM / ng:Nigeria | fr |  | done",
            "74 4 e | hu:Hungary / at:Austria |  |  | ",
        )),
        ("Wieprz", "8", (
            "66 4 e | dk:Denmark / ie:Ireland |  |  | ",
            "19 6 d | ua:Ukraine / ro:Romania | uk |  | done",
            "32 4 e | WCO / ci:Côte d’Ivoire | fr |  | ",
            "84 6 o | Occupied |  | lock | ",
        )),
        ("Bzura", "6", (
            "31 4 e | be:Belgium / nl:Netherlands |  |  | ",
            "73 6 d | ro:Romania / dk:Denmark |  |  | ",
            "64 4 e | cz:Czechia / se:Sweden |  |  | ",
        )),
    )))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """One slip on the board."""

    row: int
    rows: int
    css: str
    letter: str
    parties: tuple[tuple[str, str], ...]
    tongue: str
    marks: tuple[str, ...]
    selected: bool

    @property
    def time(self) -> str:
        """When it begins."""
        minute = _FIRST_MINUTE + (self.row - 1) * 5
        return f"{minute // 60:02}:{minute % 60:02}"


def _card(text: str) -> Card:
    place, parties, tongue, marks, states = (part.strip() for part in text.split("|"))
    row, rows, level = place.split()
    css, letter = _LEVELS[level]
    named = [party.strip().rpartition(":") for party in parties.split(" / ")]
    shown = (
        "short" if int(rows) < _SHORT else "",
        css,
        *(state for state in states.split() if state != "sel"),
    )
    return Card(
        row=int(row),
        rows=int(rows),
        css=" ".join(filter(None, ("card", *shown))),
        letter=letter,
        parties=tuple((code, name) for code, _colon, name in named),
        tongue=tongue,
        marks=tuple(marks.split()),
        selected="sel" in states,
    )


def board(_words: Mapping[str, str]) -> dict[str, object]:
    """Return the day for ``ui/specimen/board.html``."""
    return {
        "zones": [
            (title, len(rooms), [(name, seats, [_card(text) for text in cards]) for name, seats, cards in rooms])
            for title, rooms in _ZONES
        ],
        "hours": [(f"{9 + index:02}:00", 12 * index + 1) for index in range(9)],
        "unplanned": [
            (("be", "Belgium"), ("ma", "Morocco"), "P · 30′",
             "Belgium’s head of delegation is taken in every slot that Morocco left open.", ("Ask for deputies", "Shorten to 20")),
            (("sn", "Senegal"), ("ng", "Nigeria"), "D · 30′",
             "All four French–English teams are at work until 16:30.", ("Today 17:20", "Do without")),
            (("bo", "Bolivia (Plurinational State of)"), ("", "IOM"), "E · 45′",
             "Bolivia leaves at 14:30, and before that no 45 minutes remain.", ("Shorten to 20",)),
            (("ua", "Ukraine"), ("", "UNODC"), "D · 30′",
             "The only free slot leaves Ukraine no time for a five-minute walk.", ("Move IOM–Nigeria", "Thu 09:40")),
        ],
    }  # fmt: skip
