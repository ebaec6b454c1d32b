"""What waits for a person now, from facts alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.bilaterals.models import Request
from summitry.conferences import clock
from summitry.conferences.carrying import decisions
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation, Member
from summitry.site.links import link
from summitry.site.queries.readiness import Bilaterals, Delegations, SessionFact
from summitry.ui.components import Need


def needs(
    edition: Edition,
    seen: Delegations | None,
    named: Mapping[str, int],
    asked: Bilaterals | None,
    sessions: Sequence[SessionFact],
    *,
    may_keep: bool = False,
) -> list[Need]:
    """Return what waits for a person, what presses first; what came from the edition before, for who keeps this one."""
    now = clock.now(edition)
    needs: list[Need] = []
    if asked is not None:
        needs += _bilateral_needs(edition, asked)
    short = [
        one for one in sessions if one.needs_interpreters and not one.has_interpreters and one.starts_at > now
    ]
    if short:
        first = min(one.starts_at for one in short)
        needs.append(
            Need(
                subject=ngettext("%(n)d session", "%(n)d sessions", len(short)) % {"n": len(short)},
                after=ngettext("has no interpreters", "have no interpreters", len(short)),
                url=link("programme:list", edition),
                note=_("the first: %(title)s, %(when)s")
                % {
                    "title": min(short, key=lambda one: one.starts_at).title,
                    "when": f"{clock.wall(edition, first):%d.%m. %H:%M}",
                },
            )
        )
    waiting = named.get(Member.Accreditation.SUBMITTED, 0)
    if waiting:
        needs.append(
            Need(
                subject=ngettext("%(n)d person", "%(n)d people", waiting) % {"n": waiting},
                after=ngettext("waits for accreditation", "wait for accreditation", waiting),
                url=link("delegations:people", edition, accreditation=Member.Accreditation.SUBMITTED.value),
            )
        )
    needs += _taken_over(edition) if may_keep else []
    if seen is not None and seen.silent:
        needs.append(
            Need(
                subject=ngettext("%(n)d invitation", "%(n)d invitations", seen.silent) % {"n": seen.silent},
                after=ngettext("is not answered", "are not answered", seen.silent),
                url=link("delegations:list", edition, answer=Delegation.Answer.INVITED.value),
            )
        )
    return needs


def _taken_over(edition: Edition) -> list[Need]:
    return [
        Need(
            subject=f"{one.label}: {one.number}",
            after=ngettext("waits for a decision", "wait for a decision", one.number),
            url=one.url,
            note=_("from the edition before"),
        )
        for one in decisions(edition)
        if one.number
    ]


def _bilateral_needs(edition: Edition, asked: Bilaterals) -> list[Need]:
    needs: list[Need] = []
    left = asked.of(Request.Status.ACCEPTED) - asked.planned
    begun = edition.starts_on is not None and clock.today(edition) >= edition.starts_on
    if left:
        needs.append(
            Need(
                subject=ngettext("%(n)d accepted request", "%(n)d accepted requests", left) % {"n": left},
                after=ngettext("is not planned", "are not planned", left),
                url=link("bilaterals:board", edition),
                level="red" if begun else "amber",
                urgent=_("the conference has begun") if begun else "",
                action=_("Open the board"),
                action_url=link("bilaterals:board", edition),
            )
        )
    if asked.drafts:
        needs.append(
            Need(
                before=_("Nobody has adopted"),
                subject=_("draft plan %(number)d") % {"number": asked.drafts[-1]},
                url=link("bilaterals:board", edition),
                note=_("a draft books nothing and tells nobody"),
            )
        )
    waiting = asked.of(Request.Status.SENT)
    if waiting:
        needs.append(
            Need(
                subject=ngettext("%(n)d request", "%(n)d requests", waiting) % {"n": waiting},
                after=ngettext("waits for an answer", "wait for an answer", waiting),
                url=link("bilaterals:requests", edition, status=Request.Status.SENT.value),
            )
        )
    return needs
