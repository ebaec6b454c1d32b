"""What is typed about outcomes."""

from summitry.outcomes.forms.reports import AnswerForm, AssessmentForm, MilestoneForm, ReportForm
from summitry.outcomes.forms.steps import AgreementForm, LevelForm, ReasonForm, StepForm
from summitry.outcomes.forms.terms import TermsForm

__all__ = [
    "AgreementForm",
    "AnswerForm",
    "AssessmentForm",
    "LevelForm",
    "MilestoneForm",
    "ReasonForm",
    "ReportForm",
    "StepForm",
    "TermsForm",
]
