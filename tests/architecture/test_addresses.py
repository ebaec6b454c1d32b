"""Who reaches which address: every address of the house, as everybody who could ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from bilaterals_support import Summit, make_summit
from summitry.accounts.access import SYSTEM
from summitry.accounts.models import Grant, Role, User
from summitry.bilaterals.actions import adopt_plan
from summitry.bilaterals.models import Meeting, PlanVersion, Request
from summitry.conferences import clock
from summitry.delegations.models import Delegation
from summitry.newsroom.actions import add_sentence, draft_release
from summitry.newsroom.models import Sentence
from summitry.outbox.actions import post_letter
from summitry.outbox.composing import Recipient, Wording
from summitry.outbox.models import Letter
from summitry.outcomes.actions import (
    Content,
    Item,
    Party,
    Signing,
    Taken,
    Terms,
    Transfer,
    agree_handover,
    load_commitments,
    open_silence,
    record_handover,
    record_instrument,
)
from summitry.outcomes.models import Commitment, Handover, Instrument
from summitry.programme.actions import draft_session
from summitry.programme.models import Session
from summitry.world.models import Entity
from support.editions import make_edition

R = Role
HOST = {R.SECRETARIAT, R.BILATERAL_DESK, R.PROTOCOL, R.ACCREDITATION, R.INTERPRETATION, R.PRESS, R.FOLLOW_UP}
DELEGATION = {R.FOCAL_POINT, R.DELEGATE}
WORKING = HOST - {R.PRESS}
DESK = {R.SECRETARIAT, R.BILATERAL_DESK, R.PROTOCOL}
MEETING = {*DESK, R.INTERPRETATION, R.FOLLOW_UP, *DELEGATION}
KEEPING = {R.SECRETARIAT, R.FOLLOW_UP}
OUTCOMES = {*KEEPING, R.PROTOCOL, *DELEGATION}
NEWSROOM = {R.PRESS, R.SECRETARIAT}
UNCLEARED = {R.PRESS: "not there"}  # the press sees what is cleared
UNRELATED = {"another delegation's focal_point": "not there"}  # it is between others
_OTHERS_SILENCE = {R.PRESS.value: "not there", f"another delegation's {R.DELEGATE}": "not there"}


@dataclass(frozen=True)
class Reach:
    """Whom an address of an edition lets in.

    Attributes
    ----------
    roles
        Who of the edition (an administrator always); others of the edition are refused.
    parties
        Whether it is about a record of Morocco's, which Norway's people must not find.
    words
        What the address is made of, beside the edition's slug.
    post
        Whether it is for a change, and asked by POST.
    missing
        Whether the record asked for is not there, so that who is let in is told so.
    otherwise
        Who is told something else of this record than their role says.
    """

    roles: set[Role]
    parties: bool = False
    words: tuple[str, ...] = ()
    post: bool = False
    missing: bool = False
    otherwise: Mapping[Any, str] = field(default_factory=dict)


#: Addresses of an edition.
EDITION: Mapping[str, Reach] = {
    "overview": Reach(HOST | DELEGATION),
    "portal": Reach(DELEGATION),
    "portal-requests": Reach(DELEGATION),
    "portal-members": Reach(DELEGATION),
    "conferences:settings": Reach({R.SECRETARIAT}),
    "conferences:sittings": Reach({R.SECRETARIAT}),
    "conferences:sitting": Reach({R.SECRETARIAT}, words=("letter",), post=True, missing=True),
    "conferences:next": Reach({R.SECRETARIAT}),
    "conferences:taken-over": Reach({R.SECRETARIAT}),
    "conferences:themes": Reach({R.SECRETARIAT}),
    "conferences:theme": Reach({R.SECRETARIAT}, words=("letter",), post=True, missing=True),
    "delegations:drafts": Reach({R.SECRETARIAT}),
    "delegations:contacts": Reach({R.SECRETARIAT}),
    "outcomes:map": Reach(KEEPING),
    "outcomes:map-records": Reach(KEEPING, missing=True),
    "outcomes:review": Reach(OUTCOMES - DELEGATION | {R.PRESS}),
    "outcomes:review-rows": Reach(OUTCOMES - DELEGATION | {R.PRESS}),
    "outcomes:review-sheet": Reach(OUTCOMES - DELEGATION | {R.PRESS}),
    "conferences:ledger": Reach({R.SECRETARIAT, R.FOCAL_POINT}),
    "conferences:letters": Reach({R.SECRETARIAT}),
    "conferences:letter-again": Reach({R.SECRETARIAT}, words=("letter",), post=True),
    "delegations:list": Reach(WORKING),
    "delegations:people": Reach(WORKING),
    "delegations:delegation": Reach(WORKING | DELEGATION, parties=True, words=("delegation",)),
    "delegations:presence": Reach(WORKING | {R.FOCAL_POINT}, parties=True, words=("delegation",)),
    "programme:list": Reach(HOST | DELEGATION),
    "programme:session": Reach(HOST | DELEGATION, words=("session",)),
    "interpretation:list": Reach(DESK | {R.INTERPRETATION}),
    "bilaterals:index": Reach(MEETING),
    "bilaterals:board": Reach(DESK),
    "bilaterals:day": Reach(DESK),
    "bilaterals:day_sheet": Reach(DESK),
    "bilaterals:side": Reach(DESK, words=("meeting",)),
    "bilaterals:plan": Reach(DESK, post=True),
    "bilaterals:run": Reach(DESK, words=("run",)),
    "bilaterals:stop": Reach(DESK, words=("run",), post=True),
    "bilaterals:plans": Reach(DESK),
    "bilaterals:changes": Reach(DESK, words=("number",)),
    "bilaterals:adopt": Reach(DESK, words=("number",), post=True),
    "bilaterals:discard": Reach(DESK, words=("number",), post=True),
    "bilaterals:remedy": Reach(DESK, words=("number", "meeting", "index"), post=True, missing=True),
    "bilaterals:requests": Reach(MEETING),
    "bilaterals:add": Reach(DESK | {R.FOCAL_POINT}),
    "bilaterals:people": Reach(DESK | {R.FOCAL_POINT}),
    "bilaterals:request": Reach(MEETING, parties=True, words=("meeting",)),
    "bilaterals:withdraw": Reach(DESK | {R.FOCAL_POINT}, parties=True, words=("meeting",), post=True),
    "bilaterals:answer": Reach(DESK, words=("meeting",), post=True),
    "bilaterals:closed": Reach(DESK, words=("room",)),
    "bilaterals:away": Reach(DESK | {R.INTERPRETATION}, words=("interpreter",)),
    "bilaterals:member": Reach(DESK | {R.FOCAL_POINT}, parties=True, words=("member",)),
    "bilaterals:overrun": Reach(DESK, words=("session",)),
    "bilaterals:card_sheet": Reach(MEETING, parties=True, words=("meeting",)),
    "portal-commitments": Reach(DELEGATION),
    "outcomes:index": Reach(OUTCOMES | {R.PRESS}),
    "outcomes:summary": Reach(OUTCOMES - DELEGATION | {R.PRESS}),
    "outcomes:between": Reach(OUTCOMES | {R.PRESS}),
    "outcomes:reminders": Reach(KEEPING),
    "outcomes:reminders-send": Reach(KEEPING, post=True),
    "outcomes:follow-up": Reach(KEEPING),
    "outcomes:follow-up-area": Reach(KEEPING, post=True),
    "outcomes:follow-up-retire": Reach(KEEPING, words=("area",), post=True),
    "outcomes:instruments": Reach(OUTCOMES | {R.PRESS}),
    "outcomes:instruments-timeline": Reach(OUTCOMES | {R.PRESS}),
    "outcomes:instrument-new": Reach(OUTCOMES - DELEGATION),
    "outcomes:instrument-row": Reach(OUTCOMES - DELEGATION, words=("row",)),
    "outcomes:instrument": Reach(OUTCOMES, parties=True, words=("instrument",), otherwise=UNCLEARED),
    "outcomes:instrument-change": Reach(KEEPING, words=("instrument",)),
    "outcomes:instrument-step": Reach(KEEPING, words=("instrument", "state")),
    "outcomes:instrument-files": Reach(KEEPING, words=("instrument",)),
    "outcomes:instrument-file": Reach(
        OUTCOMES, words=("instrument", "letter"), missing=True, otherwise=UNCLEARED
    ),
    "outcomes:instrument-silence": Reach(KEEPING, words=("instrument",)),
    "outcomes:instrument-reply": Reach(
        KEEPING | {R.FOCAL_POINT}, parties=True, words=("instrument",), otherwise=_OTHERS_SILENCE
    ),
    "outcomes:instrument-conclude": Reach(KEEPING, words=("instrument",)),
    "outcomes:handovers": Reach(OUTCOMES | {R.PRESS}),
    "outcomes:handover-new": Reach(OUTCOMES - DELEGATION),
    "outcomes:handover-row": Reach(OUTCOMES - DELEGATION),
    "outcomes:handover": Reach(OUTCOMES, parties=True, words=("handover",), otherwise=UNCLEARED),
    "outcomes:handover-change": Reach(KEEPING, words=("handover",)),
    "outcomes:handover-add": Reach(KEEPING, words=("handover",)),
    "outcomes:handover-step": Reach(KEEPING, words=("handover", "handover_step")),
    "outcomes:handover-deliver": Reach(KEEPING | {R.FOCAL_POINT}, parties=True, words=("handover",)),
    "outcomes:handover-inspect": Reach(KEEPING, words=("handover",), otherwise=UNRELATED),
    "outcomes:handover-correct": Reach(
        KEEPING, words=("handover", "letter"), missing=True, otherwise=UNRELATED
    ),
    "outcomes:handover-ceremony": Reach(KEEPING, words=("handover",)),
    "outcomes:handover-settle": Reach(
        KEEPING, words=("handover", "letter"), missing=True, otherwise=UNRELATED
    ),
    "outcomes:handover-visit": Reach(KEEPING, words=("handover",)),
    "outcomes:handover-plan": Reach(KEEPING, words=("handover",)),
    "outcomes:handover-call-off": Reach(KEEPING, words=("handover", "letter"), missing=True),
    "outcomes:handover-import": Reach(KEEPING, words=("handover",)),
    "outcomes:handover-import-load": Reach(KEEPING, words=("handover",), post=True),
    "outcomes:handover-import-template": Reach(KEEPING, words=("handover",)),
    "outcomes:handover-items": Reach(OUTCOMES, parties=True, words=("handover", "ending")),
    "outcomes:handover-dispose": Reach(KEEPING, words=("handover",), otherwise=UNRELATED),
    "outcomes:handover-attach": Reach(KEEPING | {R.FOCAL_POINT}, parties=True, words=("handover",)),
    "outcomes:handover-file": Reach(
        OUTCOMES, words=("handover", "letter"), missing=True, otherwise=UNCLEARED
    ),
    "outcomes:handover-certificate": Reach(OUTCOMES, parties=True, words=("handover",)),
    "outcomes:commitments": Reach(OUTCOMES | {R.PRESS}),
    "outcomes:commitment-new": Reach(OUTCOMES - DELEGATION),
    "outcomes:commitment-row": Reach(OUTCOMES - DELEGATION, words=("row",)),
    "outcomes:import": Reach(KEEPING),
    "outcomes:import-load": Reach(KEEPING, post=True),
    "outcomes:import-template": Reach(KEEPING),
    "outcomes:iati": Reach(KEEPING),
    "outcomes:commitment": Reach(OUTCOMES, parties=True, words=("commitment",), otherwise=UNCLEARED),
    "outcomes:commitment-change": Reach(KEEPING, words=("commitment",)),
    "outcomes:commitment-step": Reach(KEEPING, words=("commitment", "step")),
    "outcomes:commitment-answer": Reach(
        OUTCOMES - {R.DELEGATE}, parties=True, words=("commitment",), post=True
    ),
    "outcomes:commitment-report": Reach(KEEPING | {R.FOCAL_POINT}, parties=True, words=("commitment",)),
    "outcomes:commitment-assess": Reach(
        KEEPING, words=("commitment",), otherwise={"another delegation's focal_point": "not there"}
    ),
    "outcomes:commitment-remind": Reach(KEEPING, words=("commitment",), post=True),
    "outcomes:commitment-milestone": Reach(
        OUTCOMES - {R.DELEGATE}, parties=True, words=("commitment", "number"), post=True, missing=True
    ),
    "outcomes:commitment-file": Reach(
        OUTCOMES, words=("commitment", "letter"), missing=True, otherwise=UNCLEARED
    ),
}
#: Addresses of the newsroom: what it writes, and what that rests on.
_RELEASE, _SENTENCE = ("release",), ("release", "sentence")
EDITION = {
    **EDITION,
    "newsroom:releases": Reach(NEWSROOM),
    "newsroom:profile": Reach(NEWSROOM),
    "newsroom:record": Reach(NEWSROOM, words=("model", "sentence"), missing=True),
    "newsroom:counted": Reach(NEWSROOM, words=("list",)),
    "newsroom:release": Reach(NEWSROOM, words=_RELEASE),
    "newsroom:paper": Reach(NEWSROOM, words=("release", "first", "format")),
    "newsroom:add": Reach(NEWSROOM, words=("release", "language"), post=True),
    "newsroom:clear": Reach({R.SECRETARIAT}, words=_RELEASE, post=True),
    **{
        f"newsroom:{step}": Reach(NEWSROOM, words=_RELEASE, post=True)
        for step in ("redraft", "recall", "issue", "lift", "correct", "withdraw")
    },
    **{
        f"newsroom:{step}": Reach(NEWSROOM, words=_SENTENCE, post=True)
        for step in ("edit", "refresh", "confirm", "leave-out", "take-in")
    },
}
#: Addresses of what an edition has published, open to everybody (tests/newsroom/test_pages.py).
PUBLISHED = {"news:list", "news:feed", "news:release", "news:file"}
#: Addresses open to everybody.
OPEN = {
    "home",
    "ui:specimen",
    "account_login",
    "account_logout",  # leads home whoever is not logged in
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_login_webauthn",  # leads to the log-in page whose script does not ask
    "series",  # what is public of each edition (tests/site/test_series.py)
    "public-map",  # what is published alone (tests/outcomes/test_ties.py)
    "public-map-records",  # likewise
    "outcomes-report",  # by its token, which is a link in a letter (tests/outcomes)
}
#: Addresses of one's own account: whoever is logged in, for themselves alone.
OWN = {
    "account_profile",
    "account_change_password",
    "account_set_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
}


def _names(patterns: list[Any], space: str = "") -> Iterator[str]:
    for entry in patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"
        else:
            yield from _names(entry.url_patterns, f"{space}{entry.namespace}:" if entry.namespace else space)


def test_every_address_is_known_here() -> None:
    unknown = set(_names(get_resolver().url_patterns)) - EDITION.keys() - PUBLISHED - OPEN - OWN
    assert not unknown, "say in this file who may reach them"


def test_no_address_is_named_here_that_is_not_there() -> None:
    assert EDITION.keys() | PUBLISHED | OPEN | OWN <= set(_names(get_resolver().url_patterns)) | {
        "ui:specimen"
    }


@dataclass
class Walk:
    """A conference with a plan adopted and another drafted, and all who could ask."""

    summit: Summit
    draft: PlanVersion
    request: Request
    letter: Letter
    commitment: Commitment
    handover: Handover
    instrument: Instrument
    sentence: Sentence
    session: Session
    clients: dict[str, Client] = field(default_factory=dict)

    def address(self, name: str, reach: Reach) -> str:
        words: dict[str, object] = {
            "delegation": self.summit.delegations["ma"].public_id,
            "meeting": self.request.public_id,
            "room": "bug",
            "interpreter": self.summit.interpreter.public_id,
            "member": self.summit.members["ma-1"].public_id,
            "number": self.draft.number,
            "run": self.draft.run.public_id if self.draft.run else "",
            "index": 99,
            "letter": self.letter.public_id,
            "commitment": self.commitment.public_id,
            "handover": self.handover.public_id,
            "handover_step": "level",
            "instrument": self.instrument.public_id,
            "state": "text-agreed",
            "step": "correct",
            "row": "party",
            "area": "training",
            "release": self.sentence.release_version.release.slug,
            "sentence": self.sentence.public_id,
            "session": self.session.public_id,
            "first": 1,
            "format": "json",
            "ending": "csv",
            "language": "en",
            "list": "countries",
            "model": "programme.session",
        }
        return reverse(name, args=[self.summit.edition.slug, *(words[word] for word in reach.words)])

    def answer(self, who: str, name: str, reach: Reach) -> str:
        """Ask, undo what it did, and return what the asker was told."""
        address = self.address(name, reach)
        client = self.clients[who]
        with transaction.atomic():
            answer = client.post(address) if reach.post else client.get(address)
            transaction.set_rollback(True)
        if answer.status_code == 302 and "/account/login/" in answer.headers["Location"]:
            return "log in"
        return {403: "refused", 404: "not there"}.get(answer.status_code, "in")


def _commitment(summit: Summit) -> Commitment:
    """Return what Morocco has promised Poland, agreed elsewhere because a third party is not here."""
    entities = {code: Entity.objects.get(code=code) for code in ("ma", "pl", "jp")}
    terms = Terms(
        title={"en": "Training"},
        text="Morocco will train.",
        language="en",
        kind="training",
        owner=entities["ma"],
        parties=[Party(entities["pl"]), Party(entities["jp"])],
    )
    [made] = load_commitments(
        edition=summit.edition, taken=[Taken(terms, clock.today(summit.edition), "Agreed minutes")], by=SYSTEM
    )
    return made


def _session(summit: Summit) -> Session:
    begins = clock.now(summit.edition)
    return draft_session(
        edition=summit.edition,
        kind=Session.Kind.REVIEW,
        title={"en": "Review"},
        starts_at=begins,
        ends_at=begins + timedelta(hours=1),
        attendance=Session.Attendance.HEADS,
    )


def _sentence(summit: Summit) -> Sentence:
    """Return a sentence of a statement that the secretariat has begun."""
    secretariat = summit.actor(R.SECRETARIAT)
    release = draft_release(edition=summit.edition, slug="walk", kind="statement", by=secretariat)
    return add_sentence(release=release, language="en", section="lead", text="We walk.", by=secretariat)


def _instrument(summit: Summit) -> Instrument:
    """Return what Morocco and Poland negotiate, with a text of it under silence."""
    parties = [Signing(entity=Entity.objects.get(code=code)) for code in ("ma", "pl")]
    content = Content(title={"en": "Plan"}, kind="cooperation_plan", parties=parties)
    made = record_instrument(edition=summit.edition, content=content, by=SYSTEM, state="negotiating")
    ends = clock.now(summit.edition) + timedelta(days=1)
    open_silence(instrument=made, text="The text.", language="en", expires_at=ends, by=SYSTEM)
    return made


def _handover(summit: Summit) -> Handover:
    """Return what Morocco hands to Poland."""
    entities = {code: Entity.objects.get(code=code) for code in ("ma", "pl")}
    made = record_handover(
        edition=summit.edition,
        transfer=Transfer(title={"en": "Devices"}, transferor=entities["ma"], transferee=entities["pl"]),
        items=[Item(category="Device", unit="devices")],
        by=SYSTEM,
    )
    return agree_handover(handover=made, by=SYSTEM)


@pytest.fixture
def walk(db: None) -> Walk:
    summit = make_summit()
    request = summit.request("ma", "pl", minutes=20, languages=["en", "fr"], interpreters=1)
    adopt_plan(version=summit.draft(), by=summit.desk)
    assert Meeting.objects.filter(request=request).exists()
    letter = post_letter(
        to=Recipient(id=uuid4(), address="walk@example.org"),
        wordings={"en": Wording(subject="A letter", text="To be seen.")},
        key="walk",
        edition_id=summit.edition.pk,
    )
    walk = Walk(
        summit,
        summit.draft(),
        request,
        letter,
        _commitment(summit),
        _handover(summit),
        _instrument(summit),
        _sentence(summit),
        _session(summit),
        {"anonymous": Client()},
    )

    def enter(name: str, role: Role, edition_id: int | None, delegation: Delegation | None = None) -> None:
        user = User.objects.create(email=f"walk{len(walk.clients)}@example.org", name=name)
        Grant.objects.create(
            user=user, role=role, edition_id=edition_id, delegation_id=delegation.pk if delegation else None
        )
        walk.clients[name] = Client()
        walk.clients[name].force_login(user)

    edition = summit.edition.pk
    for role in HOST:
        enter(role, role, edition)
    for role in DELEGATION:
        enter(role, role, edition, summit.delegations["ma"])
        enter(f"another delegation's {role}", role, edition, summit.delegations["no"])
    enter("administrator", R.ADMINISTRATOR, None)
    other = make_edition("elsewhere-1").edition
    foreign = Delegation.objects.create(edition=other, entity=Entity.objects.get(code="ma"))
    enter("another edition's secretariat", R.SECRETARIAT, other.pk)
    enter("another edition's focal_point", R.FOCAL_POINT, other.pk, foreign)
    return walk


def _expected(who: str, reach: Reach) -> str:
    if who == "anonymous":
        return "log in"
    if who.startswith("another edition's"):
        return "not there"
    let_in = "not there" if reach.missing else "in"
    if who == "administrator":
        # An administrator is of the secretariat everywhere, but belongs to no delegation.
        return let_in if R.SECRETARIAT in reach.roles else "refused"
    role = Role(who.removeprefix("another delegation's "))
    if role not in reach.roles:
        return "refused"
    if reach.parties and who != role:
        return "not there"
    return let_in


def test_addresses_of_an_edition_open_to_whom_they_are_for_and_to_nobody_else(walk: Walk) -> None:
    wrong = []
    for name, reach in EDITION.items():
        for who in walk.clients:
            told = walk.answer(who, name, reach)
            expected = reach.otherwise.get(who) or _expected(who, reach)
            if told != expected:
                wrong.append(f"{name} as {who}: {told}, expected {expected}")
    assert not wrong, "\n".join(wrong)


_WORDS: Mapping[str, dict[str, object]] = {
    "account_reset_password_from_key": {"uidb36": "1", "key": "set-password"},
    "mfa_remove_webauthn": {"pk": 1},
    "mfa_edit_webauthn": {"pk": 1},
}


@pytest.mark.parametrize(
    "name",
    sorted(
        OPEN
        - {
            "ui:specimen",
            "mfa_login_webauthn",
            "outcomes-report",
            "public-map",
            "public-map-records",
            "series",
        }
    ),
)
def test_open_addresses_ask_nobody_to_log_in(db: None, name: str) -> None:
    cache.clear()  # rate limits
    answer = Client().get(reverse(name, kwargs=_WORDS.get(name)))
    assert answer.status_code < 400
    assert "/account/login/" not in answer.headers.get("Location", "")


@pytest.mark.parametrize("name", sorted(OWN))
def test_ones_own_account_asks_to_log_in(db: None, name: str) -> None:
    answer = Client().get(reverse(name, kwargs=_WORDS.get(name)))
    assert answer.status_code == 302
    assert "/account/login/" in answer.headers["Location"]


def test_nobody_reaches_anothers_passkeys(db: None) -> None:
    from allauth.mfa.models import Authenticator

    owner, other = (
        User.objects.create(email=f"{name}@example.org", name=name) for name in ("owner", "other")
    )
    key = Authenticator.objects.create(user=owner, type=Authenticator.Type.WEBAUTHN, data={})
    client = Client()
    client.force_login(other)
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        answer = client.post(reverse(name, args=[key.pk]))
        assert answer.status_code in {302, 404}
    assert Authenticator.objects.filter(pk=key.pk).exists()
