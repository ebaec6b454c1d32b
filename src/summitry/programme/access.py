"""Who may see the programme; what is public of it is public anyway."""

from __future__ import annotations

from summitry.accounts.access import Policy, register
from summitry.accounts.models import HOST_ROLES, Role
from summitry.conferences.access import in_editions
from summitry.programme.models import Quotation, Session, Speaker

register(
    Policy(
        Session,
        in_editions("edition_id"),
        {"change": lambda who, record: who.has_role(record.edition_id, Role.SECRETARIAT)},
    ),
    Policy(Speaker, in_editions("session__edition_id")),
    Policy(Quotation, in_editions("session__edition_id", *HOST_ROLES)),
)
