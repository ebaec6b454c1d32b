"""What is typed about one's own account."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class ProfileForm(forms.Form):
    """How somebody is called, and in which language."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As it stands beside what you do."))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
