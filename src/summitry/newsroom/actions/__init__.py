"""Every write of the newsroom."""

from summitry.newsroom.actions.drafting import (
    add_sentence,
    confirm_sentence,
    draft_release,
    edit_sentence,
    leave_out,
    redraft_release,
    refresh_sentence,
)
from summitry.newsroom.actions.issuing import (
    clear_release,
    correct_release,
    issue_release,
    lift_embargo,
    recall_release,
    withdraw_release,
)
from summitry.newsroom.actions.keeping import Profile, keep_profile, keep_terms

__all__ = [
    "Profile",
    "add_sentence",
    "clear_release",
    "confirm_sentence",
    "correct_release",
    "draft_release",
    "edit_sentence",
    "issue_release",
    "keep_profile",
    "keep_terms",
    "leave_out",
    "lift_embargo",
    "recall_release",
    "redraft_release",
    "refresh_sentence",
    "withdraw_release",
]
