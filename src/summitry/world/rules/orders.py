"""Orders between States: alphabetical in three languages, from a lot, and the EU's own (practice 2.1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from summitry.world.kinds import StateOrder
from summitry.world.rules.naming import REFERENCE_POLICY, EntityRecord, NamingPolicy, named


def alphabetical(
    entities: Iterable[EntityRecord], *, language: str, on: date, policy: NamingPolicy = REFERENCE_POLICY
) -> list[EntityRecord]:
    """Sort by the short name in one language, articles and accents left aside, word by word."""
    return sorted(
        entities,
        key=lambda entity: (named(entity, language=language, on=on, policy=policy).sort_key, entity.code),
    )


def en_alpha(
    entities: Iterable[EntityRecord], *, on: date, policy: NamingPolicy = REFERENCE_POLICY
) -> list[EntityRecord]:
    """Sort by English short names, as the United Nations and the Council of Europe do."""
    return alphabetical(entities, language="en", on=on, policy=policy)


def fr_alpha(
    entities: Iterable[EntityRecord], *, on: date, policy: NamingPolicy = REFERENCE_POLICY
) -> list[EntityRecord]:
    """Sort by French short names, as the International Labour Organization does."""
    return alphabetical(entities, language="fr", on=on, policy=policy)


def es_alpha(
    entities: Iterable[EntityRecord], *, on: date, policy: NamingPolicy = REFERENCE_POLICY
) -> list[EntityRecord]:
    """Sort by Spanish short names."""
    return alphabetical(entities, language="es", on=on, policy=policy)


def en_alpha_lot(
    entities: Iterable[EntityRecord], *, first: str, on: date, policy: NamingPolicy = REFERENCE_POLICY
) -> list[EntityRecord]:
    """Sort by English short names, beginning at a State drawn by lot (UN General Assembly).

    Parameters
    ----------
    entities
        Those to be seated; the one drawn among them.
    first
        Its code. Who drew it, when and how is recorded by the caller.

    Raises
    ------
    ValueError
        The State drawn is not among them.
    """
    in_order = en_alpha(entities, on=on, policy=policy)
    places = [place for place, entity in enumerate(in_order) if entity.code == first]
    if not places:
        raise ValueError(f"“{first}” was drawn but is not among those to be ordered: draw again among them.")
    return in_order[places[0] :] + in_order[: places[0]]


def eu_protocol(
    entities: Iterable[EntityRecord], *, on: date, policy: NamingPolicy = REFERENCE_POLICY
) -> list[EntityRecord]:
    """Sort Member States of the EU by their own names for themselves, then all others in English.

    The EU's ordinals are data: names in several alphabets (Ελλάδα files under E, Suomi
    under S) give no computable order (Interinstitutional Style Guide, 7.1).
    """

    def place(entity: EntityRecord) -> tuple[int, int, str, str]:
        if entity.eu_protocol_order is not None and entity.in_eu(on):
            return (0, entity.eu_protocol_order, "", entity.code)
        return (1, 0, named(entity, language="en", on=on, policy=policy).sort_key, entity.code)

    return sorted(entities, key=place)


def ordered(
    entities: Iterable[EntityRecord],
    *,
    by: StateOrder,
    on: date,
    policy: NamingPolicy = REFERENCE_POLICY,
    first: str | None = None,
) -> list[EntityRecord]:
    """Sort in the order the host has picked.

    Parameters
    ----------
    by
        The order.
    first
        Code of the State drawn by lot, for the order that begins at one.

    Raises
    ------
    ValueError
        A lot is needed and missing, or drew a State that is not among `entities`.
    """
    if by is StateOrder.EN_ALPHA_LOT:
        if first is None:
            raise ValueError("This order begins at a State drawn by lot: record the lot first.")
        return en_alpha_lot(entities, first=first, on=on, policy=policy)
    sorters = {
        StateOrder.EN_ALPHA: en_alpha,
        StateOrder.FR_ALPHA: fr_alpha,
        StateOrder.ES_ALPHA: es_alpha,
        StateOrder.EU_PROTOCOL: eu_protocol,
    }
    return sorters[by](entities, on=on, policy=policy)
