"""Who may see and do what with news: the press officer and the secretariat; what is published, everybody.

Drafts and issued versions are seen by the press officer and the secretariat of their
edition alone. The public reads through :mod:`summitry.newsroom.queries.public`, which
shows what is issued and past its embargo to whoever asks, and nothing else.
"""

from __future__ import annotations

from typing import Any, Final

from summitry.accounts.access import Actor, Policy, register
from summitry.accounts.models import Role
from summitry.conferences.access import in_editions
from summitry.newsroom import models

#: Whose desk the newsroom is.
DESKS: Final = (Role.PRESS, Role.SECRETARIAT)


def writes(who: Actor, record: Any) -> bool:
    """Tell whether somebody writes news of a record's edition."""
    return who.has_role(record.edition_id, *DESKS)


def _clears(who: Actor, record: models.Release) -> bool:
    """Let only the secretariat clear what the press officer wrote."""
    return who.has_role(record.edition_id, Role.SECRETARIAT)


register(
    Policy(models.PressProfile, in_editions("edition_id", *DESKS), {"change": writes}),
    Policy(models.Term, in_editions("edition_id", *DESKS), {"change": writes}),
    Policy(
        models.Release,
        in_editions("edition_id", *DESKS),
        {"write": writes, "clear": _clears, "issue": writes, "correct": writes, "withdraw": writes},
    ),
    Policy(models.ReleaseVersion, in_editions("release__edition_id", *DESKS)),
    Policy(models.Sentence, in_editions("release_version__release__edition_id", *DESKS)),
    Policy(models.Evidence, in_editions("sentence__release_version__release__edition_id", *DESKS)),
)
