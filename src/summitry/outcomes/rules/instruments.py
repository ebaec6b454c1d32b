"""The life of an instrument, the chains it stands in, and the clock of silence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from summitry.outcomes.kinds import InstrumentKind, LifecycleState, ReplyKind, SilenceState

_S = LifecycleState
_ENDED: Final = frozenset({_S.TERMINATED, _S.SUPERSEDED, _S.ABANDONED})
_FROM_FORCE: Final = frozenset(
    {_S.UNDER_REVIEW, _S.AMENDED, _S.RENEWED, _S.EXPIRED, _S.TERMINATED, _S.SUPERSEDED}
)
_NEXT: Final[Mapping[LifecycleState, frozenset[LifecycleState]]] = {
    _S.IDEA: frozenset({_S.AGREED_IN_PRINCIPLE, _S.NEGOTIATING, _S.ABANDONED}),
    _S.AGREED_IN_PRINCIPLE: frozenset({_S.NEGOTIATING, _S.TEXT_AGREED, _S.ABANDONED}),
    _S.NEGOTIATING: frozenset({_S.TEXT_AGREED, _S.ABANDONED}),
    _S.TEXT_AGREED: frozenset({_S.NEGOTIATING, _S.CLEARED, _S.SIGNED, _S.ABANDONED}),
    _S.CLEARED: frozenset({_S.NEGOTIATING, _S.SIGNED, _S.ABANDONED}),
    _S.SIGNED: frozenset({_S.IN_EFFECT, _S.TERMINATED, _S.SUPERSEDED, _S.ABANDONED}),
    _S.IN_EFFECT: _FROM_FORCE,
    _S.AMENDED: _FROM_FORCE - {_S.AMENDED} | {_S.IN_EFFECT},
    _S.UNDER_REVIEW: _FROM_FORCE - {_S.UNDER_REVIEW} | {_S.IN_EFFECT},
    _S.RENEWED: frozenset({_S.IN_EFFECT, _S.UNDER_REVIEW, _S.EXPIRED, _S.TERMINATED, _S.SUPERSEDED}),
    _S.EXPIRED: frozenset({_S.RENEWED, _S.SUPERSEDED}),
    _S.TERMINATED: frozenset(),
    _S.SUPERSEDED: frozenset(),
    _S.ABANDONED: frozenset(),
}
_BACK: Final = frozenset({(_S.TEXT_AGREED, _S.NEGOTIATING), (_S.CLEARED, _S.NEGOTIATING)})
_IN_FORCE: Final = frozenset({_S.IN_EFFECT, _S.AMENDED, _S.UNDER_REVIEW, _S.RENEWED})
#: What one body says alone, or all say together without signing.
_UNSIGNED: Final = frozenset(
    {InstrumentKind.CHAIR_SUMMARY, InstrumentKind.JOINT_STATEMENT, InstrumentKind.JOINT_DECLARATION,
     InstrumentKind.NEXT_EDITION, InstrumentKind.INTENT_TO_EXPLORE}
)  # fmt: skip
_FEWEST_PARTIES: Final = 2
#: Replies that break silence.
BREAKING: Final = frozenset({ReplyKind.OBJECTION, ReplyKind.AMENDMENT})


def instrument_may_become(state: str, wanted: str) -> bool:
    """Tell whether an instrument in `state` may become `wanted`."""
    return LifecycleState(wanted) in _NEXT[LifecycleState(state)]


def instrument_is_final(state: str) -> bool:
    """Tell whether nothing can become of an instrument any more."""
    return not _NEXT[LifecycleState(state)]


def needs_reason(state: str, wanted: str) -> bool:
    """Tell whether a step of an instrument's life must say why: an end before its time, or going back."""
    return wanted in _ENDED or (state, wanted) in _BACK


def is_in_force(*, state: str, effect_on: date | None, expires_on: date | None, today: date) -> bool:
    """Tell whether an instrument is in force on a day, whatever has been noted of its expiry yet."""
    began = effect_on is None or effect_on <= today
    return state in _IN_FORCE and began and (expires_on is None or today <= expires_on)


def signing_error(
    *, kind: str, parties: Iterable[tuple[str, str]], signed_on: date | None
) -> tuple[str, str] | None:
    """Return the field at fault and why an instrument cannot be noted as signed; none where it can.

    Parameters
    ----------
    parties
        Each party's signatory and office.
    """
    if signed_on is None:
        return "signed_on", _("Give the day on which it was signed or adopted.")
    if kind in _UNSIGNED:
        return None
    known = list(parties)
    if len(known) < _FEWEST_PARTIES:
        return "parties", _("Name at least two parties.")
    if any(not signatory.strip() or not office.strip() for signatory, office in known):
        return "parties", _("Name each party's signatory and office.")
    return None


def closes_circle(before: Mapping[int, int | None], one: int, wanted: int | None) -> bool:
    """Tell whether an instrument would come to stand on itself.

    Parameters
    ----------
    before
        For each instrument the one it rests on, or renews.
    one, wanted
        The instrument, and what it shall rest on or renew.
    """
    seen = {one}
    while wanted is not None:
        if wanted in seen:
            return True
        seen.add(wanted)
        wanted = before.get(wanted)
    return False


def silence_outcome(
    *, expires_at: datetime, now: datetime, replies: Iterable[tuple[str, datetime]]
) -> SilenceState:
    """Return what has become of a text under silence (OSCE Rules of Procedure, annex 1 A).

    An objection or a proposal to amend, in writing and before the exact end, breaks it; at
    the end itself it is too late. Interpretative statements and reservations do not.

    Parameters
    ----------
    replies
        The kind and the time of each.
    """
    if any(kind in BREAKING and at < expires_at for kind, at in replies):
        return SilenceState.BROKEN
    return SilenceState.ADOPTED if now >= expires_at else SilenceState.PROVISIONAL


class Warned(StrEnum):
    """Of what an instrument's parties are warned."""

    EXPIRES = "expires"
    NOTICE_ENDS = "notice_ends"  # the last day on which it can be kept from renewing itself
    REVIEW = "review"


def instrument_warnings(
    *,
    state: str,
    expires_on: date | None,
    auto_renews: bool,
    notice_days: int | None,
    next_review_on: date | None,
    today: date,
    expiry_days: int,
    review_days: int,
) -> list[tuple[Warned, date]]:
    """Return what is to be warned of, with its day, the nearest first; days that have passed are told too.

    Parameters
    ----------
    notice_days
        How long before its end a party must say that it does not go on.
    expiry_days, review_days
        How long before the day the warning begins.
    """
    if state not in _IN_FORCE:
        return []
    found: list[tuple[Warned, date]] = []
    if expires_on is not None:
        if auto_renews:
            last = expires_on - timedelta(days=notice_days or 0)
            if today >= last - timedelta(days=expiry_days):
                found.append((Warned.NOTICE_ENDS, last))
        elif today >= expires_on - timedelta(days=expiry_days):
            found.append((Warned.EXPIRES, expires_on))
    if next_review_on is not None and today >= next_review_on - timedelta(days=review_days):
        found.append((Warned.REVIEW, next_review_on))
    return sorted(found, key=lambda one: one[1])
