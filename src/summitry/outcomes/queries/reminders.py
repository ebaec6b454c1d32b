"""Which owners are to be reminded, of what, and who has been."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat

from summitry.accounts.access import Actor
from summitry.accounts.models import Grant, Role, User
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation
from summitry.outbox.models import Letter
from summitry.outcomes.kinds import Light
from summitry.outcomes.queries.commitments import LIGHT_GROUPS, commitments
from summitry.outcomes.queries.remindable import with_reminder
from summitry.outcomes.queries.vocabulary import follow_up_settings
from summitry.outcomes.rules import OPEN_WORKFLOWS, Reminder, reminder_due

#: What is read of a commitment to know whether and of what its owner is reminded, and to name it.
_COLUMNS: Final = (
    "public_id",
    "edition",
    "number",
    "title",
    "owner",
    "confidentiality",
    "workflow",
    "progress",
    "due_on",
    "expected_on",
    "reported_on",
    "agreed_on",
    "report_months",
)


@dataclass(frozen=True, slots=True)
class OwnerReminder:
    """A reminder, and to whom it goes.

    Attributes
    ----------
    commitment
        Its own columns, its standing and its edition.
    delegation
        The owner's that reports; none where it had none since.
    recipients
        Its focal points.
    posted
        When the letter was posted to each of them who has it already.
    """

    commitment: Any
    reminder: Reminder
    delegation: Delegation | None
    recipients: Sequence[User]
    posted: Mapping[int, datetime]

    def key(self, recipient: User) -> str:
        """Return what a letter to a recipient is known by."""
        return self.reminder.key(self.commitment.public_id, recipient.public_id)

    @property
    def waiting(self) -> list[User]:
        """Who has no letter yet."""
        return [one for one in self.recipients if one.pk not in self.posted]

    @property
    def last_posted(self) -> datetime | None:
        """When the last letter of it was posted."""
        return max(self.posted.values(), default=None)


def reminders_due(*, edition: Edition, who: Actor, today: date | None = None) -> list[OwnerReminder]:
    """Return the reminders that the open commitments of a series up to an edition call for; a constant number of statements.

    What presses most comes first.
    """
    day = today or clock.today(edition)
    return reminders_of(reminders_called(edition=edition, who=who, today=day), edition=edition, today=day)


def reminders_of(rows: Iterable[Any], *, edition: Edition, today: date | None = None) -> list[OwnerReminder]:
    """Return the reminders of some rows of :func:`reminders_called`, in their order; a constant number of statements."""
    day, settings = today or clock.today(edition), follow_up_settings(edition)
    found = list(rows)
    editions = Edition.objects.in_bulk({row.edition_id for row in found})
    called = []
    for row in found:
        row.edition = editions[row.edition_id]
        reminder = reminder_due(
            due_on=row.due_on,
            expected_on=row.expected_on,
            reported_on=row.reported_on,
            report_due_on=row.report_due_on,
            lapses_on=row.lapses_on,
            light=row.light,
            today=day,
            warning_days=settings.due_warning_days,
            every_days=settings.remind_every_days,
        )
        if reminder is not None:
            called.append((row, reminder))
    return addressed(called, edition=edition)


def reminders_called(*, edition: Edition, who: Actor, today: date | None = None) -> QuerySet[Any]:
    """Return the open commitments of a series up to an edition that call for a reminder; what presses most comes first.

    Each has ``reminder_reason``, ``reminder_since`` and ``reminder_turn``: the same as
    :func:`summitry.outcomes.rules.reminder_due` says of it.
    """
    day, settings = today or clock.today(edition), follow_up_settings(edition)
    soon = day + timedelta(days=settings.due_warning_days)
    rows = (
        commitments(who=who, edition=edition, today=day)
        .filter(
            Q(due_on__lte=soon) | Q(expected_on__lte=soon) | Q(light__in=LIGHT_GROUPS["due"]),
            workflow__in=sorted(OPEN_WORKFLOWS),
        )
        .exclude(light=Light.NONE)
    )
    rows = with_reminder(
        rows, today=day, warning_days=settings.due_warning_days, every_days=settings.remind_every_days
    )
    return rows.exclude(reminder_reason="").order_by("reminder_since", "pk").only(*_COLUMNS)


def addressed(called: Sequence[tuple[Any, Reminder]], *, edition: Edition) -> list[OwnerReminder]:
    """Return to whom reminders go, and who has them already; three statements."""
    delegations = _reporting([row for row, _reminder in called], edition=edition)
    focal_points = _focal_points(one.pk for one in delegations.values())
    found = []
    for row, reminder in called:
        delegation = delegations.get(row.pk)
        recipients = focal_points[delegation.pk] if delegation else []
        found.append((row, reminder, delegation, recipients))
    keys = {
        reminder.key(row.public_id, one.public_id): None
        for row, reminder, _delegation, recipients in found
        for one in recipients
    }
    posted = dict(Letter.objects.filter(key__in=keys).values_list("key", "posted_at"))
    return [
        OwnerReminder(
            row,
            reminder,
            delegation,
            recipients,
            {
                one.pk: posted[key]
                for one in recipients
                if (key := reminder.key(row.public_id, one.public_id)) in posted
            },
        )
        for row, reminder, delegation, recipients in found
    ]


@dataclass(frozen=True, slots=True)
class ReminderCounts:
    """How many commitments call for a reminder.

    Attributes
    ----------
    total
        All of them.
    waiting
        Those of which somebody has no letter yet; `letters` are those that have not gone.
    nobody
        Those whose owner has nobody to write to.
    owners
        Whose they are.
    """

    total: int
    waiting: int
    letters: int
    nobody: int
    owners: frozenset[int]


def reminder_counts(rows: QuerySet[Any]) -> ReminderCounts:
    """Count rows of :func:`with_letters` by where their letters are; one statement, of a row for each owner and state."""
    groups = list(
        rows.order_by().values_list("owner_id", "has_recipient", "unsent").annotate(rows=Count("pk"))
    )
    return ReminderCounts(
        total=sum(n for *_group, n in groups),
        waiting=sum(n for _owner, _has, unsent, n in groups if unsent),
        letters=sum(n * unsent for _owner, _has, unsent, n in groups),
        nobody=sum(n for _owner, has, _unsent, n in groups if not has),
        owners=frozenset(owner for owner, *_state in groups),
    )


def with_letters(rows: QuerySet[Any], *, edition: Edition) -> QuerySet[Any]:
    """Return rows of :func:`reminders_called` with ``has_recipient`` and ``unsent``; two statements now.

    `unsent` says how many of the owner's focal points have no letter of it yet.
    """
    latest = list(_latest_delegations(edition).values_list("pk", "entity_id", "edition__number"))
    speaking = {pk for pk, points in _focal_points(pk for pk, *_rest in latest).items() if points}
    by_number: dict[int, list[int]] = defaultdict(list)
    for pk, entity, number in latest:
        if pk in speaking:
            by_number[number].append(entity)
    written = Q(pk__in=[])
    for number, ours in by_number.items():
        written |= Q(owner__in=ours, edition__number__lte=number)
    own = Delegation.objects.filter(pk__in=speaking, entity=OuterRef(OuterRef("owner")))
    posted = Letter.objects.filter(key=_key())
    unsent = (
        Grant.objects.filter(
            Exists(own.filter(pk=OuterRef("delegation_id"))), role=Role.FOCAL_POINT, user__is_active=True
        )
        .exclude(Exists(posted))
        .order_by()
        .values("role")
        .annotate(letters=Count("pk"))
        .values("letters")
    )
    lettered: QuerySet[Any] = rows.annotate(
        has_recipient=Case(When(written, then=Value(True)), default=Value(False))
    ).annotate(
        unsent=Case(
            When(has_recipient=True, then=Coalesce(Subquery(unsent), 0)),
            default=0,
            output_field=IntegerField(),
        )
    )
    return lettered


def _key() -> Concat:
    """Say :meth:`Reminder.key` in SQL, in a query on letters within one on grants within one on commitments."""

    def row(name: str) -> Cast:
        return Cast(OuterRef(OuterRef(name)), TextField())

    parts = ["public_id", "reminder_reason", "reminder_since", "reminder_turn"]
    said: list[Any] = [Value("reminder")]
    for name in parts:
        said += [Value(":"), row(name)]
    return Concat(*said, Value(":"), Cast(OuterRef("user__public_id"), TextField()), output_field=TextField())


def _reporting(rows: Sequence[Any], *, edition: Edition) -> dict[int, Delegation]:
    """Return for each commitment the delegation of its owner that reports: at the last edition where it has one.

    One whose owner had no delegation since it was agreed is left out.
    """
    owners = {row.owner_id for row in rows}
    latest = {one.entity_id: one for one in _latest_delegations(edition).filter(entity__in=owners)}
    return {
        row.pk: latest[row.owner_id]
        for row in rows
        if row.owner_id in latest and latest[row.owner_id].edition.number >= row.edition.number
    }


def _latest_delegations(edition: Edition) -> QuerySet[Delegation]:
    """Return of every entity its delegation at the last edition of a series, up to this one, where it has one."""
    rows = Delegation.objects.filter(edition__series=edition.series_id, edition__number__lte=edition.number)
    return rows.select_related("edition").order_by("entity_id", "-edition__number").distinct("entity_id")


def _focal_points(delegations: Iterable[int]) -> dict[int, list[User]]:
    grants = (
        Grant.objects.filter(role=Role.FOCAL_POINT, delegation_id__in=set(delegations), user__is_active=True)
        .select_related("user")
        .order_by("pk")
    )
    found: dict[int, list[User]] = defaultdict(list)
    for grant in grants:
        if grant.delegation_id is not None:
            found[grant.delegation_id].append(grant.user)
    return found


def editions_followed_up() -> list[Edition]:
    """Return of each series the edition from which its owners are reminded: the last that has been opened."""
    rows = Edition.objects.filter(status__in=[Edition.Status.OPEN, Edition.Status.CLOSED]).select_related(
        "series", "hosted_by__entity"
    )
    return list(rows.order_by("series_id", "-number").distinct("series_id"))
