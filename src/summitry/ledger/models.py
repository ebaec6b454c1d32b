"""The ledger's tables."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from summitry.records.models import Record


class Chain(models.Model):
    """The head of one hash chain: one per edition, and one for what belongs to none.

    Its row is locked last in an action, so that two actions of an edition enter one after the other.
    """

    edition_id = models.BigIntegerField(null=True)
    sequence = models.BigIntegerField(default=0)
    hash = models.BinaryField(default=bytes)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition_id"], nulls_distinct=False, name="chain_one_per_edition"
            ),
        ]

    def __str__(self) -> str:
        return f"chain of edition {self.edition_id}, {self.sequence} entries"


class Entry(Record):
    """One action: who did what to which record when, before and after. The database refuses to change it."""

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="entries")
    sequence = models.BigIntegerField()
    at = models.DateTimeField(db_default=Now())
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=80)
    target_type = models.CharField(max_length=80)
    target_id = models.UUIDField(null=True)
    delegation_ids = models.JSONField(default=list)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    previous_hash = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        ordering = ["chain", "sequence"]
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="entry_sequence_once")]
        indexes = [models.Index(fields=["target_type", "target_id"])]

    def __str__(self) -> str:
        return f"{self.sequence} {self.actor_name} {self.verb} {self.target_type}"


class PersonKey(models.Model):
    """The key under which one person's fields are sealed in entries; destroying it erases them, history stays."""

    person_id = models.UUIDField(unique=True)
    sealed_key = models.BinaryField()
    key_id = models.CharField(max_length=40)

    def __str__(self) -> str:
        return str(self.person_id)
