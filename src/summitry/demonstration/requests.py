"""Generated requests for meetings, with a realistic tilt: everybody wants the host and the large."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from summitry.demonstration import facts, invited
from summitry.demonstration.people import DemoMember
from summitry.demonstration.venue import SITTINGS

ACCEPTED = 300
MULTILATERAL = 7
DECLINED = 27
UNANSWERED = 14

_PULL = {
    "frontex": 44,
    "us": 14,
    "european-commission": 9,
    "de": 9,
    "fr": 9,
    "it": 7,
    "es": 7,
    "gb": 7,
    "pl": 7,
    "tr": 7,
    "interpol": 7,
    "europol": 7,
    "ua": 6,
    "ma": 6,
    "gr": 5,
    "nl": 4,
    "au": 4,
    "ru": 5,
    "cn": 4,
    "jp": 4,
    "iom": 4,
    "unhcr": 3,
    "osce": 3,
    "sn": 3,
    "eg": 3,
    "in": 3,
    "ca": 3,
    "rs": 3,
    "al": 3,
    "mk": 3,
    "me": 2,
    "ge": 3,
    "ro": 3,
}
_TOPICS = (
    "Exchange of information on travel documents",
    "Joint training of border guards",
    "Risk analysis and early warning",
    "Coast guard cooperation and search at sea",
    "Return and readmission in practice",
    "Liaison officers: posting and tasks",
    "Advance passenger information",
    "Document and identity fraud: expertise",
    "People smuggling networks: cooperation of investigators",
    "Surveillance technology and drones",
    "Integrated border management: lessons learned",
    "Airport checks and automated gates",
    "Status of the working arrangement",
    "Equipment and maintenance support",
    "Canine teams and detection",
    "Joint patrols on the land border",
)
_MOST_MEETINGS = 11  # of one person, but for the host's
#: The sittings of the first day: what the news item tells of is over when the demonstration begins.
_FIRST_DAY = tuple(index for index, (day, _start, _end) in enumerate(SITTINGS) if day == SITTINGS[0][0])
_MOST_PRINCIPAL_OF_HOST = 20  # as a host's leader was asked for at a summit of that size


@dataclass(frozen=True, slots=True)
class DemoRequest:
    """A request: entities (the requester first), the members who must be there, and what was asked."""

    entities: tuple[str, ...]
    members: tuple[int, ...]  # indices into the members
    level: str
    minutes: int
    topic: str
    status: str
    priority: int
    languages: tuple[str, ...] = ()
    sittings: tuple[int, ...] = ()  # indices into SITTINGS; none: any
    seats: int = 8
    confidentiality: int = 2
    must: bool = False
    from_source: bool = False


class _Generator:
    def __init__(self, members: Sequence[DemoMember]) -> None:
        self.chance = Random(2019)  # noqa: S311 a demonstration, not a secret
        self.load: Counter[int] = Counter()
        self.taken: set[frozenset[str]] = set()
        self.made: list[DemoRequest] = []
        self.of: dict[str, list[int]] = {}
        for index, member in enumerate(members):
            self.of.setdefault(member.entity, []).append(index)
        self.codes = list(invited.coming())
        self.pull = [_PULL.get(code, 1) for code in self.codes]

    def from_source(self) -> None:
        """Add the meetings of the host that the news item tells of."""
        for entity, level, minutes, topic, languages in facts.MEETINGS:
            pair = ("frontex", entity)
            self.taken.add(frozenset(pair))
            people = (self.of["frontex"][0], self.of[entity][0])
            self.load.update(people)
            self.made.append(
                DemoRequest(
                    pair,
                    people,
                    level,
                    minutes,
                    topic,
                    "accepted",
                    1,
                    languages,
                    _FIRST_DAY,
                    seats=12,
                    confidentiality=0,
                    must=True,
                    from_source=True,
                )
            )

    def bilateral(self, status: str) -> bool:
        """Add one request between two, if the pair and its people have room for it."""
        wanted = self.chance.choices(self.codes, weights=self.pull)[0]
        asking = self.chance.choice(self.codes)
        pair = frozenset((wanted, asking))
        if len(pair) < 2 or pair in self.taken:  # noqa: PLR2004 a pair is two
            return False
        level = self.chance.choices(["principal", "deputy", "expert"], weights=[30, 40, 30])[0]
        people = self._people((asking, wanted), level)
        if people is None:
            return False
        self.taken.add(pair)
        if status == "accepted":
            self.load.update(people)
        self.made.append(self._request((asking, wanted), people, level, status))
        return True

    def multilateral(self) -> bool:
        """Add one request among three or four of a region."""
        continent = self.chance.choice(list(invited.STATES.values())[:4]).split()
        entities = (*self.chance.sample(continent[:16], self.chance.choice([3, 3, 4])),)
        people = self._people(entities, "deputy")
        if people is None:
            return False
        self.load.update(people)
        request = self._request(entities, people, "deputy", "accepted")
        self.made.append(
            DemoRequest(
                entities,
                people,
                "deputy",
                self.chance.choice([30, 45]),
                request.topic,
                "accepted",
                2,
                seats=4 * len(entities),
                confidentiality=1,
            )
        )
        return True

    def _people(self, entities: Sequence[str], level: str) -> tuple[int, ...] | None:
        people: list[int] = []
        for entity in entities:
            person = self._person(entity, level)
            if person is None:
                return None
            people.append(person)
        return tuple(people)

    def _person(self, entity: str, level: str) -> int | None:
        indices = self.of[entity]
        is_host = entity == "frontex"
        most = _MOST_PRINCIPAL_OF_HOST if is_host else _MOST_MEETINGS
        if level == "principal":
            candidates = indices[:1]
        elif level == "deputy":
            candidates = indices[1:4] if is_host else indices[1:2]
        else:
            candidates = indices[4:14] if is_host else indices[2:] or indices[1:]
        free = [index for index in candidates if self.load[index] < most]
        return min(free, key=lambda index: (self.load[index], index), default=None)

    def _request(
        self, entities: tuple[str, ...], people: tuple[int, ...], level: str, status: str
    ) -> DemoRequest:
        minutes = self.chance.choices(
            [15, 20, 30, 45], weights=[5, 35, 50, 10] if level == "principal" else [20, 45, 30, 5]
        )[0]
        spoken = [language for language in map(invited.language_of, entities) if language != "en"]
        interpreted = (
            len(set(spoken)) == 1
            and len(spoken) < len(entities)
            and self.chance.random() < (0.75 if level == "principal" else 0.35 if level == "deputy" else 0.0)
        )
        sittings: tuple[int, ...] = ()
        if self.chance.random() < 0.3:  # noqa: PLR2004 as many name a day or half a day
            day = self.chance.choice([29, 30, 31])
            sittings = tuple(index for index, (of, _start, _end) in enumerate(SITTINGS) if of == day)
            if self.chance.random() < 0.4:  # noqa: PLR2004 likewise
                sittings = sittings[: max(1, len(sittings) // 2)]
        return DemoRequest(
            entities,
            people,
            level,
            minutes,
            self.chance.choice(_TOPICS),
            status,
            self.chance.choices([1, 2, 3], weights=[20, 55, 25])[0],
            (spoken[0], "en") if interpreted else (),
            sittings,
            seats={"principal": 8, "deputy": 6, "expert": 4}[level] + (1 if interpreted else 0),
            confidentiality=self.chance.choices([1, 2, 3], weights=[30, 66, 4])[0],
        )


def requests(members: Sequence[DemoMember]) -> list[DemoRequest]:
    """Return all requests in the order they were made."""
    generator = _Generator(members)
    generator.from_source()
    for status, number in (("accepted", ACCEPTED), ("declined", DECLINED), ("sent", UNANSWERED)):
        wanted = len(generator.made) + number - (len(facts.MEETINGS) if status == "accepted" else 0)
        while len(generator.made) < wanted:
            generator.bilateral(status)
    wanted = len(generator.made) + MULTILATERAL
    while len(generator.made) < wanted:
        generator.multilateral()
    first, others = generator.made[: len(facts.MEETINGS)], generator.made[len(facts.MEETINGS) :]
    generator.chance.shuffle(others)
    return [*first, *others]
