"""What was agreed in confidence is nowhere: no page, count or file tells whoever may not know that it is."""

from __future__ import annotations

import io
import re

import pytest
from django.test import Client
from openpyxl import load_workbook

from outcomes_support import FollowUp, batch
from summitry.accounts.models import Role
from summitry.conferences.models import Edition
from summitry.outcomes import actions
from summitry.outcomes.actions import Told
from summitry.outcomes.models import Area

_SECRET = "Quiet understanding"
_OTHERS = [
    (Role.FOCAL_POINT, "no"),
    (Role.DELEGATE, "ma"),
    (Role.SECRETARIAT, None),
    (Role.FOLLOW_UP, None),
    (Role.PRESS, None),
    (Role.BILATERAL_DESK, None),
    (None, None),
]
_PAGES = (
    "outcomes/commitments/",
    "outcomes/commitments/?q=Quiet",
    "outcomes/commitments/?format=csv",
    "outcomes/commitments/?format=xlsx",
    "outcomes/commitments/iati.xml",
    "outcomes/handovers/",
    "outcomes/summary/",
    "outcomes/summary/?by=area",
    "outcomes/between/?one=pl&other=ma",
    "outcomes/between/?one=ma&other=pl",
    "outcomes/between/?one=no&other=pl",
    "outcomes/review/",
    "outcomes/review/rows/",
    "outcomes/reminders/",
    "outcomes/map/",
    "outcomes/map/records/?one=pl&other=ma",
    "portal/",
    "portal/commitments/",
    "map/",
    "map/records/?one=pl&other=ma",
    "news/",
    "newsroom/",
    "",
)


def _client(follow_up: FollowUp, role: Role | None, code: str | None) -> Client:
    client = Client()
    if role is not None:
        user = follow_up.summit.actor(role, code).user
        assert user is not None
        client.force_login(user)
    return client


def _text(body: bytes) -> str:
    """Return what a page, or a workbook's cells, says."""
    if not body.startswith(b"PK"):
        return body.decode()
    book = load_workbook(io.BytesIO(body))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def _read(client: Client, follow_up: FollowUp) -> dict[str, str]:
    """Return what is told on every page that opens, without what differs from one reading to the next."""
    told = {}
    for path in _PAGES:
        answer = client.get(f"/{follow_up.edition.slug}/{path}")
        assert answer.status_code in {200, 302, 403, 404}, path
        if answer.status_code == 200:
            body = answer.getvalue()
            told[path] = re.sub(
                r'(?:value|nonce|X-CSRFToken)"?[=:] ?"[^"]+"|<generated[^>]*>|generated-datetime="[^"]+"|last-updated-datetime="[^"]+"',
                "",
                _text(body),
            )
    return told


@pytest.mark.parametrize(("role", "code"), _OTHERS)
def test_every_page_tells_others_the_same_with_and_without_what_was_agreed_in_confidence(
    follow_up: FollowUp, role: Role | None, code: str | None
) -> None:
    Edition.objects.filter(pk=follow_up.edition.pk).update(status="open")
    area = Area.objects.create(series=follow_up.edition.series, code="training", title={"en": "Training"})
    follow_up.agreed("sn", "no", areas=[area])
    meeting = follow_up.meeting(confidentiality=3)
    client = _client(follow_up, role, code)
    before = _read(client, follow_up)
    made = follow_up.agreed(meeting=meeting, areas=[area], title={"en": _SECRET}, text=f"{_SECRET}: no more.")
    actions.file_report(
        commitment=made,
        told=Told(progress="in_progress_25", narrative="Under way."),
        by=follow_up.focal("pl"),
    )
    follow_up.agreed_handover(batch(1), title={"en": _SECRET}, confidentiality=3)
    after = _read(client, follow_up)
    assert {"map/", "map/records/?one=pl&other=ma", "news/"} <= after.keys()
    assert [path for path, told in after.items() if _SECRET in told] == []
    assert [path for path, told in after.items() if told != before.get(path)] == []
    for address in ("", "report/", "assess/", "change/", "step/level/"):
        url = f"/{follow_up.edition.slug}/outcomes/commitments/{made.public_id}/{address}"
        assert client.get(url).status_code in {302, 403, 404}, address


def test_its_parties_and_protocol_read_it(follow_up: FollowUp) -> None:
    meeting = follow_up.meeting(confidentiality=3)
    follow_up.agreed(meeting=meeting, title={"en": _SECRET})
    for role, code in ((Role.FOCAL_POINT, "ma"), (Role.FOCAL_POINT, "pl"), (Role.PROTOCOL, None)):
        told = _read(_client(follow_up, role, code), follow_up)
        assert _SECRET in told["outcomes/commitments/"]
        assert _SECRET in told["outcomes/commitments/?format=xlsx"]
        assert (
            _SECRET
            in told[
                "outcomes/between/?one=pl&other=ma" if code != "ma" else "outcomes/between/?one=ma&other=pl"
            ]
        )


def test_the_portal_leads_to_instruments_and_handovers_where_there_are_any(follow_up: FollowUp) -> None:
    client = _client(follow_up, Role.FOCAL_POINT, "ma")
    url = f"/{follow_up.edition.slug}/portal/commitments/"
    lists = [f"/{follow_up.edition.slug}/outcomes/{name}/" for name in ("instruments", "handovers")]
    assert not any(f'href="{one}"' in client.get(url).content.decode() for one in lists)
    follow_up.agreed_handover(batch(1))
    text = client.get(url).content.decode()
    assert [f'href="{one}"' in text for one in lists] == [False, True]
    assert "1 handover<" in text
    assert [client.get(one).status_code for one in lists] == [200, 200]
