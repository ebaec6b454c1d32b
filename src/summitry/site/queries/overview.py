"""Whether the conference is on track: the overview of an edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.accounts.access import Actor
from summitry.accounts.models import Role
from summitry.bilaterals.access import DESKS as BILATERAL_DESKS
from summitry.bilaterals.models import Request
from summitry.bookings.access import DESKS as OCCASION_DESKS
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations.access import WORKING
from summitry.delegations.models import Delegation, Member
from summitry.delegations.queries import naming_policy
from summitry.site import rules
from summitry.site.links import link
from summitry.site.queries import readiness
from summitry.site.queries.needs import needs
from summitry.site.queries.readiness import Bilaterals, Delegations, SessionFact
from summitry.ui.components import Chapter, Count, DayItem, DayLine, Need, Step
from summitry.world.queries import names_for
from summitry.world.rules import DisplayName

_FIRST_HOUR, _LAST_HOUR = 8, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All that the overview shows; parts that a role does not open are empty."""

    host: DisplayName | None
    day: date
    conference_day: int
    conference_days: int
    now: datetime
    line: DayLine
    chapters: Sequence[Chapter]
    needs: Sequence[Need]
    counts: Sequence[Count]


def overview(*, edition: Edition, who: Actor, language: str = "en") -> Overview:
    """Return the overview of an edition for a reader; at most twelve statements."""
    seen = readiness.delegations(edition, who, language) if who.has_role(edition.pk, *WORKING) else None
    named = readiness.members(edition, who) if seen is not None else {}
    asked = readiness.bilaterals(edition, who) if who.has_role(edition.pk, *BILATERAL_DESKS) else None
    sessions = readiness.sessions(edition, who, language)
    today = clock.today(edition)
    starts, ends = edition.starts_on or today, edition.ends_on or edition.starts_on or today
    day = rules.day_shown(today, edition.starts_on, edition.ends_on)
    host_id = edition.hosted_by.entity_id
    names = names_for([host_id], language=language, on=today, policy=naming_policy(edition))
    chapters = [_session_chapter(edition, sessions)]
    if asked is not None:
        chapters.insert(0, _bilateral_chapter(edition, asked))
    if seen is not None:
        chapters[:0] = [_delegation_chapter(edition, seen), _member_chapter(edition, named)]
    return Overview(
        host=names.get(host_id),
        day=day,
        conference_day=rules.conference_day(today, starts, ends),
        conference_days=(ends - starts).days + 1,
        now=clock.wall(edition, clock.now(edition)),
        line=_line(edition, who, sessions, day),
        chapters=chapters,
        needs=needs(
            edition, seen, named, asked, sessions, may_keep=who.has_role(edition.pk, Role.SECRETARIAT)
        ),
        counts=_counts(edition, seen) if seen is not None else (),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _words(*parts: tuple[int, str]) -> str:
    return ", ".join(f"{count} {word}" for count, word in parts if count)


def _delegation_chapter(edition: Edition, seen: Delegations) -> Chapter:
    page = "delegations:list"
    answers = Delegation.Answer
    answered = seen.invited - seen.silent
    return Chapter(
        title=_("Delegations"),
        url=link(page, edition),
        steps=[
            Step(value=seen.invited, label=_("invited"), url=link(page, edition)),
            Step(
                value=answered,
                label=_("answered"),
                url=link(page, edition, answer="answered"),
                fraction=_share(answered, seen.invited),
                gap=_words((seen.silent, _("silent"))),
                open=seen.silent > 0,
            ),
            Step(
                value=seen.coming,
                label=_("coming"),
                url=link(page, edition, answer=answers.COMING.value),
                fraction=_share(seen.coming, answered),
                gap=_words((seen.regrets, _("regret"))),
            ),
        ],
    )


def _member_chapter(edition: Edition, named: Mapping[str, int]) -> Chapter:
    page = "delegations:people"
    states = Member.Accreditation
    everybody, accredited = sum(named.values()), named.get(states.APPROVED, 0)
    waiting = everybody - accredited
    return Chapter(
        title=_("Members"),
        url=link(page, edition),
        steps=[
            Step(
                value=everybody,
                label=_("named"),
                url=link(page, edition, accreditation="named"),
            ),
            Step(
                value=accredited,
                label=_("accredited"),
                url=link(page, edition, accreditation=states.APPROVED.value),
                fraction=_share(accredited, everybody),
                gap=_words((waiting, _("not yet"))),
                open=waiting > 0,
            ),
        ],
    )


def _bilateral_chapter(edition: Edition, asked: Bilaterals) -> Chapter:
    page, status = "bilaterals:requests", Request.Status
    accepted, waiting = asked.of(status.ACCEPTED), asked.of(status.SENT)
    left = accepted - asked.planned
    return Chapter(
        title=_("Bilaterals"),
        url=link(page, edition),
        steps=[
            Step(value=asked.asked, label=_("asked for"), url=link(page, edition)),
            Step(
                value=accepted,
                label=_("accepted"),
                url=link(page, edition, status=status.ACCEPTED.value),
                fraction=_share(accepted, asked.asked),
                gap=_words(
                    (waiting, _("to answer")),
                    (asked.of(status.DECLINED), _("declined")),
                    (asked.of(status.WITHDRAWN), _("withdrawn")),
                ),
                open=waiting > 0,
            ),
            Step(
                value=asked.planned,
                label=_("planned"),
                url=link("bilaterals:board", edition),
                fraction=_share(asked.planned, accepted),
                gap=_words((left, _("left"))),
                open=left > 0,
            ),
            Step(
                value=asked.held,
                label=_("held"),
                url=link("bilaterals:board", edition),
                fraction=_share(asked.held, asked.planned),
            ),
        ],
    )


def _session_chapter(edition: Edition, sessions: Sequence[SessionFact]) -> Chapter:
    page = link("programme:list", edition)
    placed = sum(one.has_room for one in sessions)
    interpreted = sum(one.has_interpreters for one in sessions)
    short = sum(one.needs_interpreters and not one.has_interpreters for one in sessions)
    silent = len(sessions) - interpreted - short
    return Chapter(
        title=_("Sessions"),
        url=page,
        steps=[
            Step(value=len(sessions), label=_("in programme"), url=page),
            Step(
                value=placed,
                label=_("with rooms"),
                url=page,
                fraction=_share(placed, len(sessions)),
                gap=_words((len(sessions) - placed, _("elsewhere"))),
            ),
            Step(
                value=interpreted,
                label=_("with interpreters"),
                url=page,
                fraction=_share(interpreted, len(sessions)),
                gap=_words((short, _("short")), (silent, _("need none"))),
                open=short > 0,
            ),
        ],
    )


def _counts(edition: Edition, seen: Delegations) -> list[Count]:
    coming = Delegation.Answer.COMING.value
    largest = max([count for _label, count in (*seen.regions, *seen.kinds)], default=1)

    def line(label: str, count: int) -> Count:
        url = link("delegations:list", edition, answer=coming, group=label) if label else ""
        return Count(label=label or _("In no region"), value=count, url=url, fraction=count / largest)

    return [
        *(line(label, count) for label, count in seen.regions),
        Count(
            label=_("States"),
            value=sum(count for _label, count in seen.regions),
            url=link("delegations:list", edition, answer=coming, group="states"),
            is_sum=True,
        ),
        *(line(label, count) for label, count in seen.kinds),
        Count(
            label=_("Delegations"),
            value=seen.coming,
            url=link("delegations:list", edition, answer=coming),
            is_sum=True,
        ),
    ]


def _line(edition: Edition, who: Actor, sessions: Sequence[SessionFact], day: date) -> DayLine:
    start, end = clock.day_bounds(edition, day)

    def minute(moment: datetime) -> int:
        at = clock.wall(edition, moment)
        return (at.date() - day).days * 24 * 60 + at.hour * 60 + at.minute

    def clipped(from_: datetime, to: datetime) -> tuple[int, int]:
        return max(0, minute(from_)), min(24 * 60, minute(to))

    now = minute(clock.now(edition))
    there = [
        (*clipped(one.starts_at, one.ends_at), one.title)
        for one in sessions
        if one.starts_at < end and one.ends_at > start
    ]
    shows_meetings = who.has_role(edition.pk, *OCCASION_DESKS)
    meetings = (
        [clipped(*times) for times in readiness.meetings_between(edition, who, start, end)]
        if shows_meetings
        else []
    )
    bars = rules.at_once(meetings)
    most = max((count for _start, _end, count in bars), default=1)
    times = [*((from_, to) for from_, to, _title in there), *meetings]
    hours = [at for both in times for at in both]
    url = link("programme:list", edition, day=day.isoformat())
    count = ngettext("%(n)d bilateral", "%(n)d bilaterals", len(meetings)) % {"n": len(meetings)}
    return DayLine(
        first_hour=min([_FIRST_HOUR, *(at // 60 for at in hours)]),
        last_hour=min(24, max([_LAST_HOUR, *(-(-at // 60) for at in hours)])),
        items=[
            DayItem(start=from_, end=to, label=label, url=url, past=to <= now)
            for from_, to, label in rules.merged(there)
        ],
        loads=[(from_, to, height / most) for from_, to, height in bars],
        caption=count if shows_meetings else "",
        caption_url=link("bilaterals:board", edition) if who.has_role(edition.pk, *BILATERAL_DESKS) else "",
        caption_note=_(", up to %(n)d at once") % {"n": most} if bars else "",
        now=now if day == clock.today(edition) else None,
    )
