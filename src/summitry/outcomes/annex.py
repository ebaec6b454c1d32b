"""What the parties of a meeting have agreed before, on the meeting's page and behind its card."""

from __future__ import annotations

from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor
from summitry.bilaterals.annexes import Annex, AnnexLine
from summitry.bilaterals.models import Meeting, Request
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation
from summitry.outcomes import access, queries
from summitry.outcomes.kinds import Timeliness
from summitry.outcomes.models.vocabulary import Confidentiality
from summitry.outcomes.queries import Between
from summitry.outcomes.views.common import entity_names, language, page
from summitry.outcomes.words import progress_words
from summitry.world.languages import text_in

_MOST_LINES: Final = 8
#: What is still to be kept comes first.
_URGENCY: Final = [Timeliness.LAPSED, Timeliness.LATE, Timeliness.ON_TRACK, Timeliness.DELIVERED]


def agreed_before(edition: Edition, request: Request, who: Actor) -> Annex | None:
    """Return what a meeting's first two parties have agreed, what is open first; and the way to record more."""
    parties = [party.delegation_id for party in request.parties.all()][:2]
    entities = dict(Delegation.objects.filter(pk__in=parties).values_list("pk", "entity_id"))
    if len(entities) != len(parties) or len(parties) < 2:  # noqa: PLR2004 two meet
        return None
    one, other = (entities[pk] for pk in parties)
    found = queries.between(one, other, edition=edition, who=who)
    names = entity_names(edition, {one, other, *(row.owner_id for row in found.commitments)})
    lines = _lines(edition, found, {pk: name.short for pk, name in names.items()})
    may_read = who.has_role(edition.pk, *access.CONCERNED)
    return Annex(
        title=_("What they have agreed before"),
        lines=lines[:_MOST_LINES],
        url=page(edition, "between", one=names[one].code, other=names[other].code)
        if lines and may_read
        else "",
        more=_("All of it"),
        actions=_actions(edition, request, who),
    )


def _lines(edition: Edition, found: Between, names: dict[int, str]) -> list[AnnexLine]:
    rows = sorted(found.commitments, key=lambda row: _URGENCY.index(row.timeliness))
    lines = [_promise(edition, row, names[row.owner_id]) for row in rows]
    lines += [
        AnnexLine(
            text_in(row.title, language()),
            f"{row.ref}, {row.get_kind_display()}, {row.get_state_display()}",
            page(edition, "instrument", row.public_id),
        )
        for row in found.instruments
    ]
    lines += [
        AnnexLine(
            text_in(row.title, language()),
            f"{row.ref}, {row.get_state_display()}",
            page(edition, "handover", row.public_id),
        )
        for row in found.handovers
    ]
    return lines


def _promise(edition: Edition, row: Any, owner: str) -> AnnexLine:
    told = [f"{row.ref} ({row.edition.year}), {owner}", str(Timeliness(row.timeliness).label)]
    if row.due_on is not None:
        told.append(_("due %(day)s") % {"day": date_format(row.due_on, "j M Y")})
    told.append(_("owner reports: %(words)s") % {"words": progress_words(row.progress)})
    return AnnexLine(
        text_in(row.title, language()), "; ".join(told), page(edition, "commitment", row.public_id)
    )


def _actions(edition: Edition, request: Request, who: Actor) -> list[tuple[str, str]]:
    level = max(request.confidentiality, Confidentiality.PUBLIC)
    if not access.may_record(who, edition, confidentiality=level):
        return []
    meeting = Meeting.objects.filter(request=request).values_list("public_id", flat=True).first()
    if meeting is None:
        return []
    return [(_("Record what was agreed"), page(edition, "commitment-new", meeting=str(meeting)))]
