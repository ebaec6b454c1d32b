"""The abstract base of the tables."""

from __future__ import annotations

from django.db import models

from summitry.records.ids import uuid7


class Record(models.Model):
    """A row with a public identifier and a version.

    Inside, rows are joined by ``id`` (bigint); outside (addresses, exports, calendars)
    they are known by ``public_id``. ``version`` rises with each edit, so that an edit
    made on an old state is refused instead of silently winning.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
