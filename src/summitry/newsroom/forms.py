"""What is typed in the newsroom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from summitry.newsroom.actions import Profile
from summitry.newsroom.kinds import ReleaseKind, Section
from summitry.newsroom.models import PressProfile
from summitry.records import RefusedError
from summitry.world.languages import LANGUAGES


class Form(forms.Form):
    """A form that shows what an action refuses beside the field at fault."""

    def refuse(self, error: RefusedError) -> None:
        """Take over a refusal."""
        known = error.field if error.field in self.fields else None
        self.add_error(known, error.message)


class NewReleaseForm(Form):
    """A release to be begun."""

    slug = forms.CharField(
        label=_("Address"),
        max_length=80,
        help_text=_("Small letters, digits and hyphens. It stays the same for good."),
    )
    kind = forms.ChoiceField(label=_("What is released"), choices=ReleaseKind.choices)


class TextForm(Form):
    """A sentence as it shall read."""

    text = forms.CharField(label=_("Sentence"), widget=forms.Textarea(attrs={"rows": 3}), strip=True)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AddForm(Form):
    """A sentence of one's own."""

    section = forms.ChoiceField(label=_("Where it stands"), choices=Section.choices, initial=Section.MEETINGS)
    text = forms.CharField(label=_("Sentence"), widget=forms.Textarea(attrs={"rows": 3}))


class IssueForm(Form):
    """When a cleared version becomes public."""

    embargo_until = forms.DateTimeField(
        label=_("Under embargo until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("The venue's time. Without it, it is public at once."),
    )


class WithdrawForm(Form):
    """Why a release is withdrawn."""

    reason = forms.CharField(label=_("Why it is withdrawn"), widget=forms.Textarea(attrs={"rows": 2}))


def _languages(codes: Sequence[str]) -> list[tuple[str, str]]:
    return [(code, LANGUAGES[code].endonym) for code in codes if code in LANGUAGES]


class CorrectForm(Form):
    """What a further version corrects, in each language."""

    def __init__(self, *args: Any, languages: Sequence[str], **words: Any) -> None:
        super().__init__(*args, **words)
        for code, name in _languages(languages):
            self.fields[f"notice_{code}"] = forms.CharField(
                label=_("What is corrected, in %(language)s") % {"language": name},
                widget=forms.Textarea(attrs={"rows": 2, "lang": code}),
            )

    def notice(self) -> dict[str, str]:
        """Return the notice by language."""
        return {name.removeprefix("notice_"): text for name, text in self.cleaned_data.items()}


class ProfileForm(Form):
    """What every release of an edition says."""

    def __init__(self, *args: Any, languages: Sequence[str], **words: Any) -> None:
        super().__init__(*args, **words)
        for code, name in _languages(languages):
            self.fields[f"audience_{code}"] = forms.CharField(
                label=_("Who comes, in %(language)s") % {"language": name},
                required=False,
                help_text=_("A plural without an article, such as law enforcement executives.")
                if code == "en"
                else "",
                widget=forms.TextInput(attrs={"lang": code}),
            )
        for code, name in _languages(languages):
            self.fields[f"about_{code}"] = forms.CharField(
                label=_("About the host, in %(language)s") % {"language": name},
                required=False,
                widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
            )
        self.fields["contact"] = forms.EmailField(label=_("Whom to ask"), required=False)

    @staticmethod
    def values_of(profile: PressProfile | None) -> dict[str, str]:
        """Return what is kept, by the names of the fields."""
        if profile is None:
            return {}
        texts = {f"audience_{code}": text for code, text in profile.audience.items()}
        texts |= {f"about_{code}": text for code, text in profile.about.items()}
        return {**texts, "contact": profile.contact}

    def profile(self) -> Profile:
        """Return what is typed."""

        def texts(name: str) -> dict[str, str]:
            return {
                key.removeprefix(f"{name}_"): text
                for key, text in self.cleaned_data.items()
                if key.startswith(f"{name}_") and text
            }

        return Profile(audience=texts("audience"), about=texts("about"), contact=self.cleaned_data["contact"])


class TermForm(Form):
    """How an office, a service or a title is written in other languages."""

    text = forms.CharField(label=_("As it is recorded"), max_length=200)

    def __init__(self, *args: Any, languages: Sequence[str], **words: Any) -> None:
        super().__init__(*args, **words)
        for code, name in _languages(languages):
            self.fields[f"wording_{code}"] = forms.CharField(
                label=name, required=False, max_length=200, widget=forms.TextInput(attrs={"lang": code})
            )

    def terms(self) -> dict[str, dict[str, str]]:
        """Return the term with its wordings."""
        wording = {
            key.removeprefix("wording_"): text
            for key, text in self.cleaned_data.items()
            if key.startswith("wording_") and text
        }
        return {self.cleaned_data["text"]: wording}
