"""Releases, their versions, sentences and evidence; what a press office keeps for an edition."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from summitry.accounts.models import User
from summitry.conferences.models import Edition
from summitry.newsroom.kinds import ReleaseKind, Section, VersionState
from summitry.records.models import Record
from summitry.world.fields import TranslatedField


class PressProfile(Record):
    """What the press office of an edition says in every release: who comes, who the host is, whom to ask.

    ``audience`` is a noun phrase in the plural and without an article, as in "law enforcement executives".
    """

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="press_profile")
    audience = TranslatedField(blank=True)
    about = TranslatedField(blank=True)
    contact = models.EmailField(blank=True)

    def __str__(self) -> str:
        return f"press profile of {self.edition}"


class Term(Record):
    """How an office, a service or a title that is recorded in one language is written in others."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="terms")
    text = models.CharField(max_length=200)  # as it is recorded
    wording = TranslatedField()

    class Meta:
        ordering: ClassVar[list[str]] = ["edition", "text"]
        constraints = [models.UniqueConstraint(fields=["edition", "text"], name="term_once")]

    def __str__(self) -> str:
        return self.text


class Release(Record):
    """Something told to the public, known by its slug for good; what it says, its versions hold."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="releases")
    kind = models.CharField(max_length=10, choices=ReleaseKind, default=ReleaseKind.RELEASE)
    slug = models.SlugField(max_length=80)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # the edition's clock
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["edition", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="release_slug_once"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_because="")
                | models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_because=""),
                name="release_withdrawn_because",
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class ReleaseVersion(Record):
    """What a release says: a draft, then cleared, then issued and never changed again.

    All times are the edition's clock. A version with ``embargo_until`` is public from then
    on; an embargo can end earlier, never later.
    """

    release = models.ForeignKey(Release, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=VersionState, default=VersionState.DRAFTED)
    notice = TranslatedField(blank=True)  # what was corrected, from the second version on
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    embargo_until = models.DateTimeField(null=True, blank=True)
    datelines = TranslatedField(blank=True)  # place and date by language, as issued

    class Meta:
        ordering: ClassVar[list[str]] = ["release", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["release", "number"], name="release_version_number_once"),
            models.UniqueConstraint(
                fields=["release"], condition=~models.Q(state="issued"), name="release_one_open_version"
            ),
            models.CheckConstraint(
                condition=models.Q(number=1, notice={}) | models.Q(number__gt=1) & ~models.Q(notice={}),
                name="release_correction_has_notice",
            ),
            models.CheckConstraint(
                condition=models.Q(state="drafted", cleared_at__isnull=True, issued_at__isnull=True)
                | models.Q(state="cleared", cleared_at__isnull=False, issued_at__isnull=True)
                | models.Q(state="issued", cleared_at__isnull=False, issued_at__isnull=False),
                name="release_version_cleared_then_issued",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release}, version {self.number}"


class Sentence(Record):
    """A sentence of a version in one language, with the rule that drafted it (none: somebody's own)."""

    release_version = models.ForeignKey(ReleaseVersion, models.PROTECT, related_name="sentences")
    language = models.CharField(max_length=8)
    section = models.CharField(max_length=10, choices=Section)
    order = models.PositiveIntegerField()
    text = models.TextField()
    rule = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=80, blank=True)  # of which record, where a rule tells of several
    edited = models.BooleanField(default=False)
    left_out = models.BooleanField(default=False)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["release_version", "language", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["release_version", "language", "rule", "key"],
                condition=~models.Q(rule=""),
                name="sentence_of_rule_once",
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="sentence_has_text"),
        ]

    def __str__(self) -> str:
        return self.text


class Evidence(models.Model):
    """One value that a sentence rests on, as it was when the sentence was written.

    Either a field of a record (``model``, ``record``, ``field``) or the number of rows of a
    list that can be opened (``field`` is the list's key, ``value`` the number).
    """

    sentence = models.ForeignKey(Sentence, models.PROTECT, related_name="evidence")
    order = models.PositiveSmallIntegerField()
    model = models.CharField(max_length=60, blank=True)  # "programme.session"; none: a list
    record = models.UUIDField(null=True, blank=True)
    field = models.CharField(max_length=60)
    title = models.CharField(max_length=300)  # what the record is called
    value = models.JSONField()
    fingerprint = models.CharField(max_length=64)  # SHA-256 of the value

    class Meta:
        verbose_name_plural = "evidence"
        ordering: ClassVar[list[str]] = ["sentence", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["sentence", "model", "record", "field"], nulls_distinct=False, name="evidence_once"
            ),
            models.CheckConstraint(
                condition=models.Q(model="", record__isnull=True)
                | ~models.Q(model="") & models.Q(record__isnull=False),
                name="evidence_of_record_or_list",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.field}"
