from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from summitry.accounts.access import SYSTEM, Actor, Held
from summitry.accounts.models import Role
from summitry.conferences.actions import send_letter_again
from summitry.ledger.actions import erase_person
from summitry.ledger.models import Entry
from summitry.outbox.actions import Draft, post_letters
from summitry.outbox.composing import Recipient, Wording
from summitry.outbox.models import Letter
from support.editions import Small, make_edition

S = Letter.State


@pytest.fixture
def small(db: None) -> Small:
    return make_edition()


@pytest.fixture
def secretariat(small: Small) -> Client:
    client = Client()
    client.force_login(small.user(Role.SECRETARIAT))
    return client


def post(small: Small, count: int = 1, *, key: str = "letter") -> list[Letter]:
    return post_letters(
        [
            Draft(
                to=Recipient(id=uuid4(), address=f"{key}{number}@example.org", name=f"{key} {number}"),
                wordings={"en": Wording(subject=f"About {key} {number}", text="Text")},
                key=f"{key}:{number}",
                edition_id=small.edition.pk,
            )
            for number in range(count)
        ]
    )


def test_the_secretariat_sees_what_became_of_letters_and_sends_again_what_did_not_go(
    small: Small, secretariat: Client
) -> None:
    sent, abandoned = post(small, 2)
    Letter.objects.filter(pk=sent.pk).update(state=S.SENT, sent_at=timezone.now())
    Letter.objects.filter(pk=abandoned.pk).update(state=S.ABANDONED, error="no such mailbox", attempts=1)
    address = f"/{small.edition.slug}/letters/"
    page = secretariat.get(address).content.decode()
    assert "About letter 0" in page
    assert "no such mailbox" in page
    assert page.count("Send again") == 1
    narrowed = secretariat.get(f"{address}?state=abandoned").content.decode()
    assert "About letter 0" not in narrowed

    answer = secretariat.post(f"{address}{abandoned.public_id}/again/")
    assert answer.status_code == 302
    abandoned.refresh_from_db()
    assert (abandoned.state, abandoned.attempts, abandoned.error) == (S.WAITING, 0, "")
    entry = Entry.objects.get()
    assert entry.verb == "send_letter_again"
    assert entry.before == {"state": "abandoned", "attempts": 1, "error": "no such mailbox"}

    again = secretariat.post(f"{address}{abandoned.public_id}/again/", follow=True)
    assert "nothing to send again" in again.content.decode()


def test_letters_of_another_edition_are_not_to_be_found(small: Small, secretariat: Client) -> None:
    other = make_edition("small-2")
    letter = post(other, key="other")[0]
    assert "About other" not in secretariat.get(f"/{small.edition.slug}/letters/").content.decode()
    assert secretariat.post(f"/{small.edition.slug}/letters/{letter.public_id}/again/").status_code == 404
    desk = Actor(grants=frozenset({Held(Role.SECRETARIAT, small.edition.pk)}))
    with pytest.raises(PermissionDenied):
        send_letter_again(letter=letter, by=desk)


def test_a_letter_to_somebody_erased_is_told_as_erased(small: Small, secretariat: Client) -> None:
    letter = post(small)[0]
    erase_person(person_id=letter.recipient_id, by=SYSTEM)
    page = secretariat.get(f"/{small.edition.slug}/letters/").content.decode()
    assert "erased" in page
    assert "letter0@example.org" not in page


def test_letters_are_paged_and_take_the_same_statements_however_many(
    small: Small, secretariat: Client, django_assert_max_num_queries: Any
) -> None:
    counted = []
    for number, count in enumerate((1, 30, 60)):
        post(small, count, key=f"batch{number}")
        with django_assert_max_num_queries(20) as statements:
            page = secretariat.get(f"/{small.edition.slug}/letters/").content.decode()
        counted.append(len(statements))
    assert len(set(counted)) == 1
    assert "1–50 of 91" in page
    assert "About batch0 0" in secretariat.get(f"/{small.edition.slug}/letters/?page=2").content.decode()
