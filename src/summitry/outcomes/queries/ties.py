"""Who met whom, agreed what and delivered what, over the editions of a series: counts, and the rows behind each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Final

from django.db.models import Q, QuerySet

from summitry.accounts.access import Actor, visible
from summitry.bilaterals.models import Meeting, RequestParty
from summitry.bookings.models import Occasion
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.outcomes.kinds import HandoverState, LifecycleState, Timeliness, Workflow
from summitry.outcomes.models import Commitment, CommitmentParty, Handover, Instrument, InstrumentParty
from summitry.outcomes.models.vocabulary import Confidentiality
from summitry.outcomes.queries.standing import with_standing

_STANDING: Final = (Occasion.Status.FIRM, Occasion.Status.HELD)
_NOT_AGREED: Final = (LifecycleState.IDEA, LifecycleState.ABANDONED)
_NOT_HANDED: Final = (HandoverState.DRAFT, HandoverState.CANCELLED)
#: Editions that the public knows.
_PUBLIC_EDITIONS: Final = (Edition.Status.OPEN, Edition.Status.CLOSED)

_SINCE: Final = "since-"

Pair = tuple[int, int]
#: What a tie is counted by: each number opens the records of its kind.
KINDS: Final = ("met", "agreed", "delivered")


@dataclass(slots=True)
class Tie:
    """What two entities have to do with one another: the ids of the records, by kind.

    Each record counts once between the two, however many roles they have in it.
    """

    meetings: set[int] = field(default_factory=set)
    commitments: set[int] = field(default_factory=set)
    instruments: set[int] = field(default_factory=set)
    handovers: set[int] = field(default_factory=set)
    delivered: set[int] = field(default_factory=set)

    @property
    def met(self) -> int:
        """How often they met."""
        return len(self.meetings)

    @property
    def agreed(self) -> int:
        """How many commitments and instruments are between them."""
        return len(self.commitments) + len(self.instruments)

    @property
    def done(self) -> int:
        """How many handovers, and commitments that are delivered."""
        return len(self.handovers) + len(self.delivered)

    @property
    def weight(self) -> int:
        """How much there is in all."""
        return self.met + self.agreed + self.done


@dataclass(frozen=True, slots=True)
class Shown:
    """The records that a reader is shown, as four querysets; what the reader may not see is in none."""

    meetings: QuerySet[Meeting]
    commitments: QuerySet[Any]
    instruments: QuerySet[Instrument]
    handovers: QuerySet[Handover]

    def has_something(self) -> bool:
        """Tell whether there is any record at all; up to four statements."""
        return any(
            rows.exists() for rows in (self.instruments, self.commitments, self.handovers, self.meetings)
        )


def shown_to(who: Actor, *, edition: Edition, area: str = "", only: str = "") -> Shown:
    """Return the records of a series up to an edition that `who` may see.

    Parameters
    ----------
    area
        Code of an area; meetings are then those of which something of that area came.
    only
        Slug of the one edition to be shown, or ``since-23`` for that number and those after it.
    """
    commitments = visible(who, Commitment).filter(agreed_on__isnull=False)
    now = clock.now(edition)
    meetings = visible(who, Meeting).filter(
        Q(occasion__status=Occasion.Status.HELD) | Q(occasion__ends_at__lte=now),
        occasion__status__in=_STANDING,
    )
    shown = Shown(
        meetings,
        with_standing(commitments, today=clock.today(edition)),
        visible(who, Instrument).exclude(state__in=_NOT_AGREED),
        visible(who, Handover).exclude(state__in=_NOT_HANDED),
    )
    return _narrowed(shown, edition=edition, area=area, only=only)


def shown_to_all(*, edition: Edition, area: str = "", only: str = "") -> Shown:
    """Return what everybody may know: what is cleared and published; of meetings nothing."""
    cleared = {
        "confidentiality": Confidentiality.PUBLIC,
        "cleared_on__isnull": False,
        "edition__status__in": _PUBLIC_EDITIONS,
    }
    published = Commitment.objects.filter(
        Q(workflow=Workflow.PUBLISHED) | Q(workflow=Workflow.CLOSED), agreed_on__isnull=False, **cleared
    )
    shown = Shown(
        Meeting.objects.none(),
        with_standing(published, today=clock.today(edition)),
        Instrument.objects.filter(**cleared).exclude(state__in=_NOT_AGREED),
        Handover.objects.filter(**cleared).exclude(state__in=_NOT_HANDED),
    )
    return _narrowed(shown, edition=edition, area=area, only=only)


def _narrowed(shown: Shown, *, edition: Edition, area: str, only: str) -> Shown:
    within: dict[str, object] = {"edition__series": edition.series_id, "edition__number__lte": edition.number}
    if only.removeprefix(_SINCE).isdecimal() and only.startswith(_SINCE):
        within["edition__number__gte"] = int(only.removeprefix(_SINCE))
    elif only:
        within["edition__slug"] = only
    meetings, commitments = shown.meetings.filter(**within), shown.commitments.filter(**within)
    instruments, handovers = shown.instruments.filter(**within), shown.handovers.filter(**within)
    if area:
        commitments = commitments.filter(areas__code=area)
        instruments = instruments.filter(areas__code=area)
        handovers = handovers.filter(
            pk__in=Handover.commitments.through._default_manager.filter(  # noqa: SLF001 Django's documented name
                commitment__in=commitments.order_by().values("pk")
            ).values("handover")
        )
        meetings = meetings.filter(
            Q(pk__in=commitments.order_by().values("meeting"))
            | Q(pk__in=instruments.order_by().values("meeting"))
        )
    return Shown(meetings, commitments, instruments, handovers)


def ties(shown: Shown) -> dict[Pair, Tie]:
    """Return what is between each two entities, by their ids (the smaller first); seven statements."""
    found: dict[Pair, Tie] = defaultdict(Tie)
    meetings = dict(shown.meetings.order_by().values_list("request_id", "pk"))
    met = RequestParty.objects.filter(request__in=shown.meetings.order_by().values("request"))
    for request, entities in _grouped(met.values_list("request_id", "delegation__entity_id")).items():
        for pair in _pairs(entities):
            found[pair].meetings.add(meetings[request])
    owned = shown.commitments.order_by().values_list("pk", "owner_id", "timeliness")
    rows = {pk: (owner, stands) for pk, owner, stands in owned}
    beside = CommitmentParty.objects.filter(commitment__in=shown.commitments.order_by().values("pk"))
    for pk, entities in _grouped(beside.values_list("commitment_id", "entity_id")).items():
        owner, stands = rows[pk]
        for pair in _pairs({owner, *entities}):
            found[pair].commitments.add(pk)
            if stands == Timeliness.DELIVERED:
                found[pair].delivered.add(pk)
    signed = InstrumentParty.objects.filter(instrument__in=shown.instruments.order_by().values("pk"))
    for pk, entities in _grouped(signed.values_list("instrument_id", "entity_id")).items():
        for pair in _pairs(entities):
            found[pair].instruments.add(pk)
    handed = shown.handovers.order_by().values_list("pk", "transferor_id", "transferee_id")
    for pk, giver, receiver in handed:
        for pair in _pairs({giver, receiver}):
            found[pair].handovers.add(pk)
    return dict(found)


def _grouped(rows: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    grouped: dict[int, set[int]] = defaultdict(set)
    for record, entity in rows:
        grouped[record].add(entity)
    return grouped


def _pairs(entities: Iterable[int]) -> list[Pair]:
    return list(combinations(sorted(set(entities)), 2))


@dataclass(frozen=True, slots=True)
class TieRecord:
    """One record between two entities: its kind and its key, and the edition's number to order by."""

    kind: str
    pk: int
    edition: int


def records_between(shown: Shown, one: int, other: int, *, kind: str = "") -> list[TieRecord]:
    """Return the records between two entities, the newest edition first; ten statements.

    Parameters
    ----------
    kind
        One of `KINDS`: only what this number of the tie counts.
    """
    tie = ties(shown).get((min(one, other), max(one, other)))
    if tie is None:
        return []
    groups: Sequence[tuple[str, QuerySet[Any], set[int]]] = (
        ("meeting", shown.meetings, tie.meetings if kind in {"", "met"} else set()),
        (
            "commitment",
            shown.commitments,
            tie.delivered if kind == "delivered" else tie.commitments if kind in {"", "agreed"} else set(),
        ),
        ("instrument", shown.instruments, tie.instruments if kind in {"", "agreed"} else set()),
        ("handover", shown.handovers, tie.handovers if kind in {"", "delivered"} else set()),
    )
    found = [
        TieRecord(kind, pk, number)
        for kind, rows, keys in groups
        if keys
        for pk, number in rows.order_by().filter(pk__in=keys).values_list("pk", "edition__number")
    ]
    places = {kind: place for place, (kind, _rows, _keys) in enumerate(groups)}
    return sorted(found, key=lambda record: (-record.edition, places[record.kind], record.pk))
