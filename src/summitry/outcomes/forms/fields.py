"""Fields that the forms of outcomes share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from summitry.records import RefusedError


def day_field(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("This is not a date. Write it as 2019-10-30.")},
    )


def text_field(label: Any, help_text: Any = "", *, rows: int = 3, required: bool = False) -> forms.CharField:
    """Return a field for some sentences."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def line_field(
    label: Any, help_text: Any = "", *, most: int = 300, required: bool = False, **attributes: str
) -> forms.CharField:
    """Return a field for a line."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=most,
        widget=forms.TextInput(attrs=attributes),
    )


class ManyFilesInput(forms.ClearableFileInput):
    """A choice of files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class ManyFilesField(forms.FileField):
    """Several files at once, none where nothing is chosen."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Return the files, each checked as a single one is."""
        given: Sequence[Any] = data if isinstance(data, list | tuple) else [data] if data else []
        single = super().clean
        return [single(one, initial) for one in given]


class LinesField(forms.CharField):
    """Several short texts, one a line."""

    def __init__(self, **words: Any) -> None:
        words.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        super().__init__(**words)

    def clean(self, value: Any) -> list[str]:
        """Return the lines that hold something."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


def refuse(form: forms.BaseForm, error: RefusedError, names: Mapping[str, str] | None = None) -> None:
    """Show beside its field what an action refused.

    Parameters
    ----------
    names
        How inputs are called that the action calls otherwise.
    """
    field = error.field or ""
    name = (names or {}).get(field, field)
    form.add_error(name if name in form.fields else None, error.message)
