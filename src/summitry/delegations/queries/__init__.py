"""Every read about delegations and members, each with a constant number of statements."""

from summitry.delegations.queries.lists import (
    DelegationRow,
    MemberRow,
    delegation_rows,
    member_rows,
)
from summitry.delegations.queries.names import Names, delegation_names, naming_policy

__all__ = [
    "DelegationRow",
    "MemberRow",
    "Names",
    "delegation_names",
    "delegation_rows",
    "member_rows",
    "naming_policy",
]
