"""One commitment: the text as agreed, where it stands on three axes, what was said of it, what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from summitry.accounts.access import Actor, actor, allowed, obtain
from summitry.bilaterals.access import CONCERNED as MEETING
from summitry.conferences import clock
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.files.serving import serve_file
from summitry.outcomes import access, queries
from summitry.outcomes.access import CONCERNED
from summitry.outcomes.actions.reports import can_assess
from summitry.outcomes.exchange.columns import LEVELS
from summitry.outcomes.forms import MilestoneForm
from summitry.outcomes.kinds import PartyRole, Workflow
from summitry.outcomes.models import Commitment, ReportFile
from summitry.outcomes.queries import CommitmentStory
from summitry.outcomes.rules import OPEN_WORKFLOWS
from summitry.outcomes.tables import when_due
from summitry.outcomes.views.common import entity_names, language, obtained, page
from summitry.outcomes.views.history import events
from summitry.outcomes.views.steps import offered_steps
from summitry.outcomes.words import PARTS, light_chip, progress_words, timeliness_chip, workflow_chip
from summitry.world.languages import LANGUAGES, text_in
from summitry.world.rules import DisplayName

_ROLES: Final = (PartyRole.COUNTERPART, PartyRole.BENEFICIARY, PartyRole.SUPPORTER)


@dataclass(frozen=True, slots=True)
class Confirming:
    """A delegation that is asked to confirm, what it answered, and whether the reader answers for it."""

    name: DisplayName
    answer: Any
    delegation: Any
    is_ours: bool


@edition_view(*CONCERNED)
def commitment(request: HttpRequest, edition: Edition, commitment: UUID) -> HttpResponseBase:
    """Show one commitment."""
    who = actor(request)
    found = obtained(request, edition, commitment)
    return render(request, "outcomes/commitments/commitment.html", commitment_context(edition, who, found))


def commitment_context(edition: Edition, who: Actor, found: Commitment) -> dict[str, Any]:
    """Return what the page of a commitment is drawn from; a constant number of statements."""
    keeper = access.keeps(who, found)
    story = queries.commitment_story(commitment=found, who=who, edition=edition, keeper=keeper)
    row = story.commitment
    full = keeper or access.works_with(who, found)
    around = queries.surroundings(commitment=found, edition=edition, who=who, full=full)
    names = entity_names(edition, _entities(story, around))
    confirming = [
        Confirming(
            names[one.delegation.entity_id],
            one.answer,
            one.delegation,
            found.workflow == Workflow.SUBMITTED
            and one.answer is None
            and access.speaks_for(who, one.delegation),
        )
        for one in story.asked
    ]
    is_open = found.workflow in OPEN_WORKFLOWS
    steps = offered_steps(edition, found, story, keeper=keeper)
    return {
        "edition": edition,
        "row": row,
        "source": found,
        "source_session": text_in(found.session.title, language()) if found.session else "",
        "story": story,
        "around": around,
        "full": full,
        "keeper": keeper,
        "title": text_in(row.title, language()),
        "owner": names[row.owner_id],
        "parties": [
            (role.label, [names[p.entity_id] for p in row.other_parties if p.role == role])
            for role in _ROLES
            if any(p.role == role for p in row.other_parties)
        ],
        "wording_language": LANGUAGES.get(story.wording.language),
        "due": when_due(row, clock.today(edition)),
        "record_chip": workflow_chip(row.workflow),
        "progress_words": progress_words(row.progress),
        "progress_part": PARTS.get(row.progress, 0),
        "light_chip": light_chip(row.light),
        "timeliness_chip": timeliness_chip(row.timeliness),
        "reports": [(one, progress_words(one.progress)) for one in story.reports],
        "assessments": [(one, names.get(one.assessor_entity_id)) for one in story.assessments],
        "confirming": confirming,
        "ours": [one for one in confirming if one.is_ours],
        "absent": [name.marked for name in _absent(story, names)],
        "steps": steps,
        "main_steps": [step for step in steps if step.is_main],
        "other_steps": [step for step in steps if not step.is_main],
        "may_report": is_open and allowed(who, "file_report", found),
        "is_owners": is_open and access.speaks_for_entity(who, found, found.owner_id),
        "may_assess": is_open and can_assess(who, found),
        "may_note": is_open and allowed(who, "note_milestone", found),
        "milestone_form": MilestoneForm(),
        "met": [names[entity].marked for entity in around.meeting_parties if entity in names],
        "may_open_meeting": who.has_role(edition.pk, *MEETING) and found.edition_id == edition.pk,
        "events": events(list(around.history)),
        "level": LEVELS[row.confidentiality],
        "areas": [text_in(area.title, language()) for area in row.areas.all()],
        "page_url": page(edition, "commitment", row.public_id),
        "own_edition": text_in(row.edition.name, language()),
    }


def _entities(story: CommitmentStory, around: queries.Surroundings) -> set[int]:
    row = story.commitment
    return {
        row.owner_id,
        *(party.entity_id for party in row.other_parties),
        *(one.assessor_entity_id for one in story.assessments),
        *around.meeting_parties,
    }


def _absent(story: CommitmentStory, names: dict[int, DisplayName]) -> list[DisplayName]:
    """Return the parties that should confirm and have no delegation that could."""
    row = story.commitment
    bound = [row.owner_id, *(p.entity_id for p in row.other_parties if p.role != PartyRole.SUPPORTER)]
    asked = {one.delegation.entity_id for one in story.asked}
    return [names[entity] for entity in bound if entity not in asked]


@edition_view(*CONCERNED)
def report_file(request: HttpRequest, edition: Edition, commitment: UUID, file: UUID) -> HttpResponseBase:
    """Hand out a piece of evidence."""
    found = obtained(request, edition, commitment)
    attached = obtain(actor(request), ReportFile, report__commitment=found, public_id=file)
    return serve_file(file=attached.file, name=attached.name)
