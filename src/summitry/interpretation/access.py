"""Who may see interpreters."""

from __future__ import annotations

from summitry.accounts.access import Actor, Policy, register
from summitry.accounts.models import Role
from summitry.conferences.access import in_editions
from summitry.interpretation.models import Absence, Interpreter, InterpreterLanguage

DESKS = (Role.SECRETARIAT, Role.BILATERAL_DESK, Role.INTERPRETATION, Role.PROTOCOL)


def _may_note(who: Actor, interpreter: Interpreter) -> bool:
    return who.has_role(interpreter.edition_id, *DESKS)


register(
    Policy(Interpreter, in_editions("edition_id", *DESKS), {"note_absence": _may_note}),
    Policy(InterpreterLanguage, in_editions("interpreter__edition_id", *DESKS)),
    Policy(
        Absence,
        in_editions("interpreter__edition_id", *DESKS),
        {"end_absence": lambda who, record: _may_note(who, record.interpreter)},
    ),
)
