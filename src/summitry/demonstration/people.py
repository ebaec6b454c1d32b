"""People who do not exist: members of delegations and interpreters, always the same ones."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from summitry.demonstration import facts, invited
from summitry.demonstration.names import POOLS, culture_of

_TITLES: tuple[tuple[str, str, int], ...] = (
    ("head", "Commander of the Border Guard", 70),
    ("deputy_head", "Deputy Commander for Operations", 75),
    ("representative", "Head of the International Cooperation Directorate", 80),
    ("representative", "Head of the Risk Analysis Unit", 85),
    ("adviser", "Adviser on Document and Identity Fraud", 85),
    ("expert", "Expert in Border Surveillance Technology", 90),
    ("expert", "Liaison Officer", 90),
    ("expert", "Expert in Coast Guard Functions", 90),
)
_HEADS: tuple[tuple[str, int], ...] = (
    ("Commander of the Border Guard", 70),
    ("Director-General of Border Police", 70),
    ("Deputy Minister of the Interior", 60),
    ("Commissioner-General of Police", 70),
    ("Director of Immigration and Border Protection", 70),
    ("Commandant of the Coast Guard", 70),
    ("State Secretary for Security", 55),
)
_ORGANISATION_HEADS: tuple[tuple[str, int], ...] = (
    ("Deputy Executive Director", 75),
    ("Director of Operations", 75),
    ("Head of the Liaison Office", 80),
)


@dataclass(frozen=True, slots=True)
class Named:
    """A generated or public name."""

    family: str
    given: str
    display: str
    original: str
    generated: bool = True


@dataclass(frozen=True, slots=True)
class DemoMember:
    """A member to be named: delegation's entity, capacity, order, name and office."""

    entity: str
    capacity: str
    order: int
    name: Named
    title: str
    organisation: str
    rank_class: int
    languages: tuple[str, ...]
    figure: str = ""


class Namer:
    """Makes names, no two alike."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._made: set[str] = set()

    def name(self, culture: str) -> Named:
        """Return a new name of a naming culture."""
        pool = POOLS[culture]
        for attempt in range(400):
            given = self._chance.choice(pool.women if self._chance.random() < 0.38 else pool.men)  # noqa: PLR2004
            family = self._chance.choice(pool.families)
            if attempt > 60:  # noqa: PLR2004 a small pool: two given names
                given = f"{given} {self._chance.choice(pool.men)}"
            made = _written(given, family, family_first=pool.family_first)
            if made.display not in self._made:
                self._made.add(made.display)
                return made
        message = f"The names of the culture '{culture}' are used up"
        raise RuntimeError(message)


def _written(given: str, family: str, *, family_first: bool) -> Named:
    given_names = [part.partition("|")[::2] for part in given.split()]
    given_latin = " ".join(latin for latin, _own in given_names)
    family_latin, _, family_own = family.partition("|")
    given_own = " ".join(own for _latin, own in given_names)
    whole = bool(family_own) and all(own for _latin, own in given_names)
    order = (family_latin, given_latin) if family_first else (given_latin, family_latin)
    own_order = (family_own, given_own) if family_first else (given_own, family_own)
    return Named(
        family=family_latin,
        given=given_latin,
        display=" ".join(order),
        original=("".join(own_order) if _is_han(family_own) else " ".join(own_order)) if whole else "",
    )


def _is_han(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def sizes() -> dict[str, int]:
    """Return how many members each delegation names, so that all together reach the whole."""
    chance = Random(318)  # noqa: S311 a demonstration, not a secret
    codes = invited.coming()
    wanted = invited.PARTICIPANTS + invited.IN_THE_QUEUE
    size = {code: invited.SIZES.get(code, 2) for code in codes}
    others = [code for code in codes if code not in invited.SIZES]
    chance.shuffle(others)
    turn = 0
    while sum(size.values()) < wanted:
        size[others[turn % len(others)]] += 1
        turn += 1
    while sum(size.values()) > wanted:
        size[others[turn % len(others)]] -= 1
        turn += 1
    return size


def members(organisations: dict[str, str]) -> list[DemoMember]:
    """Return all members of all delegations, in the order the delegations notified.

    Parameters
    ----------
    organisations
        The English short name of each entity, for the organisation somebody works for.
    """
    chance = Random(24)  # noqa: S311 a demonstration, not a secret
    namer = Namer(chance)
    figures = {figure.entity: key for key, figure in facts.FIGURES.items()}
    made: list[DemoMember] = []
    for turn, (entity, size) in enumerate(sizes().items()):
        is_state = len(entity) == 2  # noqa: PLR2004 States are known by their two letters
        language = invited.language_of(entity)
        for order in range(size):
            key = figures.get(entity, "") if order == 0 else ""
            capacity, title, rank = _office(chance, order, is_state=is_state)
            if key:
                figure = facts.FIGURES[key]
                name = Named(
                    figure.family_name,
                    figure.given_names,
                    f"{figure.given_names} {figure.family_name}",
                    "",
                    False,
                )
                title, rank, organisation = figure.office, figure.rank_class, figure.organisation
            else:
                name = namer.name(culture_of(entity, turn + order))
                organisation = (
                    f"Border service of {organisations[entity]}" if is_state else organisations[entity]
                )
            spoken = ("en",) if language == "en" else (language,) if order % 3 != 1 else (language, "en")
            made.append(DemoMember(entity, capacity, order + 1, name, title, organisation, rank, spoken, key))
    return made


def _office(chance: Random, order: int, *, is_state: bool) -> tuple[str, str, int]:
    if order == 0:
        title, rank = chance.choice(_HEADS if is_state else _ORGANISATION_HEADS)
        return "head", title, rank
    capacity, title, rank = _TITLES[min(order, 2 + (order - 2) % (len(_TITLES) - 2)) if order > 1 else 1]
    if not is_state and capacity == "deputy_head":
        title = "Deputy Director"
    return capacity, title, rank


@dataclass(frozen=True, slots=True)
class DemoInterpreter:
    """An interpreter to be engaged: native language, active languages."""

    name: Named
    native: str
    active: tuple[str, ...]


_TEAM: tuple[tuple[str, str, int], ...] = (
    ("fr", "french", 4),
    ("es", "iberian", 3),
    ("ru", "eastslavic", 3),
    ("ar", "arabic", 2),
    ("de", "german", 2),
)


def interpreters() -> list[DemoInterpreter]:
    """Return the team: fourteen interpreters, who with English cover the six languages."""
    chance = Random(6)  # noqa: S311 a demonstration, not a secret
    namer = Namer(chance)
    team: list[DemoInterpreter] = []
    for language, culture, number in _TEAM:
        for turn in range(number):
            third = ("fr",) if language == "ar" and turn == 0 else ()
            team.append(DemoInterpreter(namer.name(culture), language, ("en", *third)))
    return team
