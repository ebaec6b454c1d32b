"""What is typed about handovers."""

from summitry.outcomes.forms.handovers.items import ItemRows, ItemsForm, initial_items
from summitry.outcomes.forms.handovers.progress import (
    AttachForm,
    CeremonyForm,
    CorrectionForm,
    DeliveryForm,
    DisposalForm,
    InspectionForm,
    PlanForm,
    SettlingForm,
    VisitForm,
)
from summitry.outcomes.forms.handovers.signing import SignatoryRows, SigningForm, initial_signatories
from summitry.outcomes.forms.handovers.terms import TransferForm, initial_transfer

__all__ = [
    "AttachForm",
    "CeremonyForm",
    "CorrectionForm",
    "DeliveryForm",
    "DisposalForm",
    "InspectionForm",
    "ItemRows",
    "ItemsForm",
    "PlanForm",
    "SettlingForm",
    "SignatoryRows",
    "SigningForm",
    "TransferForm",
    "VisitForm",
    "initial_items",
    "initial_signatories",
    "initial_transfer",
]
