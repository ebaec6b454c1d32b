from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from summitry.outbox.composing import Made, Recipient, Wording, absolute_url, compose
from summitry.outbox.rules import one_line

_AT = datetime(2019, 12, 4, 9, 30, tzinfo=UTC)
_LETTERS = st.text(st.characters(exclude_categories=["Cs"]))


def _composed(
    *, name: str = "Aïcha Benali", subject: str = "A commitment is due", made: tuple[Made, ...] = ()
) -> EmailMessage:
    return compose(
        message_id="<019361-7a@summit.example>",
        posted_at=_AT,
        sender="Summitry <no-reply@summit.example>",
        to=Recipient(id=UUID(int=1), address="aicha.benali@example.org", name=one_line(name), language="fr"),
        wording=Wording(
            subject=one_line(subject), text="Il reste trente jours.\n", html="<p>Il reste trente jours.</p>"
        ),
        made=made,
    )


def _read(message: EmailMessage) -> EmailMessage:
    data = message.as_bytes()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 998  # RFC 5322, section 2.1.1
    return message_from_bytes(data, policy=default)


def _decoded(header: str) -> str:
    """Return a header as RFC 2047 says that it reads."""
    unfolded = header.replace("\r\n", "").replace("\n", "")
    return str(make_header(decode_header(unfolded)))


def test_a_message_says_from_whom_it_is_when_and_that_a_program_wrote_it() -> None:
    read = _read(_composed())
    assert read["From"] == "Summitry <no-reply@summit.example>"
    assert read["To"].addresses[0].display_name == "Aïcha Benali"
    assert read["Message-ID"] == "<019361-7a@summit.example>"
    assert read["Date"].datetime == _AT
    assert read["Auto-Submitted"] == "auto-generated"
    assert read["Content-Language"] == "fr"
    text, html = read.get_body(("plain",)), read.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().splitlines() == ["Il reste trente jours."]
    assert html.get_content().splitlines() == ["<p>Il reste trente jours.</p>"]


def test_enclosures_keep_their_names_in_any_script() -> None:
    made = (
        Made(
            name="réunion.ics",
            media_type="text/calendar",
            content=b"BEGIN:VCALENDAR\r\n",
            parameters={"method": "REQUEST"},
        ),
        Made(name="اتفاق.pdf", media_type="application/pdf", content=b"%PDF-1.7"),
    )
    calendar, paper = _read(_composed(made=made)).iter_attachments()
    assert calendar.get_filename() == "réunion.ics"
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_param("method") == "REQUEST"
    assert paper.get_filename() == "اتفاق.pdf"
    assert paper.get_content() == b"%PDF-1.7"


def test_the_same_letter_is_the_same_message_each_time() -> None:
    def headers() -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in _composed().items() if name != "Content-Type"]

    assert headers() == headers()


@given(name=_LETTERS, subject=_LETTERS)
def test_no_text_can_bring_in_a_header(name: str, subject: str) -> None:
    read = _read(_composed(name=f"{name}\r\nBcc: x@example.org", subject=f"{subject}\nBcc: x@example.org"))
    assert "Bcc" not in read
    assert [address.addr_spec for address in read["To"].addresses] == ["aicha.benali@example.org"]


@given(name=_LETTERS, subject=_LETTERS)
def test_names_and_subjects_arrive_as_they_were_written(name: str, subject: str) -> None:
    # By Python's older reader: the newer puts spaces between the parts of a long name.
    read = message_from_bytes(_composed(name=name, subject=subject).as_bytes())
    assert _decoded(read["Subject"]) == one_line(subject)
    assert _decoded(parseaddr(str(read["To"]))[0]) == one_line(name)


def test_an_address_in_a_letter_is_whole(settings: Any) -> None:
    settings.SITE_URL = "https://summit.example"
    assert absolute_url("/ibpc-2019/") == "https://summit.example/ibpc-2019/"
