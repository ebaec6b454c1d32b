from __future__ import annotations

from datetime import UTC, datetime
from threading import Barrier, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, connections, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from summitry.accounts.access import SYSTEM
from summitry.files.actions import keep_file
from summitry.ledger.actions import action, erase_person, record
from summitry.outbox.actions import Draft, post_letter, post_letters
from summitry.outbox.composing import Enclosed, Made, Recipient, Wording
from summitry.outbox.models import Enclosure, Letter
from summitry.outbox.queries import ErasedError, letters_in, message_of, shown_letters
from summitry.records import RefusedError
from support.editions import make_edition

ENGLISH = Wording(subject="A commitment is due", text="Thirty days are left.")
FRENCH = Wording(subject="Un engagement arrive à échéance", text="Il reste trente jours.")


def draft(key: str = "reminder:1", **words: Any) -> Draft:
    to: dict[str, Any] = {
        "id": uuid4(),
        "address": f"{key.replace(':', '.')}@example.org",
        "name": "Ole Berg",
    }
    to |= words.pop("to", {})
    return Draft(to=Recipient(**to), wordings=words.pop("wordings", {"en": ENGLISH}), key=key, **words)


@action
def tell(*drafts: Draft) -> list[Letter]:
    letters = post_letters(drafts)
    record(by=SYSTEM, verb="tell", target=None, edition_id=None)
    return letters


def test_a_letter_is_posted_with_what_it_tells_of_or_not_at_all(db: None) -> None:
    @action
    def forgetful() -> None:
        post_letters([draft()])

    with pytest.raises(RuntimeError, match="entered 0 times"):
        forgetful()
    assert not Letter.objects.exists()
    tell(draft())
    assert Letter.objects.get().state == Letter.State.WAITING


def test_the_same_is_told_once(db: None) -> None:
    first = tell(draft())
    again = tell(draft(), draft("reminder:2"), draft("reminder:2"))
    assert again[0] == first[0]
    assert again[1] == again[2]
    assert Letter.objects.count() == 2


def test_two_who_tell_the_same_at_once_post_one_letter(fresh_database: str) -> None:
    together = Barrier(3)

    def post() -> None:
        together.wait()
        tell(draft("a"), draft("b"))
        connections.close_all()

    threads = [Thread(target=post) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(Letter.objects.values_list("key", flat=True)) == ["a", "b"]


def test_posting_takes_as_many_statements_for_thirty_letters_as_for_one(
    db: None, django_assert_num_queries: Any
) -> None:
    file = keep_file(content=b"as agreed", name="plan.txt")
    for count in (1, 30):
        drafts = [
            draft(f"{count}:{number}", enclosed=[Enclosed(file=file, name="plan.txt")])
            for number in range(count)
        ]
        with transaction.atomic(), django_assert_num_queries(8):
            post_letters(drafts)


def test_a_letter_speaks_the_recipients_language_else_english_else_what_there_is(db: None) -> None:
    words = {"en": ENGLISH, "fr": FRENCH}
    letters = tell(
        draft("1", wordings=words, to={"language": "fr-CA"}),
        draft("2", wordings=words, to={"language": "ar"}),
        draft("3", wordings={"fr": FRENCH}, to={"language": "ar"}),
    )
    assert [letter.language for letter in letters] == ["fr", "en", "fr"]
    assert shown_letters(letters)[0].subject == FRENCH.subject


def test_whom_a_letter_goes_to_and_what_it_says_is_stored_sealed(db: None) -> None:
    tell(draft(made=[Made(name="a.ics", media_type="text/calendar", content=b"Ole Berg")]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT heading::text || contents::text FROM outbox_letter")
        (stored,) = cursor.fetchone()
    for personal in ("Berg", "example.org", "Thirty", "commitment", "T2xlIEJlcmc"):
        assert personal not in stored


def test_erasing_a_person_erases_their_letters(db: None) -> None:
    person = uuid4()
    kept, erased = tell(draft("1"), draft("2", to={"id": person}))
    erase_person(person_id=person, by=SYSTEM)

    assert [shown.name for shown in shown_letters([kept, erased])] == ["Ole Berg", ""]
    with pytest.raises(ErasedError):
        message_of(erased)


def test_opening_takes_one_statement_for_any_number_of_letters(
    db: None, django_assert_num_queries: Any
) -> None:
    edition = make_edition().edition.pk
    tell(*(draft(str(number), edition_id=edition) for number in range(30)))
    with django_assert_num_queries(2):
        shown = shown_letters(letters_in(Letter.objects.all(), edition, [Letter.State.WAITING]))
    assert len(shown) == 30
    assert not letters_in(Letter.objects.all(), edition, [Letter.State.SENT]).exists()


def test_a_letter_names_an_edition_that_exists(db: None) -> None:
    tell(draft(edition_id=999_999))
    with pytest.raises(IntegrityError, match="letter_edition_exists"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("address", ["", "nobody", "two@@example.org", "aïcha@example.org", "a@b"])
def test_an_address_to_which_nothing_can_go_is_refused(db: None, address: str) -> None:
    with pytest.raises(RefusedError, match="No letter can go") as refused:
        tell(draft(to={"address": address}))
    assert refused.value.field == "email"


def test_headers_cannot_be_brought_in(db: None) -> None:
    wording = Wording(subject="Due\r\nBcc: x@example.org", text="Text")
    letter = tell(draft(to={"name": "Ole\nBcc: y@example.org"}, wordings={"en": wording}))[0]
    message, to = message_of(letter)
    assert "Bcc" not in message
    assert message["Subject"] == "Due Bcc: x@example.org"
    assert to == "reminder.1@example.org"


def test_a_letter_takes_its_enclosures_along(db: None) -> None:
    file = keep_file(content=b"as agreed", name="plan.txt")
    letter = tell(
        draft(
            enclosed=[Enclosed(file=file, name="Plan signé.txt")],
            made=[Made(name="a.ics", media_type="text/calendar", content=b"BEGIN:VCALENDAR")],
        )
    )[0]
    message, _to = message_of(letter)
    assert [part.get_filename() for part in message.iter_attachments()] == ["a.ics", "Plan signé.txt"]
    tell(draft(enclosed=[Enclosed(file=file, name="again.txt")]))  # told before: nothing is added
    assert Enclosure.objects.count() == 1


def test_a_message_is_known_by_an_identifier_that_stays(db: None, settings: Any) -> None:
    settings.PUBLIC_URL = "https://summit.example:8443/"
    letter = post_letter(
        to=Recipient(id=UUID(int=1), address="ole.berg@example.org"), wordings={"en": ENGLISH}, key="1"
    )
    assert letter.message_id == f"<{letter.public_id}@summit.example>"
    settings.PUBLIC_URL = "https://elsewhere.example"
    assert message_of(letter)[0]["Message-ID"] == letter.message_id


def test_a_letter_may_have_to_wait(db: None) -> None:
    later = datetime(2031, 1, 1, tzinfo=UTC)
    assert tell(draft(not_before=later))[0].due_at == later


def test_a_worker_is_called_once_however_many_letters_wait(fresh_database: str) -> None:
    tell(draft("1"))
    tell(draft("2"), draft("3"))
    waiting = ProcrastinateJob.objects.filter(task_name="send_letters")
    assert [job.queue_name for job in waiting] == ["outbox"]
