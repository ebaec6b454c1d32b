"""Every write about accounts, and about links that do without one."""

from summitry.accounts.actions.accounts import (
    change_own_account,
    close_account,
    grant_role,
    open_account,
    revoke_role,
)
from summitry.accounts.actions.links import (
    IssuedLink,
    LinkOrder,
    issue_link,
    issue_links,
    revoke_links,
    use_link,
)

__all__ = [
    "IssuedLink",
    "LinkOrder",
    "change_own_account",
    "close_account",
    "grant_role",
    "issue_link",
    "issue_links",
    "open_account",
    "revoke_links",
    "revoke_role",
    "use_link",
]
