"""Plan versions, and what is different between two of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils import timezone

from summitry.accounts.access import Actor, visible
from summitry.bilaterals.models import PlanningRun, PlanVersion, RequestPerson
from summitry.bilaterals.queries.held import Held, held_in, placements, sight
from summitry.bilaterals.queries.problem import Start
from summitry.bilaterals.rules import Change, ChangeKind, Placement, Sight, compare
from summitry.conferences import clock
from summitry.conferences.models import Edition, Room
from summitry.delegations.queries.names import delegation_names
from summitry.interpretation.models import Interpreter
from summitry.planner import Aim
from summitry.world.rules import DisplayName

_SWITCHED_AT_MOST = 4


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of the list."""

    version: PlanVersion
    placed: int
    unplanned: int
    made_at: datetime
    adopted_at: datetime | None

    @property
    def weight(self) -> tuple[int, int | None] | None:
        """The weight held, and what it can be at most."""
        return score_of(self.version, "weight")


def score_of(version: PlanVersion, aim: str) -> tuple[int, int | None] | None:
    """Return an aim's value and bound in a version's score, none where it is no aim of it."""
    return next(((value, bound) for name, value, bound in version.score if name == aim), None)


def other_way(version: PlanVersion) -> Start | None:
    """Return the other way of a repair that gives something up: it gives up something else. None where nothing is.

    A repair that moves many may have dropped few, and one that keeps every time drops what no longer fits.
    """
    if version.run is None or not version.score:
        return None
    first = version.score[0][0]
    moved, dropped = score_of(version, Aim.MOVED), score_of(version, Aim.DROPPED)
    if first == Aim.DROPPED and moved and moved[0]:
        return Start.KEEP_TIMES
    if first == Aim.MOVED and dropped and dropped[0]:
        return Start.REPAIR
    return None


def moment(edition: Edition, at: datetime) -> datetime:
    """Return when something was entered, on the clock that the edition lives by at its venue."""
    return clock.wall(edition, at + (edition.clock_offset or timedelta()))


def version_rows(*, edition: Edition, who: Actor) -> list[VersionRow]:
    """Return the versions that `who` may see, the newest first, in one statement."""
    rows = (
        visible(who, PlanVersion)
        .filter(edition=edition)
        .select_related("made_by", "run")
        .annotate(
            placed_count=Count("placed", distinct=True), unplanned_count=Count("unplanned", distinct=True)
        )
        .order_by("-number")
    )
    return [
        VersionRow(
            version=row,
            placed=row.placed_count,
            unplanned=row.unplanned_count,
            made_at=moment(edition, row.made_at),
            adopted_at=moment(edition, row.adopted_at) if row.adopted_at else None,
        )
        for row in rows
    ]


def switchable(
    *, edition: Edition, who: Actor, number: int | None
) -> tuple[PlanVersion | None, list[PlanVersion]]:
    """Return the version that a page shows, and those that one can switch to; one statement.

    Parameters
    ----------
    number
        The version asked for; otherwise the adopted one, or the newest draft.
    """
    rows = list(visible(who, PlanVersion).filter(edition=edition).select_related("run").order_by("-number"))
    live = [row for row in rows if row.state in {PlanVersion.State.ADOPTED, PlanVersion.State.DRAFT}]
    offered = live[:_SWITCHED_AT_MOST]
    adopted = next((row for row in live if row.state == PlanVersion.State.ADOPTED), None)
    if adopted and adopted not in offered:
        offered = [*offered[:-1], adopted]
    chosen = next((row for row in rows if row.number == number), None) if number is not None else None
    chosen = chosen or adopted or next(iter(live), None)
    if chosen and chosen not in offered:
        offered = [*offered, chosen]
    return chosen, offered


def compared_with(edition: Edition, version: PlanVersion) -> PlanVersion | None:
    """Return the version that another is naturally held against.

    A draft, or one that was put aside, is held against the adopted plan; the adopted one
    and those before it against what was adopted before them.
    """
    rows = PlanVersion.objects.filter(edition=edition).exclude(pk=version.pk)
    if version.adopted_at is None:
        return rows.filter(state=PlanVersion.State.ADOPTED).first()
    return rows.filter(adopted_at__lt=version.adopted_at).order_by("-adopted_at").first()


def is_overtaken(version: PlanVersion, adopted: PlanVersion | None) -> bool:
    """Tell whether another plan was adopted since a draft was begun: the draft no longer knows what stands."""
    if version.state != PlanVersion.State.DRAFT or version.run is None:
        return False
    if adopted is None or adopted.state != PlanVersion.State.ADOPTED or adopted.adopted_at is None:
        return False
    return adopted.adopted_at > version.run.queued_at


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One difference, as the reader may see it; times are the venue's."""

    kind: ChangeKind
    number: int
    public_id: str
    parties: tuple[DisplayName, ...]
    confidential: bool
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """Who must be told; of confidential meetings only how many there are, where the reader may know no more."""

    delegations: tuple[DisplayName, ...]
    people: int
    interpreters: tuple[str, ...]
    zones: tuple[str, ...]
    confidential: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is different between two versions, and who must be told of it."""

    rows: Sequence[ChangeRow]
    told: Told
    kept: int

    def count(self, kind: ChangeKind) -> int:
        """Return how many differences are of a kind."""
        return sum(row.kind is kind for row in self.rows)

    @property
    def counts(self) -> list[tuple[ChangeKind, int]]:
        """The kinds there are, the gravest first, with how many of each."""
        return [(kind, self.count(kind)) for kind in ChangeKind if self.count(kind)]


def changes(
    *, edition: Edition, before: PlanVersion | None, after: PlanVersion, who: Actor, language: str = "en"
) -> Comparison:
    """Compare two versions; a constant number of statements."""
    old, new = held_in(before), held_in(after)
    found = compare(placements(old), placements(new))
    known = {one.request.pk: one for one in [*old, *new]}
    names = delegation_names(edition, language=language)
    rooms = {room.pk: room for room in Room.objects.filter(edition=edition).select_related("zone")}
    interpreters = {person.pk: str(person.person) for one in [*old, *new] for person in one.interpreters}
    rows = [
        _row(
            edition,
            change,
            known[change.request],
            names=names,
            rooms=rooms,
            interpreters=interpreters,
            who=who,
        )
        for change in found
    ]
    return Comparison(
        rows=rows,
        told=_told(found, known, names, rooms=rooms, who=who),
        kept=len(placements(new)) - sum(change.after is not None for change in found),
    )


def change_count(before: Iterable[Held], after: Iterable[Held]) -> int:
    """Return how many differences there are."""
    return len(compare(placements(before), placements(after)))


def _row(
    edition: Edition,
    change: Change,
    held: Held,
    *,
    names: dict[int, DisplayName],
    rooms: dict[int, Room],
    interpreters: Mapping[int, str],
    who: Actor,
) -> ChangeRow:
    told = sight(who, held.request) is Sight.FULL
    teams = interpreters if told and change.kind is ChangeKind.REINTERPRETED else {}
    return ChangeRow(
        kind=change.kind,
        number=held.request.number,
        public_id=str(held.request.public_id) if told else "",
        parties=tuple(names[party.delegation_id] for party in held.request.parties.all()) if told else (),
        confidential=not told,
        before=_when_and_where(edition, change.before, rooms, teams),
        after=_when_and_where(edition, change.after, rooms, teams),
    )


def _when_and_where(
    edition: Edition, placement: Placement | None, rooms: dict[int, Room], teams: Mapping[int, str]
) -> str:
    if placement is None:
        return ""
    start = clock.local(edition, placement.start)
    room = rooms.get(placement.room)
    team = sorted(teams[pk] for pk in placement.interpreters if pk in teams)
    return ", ".join([f"{start:%a} {start.day} {start:%b %H:%M}", room.name if room else "", *team])


def _told(
    found: Sequence[Change],
    known: Mapping[int, Held],
    names: Mapping[int, DisplayName],
    *,
    rooms: Mapping[int, Room],
    who: Actor,
) -> Told:
    requests = [known[change.request].request for change in found]
    open_ = {request.pk: request for request in requests if sight(who, request) is Sight.FULL}
    # Whoever meets at the same time and place need not be told that another interpreter comes.
    told_of = [change.request for change in found if change.kind is not ChangeKind.REINTERPRETED]
    concerned = [pk for pk in told_of if pk in open_]
    parties = {party.delegation_id for pk in concerned for party in open_[pk].parties.all()}
    sides = [(change.request, side) for change in found for side in (change.before, change.after) if side]
    interpreters = {pk for request, side in sides if request in open_ for pk in side.interpreters}
    told = (
        Interpreter.objects.filter(pk__in=interpreters).select_related("person").order_by("person__sort_key")
    )
    zones = {rooms[side.room].zone for _request, side in sides if side.room in rooms}
    return Told(
        delegations=tuple(sorted((names[pk] for pk in parties), key=lambda name: name.sort_key)),
        people=RequestPerson.objects.filter(request__in=concerned).values("member").distinct().count(),
        interpreters=tuple(str(one.person) for one in told),
        zones=tuple(zone.name for zone in sorted(zones, key=lambda zone: zone.order)),
        confidential=len(told_of) - len(concerned),
    )


def seconds_under_way(run: PlanningRun) -> int:
    """Return for how long a run has been under way, whole seconds, at most as long as it may take.

    The planner speaks when it has found something; the time goes on in between.
    """
    if run.started_at is None:
        return 0
    passed = (run.ended_at or timezone.now()) - run.started_at
    return max(0, min(int(passed.total_seconds()), run.seconds))


def current_run(*, edition: Edition, who: Actor) -> PlanningRun | None:
    """Return the run that is under way, or the last one."""
    rows = visible(who, PlanningRun).filter(edition=edition).defer("problem").select_related("plan_version")
    return rows.order_by("-pk").first()
