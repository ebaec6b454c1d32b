"""What the words of a file mean here, and what is here already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from summitry.accounts.access import Actor
from summitry.conferences.models import Edition
from summitry.outcomes import queries
from summitry.outcomes.actions import Taken
from summitry.outcomes.exchange import cells
from summitry.outcomes.models import Area
from summitry.world.models import Entity, EntityName
from summitry.world.rules.sorting import fold


@dataclass(frozen=True, slots=True)
class Known:
    """Entities and areas by what they may be called, and the edition's commitments by number."""

    edition: Edition
    refs: Mapping[str, Any]
    _entities: Mapping[str, frozenset[int]]
    _by_id: Mapping[int, Entity]
    _areas: Mapping[str, frozenset[Area]]

    @classmethod
    def of(cls, edition: Edition, who: Actor) -> Known:
        """Gather them; nine statements."""
        by_id = {entity.pk: entity for entity in Entity.objects.all()}
        entities: dict[str, set[int]] = defaultdict(set)
        for pk, short, formal in EntityName.objects.values_list("entity_id", "short", "formal"):
            entities[fold(short)].add(pk)
            entities[fold(formal)].add(pk)
        for entity in by_id.values():
            entities[fold(entity.code)] = {entity.pk}
        areas: dict[str, set[Area]] = defaultdict(set)
        for area in queries.areas_of(edition, who=who, retired=True):
            for said in (area.code, *area.title.values()):
                areas[fold(said)].add(area)
        rows = queries.fetched(
            queries.commitments(who=who, edition=edition).filter(edition=edition)
        ).prefetch_related("milestones")
        return cls(
            edition=edition,
            refs={row.ref: row for row in rows},
            _entities={said: frozenset(ids) for said, ids in entities.items()},
            _by_id=by_id,
            _areas={said: frozenset(found) for said, found in areas.items()},
        )

    def entity(self, written: str) -> Entity:
        """Return the entity that a name or a code means."""
        return self._by_id[cells.named(written, self._entities)]

    def area(self, written: str) -> Area:
        """Return the area that a title or a code means."""
        return cells.named(written, self._areas)

    def is_same(self, there: Any, taken: Taken) -> bool:
        """Tell whether a commitment says just what a row says; who is the contact and where it was agreed apart."""
        terms = taken.terms
        passed = {"meeting_id", "session_id", "article_id", "contact_id", "generated", "confidentiality"}
        fields = {
            name: value for name, value in terms.fields(there.report_months).items() if name not in passed
        }
        wording = there.last_wordings[0]
        return (
            all(getattr(there, name) == value for name, value in fields.items())
            and (wording.text, wording.language) == (terms.text, terms.language)
            and terms.confidentiality in {None, there.confidentiality}
            and {(party.entity_id, party.role) for party in there.other_parties}
            == {(party.entity.pk, party.role) for party in terms.parties}
            and {area.pk for area in there.areas.all()} == {area.pk for area in terms.areas}
            and [(step.title, step.due_on) for step in there.milestones.all()]
            == [(step.title, step.due_on) for step in sorted(terms.milestones, key=lambda step: step.due_on)]
        )
