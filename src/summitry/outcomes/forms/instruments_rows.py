"""The rows of an instrument's form: parties, activities, articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.outcomes.forms.fields import day_field, line_field, text_field
from summitry.outcomes.kinds import Authority

MOST_ROWS: Final = 60


class _RowForm(forms.Form):
    """A row; its inputs bear their labels for who cannot see the headings."""

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        for name in self.fields:
            self.fields[name].widget.attrs.update({"aria-label": self.fields[name].label})

    def _offer(self, name: str, choices: Sequence[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class SigningForm(_RowForm):
    """A party, who signs for it and by what authority, and whom to turn to."""

    entity = forms.ChoiceField(label=gettext_lazy("Party"), required=False)
    signatory = line_field(gettext_lazy("Signatory"), most=200)
    office = line_field(gettext_lazy("Office"), most=200)
    authority = forms.ChoiceField(
        label=gettext_lazy("Authority"), required=False, choices=[("", "—"), *Authority.choices]
    )
    credentials = forms.ChoiceField(
        label=gettext_lazy("Credentials"),
        required=False,
        choices=[
            ("", gettext_lazy("not looked at")),
            ("yes", gettext_lazy("in order")),
            ("no", gettext_lazy("not in order")),
        ],
    )
    contact_role = line_field(gettext_lazy("Contact office"), most=200)
    contact_name = line_field(gettext_lazy("Contact name"), most=200)
    contact_email = forms.EmailField(label=gettext_lazy("Contact e-mail"), required=False)

    def __init__(self, *args: Any, entities: Sequence[Any] = (), **words: Any) -> None:
        super().__init__(*args, **words)
        self._offer("entity", [("", "—"), *entities])

    def clean(self) -> dict[str, Any]:
        """Ask for the party where something is said of it."""
        typed: dict[str, Any] = super().clean() or {}
        if any(typed.values()) and not typed.get("entity") and "entity" not in self.errors:
            self.add_error("entity", _("Choose the party of whom this is said."))
        return typed


class ActivityForm(_RowForm):
    """Something that is to be done in one of the areas."""

    area = forms.ChoiceField(label=gettext_lazy("Area"), required=False)
    title = line_field(gettext_lazy("Activity"))
    lead = forms.ChoiceField(label=gettext_lazy("Led by"), required=False)
    starts_on = day_field(gettext_lazy("from"))
    due_on = day_field(gettext_lazy("by"))
    description = text_field(gettext_lazy("Description"), rows=2)

    def __init__(
        self, *args: Any, entities: Sequence[Any] = (), areas: Sequence[Any] = (), **words: Any
    ) -> None:
        super().__init__(*args, **words)
        self._offer("area", [("", "—"), *areas])
        self._offer("lead", [("", "—"), *entities])

    def clean(self) -> dict[str, Any]:
        """Ask for the area and the title, where something is said."""
        typed: dict[str, Any] = super().clean() or {}
        if any(typed.values()):
            if not typed.get("area") and "area" not in self.errors:
                self.add_error("area", _("Choose the area to which it belongs."))
            if not typed.get("title") and "title" not in self.errors:
                self.add_error("title", _("Say what is to be done."))
        return typed


class ArticleForm(_RowForm):
    """A numbered provision."""

    number = line_field(gettext_lazy("Number"), most=20)
    heading = line_field(gettext_lazy("Heading"))
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    text = text_field(gettext_lazy("Text of the article"), rows=3)

    def __init__(self, *args: Any, languages: Sequence[Any] = (), **words: Any) -> None:
        super().__init__(*args, **words)
        self._offer("language", languages)

    def clean(self) -> dict[str, Any]:
        """Ask for the number and the text, where one of them is given."""
        typed: dict[str, Any] = super().clean() or {}
        said = any(typed.get(name) for name in ("number", "heading", "text"))
        for name, wanted in (
            ("number", _("Say how the article is cited: 4 (2).")),
            ("text", _("Give the text of the article.")),
            ("language", _("Choose the language of the article.")),
        ):
            if said and not typed.get(name) and name not in self.errors:
                self.add_error(name, wanted)
        return typed


SigningRows = forms.formset_factory(SigningForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
ActivityRows = forms.formset_factory(ActivityForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
ArticleRows = forms.formset_factory(ArticleForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
