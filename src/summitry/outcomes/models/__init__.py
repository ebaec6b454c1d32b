"""The tables of outcomes."""

from summitry.outcomes.models.commitments import (
    CarryOver,
    Commitment,
    CommitmentParty,
    Confirmation,
    Milestone,
    Wording,
)
from summitry.outcomes.models.deliveries import (
    Delivery,
    DeliveryLine,
    Disposal,
    EndUseVisit,
    HandoverFile,
    Inspection,
    PlannedVisit,
)
from summitry.outcomes.models.handovers import Fulfilment, Handover, HandoverItem, HandoverSignatory
from summitry.outcomes.models.instruments import (
    Activity,
    Article,
    Instrument,
    InstrumentFile,
    InstrumentParty,
    LifecycleEvent,
)
from summitry.outcomes.models.reports import Assessment, Report, ReportFile
from summitry.outcomes.models.silence import SilenceProcedure, SilenceReply
from summitry.outcomes.models.vocabulary import Area, FollowUpSettings

__all__ = [
    "Activity",
    "Area",
    "Article",
    "Assessment",
    "CarryOver",
    "Commitment",
    "CommitmentParty",
    "Confirmation",
    "Delivery",
    "DeliveryLine",
    "Disposal",
    "EndUseVisit",
    "FollowUpSettings",
    "Fulfilment",
    "Handover",
    "HandoverFile",
    "HandoverItem",
    "HandoverSignatory",
    "Inspection",
    "Instrument",
    "InstrumentFile",
    "InstrumentParty",
    "LifecycleEvent",
    "Milestone",
    "PlannedVisit",
    "Report",
    "ReportFile",
    "SilenceProcedure",
    "SilenceReply",
    "Wording",
]
