"""Who may see interpreters."""

from __future__ import annotations

from summitry.accounts.access import Policy, register
from summitry.accounts.models import Role
from summitry.conferences.access import in_editions
from summitry.interpretation.models import Absence, Interpreter, InterpreterLanguage

DESKS = (Role.SECRETARIAT, Role.BILATERAL_DESK, Role.INTERPRETATION, Role.PROTOCOL)

register(
    Policy(Interpreter, in_editions("edition_id", *DESKS)),
    Policy(InterpreterLanguage, in_editions("interpreter__edition_id", *DESKS)),
    Policy(Absence, in_editions("interpreter__edition_id", *DESKS)),
)
