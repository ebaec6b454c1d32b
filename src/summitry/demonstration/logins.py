"""One login per role of the demonstration: generated people, one password that is printed."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.accounts.models import Role

PASSWORD = "warsaw-2019-demo"  # noqa: S105 printed at every start


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody who can log in to the demonstration."""

    email: str
    name: str
    role: Role
    delegation: str = ""
    language: str = "en"


LOGINS = (
    Login("secretariat@demo.example", "Marek Ostrowicz", Role.SECRETARIAT),
    Login("desk@demo.example", "Zofia Brandtner", Role.BILATERAL_DESK),
    Login("protocol@demo.example", "Hélène Vasseur", Role.PROTOCOL),
    Login("accreditation@demo.example", "Rasa Norkus", Role.ACCREDITATION),
    Login("interpretation@demo.example", "Enrico Bellandi", Role.INTERPRETATION),
    Login("morocco@demo.example", "Salma Idrissi", Role.FOCAL_POINT, "ma"),
    Login("bosnia@demo.example", "Lejla Orahovac", Role.FOCAL_POINT, "ba"),
    Login("senegal@demo.example", "Awa Ndoye", Role.FOCAL_POINT, "sn"),
    Login("delegate@demo.example", "Tomasz Świątek", Role.DELEGATE, "pl"),
    Login("press@demo.example", "Claire Hollis", Role.PRESS),
    Login("follow-up@demo.example", "Pieter Roelofs", Role.FOLLOW_UP),
)
