"""What states of outcomes are called and how they are marked on screens."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from summitry.outcomes.kinds import Light, Progress, Timeliness, Workflow

#: The chips' levels: amber and red only where a person is needed.
LIGHT_LEVELS: Final = {
    Light.GREEN: "done",
    Light.YELLOW: "amber",
    Light.RED: "red",
    Light.INACTIVE: "red",
    Light.NONE: "plain",
}
TIMELINESS_LEVELS: Final = {
    Timeliness.DELIVERED: "done",
    Timeliness.ON_TRACK: "",
    Timeliness.LATE: "amber",
    Timeliness.LAPSED: "red",
}
WORKFLOW_LEVELS: Final = {
    Workflow.DRAFT: "out",
    Workflow.SUBMITTED: "amber",
    Workflow.CHANGE_REQUESTED: "amber",
    Workflow.APPROVED: "",
    Workflow.PUBLISHED: "accent",
    Workflow.CLOSED: "done",
    Workflow.REJECTED: "out",
}
#: How far the owner says it is, as a bar shows it.
PARTS: Final = {
    Progress.IN_PROGRESS_25: 25,
    Progress.IN_PROGRESS_50: 50,
    Progress.IN_PROGRESS_75: 75,
    Progress.COMPLETED: 100,
}


def progress_words(progress: str) -> str:
    """Say what an owner reports in a word or a number."""
    part = PARTS.get(Progress(progress))
    if part is None or progress == Progress.COMPLETED:
        return str(Progress(progress).label)
    return _("%(part)d %%") % {"part": part}


def light_chip(light: str) -> tuple[str, str]:
    """Return a reporting light's word and level."""
    return ("–", "plain") if light == Light.NONE else (str(Light(light).label), LIGHT_LEVELS[Light(light)])


def timeliness_chip(timeliness: str) -> tuple[str, str]:
    """Return the word and the level of where something stands in time."""
    return str(Timeliness(timeliness).label), TIMELINESS_LEVELS[Timeliness(timeliness)]


def workflow_chip(workflow: str) -> tuple[str, str]:
    """Return the word and the level of how far a record is."""
    return str(Workflow(workflow).label), WORKFLOW_LEVELS[Workflow(workflow)]
