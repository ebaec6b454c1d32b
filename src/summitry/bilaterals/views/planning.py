"""Planning: begin, follow, stop; adopt or discard what comes of it; see what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_POST

from summitry.accounts.access import actor, obtain
from summitry.bilaterals import queries
from summitry.bilaterals.access import DESKS
from summitry.bilaterals.actions import (
    adopt_plan,
    apply_remedy,
    discard_plan,
    start_planning,
    stop_planning,
)
from summitry.bilaterals.models import PlanningRun, PlanVersion, UnplannedRequest
from summitry.bilaterals.queries import Start
from summitry.bilaterals.views.common import adopted, asked_day, asked_number, language, page, refused
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.records import RefusedError
from summitry.ui.components import Progress
from summitry.ui.htmx import go

_REPAIRED = {
    "dropped": gettext_noop("weight %(value)d dropped"),
    "moved": gettext_noop("%(value)d moved"),
    "reroomed": gettext_noop("%(value)d in another room"),
}
_LATER = {
    "left_out": gettext_noop("%(value)d left out"),
    "breaks": gettext_noop("%(value)d breaks"),
    "walking": gettext_noop("%(value)d min walked"),
}
_STATES: Final[dict[str, Literal["running", "done", "failed", "cancelled"]]] = {
    PlanningRun.State.QUEUED: "running",
    PlanningRun.State.RUNNING: "running",
    PlanningRun.State.FINISHED: "done",
    PlanningRun.State.FAILED: "failed",
    PlanningRun.State.CANCELLED: "cancelled",
}


@dataclass(frozen=True, slots=True)
class RunShown:
    """A run as the bar of the board shows it."""

    run: PlanningRun
    progress: Progress

    @property
    def is_active(self) -> bool:
        """Whether it waits or runs."""
        return self.progress.state == "running"


def run_shown(edition: Edition, run: PlanningRun | None, day: date | None = None) -> RunShown | None:
    """Return a run that is under way, or one that brought nothing and says why."""
    if run is None:
        return None
    shown = RunShown(run, progress_of(edition, run, day))
    return shown if shown.is_active or run.error else None


def progress_of(edition: Edition, run: PlanningRun, day: date | None = None) -> Progress:
    """Say how far a run is; when it has ended, the board opens at the day that it was followed from."""
    report = run.progress or {}
    active = run.state in {PlanningRun.State.QUEUED, PlanningRun.State.RUNNING}
    words = {
        "seconds": queries.seconds_under_way(run),
        "limit": run.seconds,
        "phase": report.get("phase") or _("beginning"),
    }
    if run.state == PlanningRun.State.QUEUED:
        detail = _("waiting for a worker")
    elif active and run.cancel_asked:
        detail = _("stopping")
    elif active:
        detail = _("%(phase)s, %(seconds)d of at most %(limit)d s") % words
    else:
        detail = run.error
    version = getattr(run, "plan_version", None) if not active else None
    there = {"day": day, "plan": version.number if version else None}
    query = urlencode({key: str(value) for key, value in there.items() if value is not None})
    return Progress(
        text=score_text(report.get("score", {}), report) if not run.error else str(run.get_state_display()),
        detail=detail,
        fraction=_fraction(report.get("score", {})),
        state=_STATES[run.state],
        poll_url=page(edition, "run", run.public_id) + (f"?day={day}" if day else ""),
        cancel_url=page(edition, "stop", run.public_id),
        next_url=f"{page(edition, 'board')}?{query}",
    )


def score_text(score: dict[str, dict[str, int | None]], report: dict[str, object]) -> str:
    """Say the plan found so far in a line: what is given up first, then the weight and what it can be at most."""
    if not score:
        count = int(str(report.get("requests", 0)))
        return ngettext("%(count)d request", "%(count)d requests", count) % {"count": count}
    parts = [_(words) % score[aim] for aim, words in _REPAIRED.items() if aim in score]
    weight = score.get("weight")
    if weight and weight["bound"] == weight["value"]:
        parts.append(_("weight %(value)d, proved the most possible") % weight)
        parts += _next_aim(score)
    elif weight and weight["bound"] is not None:
        parts.append(_("weight %(value)d of at most %(bound)d") % weight)
    elif weight:
        parts.append(_("weight %(value)d") % weight)
    return ", ".join(parts)


def _next_aim(score: dict[str, dict[str, int | None]]) -> list[str]:
    """Say how far the first aim after the weight is that is not proved yet: that is what goes on."""
    later = next(
        (aim for aim in _LATER if aim in score and score[aim]["value"] != score[aim]["bound"]),
        None,
    )
    return [] if later is None else [_(_LATER[later]) % score[later]]


def _fraction(score: dict[str, dict[str, int | None]]) -> float | None:
    """Return how near the weight is to what it can be at most."""
    weight = score.get("weight", {})
    value, bound = weight.get("value"), weight.get("bound")
    return value / bound if value is not None and bound else None


@require_POST
@edition_view(*DESKS)
def plan(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Begin to plan: afresh, or as a repair of the adopted plan, one way or the other."""
    asked = request.POST.get("start")
    start = Start(asked) if asked in {Start.AFRESH, Start.KEEP_TIMES} else Start.REPAIR
    back = _back(request, edition)
    try:
        start_planning(edition=edition, by=actor(request), start=start)
    except RefusedError as error:
        return refused(request, back, error)
    return go(request, back)


def _back(request: HttpRequest, edition: Edition) -> str:
    """Return the board as it stood: the day that the form was sent from."""
    day = request.POST.get("day", "")
    return f"{page(edition, 'board')}?day={day}" if day.replace("-", "").isdigit() else page(edition, "board")


@edition_view(*DESKS)
def run(request: HttpRequest, edition: Edition, run: UUID) -> HttpResponseBase:
    """Report how far a run is."""
    found = obtain(actor(request), PlanningRun, edition=edition, public_id=run)
    return JsonResponse(
        progress_of(edition, found, asked_day(request)).to_json(), headers={"Cache-Control": "no-store"}
    )


@require_POST
@edition_view(*DESKS)
def stop(request: HttpRequest, edition: Edition, run: UUID) -> HttpResponseBase:
    """Ask a run to end with the best it has."""
    who = actor(request)
    found = obtain(who, PlanningRun, edition=edition, public_id=run)
    try:
        stopped = stop_planning(run=found, by=who)
    except RefusedError as error:
        version = getattr(found, "plan_version", None)
        back = _back(request, edition)
        return refused(request, back, error) if version is None else go(request, _at(back, version))
    told = "" if stopped.started_at else _("Stopped before it began: there is no new plan.")
    return go(request, _back(request, edition), told=told)


def _at(back: str, version: PlanVersion) -> str:
    """Return the board where it was left, at a version."""
    return f"{back}{'&' if '?' in back else '?'}plan={version.number}"


def _version(request: HttpRequest, edition: Edition, number: int) -> PlanVersion:
    return obtain(actor(request), PlanVersion, edition=edition, number=number)


@edition_view(*DESKS)
def plans(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """List the versions."""
    rows = queries.version_rows(edition=edition, who=actor(request))
    return render(request, "bilaterals/plans.html", {"edition": edition, "rows": rows})


@edition_view(*DESKS)
def changes(request: HttpRequest, edition: Edition, number: int) -> HttpResponseBase:
    """Show what is different between two versions, and who must be told."""
    who = actor(request)
    after = _version(request, edition, number)
    other = asked_number(request, "with")
    before = _version(request, edition, other) if other is not None else queries.compared_with(edition, after)
    comparison = queries.changes(edition=edition, before=before, after=after, who=who, language=language())
    overtaken = queries.is_overtaken(after, adopted(edition))
    is_draft = after.state == PlanVersion.State.DRAFT
    run = queries.current_run(edition=edition, who=who) if is_draft else None
    context = {
        "edition": edition,
        "before": before,
        "after": after,
        "comparison": comparison,
        "rows": queries.version_rows(edition=edition, who=who),
        "is_draft": is_draft,
        "other_way": queries.other_way(after) if is_draft and not overtaken else None,
        "is_planning": run is not None and run.ended_at is None,
        "is_overtaken": overtaken,
    }
    return render(request, "bilaterals/changes.html", context)


@require_POST
@edition_view(*DESKS)
def adopt(request: HttpRequest, edition: Edition, number: int) -> HttpResponseBase:
    """Adopt a draft."""
    version = _version(request, edition, number)
    try:
        adopt_plan(version=version, by=actor(request))
    except RefusedError as error:
        return refused(request, f"{_back(request, edition)}", error)
    told = _("Plan %(number)d is what the conference goes by now.") % {"number": number}
    return go(request, _back(request, edition), told=told)


@require_POST
@edition_view(*DESKS)
def discard(request: HttpRequest, edition: Edition, number: int) -> HttpResponseBase:
    """Put a draft aside."""
    version = _version(request, edition, number)
    try:
        discard_plan(version=version, by=actor(request))
    except RefusedError as error:
        return refused(request, _back(request, edition), error)
    told = _("Plan %(number)d is put aside; it stays in the list of plans.") % {"number": number}
    return go(request, _back(request, edition), told=told)


@require_POST
@edition_view(*DESKS)
def remedy(
    request: HttpRequest, edition: Edition, number: int, meeting: UUID, index: int
) -> HttpResponseBase:
    """Ask again with what a remedy changes in the request."""
    who = actor(request)
    version = _version(request, edition, number)
    unplanned = obtain(who, UnplannedRequest, plan=version, request__public_id=meeting)
    if index >= len(unplanned.remedies):
        raise Http404
    try:
        changed = apply_remedy(unplanned=unplanned, remedy=index, by=who)
    except RefusedError as error:
        return refused(request, _back(request, edition), error)
    words = {"number": changed.number, "remedy": unplanned.remedies[index]["text"]}
    told = _("Request %(number)d is asked again: %(remedy)s. Plan to see whether it fits.") % words
    return go(request, _back(request, edition), told=told)
