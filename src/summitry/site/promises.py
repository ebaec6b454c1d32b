"""A delegation's commitments as its portal shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, allowed
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation
from summitry.outcomes.queries import own_commitments
from summitry.outcomes.queries.portal import own_papers
from summitry.outcomes.tables import when_due
from summitry.outcomes.views.common import entity_names, language
from summitry.outcomes.words import progress_words
from summitry.world.languages import text_in
from summitry.world.rules import DisplayName


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One commitment on the portal."""

    title: str
    ref: str
    text: str
    text_language: str
    url: str
    report_url: str
    owner: DisplayName
    is_ours: bool
    others: str
    due: date | None
    expected: date | None
    is_late: bool
    state: str


@dataclass(frozen=True, slots=True)
class PromiseGroup:
    """Some of them under a heading.

    Attributes
    ----------
    kind
        ``"confirm"`` and ``"report"`` wait for the delegation.
    """

    kind: str
    title: str
    nothing: str
    rows: Sequence[PromiseRow]


def promise_groups(*, edition: Edition, who: Actor, delegation: Delegation) -> list[PromiseGroup]:
    """Return a delegation's commitments in groups, what waits for its word first; groups of nothing are left out.

    The delegation's own two groups are always there, so that an empty page says what will be on it.
    """
    found = own_commitments(edition=edition, who=who, delegation=delegation)
    rows = found.rows
    names = entity_names(
        edition, {row.owner_id for row in rows} | {p.entity_id for row in rows for p in row.other_parties}
    )
    titles = [
        ("confirm", _("To confirm"), ""),
        ("report", _("To report on now"), ""),
        ("coming", _("Coming due"), ""),
        ("ours", _("What we promised"), _("What we promise others will stand here.")),
        ("theirs", _("What we were promised"), _("What others promise us will stand here.")),
        ("waiting", _("Not confirmed by all yet"), ""),
        ("done", _("Kept"), ""),
    ]
    own = {row.pk for row in (*found.report[:1], *found.coming[:1], *found.ours[:1])}
    reports = any(allowed(who, "file_report", row) for row in rows if row.pk in own)
    return [
        PromiseGroup(
            kind,
            title,
            nothing,
            [
                _row(
                    edition,
                    row,
                    names,
                    delegation,
                    reports=reports and kind in {"report", "coming", "ours"},
                )
                for row in group
            ],
        )
        for kind, title, nothing in titles
        if (group := getattr(found, kind)) or nothing
    ]


def _row(
    edition: Edition, row: Any, names: dict[int, DisplayName], delegation: Delegation, *, reports: bool
) -> PromiseRow:
    due = when_due(row, clock.today(edition))
    where = [edition.slug, row.public_id]
    return PromiseRow(
        title=text_in(row.title, language()),
        ref=row.ref,
        text=row.last_wordings[0].text,
        text_language=row.last_wordings[0].language,
        url=reverse("outcomes:commitment", args=where),
        report_url=reverse("outcomes:commitment-report", args=where) if reports else "",
        owner=names[row.owner_id],
        is_ours=row.owner_id == delegation.entity_id,
        others=", ".join(names[party.entity_id].marked for party in row.other_parties),
        due=due.on,
        expected=due.expected,
        is_late=due.is_past,
        state=progress_words(row.progress) if row.agreed_on else str(row.get_workflow_display()),
    )


@dataclass(frozen=True, slots=True)
class SilentText:
    """A text of the delegation's that lies under silence, and until when, at the venue's time."""

    title: str
    ref: str
    url: str
    until: datetime
    is_over: bool


@dataclass(frozen=True, slots=True)
class Papers:
    """What else the delegation has with others: how many instruments and handovers, and texts under silence."""

    instruments: int
    handovers: int
    silence: Sequence[SilentText]


def papers(*, edition: Edition, who: Actor, delegation: Delegation) -> Papers:
    """Return what else than commitments a delegation has with others."""
    found = own_papers(edition=edition, who=who, delegation=delegation)
    return Papers(
        found.instruments,
        found.handovers,
        [
            SilentText(
                title=text_in(one.instrument.title, language()),
                ref=one.instrument.ref,
                url=reverse("outcomes:instrument", args=[edition.slug, one.instrument.public_id])
                + "#silence",
                until=clock.wall(one.edition, one.expires_at),
                is_over=one.expires_at <= clock.now(one.edition),
            )
            for one in found.silence
        ],
    )
