from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdfium2 import PdfDocument

from outcomes_support import DAY, FollowUp
from summitry.accounts.access import SYSTEM
from summitry.accounts.models import Role, User
from summitry.bilaterals.actions import adopt_plan
from summitry.outcomes import actions
from summitry.outcomes.actions import Party, Step, Told
from summitry.outcomes.models import Area, Commitment, Report, Wording


def client_of(follow_up: FollowUp, role: Role = Role.FOLLOW_UP, code: str | None = None) -> Client:
    client = Client()
    user = follow_up.summit.actor(role, code).user
    assert user is not None
    client.force_login(user)
    return client


def url_of(follow_up: FollowUp, path: str = "", commitment: Commitment | None = None) -> str:
    middle = f"commitments/{commitment.public_id}/" if commitment else ""
    return f"/{follow_up.edition.slug}/outcomes/{middle}{path}"


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


def count_in(text: str) -> int:
    found = re.search(r'role="status"><strong>(\d+)</strong>', text)
    return int(found[1]) if found else 0


def many(follow_up: FollowUp) -> None:
    """Record commitments that stand everywhere one can stand."""
    Area.objects.create(series=follow_up.edition.series, code="training", title={"en": "Training"})
    area = [Area.objects.get()]
    follow_up.draft()
    follow_up.submitted("ma", "pl", areas=area)
    late = follow_up.agreed("pl", "ma", areas=area, due_on=DAY + timedelta(days=5))
    follow_up.agreed("no", "sn", due_on=None)
    done = follow_up.agreed("sn", "pl", due_on=DAY + timedelta(days=900))
    actions.file_report(commitment=done, told=Told(progress="completed", narrative="Done."), by=SYSTEM)
    follow_up.set_day(DAY + timedelta(days=400))
    actions.file_report(commitment=late, told=Told(progress="in_progress_25", narrative="Begun."), by=SYSTEM)


def test_the_summarys_shares_are_drawn_whatever_the_readers_decimal_sign(follow_up: FollowUp) -> None:
    many(follow_up)
    reader = follow_up.summit.actor(Role.FOLLOW_UP).user
    assert reader is not None
    User.objects.filter(pk=reader.pk).update(language="fr")
    shares = re.findall(r"--f:([^\"]+)", page(client_of(follow_up), url_of(follow_up, "summary/")))
    assert "0.3333" in shares
    assert all(0 <= float(share) <= 1 for share in shares)


@pytest.mark.parametrize("by", ["owner", "area", "edition", "due"])
def test_every_number_of_the_summary_opens_exactly_its_rows(follow_up: FollowUp, by: str) -> None:
    many(follow_up)
    client = client_of(follow_up)
    text = page(client, f"{url_of(follow_up, 'summary/')}?by={by}")
    numbers = re.findall(r'<a class="n[^"]*" href="([^"]+)">\s*(\d+)\s*</a>', text)
    assert len(numbers) > 12
    wrong = [
        (url, number)
        for url, number in numbers
        if count_in(page(client, url.replace("&amp;", "&"))) != int(number)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", 5),
        ("?party=ma", 3),
        ("?owner=pl", 2),
        ("?area=training", 2),
        ("?area=-", 3),
        ("?edition=outcomes-1", 5),
        ("?due=overdue", 1),
        ("?due=none", 1),
        ("?due=2031", 1),
        ("?light=due", 1),
        ("?timeliness=delivered", 1),
        ("?workflow=open", 3),
        ("?workflow=submitted", 1),
        ("?kind=training", 5),
        ("?q=examiners", 5),
        ("?q=C-003", 1),
        ("?q=nothing", 0),
    ],
)
def test_the_list_filters(follow_up: FollowUp, query: str, expected: int) -> None:
    many(follow_up)
    assert count_in(page(client_of(follow_up), f"{url_of(follow_up, 'commitments/')}{query}")) == expected


def test_an_export_holds_exactly_the_filtered_rows(follow_up: FollowUp) -> None:
    many(follow_up)
    answer = client_of(follow_up).get(f"{url_of(follow_up, 'commitments/')}?owner=pl&format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["Number"], row["Promised by"]) for row in rows] == [
        ("C-003", "Poland (pl)"),
        ("C-001", "Poland (pl)"),
    ]


def _statements(client: Client, url: str) -> int:
    client.get(url)  # what is asked for once only
    with CaptureQueriesContext(connection) as statements:
        assert client.get(url).status_code == 200
    return len(statements)


@pytest.mark.parametrize(
    ("path", "role", "code"),
    [
        ("commitments/", Role.FOLLOW_UP, None),
        ("commitments/?format=csv", Role.FOLLOW_UP, None),
        ("commitments/", Role.FOCAL_POINT, "ma"),
        ("summary/", Role.FOLLOW_UP, None),
        ("summary/?by=area", Role.SECRETARIAT, None),
        ("between/?one=pl&other=ma", Role.FOLLOW_UP, None),
        ("reminders/", Role.FOLLOW_UP, None),
        ("../portal/commitments/", Role.FOCAL_POINT, "ma"),
    ],
)
def test_pages_take_the_same_number_of_statements(
    follow_up: FollowUp, path: str, role: Role, code: str | None
) -> None:
    client = client_of(follow_up, role, code)
    url = url_of(follow_up, path).replace("outcomes/../", "")
    area = Area.objects.create(series=follow_up.edition.series, code="training", title={"en": "Training"})
    counts = []
    for more in (1, 29):
        follow_up.agreed_elsewhere(more, areas=[area], milestones=[Step("First", DAY)])
        for _number in range(min(more, 3)):
            follow_up.submitted("ma", "sn")
        counts.append(_statements(client, url))
    assert counts[0] == counts[1]


def test_a_commitments_page_takes_the_same_number_of_statements_however_long_its_story(
    follow_up: FollowUp,
) -> None:
    client = client_of(follow_up)
    made = follow_up.agreed(parties=[Party(follow_up.entity("ma"), "beneficiary")])
    counts = []
    for more in (1, 29):
        for _number in range(more):
            actions.file_report(
                commitment=made, told=Told(progress="in_progress_25", narrative="Begun."), by=SYSTEM
            )
            actions.assess_commitment(
                commitment=made, completion="limited", narrative="Little.", by=follow_up.keeper
            )
        counts.append(_statements(client, url_of(follow_up, commitment=made)))
    assert counts[0] == counts[1]


def form_data(**changes: str) -> dict[str, str]:
    return {
        "text": "Poland will train twenty document examiners.",
        "language": "en",
        "kind": "training",
        "title_en": "Training",
        "source": "",
        "owner": "pl",
        "party-TOTAL_FORMS": "2",
        "party-INITIAL_FORMS": "0",
        "party-0-entity": "ma",
        "party-0-role": "beneficiary",
        "party-1-entity": "",
        "party-1-role": "counterpart",
        "step-TOTAL_FORMS": "1",
        "step-INITIAL_FORMS": "0",
        "step-0-title": "First course",
        "step-0-due_on": "2031-09-01",
        "due_on": "2032-01-31",
        "publish": "on",
        **changes,
    }


def test_a_commitment_is_recorded_from_a_meeting(follow_up: FollowUp) -> None:
    meeting = follow_up.meeting()
    client = client_of(follow_up)
    url = url_of(follow_up, f"commitments/new/?meeting={meeting.public_id}")
    text = page(client, url)
    assert re.search(rf'value="meeting:{meeting.public_id}" selected', text)
    answer = client.post(url, form_data(source=f"meeting:{meeting.public_id}"))
    assert answer.status_code == 302
    made = Commitment.objects.get()
    assert "Poland – Morocco</a>, 14 May 2031" in page(client, url_of(follow_up, commitment=made))
    assert (made.meeting, made.workflow, made.owner.code) == (meeting, "draft", "pl")
    assert [party.entity.code for party in made.parties.all()] == ["ma"]
    assert made.milestones.get().title == "First course"
    assert "Poland" in page(client, url_of(follow_up, commitment=made))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": ""}, "This field is required"),
        ({"target": "4"}, "Say what the target counts"),
        ({"value": "5"}, "Choose the currency"),
        ({"places": "Atlantis"}, "give places by ISO 3166"),
        ({"party-0-entity": "pl"}, "owner cannot be another party"),
        ({"due_on": "2031-01-01", "starts_on": "2031-02-01"}, "end lies before the beginning"),
        ({"step-0-due_on": ""}, "both a title and a day"),
    ],
)
def test_what_is_wrong_in_the_form_is_said_and_nothing_is_lost(
    follow_up: FollowUp, changes: dict[str, str], said: str
) -> None:
    answer = client_of(follow_up).post(url_of(follow_up, "commitments/new/"), form_data(**changes))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert 'value="First course"' in text
    assert not Commitment.objects.exists()


def test_another_row_can_be_asked_for(follow_up: FollowUp) -> None:
    client = client_of(follow_up)
    text = page(client, url_of(follow_up, "commitments/new/row/party/?n=2"))
    assert 'name="party-2-entity"' in text
    assert re.search(r'name="party-TOTAL_FORMS"\s+value="3"', text)
    assert 'name="step-7-title"' in page(client, url_of(follow_up, "commitments/new/row/step/?n=7"))


def test_a_changed_text_keeps_the_one_before_it(follow_up: FollowUp) -> None:
    made = follow_up.draft()
    client = client_of(follow_up)
    url = url_of(follow_up, "change/", made)
    assert "Poland will train twenty document examiners of Morocco." in page(client, url)
    answer = client.post(
        url,
        form_data(version=str(made.version), text="Twelve.", reason="It was twelve.", due_on="2032-05-13"),
    )
    assert answer.status_code == 302
    assert list(Wording.objects.order_by("number").values_list("text", "reason")) == [
        ("Poland will train twenty document examiners of Morocco.", ""),
        ("Twelve.", "It was twelve."),
    ]
    stale = client.post(url, form_data(version=str(made.version), text="Thirteen."))
    assert stale.status_code == 422
    assert Wording.objects.count() == 2


def test_from_a_draft_to_what_is_closed(follow_up: FollowUp) -> None:
    keeper, made = client_of(follow_up), follow_up.draft(confidentiality=0)

    def step(name: str, **words: str) -> None:
        assert name in page(keeper, url_of(follow_up, commitment=made)), name
        url = url_of(follow_up, f"step/{name}/", made)
        assert keeper.get(url).status_code == 200
        assert keeper.post(url, words).status_code == 302

    step("submit")
    for code in ("pl", "ma"):
        focal = client_of(follow_up, Role.FOCAL_POINT, code)
        assert f"Did {'Poland' if code == 'pl' else 'Morocco'} agree" in page(
            focal, url_of(follow_up, commitment=made)
        )
        answer = focal.post(
            url_of(follow_up, "answer/", made),
            {"answer": "confirmed", "delegation": str(follow_up.delegation(code).public_id)},
        )
        assert answer.status_code == 302
    made.refresh_from_db()
    assert made.workflow == "approved"
    step("clear")
    step("publish")
    owner = client_of(follow_up, Role.FOCAL_POINT, "pl")
    answer = owner.post(
        url_of(follow_up, "report/", made),
        {
            "progress": "completed",
            "narrative": "All were trained.",
            "links": "https://example.org/a\nhttps://example.org/b",
            "evidence": [
                SimpleUploadedFile("list.txt", b"Twenty names"),
                SimpleUploadedFile("more.txt", b"Another file"),
            ],
        },
    )
    assert answer.status_code == 302
    report = Report.objects.get()
    assert (report.channel, len(report.links), report.files.count()) == ("portal", 2, 2)
    file = report.files.get(name="list.txt")
    kept = owner.get(url_of(follow_up, f"files/{file.public_id}/", made))
    assert (kept.content, kept.headers["Content-Disposition"]) == (
        b"Twenty names",
        'attachment; filename="list.txt"',
    )
    step("close")
    step("reopen", reason="Two are still missing.")
    made.refresh_from_db()
    assert made.workflow == "approved"
    assert "Two are still missing." in page(keeper, url_of(follow_up, commitment=made))


def test_a_party_asks_for_a_change_with_its_wish(follow_up: FollowUp) -> None:
    made = follow_up.submitted()
    focal = client_of(follow_up, Role.FOCAL_POINT, "ma")
    words = {"answer": "refused", "delegation": str(follow_up.delegation("ma").public_id)}
    url = url_of(follow_up, "answer/", made)
    wrong = focal.post(url, words)
    assert wrong.status_code == 422
    assert "Say what would have to change" in wrong.content.decode()
    assert focal.post(url, {**words, "wish": "Twelve, not twenty."}).status_code == 302
    assert "Twelve, not twenty." in page(client_of(follow_up), url_of(follow_up, commitment=made))


def test_nobody_answers_for_another_delegation(follow_up: FollowUp) -> None:
    made = follow_up.submitted()
    words = {"answer": "confirmed", "delegation": str(follow_up.delegation("pl").public_id)}
    answer = client_of(follow_up, Role.FOCAL_POINT, "ma").post(url_of(follow_up, "answer/", made), words)
    assert answer.status_code in {403, 404}
    assert not made.confirmations.exists()


def test_a_delegation_sees_its_own_commitments_and_nothing_of_others(follow_up: FollowUp) -> None:
    follow_up.agreed("pl", "ma", title={"en": "Ours"})
    other = follow_up.agreed("no", "sn", title={"en": "Theirs alone"})
    draft = follow_up.draft("pl", "ma", title={"en": "Still a sketch"})
    client = client_of(follow_up, Role.FOCAL_POINT, "ma")
    for path in ("commitments/", "commitments/?format=csv", "../portal/commitments/", "between/?other=pl"):
        text = page(client, url_of(follow_up, path).replace("outcomes/../", ""))
        assert "Ours" in text
        assert "Theirs alone" not in text
        assert "Still a sketch" not in text
    for hidden in (other, draft):
        assert client.get(url_of(follow_up, commitment=hidden)).status_code == 404
    assert client.get(url_of(follow_up, "between/?one=no&other=sn")).status_code == 404


def test_the_portal_says_what_waits_for_the_delegation(follow_up: FollowUp) -> None:
    follow_up.submitted("no", "ma", title={"en": "To be confirmed"})
    late = follow_up.agreed("ma", "pl", title={"en": "Late one"}, due_on=DAY + timedelta(days=1))
    follow_up.agreed("pl", "ma", title={"en": "Promised to us"})
    follow_up.set_day(DAY + timedelta(days=20))
    client = client_of(follow_up, Role.FOCAL_POINT, "ma")
    text = page(client, f"/{follow_up.edition.slug}/portal/commitments/")
    places = [text.index(title) for title in ("To be confirmed", "Late one", "Promised to us")]
    assert places == sorted(places)
    assert f"{late.public_id}/report/" in text
    assert re.search(r"Commitments\s*<b>2</b>", text)


def test_only_who_is_not_of_the_owner_assesses(follow_up: FollowUp) -> None:
    made = follow_up.agreed("pl", "ma")
    words = {"completion": "limited", "narrative": "One of two courses was held."}
    url = url_of(follow_up, "assess/", made)
    assert client_of(follow_up, Role.FOCAL_POINT, "pl").post(url, words).status_code == 403
    assert client_of(follow_up, Role.FOCAL_POINT, "ma").post(url, words).status_code == 302
    assert client_of(follow_up).post(url, words).status_code == 302
    assert made.assessments.count() == 2


def test_a_milestone_is_noted(follow_up: FollowUp) -> None:
    made = follow_up.agreed(milestones=[Step("First course", DAY)])
    answer = client_of(follow_up, Role.FOCAL_POINT, "pl").post(
        url_of(follow_up, "milestones/1/", made), {"status": "met"}
    )
    assert answer.status_code == 302
    assert made.milestones.get().status == "met"


def test_the_press_sees_what_is_cleared_without_its_story(follow_up: FollowUp) -> None:
    made = follow_up.agreed(confidentiality=0)
    actions.file_report(commitment=made, told=Told(progress="in_progress_25", narrative="Inside."), by=SYSTEM)
    press = client_of(follow_up, Role.PRESS)
    assert press.get(url_of(follow_up, commitment=made)).status_code == 404
    actions.clear_outcome(outcome=made, by=follow_up.keeper)
    text = page(press, url_of(follow_up, commitment=made))
    assert "Poland will train" in text
    assert "Inside." not in text
    assert "Laid before the parties" not in text


def test_a_meetings_page_shows_what_its_parties_agreed_before(follow_up: FollowUp) -> None:
    made = follow_up.agreed("pl", "ma", title={"en": "Agreed before"})
    follow_up.agreed("no", "ma", title={"en": "With somebody else"})
    meeting = follow_up.meeting("pl", "ma")
    url = f"/{follow_up.edition.slug}/bilaterals/requests/{meeting.request.public_id}/"
    text = page(client_of(follow_up, Role.SECRETARIAT), url)
    assert "Agreed before" in text
    assert "With somebody else" not in text
    assert f"commitments/new/?meeting={meeting.public_id}" in text
    focal = page(client_of(follow_up, Role.FOCAL_POINT, "ma"), url)
    assert str(made.public_id) in focal
    assert "commitments/new/" not in focal


def test_the_brief_behind_a_meetings_card_tells_it_too(follow_up: FollowUp) -> None:
    request = follow_up.summit.request("pl", "ma")
    adopt_plan(version=follow_up.summit.draft(), by=follow_up.summit.desk)
    url = f"/{follow_up.edition.slug}/bilaterals/requests/{request.public_id}/card.pdf"
    client = client_of(follow_up, Role.SECRETARIAT)
    assert len(PdfDocument(client.get(url).content)) == 1
    follow_up.agreed("pl", "ma", title={"en": "Agreed before"})
    card = PdfDocument(client.get(url).content)
    assert len(card) == 2
    assert "Agreed before" not in card[0].get_textpage().get_text_range()
    assert "Agreed before" in card[1].get_textpage().get_text_range()


def test_cadences_and_areas_are_kept(follow_up: FollowUp) -> None:
    client, url = client_of(follow_up), url_of(follow_up, "follow-up/")
    words = {
        "report_months": "6",
        "due_warning_days": "20",
        "remind_every_days": "15",
        "expiry_warning_days": "90",
        "review_warning_days": "30",
        "visit_warning_days": "14",
        "iati_organisation": "",
    }
    assert client.post(url, words).status_code == 302
    assert client.post(url, {**words, "iati_organisation": "no identifier"}).status_code == 422
    assert client.post(f"{url}areas/", {"code": "coast", "title": "Coast guard"}).status_code == 302
    assert "Coast guard" in page(client, url)
    assert client.post(f"{url}areas/coast/retire/").status_code == 302
    assert Area.objects.get().retired
    settings: Any = follow_up.edition.follow_up_settings
    settings.refresh_from_db()
    assert (settings.report_months, settings.remind_every_days) == (6, 15)
