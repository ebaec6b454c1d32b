"""The list of handovers, and one of them: parties, items and what became of each, certificate, history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, actor, allowed, obtain
from summitry.conferences import clock
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.files.serving import serve_file
from summitry.outcomes import access, queries
from summitry.outcomes.access import CONCERNED
from summitry.outcomes.exchange.columns import LEVELS
from summitry.outcomes.kinds import EFFECTIVE_STATES, HandoverState, Side
from summitry.outcomes.models import Handover, HandoverFile, PlannedVisit
from summitry.outcomes.models.vocabulary import Confidentiality
from summitry.outcomes.queries import HandoverStory, ItemLine, handing_over
from summitry.outcomes.queries.visits import is_due, visits_planned
from summitry.outcomes.rules import ItemSums
from summitry.outcomes.units import unit_for
from summitry.outcomes.views.common import entity_names, language
from summitry.outcomes.views.handovers.common import obtained
from summitry.outcomes.views.handovers.steps import offered_steps
from summitry.outcomes.views.handovers.table import handover_table
from summitry.outcomes.views.handovers.words import FINDING_LEVELS, RESULT_LEVELS, brought, events, state_chip
from summitry.world.languages import LANGUAGES, text_in


@edition_view(*CONCERNED)
def handovers(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """List the handovers of the series that the reader may see."""
    who = actor(request)
    context = {
        "edition": edition,
        "may_record": access.may_record(who, edition, confidentiality=Confidentiality.PARTIES),
        "is_desk": who.has_role(edition.pk, *access.DESKS),
    }
    return handover_table(request, edition, who).respond("outcomes/handovers/list.html", context)


@dataclass(frozen=True, slots=True)
class Totals:
    """What became of the whole list where all of it is counted alike, and in what."""

    sums: ItemSums
    unit: str


@edition_view(*CONCERNED)
def handover(request: HttpRequest, edition: Edition, handover: UUID) -> HttpResponseBase:
    """Show one handover."""
    who = actor(request)
    found = obtained(request, edition, handover)
    context = handover_context(edition, who, found)
    return render(request, "outcomes/handovers/handover.html", context)


def handover_context(edition: Edition, who: Actor, found: Handover) -> dict[str, Any]:
    """Return what the page of a handover is drawn from; a constant number of statements."""
    keeper = access.keeps(who, found)
    full = keeper or access.works_with(who, found)
    story = queries.handover_story(handover=found, who=who)
    names = entity_names(edition, _entities(found))
    totals = _totals(story.lines)
    steps = offered_steps(edition, found, story) if keeper else []
    return {
        "edition": edition,
        "row": found,
        "story": story,
        "lines": [(line, _inspections(line)) for line in story.lines],
        "totals": totals if full else None,
        "values": sorted(story.totals.items()),
        "full": full,
        "keeper": keeper,
        "title": text_in(found.title, language()),
        "parties": {name: names.get(getattr(found, f"{name}_id")) for name in _PARTIES},
        "state_chip": state_chip(found.state),
        "ceremony": text_in(found.ceremony.title, language()) if found.ceremony else "",
        "served": handing_over.served(story.commitments) if full else [],
        "signing": [
            (Side(side).label, [one for one in story.signatories if one.side == side]) for side in Side
        ],
        "deliveries": [(one, brought(one)) for one in story.deliveries],
        "visits": [(one, FINDING_LEVELS[one.finding]) for one in story.visits],  # type: ignore[index]  # its choices
        "planned": _planned(edition, who, found) if full else [],
        "taken": _taken(found, story, who) if keeper else [],
        "languages": [LANGUAGES[code].endonym for code in found.certificate_languages if code in LANGUAGES],
        "events": events(handing_over.handover_history(handover=found, edition=edition)) if full else [],
        "level": LEVELS[found.confidentiality],
        "own_edition": text_in(found.edition.name, language()),
        "main_steps": [step for step in steps if step.is_main],
        "other_steps": [step for step in steps if not step.is_main],
        **_may(who, found, story, full=full),
    }


_PARTIES = ("transferor", "transferee", "title_holder", "custodian")


def _entities(found: Handover) -> set[int]:
    ids = (getattr(found, f"{name}_id") for name in _PARTIES)
    return {one for one in ids if one is not None}


def _inspections(line: ItemLine) -> list[tuple[Any, str]]:
    return [(one, RESULT_LEVELS[one.result]) for one in line.inspections]  # type: ignore[index]  # its choices


def _planned(edition: Edition, who: Actor, found: Handover) -> list[tuple[PlannedVisit, tuple[str, str]]]:
    """Return the visits to come, each with what is said of its day."""
    today, days = clock.today(edition), queries.follow_up_settings(edition).visit_warning_days
    told = []
    for one in visits_planned(handover=found, who=who):
        if one.due_on < today:
            chip = (_("overdue"), "red")
        elif is_due(one, today=today, days=days):
            chip = (_("due soon"), "amber")
        else:
            chip = (_("planned"), "plain")
        told.append((one, chip))
    return told


def _totals(lines: Sequence[ItemLine]) -> Totals | None:
    """Return the sums of the list; none where it counts in several units."""
    units = {line.item.unit for line in lines}
    if len(units) != 1:
        return None

    def total(name: str) -> Decimal:
        return sum((getattr(line.sums, name) for line in lines), Decimal(0))

    named = {name: total(name) for name in ("quantity", "delivered", "accepted", "rejected", "disposed")}
    return Totals(ItemSums(**named), unit_for(named["quantity"], units.pop()))


def _taken(found: Handover, story: HandoverStory, who: Actor) -> list[tuple[Any, str]]:
    """Return items of a draft that are on another handover in effect, with what that is called."""
    if found.state != HandoverState.DRAFT:
        return []
    items = {
        (line.item.make.upper(), line.item.model.upper(), line.item.serial_number.upper()): line.item
        for line in story.lines
        if line.item.serial_number
    }
    taken = handing_over.taken_serials(items, who=who, apart_from=found)
    return [(items[key], ref) for key, ref in taken.items()]


def _may(who: Actor, found: Handover, story: HandoverStory, *, full: bool) -> dict[str, bool]:
    under_way = found.state in {HandoverState.AGREED, HandoverState.SIGNED}
    effective = found.state in EFFECTIVE_STATES
    receives = full and allowed(who, "inspect_items", found)
    hands = full and allowed(who, "note_delivery", found)
    keeps = full and allowed(who, "edit_handover", found)
    return {
        "may_change": keeps and found.state == HandoverState.DRAFT,
        "may_add": keeps and under_way,
        "may_set_ceremony": keeps and found.state != HandoverState.CANCELLED,
        "may_deliver": hands and under_way and any(line.sums.to_deliver > 0 for line in story.lines),
        "may_correct_delivery": hands and under_way,
        "may_inspect": receives and under_way and any(line.sums.to_inspect > 0 for line in story.lines),
        "may_correct_inspection": receives and under_way,
        "may_settle": receives and effective,
        "may_visit": keeps and effective,
        "may_plan": keeps and effective and found.inspection_right,
        "may_read_in": keeps and (under_way or found.state == HandoverState.DRAFT),
        "may_dispose": receives
        and effective
        and any(line.sums.accepted > line.sums.disposed for line in story.lines),
        "may_attach": hands,
        "is_receiving": access.speaks_for_entity(who, found, found.transferee_id),
    }


@edition_view(*CONCERNED)
def handover_file(request: HttpRequest, edition: Edition, handover: UUID, file: UUID) -> HttpResponseBase:
    """Hand out a file of a handover."""
    found = obtained(request, edition, handover)
    attached = obtain(actor(request), HandoverFile, handover=found, public_id=file)
    return serve_file(file=attached.file, name=attached.name)
