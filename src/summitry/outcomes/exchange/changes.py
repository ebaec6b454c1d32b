"""What a row of a file says otherwise of a commitment that is here already."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from summitry.outcomes.actions import PLAIN_TERMS, Party, Step, Terms
from summitry.outcomes.exchange.writing import main_title
from summitry.outcomes.kinds import PartyRole


def _lines(text: str) -> str:
    """Return a text as it is compared: what ends its lines differs between files and forms."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def completed(terms: Terms, there: Any, *, columns: Collection[str]) -> Terms:
    """Return what a row says of a commitment, with what no file tells, and what this one leaves out, as it is.

    Parameters
    ----------
    there
        The commitment as :func:`summitry.outcomes.queries.fetched` gives it, with its milestones.
    columns
        Keys of the columns that the file has.
    """
    wording = there.last_wordings[0]
    kept: dict[str, Any] = {key: getattr(there, key) for key in PLAIN_TERMS if key not in columns}
    if terms.report_months is None:
        kept["report_months"] = there.report_months
    if terms.confidentiality is None:
        kept["confidentiality"] = there.confidentiality
    if "titles" not in columns:
        kept["title"] = {**there.title, main_title(there.title)[0]: next(iter(terms.title.values()))}
    if "places" not in columns:
        kept["places"] = list(there.places)
    if "areas" not in columns:
        kept["areas"] = list(there.areas.all())
    if _lines(wording.text) == _lines(terms.text):
        kept["text"] = wording.text
    return replace(
        terms,
        parties=[
            *terms.parties,
            *(Party(p.entity, p.role) for p in there.other_parties if p.role not in columns),
        ],
        milestones=_numbered(terms.milestones if "milestones" in columns else None, there),
        meeting=there.meeting,
        session=there.session,
        article=there.article,
        contact=there.contact,
        generated=there.generated,
        **kept,
    )


def _numbered(steps: Sequence[Step] | None, there: Any) -> list[Step]:
    """Return milestones as those that there are already where they have their title, or else their day."""
    known = {step.number: step for step in there.milestones.all()}
    if steps is None:
        return [Step(step.title, step.due_on, number) for number, step in known.items()]
    free = dict(known)
    found: list[Step] = list(steps)
    same: tuple[Callable[[Step, Any], bool], ...] = (
        lambda told, one: (told.title, told.due_on) == (one.title, one.due_on),
        lambda told, one: told.title == one.title,
        lambda told, one: told.due_on == one.due_on,
    )
    for is_it in same:
        for place, step in enumerate(found):
            if step.number is None:
                number = next((number for number, one in free.items() if is_it(step, one)), None)
                if number is not None:
                    del free[number]
                    found[place] = replace(step, number=number)
    return found


def differences(terms: Terms, there: Any) -> list[str]:
    """Return the keys of the columns in which completed terms say something else than a commitment; none: the same."""
    wording = there.last_wordings[0]
    said: Mapping[str, tuple[Any, Any]] = {
        "title": (set(terms.title.values()), set(there.title.values())),
        "titles": (dict(terms.title), dict(there.title)),
        "text": (terms.text, wording.text),
        "language": (terms.language, wording.language),
        "owner": (terms.owner.pk, there.owner_id),
        **{
            role.value: (
                {party.entity.pk for party in terms.parties if party.role == role},
                {party.entity_id for party in there.other_parties if party.role == role},
            )
            for role in PartyRole
        },
        "areas": ({area.pk for area in terms.areas}, {area.pk for area in there.areas.all()}),
        "places": (list(terms.places), list(there.places)),
        "milestones": (
            sorted((step.due_on, step.title) for step in terms.milestones),
            sorted((step.due_on, step.title) for step in there.milestones.all()),
        ),
        "confidentiality": (terms.confidentiality, there.confidentiality),
        **{key: (getattr(terms, key), getattr(there, key)) for key in PLAIN_TERMS},
    }
    found = [key for key, (one, other) in said.items() if one != other]
    if "title" in found:
        found.remove("titles")
    return found
