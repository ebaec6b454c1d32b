"""What the words of a file mean here, and what is here already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from summitry.accounts.access import Actor
from summitry.conferences.models import Edition
from summitry.outcomes import queries
from summitry.outcomes.exchange import cells
from summitry.outcomes.models import Area
from summitry.world.models import Entity, EntityName
from summitry.world.rules.sorting import fold


@dataclass(frozen=True, slots=True)
class Known:
    """Entities and areas by what they may be called, and the commitments that a file may speak of.

    Attributes
    ----------
    refs
        By the slug of their edition and their number.
    """

    edition: Edition
    refs: Mapping[tuple[str, str], Any]
    _entities: Mapping[str, frozenset[int]]
    _by_id: Mapping[int, Entity]
    _areas: Mapping[str, frozenset[Area]]

    @classmethod
    def of(cls, edition: Edition, who: Actor, *, editions: Collection[str] = ()) -> Known:
        """Gather them; nine statements.

        Parameters
        ----------
        editions
            Slugs of earlier editions whose commitments are spoken of too.
        """
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
            queries.commitments(who=who, edition=edition).filter(edition__slug__in={edition.slug, *editions})
        )
        rows = rows.select_related("owner", "edition", "meeting", "session", "article", "contact")
        return cls(
            edition=edition,
            refs={(row.edition.slug, row.ref): row for row in rows.prefetch_related("milestones")},
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
