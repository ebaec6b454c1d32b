"""The requests that a plan does not hold, each with its reason and its remedies."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from summitry.accounts.access import Actor
from summitry.bilaterals.kinds import RequestStatus
from summitry.bilaterals.models import PlanVersion, Request, UnplannedRequest
from summitry.bilaterals.queries.held import Held, sight
from summitry.bilaterals.queries.problem.ids import request_id
from summitry.bilaterals.rules import Sight, asked_again
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.world.rules import DisplayName

_DETAILS_AT_MOST: Final = 3


@dataclass(frozen=True, slots=True)
class RemedyOffer:
    """A remedy in words; with an index where the desk can ask again with it."""

    text: str
    index: int | None


@dataclass(frozen=True, slots=True)
class TrayItem:
    """One request that is not held; without parties where the reader may not know them."""

    request: Request
    parties: tuple[DisplayName, ...]
    reason: str
    details: tuple[str, ...] = ()
    remedies: tuple[RemedyOffer, ...] = ()

    @property
    def can_be_asked_again(self) -> bool:
        """Whether the desk can apply one of the remedies by itself."""
        return any(remedy.index is not None for remedy in self.remedies)

    @property
    def letter(self) -> str:
        """The level's letter on cards."""
        return self.request.level[0].upper()


def tray(
    *,
    edition: Edition,
    version: PlanVersion | None,
    held: Collection[Held],
    who: Actor,
    names: Mapping[int, DisplayName],
) -> list[TrayItem]:
    """Return the unplanned of a version, the heaviest levels first; five statements.

    Requests accepted since the version was made are among them: the next plan knows them.
    """
    if version is None:
        return []
    explained = {
        row.request_id: row
        for row in UnplannedRequest.objects.filter(plan=version).select_related("plan__run")
    }
    there = {one.request.pk for one in held}
    rows = (
        Request.objects.filter(edition=edition, status=RequestStatus.ACCEPTED)
        .exclude(pk__in=there)
        .prefetch_related("parties", "windows")
        .order_by("number")
    )
    everything = [*rows, *(one.request for one in held)]
    hidden = {request_id(row) for row in everything if sight(who, row) is not Sight.FULL}
    problem = version.run.problem if version.run else {"requests": []}
    now = clock.wall(edition, clock.now(edition)).isoformat(timespec="minutes")
    asked = {one["id"]: one for one in problem["requests"]}
    again = {row.pk for row in rows if _is_asked_otherwise(edition, row, asked.get(request_id(row)))}
    items = [
        _asked_again(row, names)
        if row.pk in again and request_id(row) not in hidden
        else _item(row, explained.get(row.pk), hidden, problem=problem, names=names, now=now)
        for row in rows
    ]
    order = {"P": 0, "D": 1, "E": 2}
    return sorted(items, key=lambda item: (order[item.letter], item.request.priority, item.request.number))


def _asked_again(request: Request, names: Mapping[int, DisplayName]) -> TrayItem:
    parties = tuple(names[party.delegation_id] for party in request.parties.all())
    return TrayItem(request, parties, _("Asked again since this plan was made: plan again."))


def _is_asked_otherwise(edition: Edition, request: Request, asked: Mapping[str, Any] | None) -> bool:
    """Tell whether the desk has changed since what the plan was made for: its reason no longer holds then."""
    if asked is None:
        return False
    fixed = asked.get("fixed") or {}

    def wall(moment: datetime) -> str:
        return clock.wall(edition, moment).isoformat(timespec="minutes")

    windows = sorted([wall(window.starts_at), wall(window.ends_at)] for window in request.windows.all())
    languages = list(asked.get("languages") or ())
    return (
        request.minutes,
        request.seats,
        sorted(request.features),
        list(request.languages),
        request.interpreters,
        request.room_id is not None,
        wall(request.fixed_at) if request.fixed_at else None,
        windows,
    ) != (
        asked["minutes"],
        asked.get("seats"),
        sorted(asked.get("features") or ()),
        languages,
        asked.get("interpreters", 1) if languages else 0,
        bool(asked.get("rooms") or fixed.get("room")),
        fixed.get("start"),
        sorted(window[:2] for window in asked.get("windows") or ()),
    )


def _item(
    request: Request,
    unplanned: UnplannedRequest | None,
    hidden: Collection[str],
    *,
    problem: Mapping[str, Any],
    names: Mapping[int, DisplayName],
    now: str,
) -> TrayItem:
    if request_id(request) in hidden:
        return TrayItem(request, (), _("Known to the parties and to protocol alone."))
    parties = tuple(names[party.delegation_id] for party in request.parties.all())
    if unplanned is None:
        return TrayItem(request, parties, _("Accepted since this plan was made: plan again."))
    if any(blocker["id"].partition("#")[0] in hidden for blocker in unplanned.blockers):
        return TrayItem(request, parties, _("A confidential meeting stands in the way: ask protocol."))
    details = [blocker["detail"] for blocker in unplanned.blockers if blocker.get("detail")]
    return TrayItem(
        request,
        parties,
        unplanned.reason,
        tuple(one for one in details if one.lower() not in unplanned.reason.lower())[:_DETAILS_AT_MOST],
        _offers(request, unplanned, hidden, problem=problem, now=now),
    )


def _offers(
    request: Request,
    unplanned: UnplannedRequest,
    hidden: Collection[str],
    *,
    problem: Mapping[str, Any],
    now: str,
) -> tuple[RemedyOffer, ...]:
    """Return the remedies that may be told and are not past; those that change the request alone can be applied.

    Where there are some and none may be told, why is said instead.
    """
    offers = []
    own, past, secret = request_id(request), False, False
    for index, remedy in enumerate(unplanned.remedies):
        change = remedy["change"]
        touched = {*change["drop"], *(meeting["request"] for meeting in change["meetings"])}
        begun = any(meeting["request"] == own and meeting["start"] < now for meeting in change["meetings"])
        past |= begun
        secret |= bool(touched & set(hidden))
        if begun or touched & set(hidden):
            continue
        applicable = asked_again(problem, own, change) is not None
        offers.append(RemedyOffer(remedy["text"], index if applicable else None))
    if not offers and secret:
        return (RemedyOffer(_("What would help touches a confidential meeting: ask protocol."), None),)
    if not offers and past:
        return (RemedyOffer(_("What would have helped is past: plan again to look for more."), None),)
    return tuple(offers)
