"""What owners report, and what others find."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from summitry.outcomes.actions import NewFile, Told
from summitry.outcomes.forms.fields import LinesField, ManyFilesField, day_field, text_field
from summitry.outcomes.kinds import Answer, Completion, MilestoneStatus, Progress
from summitry.outcomes.models import Commitment

MOST_FILES: Final = 10
#: What the action calls otherwise.
REPORT_FIELDS: Final = {"file": "evidence", "language": "evidence"}


class ReportForm(forms.Form):
    """A report on a commitment: how far it is, what was done, what comes next, and why it may be late."""

    progress = forms.ChoiceField(
        label=_("How far is it?"),
        choices=Progress.choices,
        widget=forms.RadioSelect(attrs={"class": "scale"}),
    )
    narrative = text_field(_("What was done?"), _("In a few sentences."), rows=4, required=True)
    next_step = text_field(_("What comes next?"), rows=2)
    new_expected_on = day_field(_("Expected later than said?"), _("The day on which you expect it now."))
    slip_reason = text_field(_("Why it is later"), rows=2)
    evidence = ManyFilesField(
        label=_("Evidence"),
        required=False,
        help_text=_("Documents or pictures that show it; several can be chosen."),
    )
    links = LinesField(label=_("Links to evidence"), required=False, help_text=_("https://…, one a line."))
    period_from = day_field(_("Reported period, from"))
    period_to = day_field(_("until"))

    def __init__(self, *args: Any, commitment: Commitment, by_link: bool = False, **words: Any) -> None:
        if commitment.reported_on is not None:
            words.setdefault("initial", {"progress": commitment.progress})
        super().__init__(*args, **words)
        if by_link:
            del self.fields["period_from"], self.fields["period_to"]

    def clean_evidence(self) -> list[Any]:
        """Refuse more files than anybody reads."""
        files: list[Any] = self.cleaned_data["evidence"]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("At most ten files go with a report: leave some out."))
        return files

    def told(self) -> Told:
        """Return what is reported, of a form that is valid."""
        typed = self.cleaned_data
        return Told(
            progress=typed["progress"],
            narrative=typed["narrative"],
            period_from=typed.get("period_from"),
            period_to=typed.get("period_to"),
            links=typed["links"],
            next_step=typed["next_step"],
            new_expected_on=typed["new_expected_on"],
            slip_reason=typed["slip_reason"],
            files=[NewFile(content=one, name=one.name or "") for one in typed["evidence"]],
        )


class AssessmentForm(forms.Form):
    """What somebody who is not of the owner finds."""

    completion = forms.ChoiceField(
        label=_("How far is it complete?"), choices=Completion.choices, widget=forms.RadioSelect
    )
    narrative = text_field(
        _("What you found"), _("What shows it, and what is missing."), rows=5, required=True
    )
    links = LinesField(label=_("Links"), required=False, help_text=_("https://…, one a line."))


class MilestoneForm(forms.Form):
    """What became of a milestone."""

    status = forms.ChoiceField(choices=MilestoneStatus.choices)
    met_on = day_field(_("Met on"))


class AnswerForm(forms.Form):
    """A delegation's answer to a commitment that lies before it."""

    answer = forms.ChoiceField(choices=Answer.choices)
    delegation = forms.UUIDField()
    wish = text_field(_("What would have to change?"), _("The secretariat and the other parties read it."))
