"""Who may see the programme; what is public of it is public anyway."""

from __future__ import annotations

from summitry.accounts.access import Actor, Policy, register
from summitry.accounts.models import HOST_ROLES, Role
from summitry.conferences.access import in_editions
from summitry.programme.models import Overrun, Quotation, Session, Speaker

#: Who says that a session overruns.
OVERRUNNING = (Role.SECRETARIAT, Role.BILATERAL_DESK, Role.PROTOCOL)


def _may_announce(who: Actor, session: Session) -> bool:
    return who.has_role(session.edition_id, *OVERRUNNING)


register(
    Policy(
        Session,
        in_editions("edition_id"),
        {
            "change": lambda who, record: who.has_role(record.edition_id, Role.SECRETARIAT),
            "announce_overrun": _may_announce,
        },
    ),
    Policy(
        Overrun,
        in_editions("session__edition_id", *HOST_ROLES),
        {"withdraw_overrun": lambda who, record: _may_announce(who, record.session)},
    ),
    Policy(Speaker, in_editions("session__edition_id")),
    Policy(Quotation, in_editions("session__edition_id", *HOST_ROLES)),
)
