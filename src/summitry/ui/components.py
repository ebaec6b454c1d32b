"""What the components draw, as plain immutable data, so that queries can make them and tests can read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

MINUTES_PER_COLUMN: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stage of a chapter's readiness.

    Attributes
    ----------
    value : int
        How many have reached it; links to those rows.
    label, url : str
        What the stage is called, and where its rows are.
    fraction : float
        The bar, from 0 to 1.
    gap : str
        What lies between this stage and the one before: "6 left".
    open : bool
        Whether a person is needed to close the gap.
    """

    value: int
    label: str
    url: str = ""
    fraction: float = 1.0
    gap: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One row of the readiness: a chapter of the conference and its stages (two to five)."""

    title: str
    steps: Sequence[Step]
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing that needs a person now, as a sentence ``before <a>subject</a> after``.

    Attributes
    ----------
    level : {"red", "amber"}
        Red cannot wait; it also differs in shape.
    urgent : str
        The words before the note that say how long there is: "in 3 h".
    note : str
        Cause, who says so, when.
    action, action_url : str
        The one button.
    """

    subject: str
    url: str
    before: str = ""
    after: str = ""
    level: Literal["red", "amber"] = "amber"
    urgent: str = ""
    note: str = ""
    action: str = ""
    action_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One line of a tally; a sum stands under a rule and has no bar."""

    label: str
    value: int
    url: str = ""
    fraction: float = 0.0
    is_sum: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DayItem:
    """Something on today's line, from one minute of the day to another."""

    start: int
    end: int
    label: str
    url: str = ""
    past: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """Today's line.

    Attributes
    ----------
    first_hour, last_hour : int
        The hours at its ends, 0 to 24.
    items : sequence of DayItem
        Must not overlap.
    loads : sequence of (int, int, float)
        Bars under it: from minute, to minute, height from 0 to 1.
    caption, caption_url : str
        What the bars count: "45 bilaterals" (a link) and then `caption_note`.
    now : int, optional
        Minute of the day; none where the day is not today.
    """

    first_hour: int
    last_hour: int
    items: Sequence[DayItem]
    loads: Sequence[tuple[int, int, float]] = ()
    caption: str = ""
    caption_url: str = ""
    caption_note: str = ""
    now: int | None = None

    @property
    def columns(self) -> int:
        """How many columns of five minutes there are."""
        return (self.last_hour - self.first_hour) * 60 // MINUTES_PER_COLUMN

    @property
    def hours(self) -> list[tuple[str, int, int]]:
        """Each hour's figure, first column and width; the last hour's own figure stands outside."""
        width = 60 // MINUTES_PER_COLUMN
        return [
            (f"{hour:02}", (hour - self.first_hour) * width + 1, width)
            for hour in range(self.first_hour, self.last_hour)
        ]

    @property
    def placed(self) -> list[tuple[DayItem, int, int]]:
        """Each item with its first column and its width."""
        return [(item, *self._columns(item.start, item.end)) for item in self.items]

    @property
    def bars(self) -> list[tuple[float, int, int]]:
        """Each bar's height, first column and width."""
        return [(height, *self._columns(start, end)) for start, end, height in self.loads]

    @property
    def now_fraction(self) -> float | None:
        """Where the line of now stands, from 0 to 1; none outside the hours shown."""
        if self.now is None:
            return None
        fraction = (self.now - self.first_hour * 60) / ((self.last_hour - self.first_hour) * 60)
        return round(fraction, 4) if 0 <= fraction <= 1 else None

    @property
    def now_text(self) -> str:
        """The time of now: "11:20"."""
        return "" if self.now is None else f"{self.now // 60:02}:{self.now % 60:02}"

    def _columns(self, start: int, end: int) -> tuple[int, int]:
        first = max(0, (start - self.first_hour * 60) // MINUTES_PER_COLUMN)
        last = min(self.columns, -(-(end - self.first_hour * 60) // MINUTES_PER_COLUMN))
        return first + 1, max(1, last - first)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyState:
    """What stands where nothing is yet: what will be here, and what to do first."""

    title: str
    text: str = ""
    action: str = ""
    url: str = ""
    small: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A running piece of work.

    Attributes
    ----------
    text, detail : str
        What is reached, and a quieter line.
    fraction : float, optional
        From 0 to 1; none while it cannot be known.
    state : {"running", "done", "failed", "cancelled"}
    poll_url : str
        Answers with the same as JSON (see :meth:`to_json`); asked until the state is another than running.
    cancel_url : str
        Takes a POST.
    next_url : str
        Opened when it has ended.
    """

    text: str
    detail: str = ""
    fraction: float | None = None
    state: Literal["running", "done", "failed", "cancelled"] = "running"
    poll_url: str = ""
    cancel_url: str = ""
    next_url: str = ""

    def to_json(self) -> dict[str, object]:
        """Return the document that the page asks for."""
        return {
            "state": self.state,
            "fraction": self.fraction,
            "text": self.text,
            "detail": self.detail,
            "next": self.next_url or None,
        }
