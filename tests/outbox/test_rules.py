from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.outbox.rules import MOST_ATTEMPTS, ascii_address, back_off, one_line, scrubbed
from summitry.outbox.server import MailServer


def test_waits_grow_from_a_minute_to_six_hours_and_end_within_two_days() -> None:
    waits = [back_off(attempts) for attempts in range(1, MOST_ATTEMPTS)]
    assert waits[0] == timedelta(minutes=1)
    assert max(waits) == timedelta(hours=6)
    assert all(shorter <= longer for shorter, longer in pairwise(waits))
    assert timedelta(days=1) < sum(waits, timedelta()) < timedelta(days=2)


@given(st.integers(min_value=1, max_value=32767))
def test_there_is_a_wait_after_any_number_of_tries(attempts: int) -> None:
    assert timedelta() < back_off(attempts) <= timedelta(hours=6)


@given(st.text())
def test_one_line_has_no_line_break_and_stays_as_it_is(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert one_line(line) == line


@pytest.mark.parametrize(
    ("address", "ascii_only"),
    [
        ("name@example.org", "name@example.org"),
        ("name@bücher.example", "name@xn--bcher-kva.example"),
    ],
)
def test_a_domain_is_written_as_servers_know_it(address: str, ascii_only: str) -> None:
    assert ascii_address(address) == ascii_only


@pytest.mark.parametrize("address", ["aïcha@example.org", "name@", "name@exa..mple.org"])
def test_an_address_that_servers_do_not_know_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        ascii_address(address)


def test_an_error_is_kept_without_the_address() -> None:
    told = scrubbed("550 5.1.1\r\n<ole.berg@example.org>: no such mailbox", "ole.berg@example.org")
    assert told == "550 5.1.1 <…>: no such mailbox"


def test_a_mail_server_is_read_from_its_address() -> None:
    assert MailServer.from_url("smtps://me%40example.org:a%2Fb@mail.example.org") == MailServer(
        "smtps", "mail.example.org", 465, "me@example.org", "a/b"
    )
    assert MailServer.from_url("smtp://localhost:2525").port == 2525


@pytest.mark.parametrize(("url", "told"), [("http://host", "must start with"), ("smtp://", "names no host")])
def test_a_wrong_mail_server_is_named(url: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        MailServer.from_url(url)
