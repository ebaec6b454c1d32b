"""Adoption by silence (OSCE Rules of Procedure, annex 1 A)."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, require
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation
from summitry.ledger.actions import action
from summitry.outcomes import access, rules
from summitry.outcomes.actions.instruments import add_event
from summitry.outcomes.actions.shared import check_languages, enter, locked
from summitry.outcomes.kinds import LifecycleState, ReplyKind, SilenceState
from summitry.outcomes.models import Instrument, SilenceProcedure, SilenceReply
from summitry.records import RefusedError

_ADOPTABLE = (LifecycleState.NEGOTIATING, LifecycleState.TEXT_AGREED, LifecycleState.CLEARED)


@action
def open_silence(
    *,
    instrument: Instrument,
    text: str,
    language: str,
    expires_at: datetime,
    by: Actor,
    edition: Edition | None = None,
) -> SilenceProcedure:
    """Put a text under silence until an exact time; it is provisional and without a number until then.

    Parameters
    ----------
    expires_at
        The end (aware); what comes at that very time is too late.
    edition
        Whose delegations are asked, and whose clock counts; none: the instrument's own.

    Raises
    ------
    RefusedError
        Where the text is not under negotiation, lies under silence already, or the end has passed.
    """
    require(by, "open_silence", instrument)
    instrument = locked(instrument)
    edition = edition or instrument.edition
    now = clock.now(edition)
    if instrument.state not in _ADOPTABLE:
        raise RefusedError(
            _("%(ref)s is “%(state)s”: only a text under negotiation or agreed is put under silence.")
            % {"ref": instrument.ref, "state": instrument.get_state_display()}
        )
    if not text.strip():
        raise RefusedError(_("Give the text that is put under silence."), field="text")
    check_languages([language], "language")
    if expires_at <= now:
        raise RefusedError(_("Silence ends in the future: give a later time."), field="expires_at")
    if edition.series_id != instrument.series_id:
        raise RefusedError(_("Choose an edition of the instrument's series."), field="edition")
    if instrument.silence_procedures.filter(state=SilenceState.PROVISIONAL).exists():
        raise RefusedError(_("A text of it lies under silence already: that has to end first."))
    procedure = SilenceProcedure.objects.create(
        instrument=instrument,
        edition=edition,
        text=text,
        language=language,
        opened_at=now,
        expires_at=expires_at,
        opened_by=by.user,
    )
    enter(
        by=by,
        verb="open_silence",
        outcome=instrument,
        after={"opened_at": now, "expires_at": expires_at},
    )
    return procedure


@action
def reply_to_silence(
    *,
    procedure: SilenceProcedure,
    delegation: Delegation,
    kind: str,
    text: str,
    by: Actor,
    at: datetime | None = None,
) -> SilenceReply:
    """Reply to a text under silence, in writing; an objection or a proposal to amend in time breaks it at once.

    Parameters
    ----------
    at
        When it was received, where the host enters a letter; none: now on the edition's clock.

    Raises
    ------
    PermissionDenied
        Where `by` neither speaks for the delegation nor follows the instrument up.
    RefusedError
        Where the silence is over, or nothing is said.
    """
    instrument = locked(procedure.instrument)
    keeps = access.keeps(by, instrument)
    if not keeps and not access.speaks_for(by, delegation):
        raise PermissionDenied(_("Only the delegation's focal point answers for it."))
    procedure = _locked(procedure)
    if kind not in ReplyKind:
        raise RefusedError(_("Choose what you reply."), field="kind")
    if not text.strip():
        raise RefusedError(_("A reply is made in writing: give its text."), field="text")
    if delegation.edition_id != procedure.edition_id:
        raise RefusedError(_("This delegation is of another edition."), field="delegation")
    now = clock.now(procedure.edition)
    received = at if keeps and at is not None else now
    _check_running(procedure, kind, received, now)
    reply = SilenceReply.objects.create(
        procedure=procedure,
        edition_id=procedure.edition_id,
        delegation=delegation,
        kind=kind,
        text=text.strip(),
        at=received,
        by=by.user,
        by_name=by.name,
    )
    if kind in rules.BREAKING:
        procedure.state = SilenceState.BROKEN
        procedure.ended_at = received
        procedure.version += 1
        procedure.save()
    enter(
        by=by,
        verb="reply_to_silence",
        outcome=instrument,
        before={"silence": SilenceState.PROVISIONAL},
        after={"silence": procedure.state, "kind": kind, "delegation": delegation.public_id, "at": received},
    )
    return reply


def _locked(procedure: SilenceProcedure) -> SilenceProcedure:
    return (
        SilenceProcedure.objects.select_for_update(no_key=True, of=("self",))
        .select_related("edition")
        .get(pk=procedure.pk)
    )


def _check_running(procedure: SilenceProcedure, kind: str, received: datetime, now: datetime) -> None:
    if procedure.state != SilenceState.PROVISIONAL:
        raise RefusedError(_("This text is %(state)s already.") % {"state": procedure.get_state_display()})
    if received > now or received < procedure.opened_at:
        raise RefusedError(_("Give a time between the beginning of the silence and now."), field="at")
    if kind in rules.BREAKING and received >= procedure.expires_at:
        end = clock.local(procedure.edition, procedure.expires_at)
        raise RefusedError(
            _("Silence ended at %(end)s: an objection can no longer break it.")
            % {"end": f"{end:%d %b %Y, %H:%M:%S}"},
            field="kind",
        )


@action
def conclude_silence(*, procedure: SilenceProcedure, number: str, by: Actor) -> SilenceProcedure:
    """Note that nobody broke the silence: the text is adopted and gets its number.

    Statements and reservations stay attached to it.

    Raises
    ------
    RefusedError
        Where the silence has not ended or was broken, or no number is given.
    """
    instrument = locked(procedure.instrument)
    require(by, "conclude_silence", instrument)
    procedure = _locked(procedure)
    now = clock.now(procedure.edition)
    replies = list(procedure.replies.values_list("kind", "at"))
    outcome = rules.silence_outcome(expires_at=procedure.expires_at, now=now, replies=replies)
    if procedure.state != SilenceState.PROVISIONAL:
        raise RefusedError(_("This text is %(state)s already.") % {"state": procedure.get_state_display()})
    if outcome != SilenceState.ADOPTED:
        end = clock.local(procedure.edition, procedure.expires_at)
        raise RefusedError(_("Silence runs until %(end)s.") % {"end": f"{end:%d %b %Y, %H:%M:%S}"})
    if not number.strip():
        raise RefusedError(_("Give the number that the adopted text bears."), field="number")
    procedure.state = SilenceState.ADOPTED
    procedure.ended_at = now
    procedure.adopted_number = number.strip()
    procedure.version += 1
    procedure.save()
    _adopt(instrument, procedure, by)
    enter(
        by=by,
        verb="conclude_silence",
        outcome=instrument,
        before={"silence": SilenceState.PROVISIONAL},
        after={"silence": procedure.state, "number": procedure.adopted_number},
    )
    return procedure


def _adopt(instrument: Instrument, procedure: SilenceProcedure, by: Actor) -> None:
    """Carry the adoption into the instrument's life: text agreed, then signed or adopted, on the day silence ended."""
    ended = clock.local(procedure.edition, procedure.expires_at).date()
    last = instrument.events.aggregate(day=Max("on"))["day"]
    day = max(ended, last) if last else ended
    instrument.reference = procedure.adopted_number
    instrument.signed_on = instrument.signed_on or ended
    instrument.version += 1
    instrument.save()
    why = _("Adopted by silence.")
    if instrument.state == LifecycleState.NEGOTIATING:
        add_event(instrument, state=LifecycleState.TEXT_AGREED, on=day, reason=why, by=by)
    add_event(instrument, state=LifecycleState.SIGNED, on=day, reason=why, by=by)
