from __future__ import annotations

import re
from datetime import date, timedelta
from email import message_from_bytes
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from outcomes_support import DAY, NEXT_DAY, FollowUp
from summitry.accounts.access import SYSTEM
from summitry.accounts.models import AccessLink, Grant, Role, User
from summitry.ledger.models import Entry
from summitry.outbox.models import Letter
from summitry.outbox.queries import message_of
from summitry.outcomes import actions, queries
from summitry.outcomes.actions import Told
from summitry.outcomes.kinds import Light
from summitry.outcomes.models import Commitment, Report
from summitry.outcomes.queries.remindable import with_reminder
from summitry.outcomes.queries.reminders import reminder_counts, reminders_called, with_letters
from summitry.outcomes.rules import Reason, Reminder, reminder_due
from summitry.outcomes.tasks import remind_owners
from summitry.records import RefusedError


def speak(follow_up: FollowUp, code: str, language: str = "en") -> User:
    """Give a delegation a focal point with an account."""
    user = User.objects.create(
        email=f"{code}-{language}@example.org", name=f"Focal {code}", language=language
    )
    Grant.objects.create(
        user=user,
        role=Role.FOCAL_POINT,
        edition_id=follow_up.edition.pk,
        delegation_id=follow_up.delegation(code).pk,
    )
    return user


def open_edition(follow_up: FollowUp) -> None:
    follow_up.edition.status = "open"
    follow_up.edition.save()


def text_of(letter: Letter) -> str:
    message, _address = message_of(letter)
    body = message.get_body()
    assert body is not None
    return str(message_from_bytes(message.as_bytes())["Subject"]) + "\n" + str(body.get_content())


def token_in(letter: Letter) -> str:
    found = re.search(r"/report/([^/\s]+)/", text_of(letter))
    assert found
    return found[1]


def called(today: date, **words: object) -> Reminder | None:
    known: dict[str, object] = {
        "due_on": DAY,
        "expected_on": None,
        "reported_on": None,
        "report_due_on": DAY + timedelta(days=500),
        "lapses_on": DAY + timedelta(days=800),
        "light": Light.GREEN,
        "today": today,
        "warning_days": 30,
        "every_days": 30,
    }
    return reminder_due(**{**known, **words})  # type: ignore[arg-type]  # words of a test


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-31, None),
        (-30, Reason.DUE_SOON),
        (-1, Reason.DUE_SOON),
        (0, Reason.DUE),
        (29, Reason.DUE),
        (30, Reason.OVERDUE),
        (400, Reason.OVERDUE),
    ],
)
def test_an_owner_hears_before_the_day_on_it_and_after_it(days: int, expected: Reason | None) -> None:
    found = called(DAY + timedelta(days=days))
    assert (found.reason if found else None) == expected


def test_a_later_expected_day_counts_instead_of_the_due_one() -> None:
    later = DAY + timedelta(days=100)
    assert called(DAY + timedelta(days=20), expected_on=later) is None
    found = called(later, expected_on=later)
    assert found == Reminder(Reason.DUE, later)


@pytest.mark.parametrize(
    ("light", "expected"),
    [
        (Light.GREEN, None),
        (Light.YELLOW, Reason.REPORT_DUE),
        (Light.RED, Reason.REPORT_OVERDUE),
        (Light.INACTIVE, Reason.REPORT_OVERDUE),
    ],
)
def test_the_light_calls_for_a_report_where_nothing_is_due(light: Light, expected: Reason | None) -> None:
    found = called(DAY, due_on=None, light=light, report_due_on=DAY, lapses_on=DAY)
    assert (found.reason if found else None) == expected


def test_who_has_just_reported_is_left_in_peace() -> None:
    assert called(DAY - timedelta(days=5), reported_on=DAY - timedelta(days=10)) is None
    assert called(DAY + timedelta(days=5), reported_on=DAY + timedelta(days=3)) is None
    assert called(DAY + timedelta(days=45), reported_on=DAY + timedelta(days=31)) is None
    assert called(DAY + timedelta(days=61), reported_on=DAY + timedelta(days=31)) is not None


@given(st.integers(-60, 900), st.integers(0, 40), st.integers(1, 90))
def test_within_a_period_every_day_gives_the_same_key(days: int, later: int, every: int) -> None:
    one = called(DAY + timedelta(days=days), every_days=every)
    other = called(DAY + timedelta(days=days + later), every_days=every)
    if one is None or other is None or one.reason == Reason.DUE_SOON != other.reason:
        return
    apart = one.key("c", "u") != other.key("c", "u")
    assert apart == (one.turn != other.turn)
    assert other.turn >= one.turn


def test_the_job_run_twice_in_a_day_posts_each_letter_once(follow_up: FollowUp) -> None:
    open_edition(follow_up)
    speak(follow_up, "pl")
    follow_up.agreed()
    follow_up.agreed("pl", "no", title={"en": "Another"})
    follow_up.set_day(DAY + timedelta(days=365))
    assert remind_owners() == 2
    assert remind_owners() == 0
    follow_up.set_day(DAY + timedelta(days=370))
    assert remind_owners() == 0
    follow_up.set_day(DAY + timedelta(days=395))
    assert remind_owners() == 2
    assert Letter.objects.count() == 4
    assert AccessLink.objects.count() == 4


def test_a_job_that_is_killed_loses_no_letter(follow_up: FollowUp, monkeypatch: pytest.MonkeyPatch) -> None:
    open_edition(follow_up)
    speak(follow_up, "pl")
    for number in range(3):
        follow_up.agreed(title={"en": f"Commitment {number}"})
    follow_up.set_day(DAY + timedelta(days=365))
    monkeypatch.setattr(actions.reminders, "AT_ONCE", 1)
    posted: list[int] = []

    def killed_after_the_first(**words: object) -> int:
        if posted:
            raise KeyboardInterrupt
        posted.append(send(**words))  # type: ignore[arg-type]  # words of the job
        return posted[0]

    import summitry.outcomes.tasks as job

    send = actions.send_reminders
    monkeypatch.setattr(job, "send_reminders", killed_after_the_first)
    with pytest.raises(KeyboardInterrupt):
        remind_owners()
    assert Letter.objects.count() == 1
    monkeypatch.setattr(job, "send_reminders", send)
    assert remind_owners() == 2
    assert Letter.objects.count() == 3


def test_letters_and_links_are_kept_together_or_not_at_all(
    follow_up: FollowUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_edition(follow_up)
    speak(follow_up, "pl")
    follow_up.agreed()
    follow_up.set_day(DAY + timedelta(days=365))
    before = Entry.objects.count()

    def fails(**_words: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(actions.reminders, "record", fails)
    with pytest.raises(KeyboardInterrupt):
        remind_owners()
    assert (Letter.objects.count(), AccessLink.objects.count(), Entry.objects.count()) == (0, 0, before)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "was due on"), ("fr", "arrivé à échéance"), ("es", "venció el"), ("ar", "was due on")],
)
def test_letters_are_in_the_language_of_who_reads_them(
    follow_up: FollowUp, language: str, words: str
) -> None:
    open_edition(follow_up)
    speak(follow_up, "pl", language)
    follow_up.agreed()
    follow_up.set_day(DAY + timedelta(days=365))
    remind_owners()
    message, _address = message_of(Letter.objects.get())
    assert words in message["Subject"]
    text = text_of(Letter.objects.get())
    assert "Training of document examiners" in text
    assert "{" not in text


def test_a_secret_commitment_is_not_told_in_letters_and_gets_no_link(follow_up: FollowUp) -> None:
    open_edition(follow_up)
    speak(follow_up, "pl")
    follow_up.agreed(confidentiality=3)
    follow_up.set_day(DAY + timedelta(days=365))
    remind_owners()
    text = text_of(Letter.objects.get())
    assert "document examiners" not in text
    assert "/report/" not in text
    assert not AccessLink.objects.exists()


def test_nobody_else_sends_reminders(follow_up: FollowUp) -> None:
    with pytest.raises(PermissionDenied):
        actions.send_reminders(edition=follow_up.edition, by=follow_up.focal("pl"))
    commitment = follow_up.agreed()
    with pytest.raises(PermissionDenied):
        actions.remind_owner(commitment=commitment, edition=follow_up.edition, by=follow_up.focal("pl"))


def test_an_owner_is_asked_by_hand_once_a_day(follow_up: FollowUp) -> None:
    speak(follow_up, "pl")
    commitment = follow_up.agreed()
    words = {"commitment": commitment, "edition": follow_up.edition, "by": follow_up.keeper}
    assert actions.remind_owner(**words) == 1  # type: ignore[arg-type]  # words of a test
    with pytest.raises(RefusedError, match="today already"):
        actions.remind_owner(**words)  # type: ignore[arg-type]  # likewise


def test_an_owner_without_a_focal_point_is_named_and_not_written_to(follow_up: FollowUp) -> None:
    open_edition(follow_up)
    follow_up.agreed()
    follow_up.set_day(DAY + timedelta(days=365))
    [one] = queries.reminders_due(edition=follow_up.edition, who=SYSTEM)
    assert not one.recipients
    assert remind_owners() == 0


def test_with_no_cadence_nothing_goes_by_itself(follow_up: FollowUp) -> None:
    open_edition(follow_up)
    speak(follow_up, "pl")
    follow_up.agreed()
    actions.change_follow_up(
        edition=follow_up.edition,
        report_months=12,
        expiry_warning_days=90,
        review_warning_days=30,
        due_warning_days=30,
        remind_every_days=0,
        by=follow_up.keeper,
    )
    follow_up.set_day(DAY + timedelta(days=365))
    assert remind_owners() == 0
    assert actions.send_reminders(edition=follow_up.edition, by=follow_up.keeper) == 1


def test_reminders_are_found_by_the_same_number_of_statements(follow_up: FollowUp) -> None:
    speak(follow_up, "pl")
    counts = []
    for more in (1, 29):
        follow_up.agreed_elsewhere(more)
        follow_up.set_day(DAY + timedelta(days=365))
        with CaptureQueriesContext(connection) as statements:
            found = queries.reminders_due(edition=follow_up.edition, who=SYSTEM)
        counts.append(len(statements))
        follow_up.set_day(DAY)
    assert len(found) == 30
    assert counts[0] == counts[1]


def test_the_database_says_of_what_owners_are_reminded_as_the_rule_does(follow_up: FollowUp) -> None:
    days = [None, *(DAY + timedelta(days=days) for days in (1, 30, 60, 91, 400))]
    for due in days:
        for commitment, reported in zip(follow_up.agreed_elsewhere(len(days), due_on=due), days, strict=True):
            if reported:
                later = reported + timedelta(days=90) if due else None
                Report.objects.create(
                    commitment=commitment, number=1, on=reported, author_name="A", progress="in_progress_25",
                    narrative="So far.", new_expected_on=later, slip_reason="Waiting." if later else "",
                )  # fmt: skip
    for every, today in product(
        (0, 30), (DAY, DAY + timedelta(days=90), DAY + timedelta(days=500), DAY + timedelta(days=1200))
    ):
        standing = queries.with_standing(Commitment.objects.all(), today=today)
        words = {"today": today, "warning_days": 30, "every_days": every}
        rows = list(with_reminder(standing, **words))  # type: ignore[arg-type]  # words of a test
        assert len(rows) == len(days) ** 2
        for row in rows:
            told = ("due_on", "expected_on", "reported_on", "report_due_on", "lapses_on", "light")
            expected = reminder_due(**{name: getattr(row, name) for name in told}, **words)  # type: ignore[arg-type]  # likewise
            assert row.reminder_reason == (expected.reason if expected else ""), row.pk
            if expected:
                assert (row.reminder_since, row.reminder_turn) == (expected.since, expected.turn)


def test_letters_that_wait_and_owners_without_anybody_are_counted(follow_up: FollowUp) -> None:
    open_edition(follow_up)
    speak(follow_up, "pl")
    speak(follow_up, "pl", "fr")
    follow_up.agreed()
    follow_up.agreed("pl", "no", title={"en": "Another"})
    follow_up.agreed("no", "pl")
    follow_up.set_day(DAY + timedelta(days=365))

    def counts() -> tuple[int, int, int]:
        rows = reminders_called(edition=follow_up.edition, who=SYSTEM)
        found = reminder_counts(with_letters(rows, edition=follow_up.edition))
        return found.waiting, found.letters, found.nobody

    assert counts() == (2, 4, 1)
    actions.send_reminders(edition=follow_up.edition, by=follow_up.keeper)
    assert counts() == (0, 0, 1)
    speak(follow_up, "pl", "es")
    assert counts() == (2, 2, 1)


def test_the_page_takes_the_same_number_of_statements_and_loads_only_what_it_shows(
    follow_up: FollowUp,
) -> None:
    open_edition(follow_up)
    speak(follow_up, "pl")
    client = Client()
    user = User.objects.create(email="follow-up@example.org", name="Follow-up")
    Grant.objects.create(user=user, role=Role.FOLLOW_UP, edition_id=follow_up.edition.pk)
    client.force_login(user)
    url = f"/{follow_up.edition.slug}/outcomes/reminders/"
    counts = []
    for more in (2, 58):
        follow_up.agreed_elsewhere(more)
        follow_up.set_day(DAY + timedelta(days=365))
        client.get(url)
        with CaptureQueriesContext(connection) as statements:
            page = client.get(url)
        counts.append(len(statements))
        follow_up.set_day(DAY)
    assert counts[0] == counts[1]
    follow_up.set_day(DAY + timedelta(days=365))
    assert len(page.context["table"].rows) == 50
    for state, shown in (("waiting", 60), ("sent", 0), ("nobody", 0)):
        assert client.get(url, {"state": state}).context["table"].count == shown
    assert client.get(url, {"q": "nothing has these words"}).context["table"].count == 0
    assert client.get(url, {"sort": "-since", "page": "2"}).context["table"].pager.last == 60


@pytest.fixture
def asked(follow_up: FollowUp) -> tuple[Commitment, str, User]:
    """A commitment whose owner was asked, the token of the link, and who has it."""
    open_edition(follow_up)
    user = speak(follow_up, "pl")
    commitment = follow_up.agreed()
    actions.remind_owner(commitment=commitment, edition=follow_up.edition, by=follow_up.keeper)
    return commitment, token_in(Letter.objects.get()), user


REPORT = {"progress": "in_progress_50", "narrative": "Ten were trained."}


def test_an_owner_reports_by_the_link_without_logging_in(asked: tuple[Commitment, str, User]) -> None:
    commitment, token, user = asked
    page = Client().get(f"/report/{token}/")
    assert page.status_code == 200
    assert "Poland will train twenty document examiners" in page.content.decode()
    assert not Report.objects.exists()
    answer = Client().post(f"/report/{token}/", REPORT)
    assert answer.status_code == 200
    report = Report.objects.get()
    assert (report.commitment_id, report.channel, report.author_name) == (commitment.pk, "link", user.name)
    commitment.refresh_from_db()
    assert commitment.progress == "in_progress_50"


@pytest.mark.parametrize(
    ("language", "direction", "button"),
    [
        ("fr", "", "Déposer le rapport"),
        ("es", "", "Presentar el informe"),
        ("ar", ' dir="rtl"', "تقديم التقرير"),
    ],
)
def test_the_links_page_speaks_the_language_asked_for(
    asked: tuple[Commitment, str, User], language: str, direction: str, button: str
) -> None:
    _commitment, token, _user = asked
    page = Client().get(f"/report/{token}/?language={language}").content.decode()
    assert f'<html lang="{language}"{direction} ' in page
    assert button in page
    assert "How far is it?" not in page


def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(
    asked: tuple[Commitment, str, User],
) -> None:
    _commitment, token, _user = asked
    answer = Client().post(f"/report/{token}/", {**REPORT, "new_expected_on": str(NEXT_DAY)})
    assert answer.status_code == 422
    assert "Say why the date changes" in answer.content.decode()
    assert "Ten were trained." in answer.content.decode()
    assert not Report.objects.exists()


def test_a_link_ends_when_its_reader_no_longer_speaks_for_the_owner(
    asked: tuple[Commitment, str, User],
) -> None:
    _commitment, token, user = asked
    user.grants.all().delete()
    assert Client().get(f"/report/{token}/").status_code == 410
    assert Client().post(f"/report/{token}/", REPORT).status_code == 410
    assert not Report.objects.exists()


def test_a_link_opens_its_own_commitment_alone(
    follow_up: FollowUp, asked: tuple[Commitment, str, User]
) -> None:
    _commitment, token, _user = asked
    other = follow_up.agreed(title={"en": "Another"})
    AccessLink.objects.update(target_id=other.public_id)
    assert Client().get(f"/report/{token}/").status_code == 404
    assert Client().get("/report/made-up/").status_code == 404


def test_a_closed_commitment_takes_no_report_by_link(
    follow_up: FollowUp, asked: tuple[Commitment, str, User]
) -> None:
    commitment, token, _user = asked
    actions.file_report(commitment=commitment, told=Told(progress="completed", narrative="Done."), by=SYSTEM)
    actions.close_commitment(commitment=commitment, by=follow_up.keeper)
    assert Client().post(f"/report/{token}/", REPORT).status_code == 200
    assert Report.objects.count() == 1
