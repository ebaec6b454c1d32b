"""A small conference whose outcomes are followed up: two editions, five delegations, a follow-up officer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from bilaterals_support import Summit, make_summit
from summitry.accounts.access import SYSTEM, Actor, actor_of
from summitry.accounts.models import Grant, Role, User
from summitry.bilaterals.models import Meeting
from summitry.bookings.models import Occasion
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation
from summitry.outcomes import actions
from summitry.outcomes.actions import Item, Party, Signatory, Taken, Terms, Transfer
from summitry.outcomes.models import Commitment, Handover, HandoverItem
from summitry.world.models import Entity

DAY = date(2031, 5, 14)
NEXT_DAY = date(2033, 5, 17)


@dataclass
class FollowUp:
    """The conference, its people and its outcomes by short names."""

    summit: Summit
    later: Edition

    @property
    def edition(self) -> Edition:
        """The edition at which things are agreed."""
        return self.summit.edition

    @property
    def keeper(self) -> Actor:
        """The follow-up officer."""
        return self.summit.actor(Role.FOLLOW_UP)

    def focal(self, code: str) -> Actor:
        """Return a delegation's focal point."""
        return self.summit.actor(Role.FOCAL_POINT, code)

    def entity(self, code: str) -> Entity:
        """Return an entity by its code."""
        return Entity.objects.get(code=code)

    def delegation(self, code: str, edition: Edition | None = None) -> Delegation:
        """Return an entity's delegation at an edition, made where it is missing."""
        found, _ = Delegation.objects.get_or_create(
            edition=edition or self.edition, entity=self.entity(code), defaults={"answer": "coming"}
        )
        return found

    def actor_at(self, edition: Edition, role: Role, code: str | None = None) -> Actor:
        """Return somebody new with a role in an edition, for a delegation where one is named."""
        user = User.objects.create(email=f"{role}{User.objects.count()}@example.org", name=f"{role} {code}")
        delegation = self.delegation(code, edition).pk if code else None
        Grant.objects.create(user=user, role=role, edition_id=edition.pk, delegation_id=delegation)
        return actor_of(user)

    def set_day(self, day: date, edition: Edition | None = None) -> None:
        """Let an edition's clock show noon of a day."""
        edition = edition or self.edition
        edition.clock_offset = datetime.combine(day, time(12), tzinfo=UTC) - timezone.now()
        edition.save()

    def meeting(self, one: str = "pl", other: str = "ma", *, confidentiality: int = 2) -> Meeting:
        """Return a meeting that was held."""
        request = self.summit.request(one, other, confidentiality=confidentiality)
        start = datetime.combine(DAY, time(9), tzinfo=UTC) + timedelta(minutes=30 * request.number)
        occasion = Occasion.objects.create(
            edition=self.edition,
            kind=Occasion.Kind.MEETING,
            status=Occasion.Status.HELD,
            title="Talks",
            starts_at=start,
            ends_at=start + timedelta(minutes=30),
            confidentiality=confidentiality,
        )
        return Meeting.objects.create(edition=self.edition, request=request, occasion=occasion)

    def terms(self, owner: str = "pl", *others: str, **words: object) -> Terms:
        """Return what could be promised: by `owner` to `others` (Morocco where none is named)."""
        known: dict[str, object] = {
            "title": {"en": "Training of document examiners"},
            "text": "Poland will train twenty document examiners of Morocco.",
            "language": "en",
            "kind": "training",
            "owner": self.entity(owner),
            "parties": [Party(self.entity(code), "beneficiary") for code in others or ("ma",)],
            "due_on": DAY + timedelta(days=365),
        }
        return Terms(**{**known, **words})  # type: ignore[arg-type]  # words of a test

    def draft(self, owner: str = "pl", *others: str, **words: object) -> Commitment:
        """Return a recorded commitment."""
        terms = self.terms(owner, *others, **words)
        by = SYSTEM if terms.level >= Occasion.Confidentiality.CHIEF_OF_PROTOCOL else self.keeper
        return actions.record_commitment(edition=self.edition, terms=terms, by=by)

    def submitted(self, owner: str = "pl", *others: str, **words: object) -> Commitment:
        """Return a commitment that lies before its parties."""
        return actions.submit_commitment(commitment=self.draft(owner, *others, **words), by=SYSTEM)

    def agreed(self, owner: str = "pl", *others: str, **words: object) -> Commitment:
        """Return a commitment that its parties have confirmed."""
        commitment = self.submitted(owner, *others, **words)
        for code in (owner, *(others or ("ma",))):
            self.answer(commitment, code)
        commitment.refresh_from_db()
        assert commitment.workflow == "approved"
        return commitment

    def agreed_elsewhere(self, number: int, **words: object) -> list[Commitment]:
        """Return so many agreed commitments of Poland's to Morocco and to Japan, which is not here to confirm them."""
        terms = self.terms("pl", "ma", "jp", **words)
        taken = [Taken(terms, DAY, "Agreed minutes")] * number
        return actions.load_commitments(edition=self.edition, taken=taken, by=self.keeper)

    def answer(
        self, commitment: Commitment, code: str, answer: str = "confirmed", wish: str = ""
    ) -> Commitment:
        """Answer in a delegation's name."""
        return actions.answer_commitment(
            commitment=commitment,
            delegation=self.delegation(code),
            answer=answer,
            wish=wish,
            by=spokesperson(self.delegation(code)),
        )

    def equipment(self, target: int = 4, **words: object) -> Commitment:
        """Return an agreed promise of so many devices to Morocco."""
        known: dict[str, object] = {
            "kind": "equipment",
            "title": {"en": "Registration devices"},
            "text": "Poland will deliver registration devices.",
            "target": Decimal(target),
            "unit": "devices",
        }
        return self.agreed("pl", "ma", **{**known, **words})

    def handover(
        self,
        *items: Item,
        commitments: tuple[Commitment, ...] = (),
        edition: Edition | None = None,
        **words: object,
    ) -> Handover:
        """Return a recorded handover from Poland to Morocco."""
        known: dict[str, object] = {
            "title": {"en": "Handover of registration devices"},
            "transferor": self.entity("pl"),
            "transferee": self.entity("ma"),
            "commitments": commitments,
        }
        return actions.record_handover(
            edition=edition or self.edition,
            transfer=Transfer(**{**known, **words}),  # type: ignore[arg-type]  # words of a test
            items=items or (device("A1"),),
            signatories=four(),
            by=SYSTEM,
        )

    def agreed_handover(self, *items: Item, **words: object) -> Handover:
        """Return a handover whose list is agreed."""
        return actions.agree_handover(handover=self.handover(*items, **words), by=SYSTEM)  # type: ignore[arg-type]  # words of a test

    def deliver(self, handover: Handover, *lines: tuple[int, int]) -> None:
        """Deliver quantities of lines; everything where none is named."""
        items = {item.line: item for item in handover.items.filter(struck=False)}
        wanted = lines or tuple((line, int(item.quantity)) for line, item in items.items())
        actions.note_delivery(
            handover=handover,
            lines=[(items[line], Decimal(quantity)) for line, quantity in wanted],
            by=SYSTEM,
        )

    def inspect(self, handover: Handover, line: int, quantity: int = 1, result: str = "accepted") -> None:
        """Inspect so much of a line."""
        remarks = "" if result == "accepted" else "scratched"
        found = actions.Found(item(handover, line), result, Decimal(quantity), remarks)
        actions.inspect_items(handover=handover, found=[found], inspector="Amina Berrada", by=SYSTEM)


def spokesperson(delegation: Delegation) -> Actor:
    """Return somebody who speaks for a delegation and has no account, as a link in a letter lets them."""
    from summitry.accounts.access import Held

    return Actor(
        name="Focal point", grants=frozenset({Held(Role.FOCAL_POINT, delegation.edition_id, delegation.pk)})
    )


def item(handover: Handover, line: int) -> HandoverItem:
    """Return a line of a handover."""
    return HandoverItem.objects.get(handover=handover, line=line)


def device(serial: str, **words: object) -> Item:
    """Return one device with a serial number."""
    known: dict[str, object] = {
        "category": "Registration device",
        "make": "Kestrel",
        "model": "R2",
        "serial_number": serial,
        "unit": "devices",
    }
    return Item(**{**known, **words})  # type: ignore[arg-type]  # words of a test


def batch(quantity: int, **words: object) -> Item:
    """Return a batch of devices without serial numbers."""
    known: dict[str, object] = {
        "category": "Registration device",
        "quantity": Decimal(quantity),
        "unit": "devices",
    }
    return Item(**{**known, **words})  # type: ignore[arg-type]  # words of a test


def four(day: date | None = None) -> list[Signatory]:
    """Return two who hand over and two who receive, who sign on a day."""
    return [
        Signatory(side, name, "Director", signed_on=day)
        for side, name in (
            ("handing", "Zofia Malinowska"),
            ("handing", "Jan Kowal"),
            ("receiving", "Amina Berrada"),
            ("receiving", "Youssef Tazi"),
        )
    ]


def make_follow_up(slug: str = "outcomes") -> FollowUp:
    """Make the conference: its first edition in 2031, the next announced for 2033."""
    summit = make_summit(slug, now=datetime.combine(DAY, time(12), tzinfo=UTC))
    later = Edition.objects.create(
        series=summit.edition.series,
        number=2,
        slug=f"{slug}-2",
        name={"en": "Second Summit"},
        hosted_by=summit.edition.hosted_by,
        year=NEXT_DAY.year,
        starts_on=NEXT_DAY,
        ends_on=NEXT_DAY,
        languages=["en"],
        clock_offset=datetime.combine(NEXT_DAY, time(12), tzinfo=UTC) - timezone.now(),
    )
    return FollowUp(summit, later)


@contextmanager
def _checked() -> Iterator[None]:
    with transaction.atomic():
        yield
        connection.check_constraints()


@contextmanager
def refused_by_the_database(constraint: str) -> Iterator[None]:
    """Expect that the database itself refuses what is done inside, by a constraint of this name."""
    with pytest.raises(IntegrityError) as caught, _checked():
        yield
    cause = caught.value.__cause__
    assert isinstance(cause, psycopg.Error)
    assert cause.diag.constraint_name == constraint, str(cause)
