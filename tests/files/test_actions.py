from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction

from summitry.accounts.access import SYSTEM, visible
from summitry.config.database.prepare import superuser
from summitry.files.actions import keep_file
from summitry.files.models import Contents, StoredFile
from summitry.files.queries import DamagedFileError, content_of
from summitry.files.serving import serve_file
from summitry.records import RefusedError

PDF = b"%PDF-1.7\n% as agreed\n"


def test_the_same_contents_are_kept_once_under_any_name(db: None) -> None:
    first = keep_file(content=PDF, name="plan.pdf")
    again = keep_file(content=SimpleUploadedFile("other.pdf", PDF), name="Plan de coopération.PDF")

    assert first == again
    assert (first.size, first.media_type) == (len(PDF), "application/pdf")
    assert StoredFile.objects.count() == Contents.objects.count() == 1
    assert content_of(first) == PDF


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "plan.pdf", "empty"),
        (b"x" * 2000, "plan.txt", "at most"),
        (b"MZ\x90", "plan.pdf", "program"),
        (b"<svg/>", "plan.svg", "save it as PDF"),
        (PDF, "plan.exe", "should end in .pdf"),
        (PDF, "", "should end in .pdf"),
        (b"\xff\xd8\xff", "photo.png", "should end in .jpg or .jpeg"),
    ],
)
def test_what_is_refused_says_why_and_names_the_input(
    db: None, settings: Any, content: bytes, name: str, told: str
) -> None:
    settings.SUMMITRY_LARGEST_FILE = 1000
    with pytest.raises(RefusedError, match=told) as refused:
        keep_file(content=content, name=name, field="evidence")
    assert refused.value.field == "evidence"
    assert not StoredFile.objects.exists()


def test_an_upload_that_is_too_large_is_refused_unread(db: None, settings: Any) -> None:
    settings.SUMMITRY_LARGEST_FILE = 1000
    upload = SimpleUploadedFile("plan.txt", b"x" * 2000)
    with pytest.raises(RefusedError, match="at most"):
        keep_file(content=upload, name="plan.txt")
    assert upload.tell() == 0


def test_two_who_keep_the_same_contents_at_once_both_have_it(fresh_database: str) -> None:
    together = Barrier(3)
    kept: list[int] = []

    def keep() -> None:
        together.wait()
        with transaction.atomic():
            kept.append(keep_file(content=PDF, name="plan.pdf").pk)
        connections.close_all()

    threads = [Thread(target=keep) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept) == 3
    assert len(set(kept)) == 1


def test_a_file_changed_past_the_house_is_not_handed_out(fresh_database: str) -> None:
    file = keep_file(content=PDF, name="plan.pdf")
    with superuser(fresh_database) as almighty:
        almighty.execute("SET session_replication_role = replica")  # triggers are asleep
        almighty.execute("ALTER TABLE files_contents DROP CONSTRAINT contents_are_what_their_hash_says")
        almighty.execute("UPDATE files_contents SET content = 'something else'")
    with pytest.raises(DamagedFileError, match="restore"):
        content_of(file)


def test_nobody_obtains_a_file_but_through_what_it_is_attached_to(db: None) -> None:
    keep_file(content=PDF, name="plan.pdf")
    assert not visible(SYSTEM, StoredFile).exists()
    assert not visible(SYSTEM, Contents).exists()


def test_a_file_is_handed_over_to_be_saved_under_its_own_name(db: None) -> None:
    answer = serve_file(file=keep_file(content=PDF, name="x.pdf"), name="Accord “Frontières”.pdf")

    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    disposition = answer["Content-Disposition"]
    assert disposition == "attachment; filename*=utf-8''Accord%20%E2%80%9CFronti%C3%A8res%E2%80%9D.pdf"


def test_a_name_kept_wrongly_can_neither_break_the_header_nor_mislead(db: None) -> None:
    answer = serve_file(file=keep_file(content=b"as agreed", name="a.txt"), name='x"\r\nSet-Cookie: a=b.html')
    assert answer["Content-Disposition"] == 'attachment; filename="x\\" Set-Cookie: a=b.html.txt"'
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
