"""A form with one field of every kind, empty and wrong."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class MemberForm(forms.Form):
    """A member of a delegation."""

    family_name = forms.CharField(label=_("Family name"), max_length=40, help_text=_("As in the passport."))
    given_names = forms.CharField(label=_("Given names"), max_length=40, required=False)
    capacity = forms.ChoiceField(
        label=_("Capacity"), choices=[("", "–"), ("head", _("Head of delegation")), ("adviser", _("Adviser"))]
    )
    arrives = forms.DateField(label=_("Arrives"), widget=forms.DateInput(attrs={"type": "date"}))
    level = forms.ChoiceField(
        label=_("Level"), widget=forms.RadioSelect, choices=[("p", _("Principals")), ("d", _("Deputies"))]
    )
    remarks = forms.CharField(label=_("Remarks"), widget=forms.Textarea, required=False)
    consent = forms.BooleanField(label=_("May be named in the public programme"), required=False)


def checked_form() -> MemberForm:
    """Return the form as it comes back when something is wrong."""
    form = MemberForm(
        {
            "family_name": "Wickramasinghe Mudiyanselage Abeysekara-Ratnayake",
            "arrives": "2019-02-30",
            "capacity": "adviser",
        }
    )
    form.is_valid()
    return form
