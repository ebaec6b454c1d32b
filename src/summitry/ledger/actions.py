"""Writing the ledger: every action of the house enters here what it did, once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from summitry.ledger import sealing
from summitry.ledger.models import Chain, Entry, PersonKey
from summitry.ledger.rules import entry_hash, plain
from summitry.records import uuid7
from summitry.records.models import Record

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class Doer(Protocol):
    """Who does something, as far as the ledger asks: a user and a name (:class:`summitry.accounts.access.Actor`)."""

    @property
    def user(self) -> Model | None:
        """The user; none: the system itself."""

    @property
    def name(self) -> str:
        """What the doer is called."""


@dataclass(slots=True)
class _Running:
    """The action that runs now, and what it has entered."""

    name: str
    entries: list[Entry] = field(default_factory=list)


_running: ContextVar[_Running | None] = ContextVar("running_action", default=None)


def action(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Make a function an action: one transaction, and exactly one entry in the ledger.

    Actions do not call one another; a step that several share is a plain function.

    Raises
    ------
    RuntimeError
        Where an action is called within another, or enters nothing or more than once;
        the transaction is rolled back then.
    """

    @wraps(function)
    def whole(*args: Parameters.args, **words: Parameters.kwargs) -> Result:
        outer = _running.get()
        if outer is not None:
            message = f"{function.__qualname__} is called within the action {outer.name}: share a plain function instead"
            raise RuntimeError(message)
        running = _Running(function.__qualname__)
        token = _running.set(running)
        try:
            with transaction.atomic():
                result = function(*args, **words)
                if len(running.entries) != 1:
                    message = f"{running.name} entered {len(running.entries)} times in the ledger; an action enters once"
                    raise RuntimeError(message)
        finally:
            _running.reset(token)
        return result

    return whole


def record(
    *,
    by: Doer,
    verb: str,
    target: Record | None,
    edition_id: int | None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    delegations: Sequence[int] = (),
) -> Entry:
    """Enter what the running action did; call it last, for it locks the edition's chain.

    Parameters
    ----------
    by
        Who did it.
    verb
        What was done, as the action is called: ``"withdraw_request"``.
    target
        To which record; none where it was done to no single one.
    edition_id
        In whose chain; none: the chain of what belongs to no edition.
    before, after
        The fields that changed, as JSON can hold them (dates, times, UUIDs and sets of
        them are turned into text and lists). What identifies a person is wrapped by
        :func:`summitry.ledger.sealing.sealed`.
    delegations
        Ids of all delegations that it concerns; a delegation sees entries that concern it alone.

    Raises
    ------
    RuntimeError
        Outside an action.
    """
    running = _running.get()
    if running is None:
        message = f"'{verb}' is recorded outside an action: decorate the verb with @action"
        raise RuntimeError(message)
    keys = _person_keys(sealing.persons_in(before, after))
    entry = Entry(
        public_id=uuid7(),
        at=timezone.now(),
        actor_id=by.user.pk if by.user is not None else None,
        actor_name=by.name,
        verb=verb,
        target_type=target._meta.label_lower if target is not None else "",  # noqa: SLF001 Django's documented name
        target_id=target.public_id if target is not None else None,
        delegation_ids=sorted(set(delegations)),
        before=None if before is None else plain(sealing.close(before, keys)),
        after=None if after is None else plain(sealing.close(after, keys)),
    )
    _append(entry, edition_id)
    running.entries.append(entry)
    return entry


def _append(entry: Entry, edition_id: int | None) -> None:
    chain = _locked_chain(edition_id)
    entry.chain = chain
    entry.sequence = chain.sequence + 1
    entry.previous_hash = bytes(chain.hash)
    entry.hash = entry_hash(entry)
    entry.save(force_insert=True)
    chain.sequence = entry.sequence
    chain.hash = entry.hash
    chain.save(update_fields=["sequence", "hash"])


def _locked_chain(edition_id: int | None) -> Chain:
    heads = Chain.objects.select_for_update().filter(edition_id=edition_id)
    chain = heads.first()
    if chain is None:
        # Whoever comes second waits here for the first, and finds its chain below.
        Chain.objects.bulk_create([Chain(edition_id=edition_id)], ignore_conflicts=True)
        chain = heads.get()
    return chain


def _person_keys(persons: set[UUID]) -> dict[UUID, bytes]:
    """Return the keys of persons, making those that are missing."""
    if not persons:
        return {}
    rows = PersonKey.objects.filter(person_id__in=persons)
    known = {row.person_id for row in rows}
    if missing := sorted(persons - known):
        PersonKey.objects.bulk_create(
            [sealing.new_person_key(person_id) for person_id in missing], ignore_conflicts=True
        )
    return {row.person_id: sealing.person_key(row) for row in rows.all()}


def sealed_values(values: Sequence[Any]) -> list[Any]:
    """Return values as a table can keep them: what :func:`summitry.ledger.sealing.sealed` wraps in them, encrypted.

    For what other tables keep of a person beside the ledger; :func:`erase_person`
    erases it too, and :func:`summitry.ledger.queries.opened_values` reads it. Two
    statements, however many values.
    """
    keys = _person_keys(sealing.persons_in(*values))
    return [plain(sealing.close(value, keys)) for value in values]


@action
def erase_person(*, person_id: UUID, by: Doer, edition_id: int | None = None) -> None:
    """Destroy a person's key: what was sealed of the person can never be read again, the chain still verifies."""
    PersonKey.objects.filter(person_id=person_id).delete()
    record(by=by, verb="erase_person", target=None, edition_id=edition_id, after={"person": str(person_id)})
