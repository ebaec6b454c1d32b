"""Who may see and do what with outcomes: denied unless granted.

An outcome outlives its edition. A role held in an edition opens that edition's outcomes
and those of earlier editions of its series, never of later ones:

- the secretariat and the follow-up officer see what the same host recorded up to "the
  parties and the host's desks", and of editions that another host held what the whole
  conference may know;
- the chief of protocol sees those too that are for the parties and protocol alone;
- a delegation's people see what its own entity is a party to, once it is more than the
  host's own draft; what is for the parties and protocol alone only its focal points do;
- the press sees what is cleared, and of its history nothing.
"""

from __future__ import annotations

from typing import Final

from summitry.accounts.access import Policy, register
from summitry.outcomes import models
from summitry.outcomes.access.reach import (
    CONCERNED,
    DESKS,
    KEEPERS,
    areas,
    carried,
    editions_in_reach,
    is_sketch,
    of,
    of_own_entity,
    seen,
    settings,
)
from summitry.outcomes.access.speaking import (
    REPORT_LINK,
    hands_over,
    keeps,
    keeps_or_owns,
    may_assess,
    may_record,
    may_report,
    may_settle,
    reaches,
    receives,
    speaks_for,
    speaks_for_entity,
    works_with,
)

__all__ = [
    "CONCERNED",
    "DESKS",
    "KEEPERS",
    "REPORT_LINK",
    "editions_in_reach",
    "is_sketch",
    "keeps",
    "may_assess",
    "may_record",
    "may_settle",
    "of_own_entity",
    "reaches",
    "speaks_for",
    "speaks_for_entity",
    "works_with",
]

_COMMITMENT_VERBS: Final = {
    **dict.fromkeys(
        (
            "edit_commitment",
            "submit_commitment",
            "recall_commitment",
            "reject_commitment",
            "correct_commitment",
            "note_agreement",
            "clear_commitment",
            "publish_commitment",
            "unpublish_commitment",
            "close_commitment",
            "reopen_commitment",
            "set_confidentiality",
            "attach_file",
        ),
        keeps,
    ),
    "file_report": may_report,
    "note_milestone": keeps_or_owns,
    "remind_owner": keeps,
    "assess_commitment": may_assess,
}
_INSTRUMENT_VERBS: Final = dict.fromkeys(
    (
        "edit_instrument",
        "note_lifecycle",
        "clear_instrument",
        "set_confidentiality",
        "open_silence",
        "conclude_silence",
        "attach_file",
    ),
    keeps,
)
_HANDOVER_VERBS: Final = {
    **dict.fromkeys(
        (
            "edit_handover",
            "agree_handover",
            "sign_handover",
            "close_handover",
            "cancel_handover",
            "return_handover",
            "clear_handover",
            "set_confidentiality",
            "note_visit",
            "plan_visit",
        ),
        keeps,
    ),
    **dict.fromkeys(("note_delivery", "attach_file"), hands_over),
    **dict.fromkeys(("inspect_items", "note_disposal"), receives),
}

register(
    Policy(models.Area, areas),
    Policy(models.FollowUpSettings, settings),
    Policy(models.Commitment, seen, _COMMITMENT_VERBS),
    Policy(models.CommitmentParty, of("commitment", models.Commitment, shown=True)),
    Policy(models.Wording, of("commitment", models.Commitment, shown=True)),
    Policy(models.Milestone, of("commitment", models.Commitment)),
    Policy(models.Confirmation, of("commitment", models.Commitment)),
    Policy(models.CarryOver, carried),
    Policy(models.Report, of("commitment", models.Commitment)),
    Policy(models.ReportFile, of("report__commitment", models.Commitment)),
    Policy(models.Assessment, of("commitment", models.Commitment)),
    Policy(models.Instrument, seen, _INSTRUMENT_VERBS),
    Policy(models.InstrumentParty, of("instrument", models.Instrument, shown=True)),
    Policy(models.Activity, of("instrument", models.Instrument, shown=True)),
    Policy(models.Article, of("instrument", models.Instrument, shown=True)),
    Policy(models.LifecycleEvent, of("instrument", models.Instrument)),
    Policy(models.InstrumentFile, of("instrument", models.Instrument)),
    Policy(models.SilenceProcedure, of("instrument", models.Instrument)),
    Policy(models.SilenceReply, of("procedure__instrument", models.Instrument)),
    Policy(models.Handover, seen, _HANDOVER_VERBS),
    Policy(models.Fulfilment, of("handover", models.Handover)),
    Policy(models.HandoverItem, of("handover", models.Handover, shown=True)),
    Policy(models.HandoverSignatory, of("handover", models.Handover, shown=True)),
    Policy(models.Delivery, of("handover", models.Handover)),
    Policy(models.DeliveryLine, of("handover", models.Handover)),
    Policy(models.Inspection, of("item__handover", models.Handover)),
    Policy(models.EndUseVisit, of("handover", models.Handover)),
    Policy(models.PlannedVisit, of("handover", models.Handover)),
    Policy(models.Disposal, of("item__handover", models.Handover)),
    Policy(models.HandoverFile, of("handover", models.Handover)),
)
