"""What the ledger holds of a commitment, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from summitry.outcomes.kinds import Answer, Completion, Progress
from summitry.outcomes.queries import Happened

_WORDS: Final = {
    "record_commitment": gettext_noop("Recorded"),
    "load_commitments": gettext_noop("Read in from a file"),
    "edit_commitment": gettext_noop("Terms changed"),
    "submit_commitment": gettext_noop("Laid before the parties"),
    "recall_commitment": gettext_noop("Taken back from the parties"),
    "reject_commitment": gettext_noop("Rejected"),
    "correct_commitment": gettext_noop("Opened for a correction"),
    "note_agreement": gettext_noop("Noted as agreed elsewhere"),
    "clear_outcome": gettext_noop("Cleared for publication"),
    "withdraw_clearance": gettext_noop("Clearance withdrawn"),
    "publish_commitment": gettext_noop("Published"),
    "unpublish_commitment": gettext_noop("Withdrawn from publication"),
    "close_commitment": gettext_noop("Closed"),
    "reopen_commitment": gettext_noop("Opened again"),
    "set_confidentiality": gettext_noop("Who may know of it was changed"),
    "note_milestone": gettext_noop("Milestone noted"),
    "answer_commitment": gettext_noop("Answered by a party"),
    "file_report": gettext_noop("Reported on"),
    "assess_commitment": gettext_noop("Assessed"),
    "remind_owner": gettext_noop("Owner reminded"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, as a page tells it."""

    at: datetime
    what: str
    by: str
    note: str


def events(history: list[Happened] | tuple[Happened, ...]) -> list[Event]:
    """Tell entries in words, the newest first."""
    return [
        Event(one.at, _what(one), one.by, str(one.after.get("note") or one.after.get("slip_reason") or ""))
        for one in history
    ]


def _what(one: Happened) -> str:
    after = one.after
    match one.verb:
        case "answer_commitment" if after.get("workflow") == "approved":
            return _("Confirmed by the last party: agreed")
        case "answer_commitment" if after.get("workflow") == "change_requested":
            return _("Change asked for by a party")
        case "answer_commitment" if after.get("answer") == Answer.CONFIRMED:
            return _("Confirmed by a party")
        case "file_report" if after.get("progress") in Progress:
            return _("Reported: %(progress)s") % {"progress": Progress(after["progress"]).label}
        case "assess_commitment" if after.get("completion") in Completion:
            return _("Assessed: %(completion)s") % {"completion": Completion(after["completion"]).label}
        case _:
            return _(_WORDS.get(one.verb, one.verb.replace("_", " ").capitalize()))
