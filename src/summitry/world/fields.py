"""A field for what is written in several languages: ``{language: text}``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from summitry.world.languages import LANGUAGES, text_in

__all__ = ["TranslatedField", "check_translations", "text_in"]


def check_translations(value: object) -> None:
    """Refuse what is not ``{language code: text}``.

    Raises
    ------
    django.core.exceptions.ValidationError
        Names the language at fault and what is wrong with it.
    """
    if not isinstance(value, dict):
        raise ValidationError(_("Give the text per language, such as {“en”: “…”}."), code="not_translations")
    for code, text in value.items():
        if code not in LANGUAGES:
            raise ValidationError(
                _("“%(code)s” is not a language known here; use an ISO 639 code such as “en”."),
                code="unknown_language",
                params={"code": code},
            )
        if not isinstance(text, str) or not text.strip():
            raise ValidationError(
                _("The text in “%(code)s” is missing; write it, or leave the language out."),
                code="no_text",
                params={"code": code},
            )


if TYPE_CHECKING:
    _TextsField = models.JSONField[dict[str, str], dict[str, str]]
else:  # Django's own class takes no parameters
    _TextsField = models.JSONField


class TranslatedField(_TextsField):
    """Text in any number of languages, read with :func:`~summitry.world.languages.text_in`.

    Checked in forms and again on every write to the database, so that bulk writes cannot
    get round it. An empty object is allowed only where the field is ``blank``.
    """

    description = _("Text per language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse a value that is not text per language."""
        super().validate(value, model_instance)
        check_translations(value)

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """Check once more where every write passes."""
        if not hasattr(value, "resolve_expression"):
            check_translations(value)
            if not value and not self.blank:
                raise ValidationError(
                    _("%(field)s needs a text in at least one language."), params={"field": self.verbose_name}
                )
        return super().get_db_prep_save(value, connection)
