"""What outcomes hand to the next edition: the cadences of the follow-up, and the review of what is open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from summitry.accounts.access import Actor
from summitry.conferences import clock
from summitry.conferences.carrying import Counted, Move, Part, register_part
from summitry.conferences.models import Edition
from summitry.conferences.parts import copied
from summitry.outcomes import rules
from summitry.outcomes.actions.review import lay_on_table
from summitry.outcomes.models import FollowUpSettings
from summitry.outcomes.queries import commitments
from summitry.programme.actions import draft_session
from summitry.programme.models import Session

_REVIEW: Final = "Review of commitments"
_BEGINS: Final = time(9)
_LASTS: Final = timedelta(hours=1)


def _cadences(edition: Edition, _who: Actor) -> list[Counted]:
    number = FollowUpSettings.objects.filter(edition=edition).count()
    label = ngettext("set of cadences", "sets of cadences", number)
    return [Counted(label, number, reverse("outcomes:follow-up", args=[edition.slug]))]


def _carry_cadences(move: Move) -> Mapping[str, int]:
    found = FollowUpSettings.objects.filter(edition=move.before).first()
    known = FollowUpSettings.objects.filter(edition=move.after).exists()
    if found is None or known:
        return {"follow_up": 0}
    copied(found, edition_id=move.after.pk).save(force_insert=True)
    return {"follow_up": 1}


def _open(edition: Edition, who: Actor) -> list[Counted]:
    rows = commitments(who=who, edition=edition).filter(workflow__in=sorted(rules.OPEN_WORKFLOWS))
    page, number = reverse("outcomes:commitments", args=[edition.slug]), rows.count()
    label = ngettext("open commitment", "open commitments", number)
    return [Counted(label, number, f"{page}?workflow=open")]


def _carry_open(move: Move) -> Mapping[str, int]:
    after = move.after
    if after.starts_on is None:
        return {"commitments": 0}
    begins = clock.from_wall(after, datetime.combine(after.starts_on, _BEGINS))
    draft_session(
        edition=after,
        kind=Session.Kind.REVIEW,
        title=_titles(after),
        starts_at=begins,
        ends_at=begins + _LASTS,
        attendance=Session.Attendance.HEADS,
        generated=after.generated,
    )
    return {"commitments": len(lay_on_table(edition=after, by=move.by))}


def _titles(edition: Edition) -> dict[str, str]:
    """Return the item's title in each of the edition's languages that knows it."""
    titles = {"en": _REVIEW}
    for language in edition.languages:
        with translation.override(language):
            if (said := _("Review of commitments")) != _REVIEW:
                titles[language] = said
    return titles


def register_parts() -> None:
    """Offer the parts of this floor."""
    register_part(
        Part(
            name="follow-up",
            title=gettext_lazy("Cadences of the follow-up"),
            text=gettext_lazy("How often owners report, and when they are reminded."),
            order=25,
            needs=("settings",),
            describe=_cadences,
            carry=_carry_cadences,
        )
    )
    register_part(
        Part(
            name="review",
            title=gettext_lazy("Review of commitments"),
            text=gettext_lazy(
                "An item of the programme, with the statement “delivered, on track, late, lapsed” by area."
            ),
            order=70,
            needs=("follow-up",),
            describe=_open,
            carry=_carry_open,
            decision=(gettext_lazy("Statement for the review of commitments"), "outcomes:review"),
        )
    )
