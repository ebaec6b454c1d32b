"""The ids that records bear in the planner's documents: readable, stable, and the way back to the records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import slugify

from summitry.bilaterals.models import Request
from summitry.conferences.models import Edition, Room
from summitry.delegations.models import Member
from summitry.interpretation.models import Interpreter


def request_id(request: Request) -> str:
    """Return a request's id in the documents: ``r118``."""
    return f"r{request.number}"


def request_number(document_id: str) -> int:
    """Return the number of the request that bears an id in the documents."""
    return int(document_id.removeprefix("r"))


def member_id(member: Member) -> str:
    """Return a member's id in the documents: the entity's code and the member's place, ``ma-1``."""
    return f"{member.delegation.entity.code}-{member.order}"


def interpreter_ids(interpreters: Iterable[Interpreter]) -> dict[int, str]:
    """Return the interpreters' ids in the documents, by primary key: their names, ``helene-vasseur``.

    Parameters
    ----------
    interpreters
        All of the edition, in the order they were entered, so that a namesake who comes
        later takes nobody's id.
    """
    taken: set[str] = set()
    found: dict[int, str] = {}
    for interpreter in interpreters:
        plain = slugify(interpreter.person.display_name) or "interpreter"
        chosen, count = plain, 1
        while chosen in taken:
            count += 1
            chosen = f"{plain}-{count}"
        taken.add(chosen)
        found[interpreter.pk] = chosen
    return found


@dataclass(frozen=True, slots=True)
class Ids:
    """The way from the documents' ids back to primary keys."""

    requests: dict[str, int]
    rooms: dict[str, int]
    interpreters: dict[str, int]


def ids_of(edition: Edition) -> Ids:
    """Return the way back from the documents of an edition, in three statements."""
    interpreters = Interpreter.objects.filter(edition=edition).select_related("person").order_by("pk")
    return Ids(
        requests={
            f"r{number}": pk
            for pk, number in Request.objects.filter(edition=edition).values_list("pk", "number")
        },
        rooms={slug: pk for pk, slug in Room.objects.filter(edition=edition).values_list("pk", "slug")},
        interpreters={name: pk for pk, name in interpreter_ids(interpreters).items()},
    )
