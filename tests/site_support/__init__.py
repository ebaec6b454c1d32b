"""A small conference for the tests of the overview, the public page and the portal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from django.test import Client
from django.utils import timezone

from summitry.accounts.models import Role
from summitry.bilaterals.models import Meeting, Request, RequestParty
from summitry.bookings.models import Occasion
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation, Member, Person
from summitry.programme.models import Session, Speaker
from summitry.world.models import Entity
from support.editions import Small, at, make_edition

_numbers = count(1)


@dataclass
class Conference:
    """A small conference in its day's morning: four delegations, one of which regrets."""

    small: Small
    delegations: dict[str, Delegation] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)

    @property
    def edition(self) -> Edition:
        return self.small.edition

    def client(self, role: Role, code: str | None = None) -> Client:
        client = Client()
        client.force_login(self.small.user(role, self.delegations[code].pk if code else None))
        return client

    def invite(self, code: str, answer: str = "coming") -> Delegation:
        entity = Entity.objects.get(code=code)
        self.delegations[code] = Delegation.objects.create(edition=self.edition, entity=entity, answer=answer)
        return self.delegations[code]

    def name(
        self, code: str, family_name: str, *, capacity: str = "head", accreditation: str = "approved"
    ) -> Member:
        person = Person.objects.create(
            family_name=family_name,
            display_name=family_name,
            search_text=family_name.lower(),
            sort_key=family_name.lower(),
        )
        delegation = self.delegations[code]
        member = Member.objects.create(
            edition=self.edition,
            delegation=delegation,
            person=person,
            capacity=capacity,
            order=delegation.members.count() + 1,
            accreditation=accreditation,
        )
        self.members[family_name] = member
        return member

    def ask(self, *codes: str, topic: str, status: str = "sent", hour: int | None = None) -> Request:
        request = Request.objects.create(
            edition=self.edition,
            number=next(_numbers),
            level="principal",
            minutes=30,
            topic=topic,
            status=status,
        )
        for order, code in enumerate(codes):
            RequestParty.objects.create(
                request=request,
                delegation=self.delegations[code],
                side="counterpart" if order else "requester",
                order=order,
            )
        if hour is not None:
            occasion = self.small.occasion(at(hour), title=topic)
            Meeting.objects.create(edition=self.edition, request=request, occasion=occasion)
        return request

    def session(
        self,
        title: str,
        hour: int,
        *,
        speaker: Member | None = None,
        is_public: bool = True,
        attendance: str = "heads",
    ) -> Session:
        occasion = Occasion.objects.create(
            edition=self.edition,
            kind=Occasion.Kind.SESSION,
            status=Occasion.Status.FIRM,
            title=title,
            room=self.small.rooms[0],
            starts_at=at(hour),
            ends_at=at(hour, 45),
            confidentiality=Occasion.Confidentiality.PUBLIC
            if is_public
            else Occasion.Confidentiality.CONFERENCE,
        )
        session = Session.objects.create(
            edition=self.edition,
            occasion=occasion,
            kind="keynote",
            title={"en": title, "fr": f"FR {title}"},
            attendance=attendance,
            languages=["en", "fr"],
            is_public=is_public,
        )
        if speaker is not None:
            Speaker.objects.create(session=session, member=speaker, part="keynote", office="Commissioner")
        return session


def make_conference() -> Conference:
    """Make it."""
    made = Conference(make_edition())
    edition = made.edition
    edition.status = Edition.Status.OPEN
    edition.languages = ["en", "fr"]
    edition.name = {"en": "The First", "fr": "La Première"}
    edition.clock_offset = at(8, 10) - timezone.now() + timedelta(seconds=1)
    edition.save()
    for code in ("pl", "ma", "no"):
        made.invite(code)
    made.invite("sn", "regrets")
    made.invite("ge", "invited")
    made.name("ma", "Amrani")
    made.name("pl", "Zawadzka")
    made.name("no", "Solberg", accreditation="submitted")
    made.session("Opening", 7, speaker=made.members["Amrani"])
    made.session("Borders", 9, attendance="heads")
    made.session("Staff dinner", 17, is_public=False, attendance="nobody")
    made.ask("ma", "pl", topic="Ferry lines", status="accepted", hour=10)
    made.ask("no", "ma", topic="Joint training")
    made.ask("no", "pl", topic="Arctic patrols", status="accepted")
    made.ask("pl", "no", topic="Baltic coast", status="declined")
    return made
