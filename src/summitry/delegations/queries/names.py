"""What delegations are called on pages, papers and documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from summitry.conferences import clock
from summitry.conferences.models import Edition, NamingRule
from summitry.delegations.models import Delegation
from summitry.world.queries import names_for
from summitry.world.rules import DisplayName, NameOverride, NamingPolicy

Names = Mapping[int, DisplayName]


def naming_policy(edition: Edition) -> NamingPolicy:
    """Return how an edition names entities, in one statement."""
    rules = NamingRule.objects.filter(edition=edition).select_related("entity")
    language = edition.languages[0] if edition.languages else "en"
    return NamingPolicy(
        overrides={
            rule.entity.code: NameOverride(
                short=rule.short,
                formal=rule.formal,
                footnote=rule.footnote,
                flag_allowed=rule.flag_allowed,
                nameplate={language: rule.nameplate} if rule.nameplate else {},
                group=rule.grouping or None,
            )
            for rule in rules
        },
        fallbacks=tuple(edition.languages) or ("en",),
    )


def delegation_names(
    edition: Edition, *, language: str = "en", delegations: Iterable[int] | None = None
) -> dict[int, DisplayName]:
    """Return each delegation's name by the edition's policy, by delegation id, in four statements.

    Parameters
    ----------
    language
        The reader's.
    delegations
        Only these; all of the edition where not given.
    """
    rows = Delegation.objects.filter(edition=edition)
    if delegations is not None:
        rows = rows.filter(pk__in=delegations)
    entities = dict(rows.values_list("pk", "entity_id"))
    named = names_for(
        set(entities.values()), language=language, on=clock.today(edition), policy=naming_policy(edition)
    )
    return {delegation: named[entity] for delegation, entity in entities.items() if entity in named}
