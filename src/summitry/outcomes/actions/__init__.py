"""Every write about outcomes."""

from summitry.outcomes.actions.agreement import (
    answer_commitment,
    close_commitment,
    correct_commitment,
    note_agreement,
    recall_commitment,
    reject_commitment,
    reopen_commitment,
    submit_commitment,
)
from summitry.outcomes.actions.commitments import (
    Taken,
    edit_commitment,
    load_commitments,
    record_commitment,
)
from summitry.outcomes.actions.content import Content, Doing, Provision, Signing
from summitry.outcomes.actions.deliveries import note_delivery, note_disposal
from summitry.outcomes.actions.handovers import (
    add_items,
    agree_handover,
    attach_to_handover,
    cancel_handover,
    close_handover,
    edit_handover,
    load_items,
    record_handover,
    return_handover,
    set_ceremony,
    sign_handover,
)
from summitry.outcomes.actions.inspections import Found, correct_inspection, inspect_items, settle_remarks
from summitry.outcomes.actions.instruments import (
    attach_to_instrument,
    edit_instrument,
    note_lifecycle,
    record_instrument,
)
from summitry.outcomes.actions.publication import (
    clear_outcome,
    publish_commitment,
    set_confidentiality,
    unpublish_commitment,
)
from summitry.outcomes.actions.reminders import remind_owner, send_reminders
from summitry.outcomes.actions.reports import Told, assess_commitment, file_report, note_milestone
from summitry.outcomes.actions.review import carry_over, change_follow_up, keep_area
from summitry.outcomes.actions.shared import NewFile
from summitry.outcomes.actions.silence import conclude_silence, open_silence, reply_to_silence
from summitry.outcomes.actions.terms import PLAIN_TERMS, Party, Step, Terms
from summitry.outcomes.actions.transfer import Item, Signatory, Transfer
from summitry.outcomes.actions.visits import call_off_visit, note_visit, plan_visit, send_visit_reminders

__all__ = [
    "PLAIN_TERMS",
    "Content",
    "Doing",
    "Found",
    "Item",
    "NewFile",
    "Party",
    "Provision",
    "Signatory",
    "Signing",
    "Step",
    "Taken",
    "Terms",
    "Told",
    "Transfer",
    "add_items",
    "agree_handover",
    "answer_commitment",
    "assess_commitment",
    "attach_to_handover",
    "attach_to_instrument",
    "call_off_visit",
    "cancel_handover",
    "carry_over",
    "change_follow_up",
    "clear_outcome",
    "close_commitment",
    "close_handover",
    "conclude_silence",
    "correct_commitment",
    "correct_inspection",
    "edit_commitment",
    "edit_handover",
    "edit_instrument",
    "file_report",
    "inspect_items",
    "keep_area",
    "load_commitments",
    "load_items",
    "note_agreement",
    "note_delivery",
    "note_disposal",
    "note_lifecycle",
    "note_milestone",
    "note_visit",
    "open_silence",
    "plan_visit",
    "publish_commitment",
    "recall_commitment",
    "record_commitment",
    "record_handover",
    "record_instrument",
    "reject_commitment",
    "remind_owner",
    "reopen_commitment",
    "reply_to_silence",
    "return_handover",
    "send_reminders",
    "send_visit_reminders",
    "set_ceremony",
    "set_confidentiality",
    "settle_remarks",
    "sign_handover",
    "submit_commitment",
    "unpublish_commitment",
]
