"""Pure rules: sort names, naming policy, orders between States."""

from summitry.world.rules.groups import DEFAULT_GROUPS, Group
from summitry.world.rules.naming import (
    REFERENCE_POLICY,
    DisplayName,
    EntityRecord,
    NamelessError,
    NameOverride,
    NameRecord,
    NamingPolicy,
    named,
    with_article,
)
from summitry.world.rules.orders import (
    alphabetical,
    en_alpha,
    en_alpha_lot,
    es_alpha,
    eu_protocol,
    fr_alpha,
    ordered,
)
from summitry.world.rules.sorting import ARTICLES, fold, sort_key, sort_name, split_article

__all__ = [
    "ARTICLES",
    "DEFAULT_GROUPS",
    "REFERENCE_POLICY",
    "DisplayName",
    "EntityRecord",
    "Group",
    "NameOverride",
    "NameRecord",
    "NamelessError",
    "NamingPolicy",
    "alphabetical",
    "en_alpha",
    "en_alpha_lot",
    "es_alpha",
    "eu_protocol",
    "fold",
    "fr_alpha",
    "named",
    "ordered",
    "sort_key",
    "sort_name",
    "split_article",
    "with_article",
]
