"""What is said at a step of an instrument's life, with its files, and under silence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from summitry.outcomes.forms.fields import ManyFilesField, day_field, line_field, text_field
from summitry.outcomes.forms.steps import StepForm
from summitry.outcomes.kinds import InstrumentFileKind, ReplyKind
from summitry.world.languages import LANGUAGES

_MOMENTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
Options = Sequence[tuple[str, Any]]


def language_choices(first: Sequence[str]) -> list[tuple[str, str]]:
    """Return all languages by their own names, `first` first."""
    codes = dict.fromkeys([*(code for code in first if code in LANGUAGES), *LANGUAGES])
    return [(code, LANGUAGES[code].endonym) for code in codes]


def moment_field(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateTimeField:
    """Return a field for an exact time on the venue's clock."""
    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=_MOMENTS,
        error_messages={"invalid": _("This is not a time. Write it as 2019-10-30 17:00.")},
    )


class LifecycleForm(StepForm):
    """When it happened, and why."""

    on = day_field(_("On"), required=True)
    reason = text_field(_("Why?"), _("It stays with the step; the parties read it."))

    def __init__(self, *args: Any, today: date, needs_reason: bool, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["on"].initial = today
        self.fields["reason"].required = needs_reason


class InstrumentFilesForm(forms.Form):
    """Files to be attached."""

    files = ManyFilesField(  # type: ignore[assignment]  # a field here, what was uploaded in an instance
        label=_("Files"), help_text=_("They are kept for good, each known by its SHA-256 hash.")
    )
    kind = forms.ChoiceField(label=_("What they are"), choices=InstrumentFileKind.choices)
    language = forms.ChoiceField(label=_("Their language"), required=False)

    def __init__(self, *args: Any, languages: Sequence[str], **words: Any) -> None:
        super().__init__(*args, **words)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *language_choices(languages)]


class OpenSilenceForm(forms.Form):
    """A text that is put under silence."""

    text = text_field(
        _("Text under silence"), _("Word for word as it shall be adopted."), rows=5, required=True
    )
    language = forms.ChoiceField(label=_("Language of the text"))
    expires_at = moment_field(_("Silence ends"), required=True)

    def __init__(self, *args: Any, languages: Sequence[str], zone: str, **words: Any) -> None:
        super().__init__(*args, **words)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = language_choices(languages)
        self.fields["expires_at"].help_text = _(
            "Date and time on the clock of %(zone)s. What arrives at that very time is too late."
        ) % {"zone": zone}


class ReplyForm(forms.Form):
    """What a delegation writes while silence runs.

    Parameters
    ----------
    delegations
        For which the writer can speak: public ids and names.
    receives
        Whether the writer is the host, who enters what was received and when.
    """

    delegation = forms.ChoiceField(label=_("Delegation"))
    kind = forms.ChoiceField(label=_("Reply"), choices=ReplyKind.choices, widget=forms.RadioSelect)
    text = text_field(_("Text"), _("In writing, as it shall be read by the parties."), rows=4, required=True)
    at = moment_field(_("Received"), _("When the letter arrived, on the venue's clock; empty: now."))

    def __init__(self, *args: Any, delegations: Options, receives: bool, **words: Any) -> None:
        super().__init__(*args, **words)
        field = self.fields["delegation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(delegations)
        if len(delegations) == 1:
            field.widget = forms.HiddenInput()
            field.initial = delegations[0][0]
        if not receives:
            del self.fields["at"]


class ConcludeForm(forms.Form):
    """The number of a text that was adopted."""

    number = line_field(
        _("Number of the adopted text"),
        _("The text had none until now: PC.DEC/1234."),
        most=80,
        required=True,
    )
