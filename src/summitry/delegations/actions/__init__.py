"""Every write about delegations: invitations and answers, members, presence."""

from summitry.delegations.actions.drafts import drop_drafts, invite_drafted
from summitry.delegations.actions.invitations import Answered, Invitee, invite, note_answers
from summitry.delegations.actions.members import NewMember, accredit, make_person, name_members
from summitry.delegations.actions.presence import change_member_presence, change_presence

__all__ = [
    "Answered",
    "Invitee",
    "NewMember",
    "accredit",
    "change_member_presence",
    "change_presence",
    "drop_drafts",
    "invite",
    "invite_drafted",
    "make_person",
    "name_members",
    "note_answers",
]
