"""How a certificate shall be made, with the labels of languages that the house has none for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.conferences.models import Edition
from summitry.formats.certificates import LABELS, MissingLabelError, labels_from
from summitry.outcomes.models import Handover
from summitry.world.languages import LANGUAGES

_PREFIX: Final = "labels_"


class CertificateForm(forms.Form):
    """Languages, layout and kind of file."""

    heading = gettext_lazy("Certificate of handover")
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), widget=forms.CheckboxSelectMultiple
    )
    layout = forms.ChoiceField(
        label=gettext_lazy("Several languages"),
        choices=[
            ("beside", gettext_lazy("side by side, signed once")),
            ("after", gettext_lazy("one after another, each signed")),
        ],
        widget=forms.RadioSelect,
        initial="beside",
    )
    file = forms.ChoiceField(
        label=gettext_lazy("File"),
        choices=[
            ("pdf", gettext_lazy("PDF, to print and sign")),
            ("docx", gettext_lazy("DOCX, to write in")),
        ],
        widget=forms.RadioSelect,
        initial="pdf",
    )

    def __init__(self, *args: Any, handover: Handover, **words: Any) -> None:
        super().__init__(*args, **words)
        codes = [code for code in handover.certificate_languages if code in LANGUAGES]
        field = self.fields["languages"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(code, LANGUAGES[code].endonym) for code in codes]
        field.initial = [code for code in codes if code in LABELS] or codes
        self.unlabelled = [code for code in codes if code not in LABELS]
        for code in self.unlabelled:
            self.fields[f"{_PREFIX}{code}"] = forms.CharField(
                label=_("Labels in %(language)s") % {"language": LANGUAGES[code].endonym},
                help_text=_(
                    "The house has none in this language. Write each line in it, in this order; "
                    "keep what stands in braces."
                ),
                required=False,
                initial="\n".join(LABELS["en"].values()),
                widget=forms.Textarea(attrs={"rows": 12, "lang": code}),
            )

    def clean(self) -> dict[str, Any]:
        """Ask for the labels of each language chosen that needs them."""
        typed: dict[str, Any] = super().clean() or {}
        self._labels = {code: labels for code, labels in LABELS.items() if code in typed.get("languages", [])}
        for code in self.unlabelled:
            if code not in typed.get("languages", []):
                continue
            name = f"{_PREFIX}{code}"
            written = typed.get(name, "")
            try:
                given = labels_from(written)
            except MissingLabelError as error:
                words = _("Give one line for each label: %(what)s.") % {"what": error}
                self.add_error(name, words)
                continue
            if given == dict(LABELS["en"]):
                self.add_error(name, _("These are still the English ones: write them in this language."))
            self._labels[code] = given
        return typed

    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """Return the labels of each language chosen, in the order agreed on."""
        return {code: self._labels[code] for code in self.cleaned_data["languages"]}

    def notice(self, edition: Edition) -> str:
        """Return what a reader must know of an edition's records."""
        return _("Demonstration: people, rooms and times are generated") if edition.generated else ""
