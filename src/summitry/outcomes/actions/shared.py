"""Steps that several actions of this floor share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar

import psycopg
from babel.numbers import list_currencies
from django.core.files.base import File
from django.db import IntegrityError, connection
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor
from summitry.conferences import clock
from summitry.conferences.models import Edition, Series
from summitry.delegations.models import Delegation
from summitry.files.actions import keep_file
from summitry.files.rules import clean_name
from summitry.ledger.actions import record
from summitry.outcomes import access
from summitry.outcomes.models import Commitment, CommitmentParty, Handover, Instrument, InstrumentParty
from summitry.outcomes.models.vocabulary import Attachment, Confidentiality, Outcome
from summitry.records import RefusedError
from summitry.world.languages import LANGUAGES
from summitry.world.rules.sorting import fold

OutcomeType = TypeVar("OutcomeType", bound=Outcome)

_LONGEST_TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to be attached, with the name it came with; what kind it is where the record tells kinds apart."""

    content: bytes | File[Any]
    name: str
    language: str = ""
    kind: str = ""


def locked(outcome: OutcomeType) -> OutcomeType:
    """Return an outcome as it is now, so that nobody else changes it until the action ends."""
    rows = type(outcome)._default_manager.select_for_update(no_key=True, of=("self",))  # noqa: SLF001 Django's documented name
    return rows.select_related("edition__series").get(pk=outcome.pk)


def check_version(outcome: Outcome, version: int) -> None:
    """Refuse a change that was made on an old state.

    Raises
    ------
    RefusedError
        Where somebody has changed it since.
    """
    if outcome.version != version:
        raise RefusedError(
            _("Somebody has changed %(ref)s meanwhile. Look at it and change it again.")
            % {"ref": outcome.ref}
        )


def next_number(model: type[Commitment | Instrument | Handover], edition: Edition) -> int:
    """Return the next free number: of the edition, for instruments of the series; two who ask at once get two."""
    if model is Instrument:
        Series.objects.select_for_update(no_key=True).get(pk=edition.series_id)
        last = Instrument.objects.filter(series=edition.series_id).aggregate(last=Max("number"))["last"]
    else:
        Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
        rows = Handover.objects if model is Handover else Commitment.objects
        last = rows.filter(edition=edition).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def entities_in(outcome: Outcome) -> set[int]:
    """Return the entities that are parties to an outcome."""
    if isinstance(outcome, Commitment):
        rows = CommitmentParty.objects.filter(commitment=outcome)
        return {outcome.owner_id, *rows.values_list("entity_id", flat=True)}
    if isinstance(outcome, Instrument):
        return set(InstrumentParty.objects.filter(instrument=outcome).values_list("entity_id", flat=True))
    assert isinstance(outcome, Handover)
    named = {outcome.transferor_id, outcome.title_holder_id, outcome.custodian_id, outcome.transferee_id}
    return {entity for entity in named if entity is not None}


def delegations_of(edition: Edition, entities: Collection[int]) -> dict[int, int]:
    """Return the delegation of each entity at an edition, by entity; those that sent regrets left out."""
    rows = Delegation.objects.filter(edition=edition, entity__in=entities)
    return dict(rows.exclude(answer=Delegation.Answer.REGRETS).values_list("entity_id", "pk"))


def enter(
    *,
    by: Actor,
    verb: str,
    outcome: Outcome,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Enter in the ledger what was done to an outcome.

    Of one that is secret no more than that something was; a delegation reads nothing of
    what is still the host's own sketch.
    """
    secret = outcome.confidentiality >= Confidentiality.CHIEF_OF_PROTOCOL
    parties = () if access.is_sketch(outcome) else entities_in(outcome)
    entry = {"ref": outcome.ref, **(after or {})}
    record(
        by=by,
        verb=verb,
        target=outcome,
        edition_id=outcome.edition_id,
        before=None if secret else before,
        after={"ref": outcome.ref} if secret else entry,
        delegations=sorted(delegations_of(outcome.edition, parties).values()) if parties else (),
    )


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return of two sides what differs."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def searchable(outcome: Outcome, *texts: str) -> str:
    """Return what an outcome is found by."""
    return fold(" ".join([outcome.ref, *outcome.title.values(), *(text for text in texts if text)]))


def day_or_today(on: date | None, edition: Edition) -> date:
    """Return the day something is noted for; none given: today on the edition's clock.

    Raises
    ------
    RefusedError
        Where the day is still to come.
    """
    today = clock.today(edition)
    if on is not None and on > today:
        raise RefusedError(_("That day is still to come: give today's date or an earlier one."), field="on")
    return on or today


def attach(
    model: type[Attachment], files: Sequence[NewFile], *, by: Actor, kinds: Collection[str] = (), **to: Model
) -> None:
    """Keep files and attach them to a record."""
    for new in files:
        if new.language and new.language not in LANGUAGES:
            raise RefusedError(_("Choose the language of the file."), field="language")
        if kinds and new.kind not in kinds:
            raise RefusedError(_("Choose what kind of file it is."), field="kind")
        words = {**to, "kind": new.kind} if kinds else dict(to)
        model._default_manager.create(  # noqa: SLF001 Django's documented name
            file=keep_file(content=new.content, name=new.name),
            name=clean_name(new.name),
            language=new.language,
            added_by=by.user,
            **words,
        )


def check_title(title: Mapping[str, str], field: str = "title") -> None:
    """Refuse a title that is missing or too long in one of its languages."""
    if not any(text.strip() for text in title.values()):
        raise RefusedError(_("Give it a short title."), field=field)
    for code, text in title.items():
        if code not in LANGUAGES or not text.strip():
            raise RefusedError(
                _("Give the title in “%(code)s”, or leave that language out.") % {"code": code}, field=field
            )
        if len(text) > _LONGEST_TITLE:
            raise RefusedError(
                _("A title has at most %(most)d characters.") % {"most": _LONGEST_TITLE}, field=field
            )


def check_languages(languages: Iterable[str], field: str) -> None:
    """Refuse what is no language known here, or named twice."""
    known = list(languages)
    for code in known:
        if code not in LANGUAGES:
            raise RefusedError(_("“%(code)s” is not a language known here.") % {"code": code}, field=field)
    if len(set(known)) != len(known):
        raise RefusedError(_("Name each language once."), field=field)


def check_money(value: Decimal | None, currency: str, fields: tuple[str, str]) -> None:
    """Refuse an amount without its currency, a currency without an amount, and what is no currency (ISO 4217)."""
    if value is None and currency:
        raise RefusedError(_("Give the amount in this currency."), field=fields[0])
    if value is not None and value < 0:
        raise RefusedError(_("An amount is not below nothing."), field=fields[0])
    if value is not None and currency not in list_currencies():
        raise RefusedError(_("Choose the currency by its code, such as EUR."), field=fields[1])


def check_order(first: date | None, last: date | None, field: str) -> None:
    """Refuse an end that comes before its beginning."""
    if first is not None and last is not None and last < first:
        raise RefusedError(_("The end lies before the beginning: give a later date."), field=field)


def check_reason(reason: str, field: str = "reason") -> str:
    """Return a reason without space around it.

    Raises
    ------
    RefusedError
        Where there is none.
    """
    if not reason.strip():
        raise RefusedError(_("Say why."), field=field)
    return reason.strip()


def constraint_of(error: IntegrityError) -> str:
    """Return the name of the constraint that the database refused by."""
    cause = error.__cause__
    return (cause.diag.constraint_name or "") if isinstance(cause, psycopg.Error) else ""


def check_now() -> None:
    """Have the database check now what it would check at the commit, then wait for the commit again."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
