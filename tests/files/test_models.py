from __future__ import annotations

import hashlib

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from summitry.config.database.address import OWNER, embedded
from summitry.files.models import Contents, StoredFile


def _stored(content: bytes = b"as agreed") -> StoredFile:
    file = StoredFile.objects.create(
        sha256=hashlib.sha256(content).hexdigest(), size=len(content), media_type="text/plain"
    )
    Contents.objects.create(file=file, content=content)
    return file


@pytest.mark.parametrize("table", ["files_storedfile", "files_contents"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET sha256 = sha256", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_the_database_refuses_the_application_and_the_owner_to_change_a_file(
    fresh_database: str, table: str, statement: str
) -> None:
    _stored()
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(statement.format(table))
    with (
        psycopg.connect(**embedded(OWNER, name=fresh_database).libpq()) as owner,  # type: ignore[arg-type]  # words are all strings
        pytest.raises(psycopg.errors.RestrictViolation),
    ):
        owner.execute(statement.format(table))
    assert Contents.objects.count() == 1


def test_retention_takes_a_file_away_as_the_owner_alone(fresh_database: str) -> None:
    _stored()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL summitry.retention = 'on'")
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("DELETE FROM files_contents")
    assert Contents.objects.exists()

    with psycopg.connect(**embedded(OWNER, name=fresh_database).libpq()) as owner:  # type: ignore[arg-type]  # words are all strings
        owner.execute("SET LOCAL summitry.retention = 'on'")
        owner.execute("DELETE FROM files_contents")
        owner.execute("DELETE FROM files_storedfile")
    assert not StoredFile.objects.exists()


def test_the_database_refuses_contents_that_are_not_what_their_hash_says(db: None) -> None:
    file = StoredFile.objects.create(sha256="0" * 64, size=3, media_type="text/plain")
    with pytest.raises(IntegrityError, match="contents_are_what_their_hash_says"), transaction.atomic():
        Contents.objects.create(file=file, content=b"abc")
