"""The tables of files: what is known of one, and apart from it what it holds, so that no join reads that."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class StoredFile(models.Model):
    """A file, once however often it is attached; the database refuses to change it.

    What attaches one keeps its name, language, who added it and when. Nobody obtains a
    file but through what it is attached to.
    """

    sha256 = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the contents, hexadecimal.")
    size = models.PositiveIntegerField(help_text="Bytes.")
    media_type = models.CharField(max_length=100)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_sha256"),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="file_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.media_type}, {self.size} bytes, {self.sha256[:12]}"


class Contents(models.Model):
    """What a file holds; the database checks that it is what its hash says."""

    file = models.OneToOneField(
        StoredFile,
        models.CASCADE,
        to_field="sha256",
        db_column="sha256",
        primary_key=True,
        related_name="contents",
    )
    content = models.BinaryField()

    class Meta:
        verbose_name_plural = "contents"

    def __str__(self) -> str:
        return str(self.file_id)[:12]
