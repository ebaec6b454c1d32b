"""A small conference for the tests of the bilateral desk: four delegations, three rooms, one interpreter."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from summitry.accounts.access import SYSTEM, Actor, Held, actor_of
from summitry.accounts.models import Grant, Role, User
from summitry.bilaterals.actions import Asked, keep_plan, load_requests, note_started, start_planning
from summitry.bilaterals.models import PlanningRun, PlanVersion, Request
from summitry.bilaterals.queries.problem import Start
from summitry.conferences.models import Edition, Host, Room, Series, Settings, Sitting, Walk, Zone
from summitry.delegations.models import Delegation, Member, Person
from summitry.interpretation.models import Interpreter, InterpreterLanguage
from summitry.planner import MaxSeconds, read_problem, solve
from summitry.world.models import Entity

DAY = date(2031, 5, 14)
CODES = ("pl", "ma", "no", "sn")
_CAPACITIES = (Member.Capacity.HEAD, Member.Capacity.DEPUTY_HEAD, Member.Capacity.EXPERT)


def at(hour: int, minute: int = 0, *, day: int = 0) -> datetime:
    """Return a time of the conference's first day (or a later one), on the venue's clock."""
    return datetime(DAY.year, DAY.month, DAY.day, hour, minute, tzinfo=UTC) + timedelta(days=day)


@dataclass
class Summit:
    """The conference and its records by short names."""

    edition: Edition
    delegations: dict[str, Delegation]
    members: dict[str, Member]
    rooms: dict[str, Room]
    interpreter: Interpreter
    users: dict[str, User] = field(default_factory=dict)

    def asked(self, requester: str = "pl", counterpart: str = "ma", **words: object) -> Asked:
        """Return a request as it could be asked for."""
        known: dict[str, object] = {
            "requester": self.delegations[requester],
            "counterparts": [self.delegations[counterpart]],
            "level": "principal",
            "minutes": 30,
            "topic": "Joint training",
        }
        return Asked(**{**known, **words})  # type: ignore[arg-type]  # words of a test

    def request(self, requester: str = "pl", counterpart: str = "ma", **words: object) -> Request:
        """Return a stored, accepted request."""
        asked = self.asked(requester, counterpart, **{"status": "accepted", **words})
        return load_requests(edition=self.edition, asked=[asked], by=SYSTEM)[0]

    def actor(self, role: Role, code: str | None = None) -> Actor:
        """Return somebody with a role, for a delegation where one is named."""
        delegation = self.delegations[code].pk if code else None
        name = f"{role}-{code or 'host'}"
        if name not in self.users:
            user = User.objects.create(email=f"{name}-{uuid4().hex[:6]}@example.org", name=name)
            Grant.objects.create(user=user, role=role, edition_id=self.edition.pk, delegation_id=delegation)
            self.users[name] = user
        return actor_of(self.users[name])

    @property
    def desk(self) -> Actor:
        """Somebody of the bilateral desk."""
        return self.actor(Role.BILATERAL_DESK)

    def set_clock(self, now: datetime) -> None:
        """Let the edition's clock show `now`."""
        self.edition.clock_offset = now - timezone.now()
        self.edition.save()

    def draft(self, start: Start = Start.REPAIR) -> PlanVersion:
        """Plan here and now, and return the draft."""
        run = start_planning(edition=self.edition, by=self.desk, start=start)
        return plan_here(run)


def plan_here(run: PlanningRun) -> PlanVersion:
    """Plan a run in this process."""
    assert note_started(run)
    plan = solve(read_problem(json.dumps(run.problem).encode()), stop=MaxSeconds(10))
    return keep_plan(run=run, plan=plan)


def outsider(summit: Summit) -> Actor:
    """Return a role-holder of another edition."""
    return Actor(name="elsewhere", grants=frozenset({Held(Role.SECRETARIAT, summit.edition.pk + 1000)}))


def make_summit(slug: str = "summit", *, now: datetime | None = None) -> Summit:
    """Make the conference; its clock stands at `now` (the evening before the first day where not given)."""
    entity = Entity.objects.get(code="frontex")
    host, _ = Host.objects.get_or_create(entity=entity, slug="frontex")
    series = Series.objects.create(host=host, slug=slug, name={"en": "The Summit"}, short_name="Summit")
    edition = Edition.objects.create(
        series=series,
        number=1,
        slug=f"{slug}-1",
        name={"en": "First Summit"},
        hosted_by=host,
        year=DAY.year,
        starts_on=DAY,
        ends_on=DAY + timedelta(days=1),
        languages=["en"],
        clock_offset=(now or at(20, day=-1)) - timezone.now(),
    )
    Settings.objects.create(edition=edition, offered_minutes=[20, 30, 45], planning_seconds=5)
    for day, name in enumerate(("first", "second")):
        Sitting.objects.create(
            edition=edition, slug=f"{name}-morning", starts_at=at(9, day=day), ends_at=at(12, day=day)
        )
        Sitting.objects.create(
            edition=edition, slug=f"{name}-afternoon", starts_at=at(14, day=day), ends_at=at(18, day=day)
        )
    delegations, members = _delegations(edition)
    return Summit(edition, delegations, members, _rooms(edition), _interpreter(edition))


def _rooms(edition: Edition) -> dict[str, Room]:
    near = Zone.objects.create(edition=edition, slug="near", name="Beside the plenary", order=1)
    far = Zone.objects.create(edition=edition, slug="far", name="Garden wing", order=2)
    Walk.objects.create(from_zone=near, to_zone=far, minutes=5)
    rows = [("hall", near, 400, Room.Purpose.HALL), ("bug", near, 12, Room.Purpose.BILATERAL)]
    rows += [("narew", near, 12, Room.Purpose.BILATERAL), ("pilica", far, 9, Room.Purpose.BILATERAL)]
    return {
        slug: Room.objects.create(
            edition=edition,
            slug=slug,
            name=slug.title(),
            zone=zone,
            seats=seats,
            purpose=purpose,
            order=order,
        )
        for order, (slug, zone, seats, purpose) in enumerate(rows)
    }


def _delegations(edition: Edition) -> tuple[dict[str, Delegation], dict[str, Member]]:
    entities = {entity.code: entity for entity in Entity.objects.filter(code__in=CODES)}
    delegations, members = {}, {}
    for code in CODES:
        delegation = Delegation.objects.create(
            edition=edition, entity=entities[code], answer=Delegation.Answer.COMING, is_host=code == "pl"
        )
        delegations[code] = delegation
        for order, capacity in enumerate(_CAPACITIES, 1):
            person = Person.objects.create(
                family_name=f"{code}{order}".upper(),
                display_name=f"Person {code.upper()} {order}",
                search_text="",
                sort_key=f"{code}{order}",
                generated=True,
            )
            members[f"{code}-{order}"] = Member.objects.create(
                edition=edition,
                delegation=delegation,
                person=person,
                capacity=capacity,
                order=order,
                functional_title="Director",
                accreditation=Member.Accreditation.APPROVED,
            )
    return delegations, members


def _interpreter(edition: Edition) -> Interpreter:
    person = Person.objects.create(
        family_name="Vasseur",
        display_name="Hélène Vasseur",
        search_text="",
        sort_key="vasseur",
        generated=True,
    )
    interpreter = Interpreter.objects.create(edition=edition, person=person)
    for language in ("fr", "en"):
        InterpreterLanguage.objects.create(interpreter=interpreter, language=language, level="A")
    return interpreter
