"""The closed vocabularies of this floor."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

#: Languages that sentences are drafted in.
DRAFTED_LANGUAGES: Final = ("en", "fr", "es")


class ReleaseKind(TextChoices):
    """What is released."""

    RELEASE = "release", _("press release, drafted from the record")
    STATEMENT = "statement", _("statement, in one's own words")


class VersionState(TextChoices):
    """How far a version is; once issued, it never changes."""

    DRAFTED = "drafted", _("drafted")
    CLEARED = "cleared", _("cleared")
    ISSUED = "issued", _("issued")


class ReleaseState(TextChoices):
    """What a release is to its readers; it follows from its versions and the edition's clock."""

    DRAFTED = "drafted", _("drafted")
    CLEARED = "cleared", _("cleared")
    EMBARGOED = "embargoed", _("under embargo")
    PUBLISHED = "published", _("published")
    CORRECTED = "corrected", _("corrected")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Section(TextChoices):
    """The parts of a release, in their order."""

    HEADLINE = "headline", _("headline")
    LEAD = "lead", _("lead")
    ATTENDANCE = "attendance", _("who came")
    THEMES = "themes", _("themes")
    QUOTATION = "quotation", _("quotation")
    KEYNOTES = "keynotes", _("keynotes")
    TOPICS = "topics", _("topics")
    MEETINGS = "meetings", _("meetings and what they brought")
    NEXT = "next", _("the next edition")
    ABOUT = "about", _("about the host")


class Standing(TextChoices):
    """Whether a sentence still stands on what it was written from; computed, never stored."""

    CURRENT = "current", _("stands")
    CHANGED = "changed", _("a record has changed")
    GONE = "gone", _("a record may no longer be told")
    UNFOUNDED = "unfounded", _("rests on no record")
