"""What is said when a record takes a step: mostly nothing, sometimes why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from summitry.outcomes.exchange.columns import LEVELS
from summitry.outcomes.forms.fields import day_field, line_field, text_field


class StepForm(forms.Form):
    """Nothing to say."""


class ReasonForm(StepForm):
    """Why."""

    reason = text_field(_("Why?"), _("The parties read it."), required=True)


class AgreementForm(StepForm):
    """When and how it is known to be agreed elsewhere."""

    on = day_field(_("Agreed on"), required=True)
    elsewhere = line_field(
        _("How this is known"), _("For instance: Agreed minutes of 12 March 2018."), required=True
    )


class LevelForm(StepForm):
    """Who may know of it."""

    level = forms.TypedChoiceField(
        label=_("Who may know of it"), coerce=int, choices=list(LEVELS.items()), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, level: int = 2, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["level"].initial = level
