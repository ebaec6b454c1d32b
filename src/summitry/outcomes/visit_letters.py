"""What whoever is to see how handed-over items are used is written in time: in English, French or Spanish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from babel.dates import format_date

from summitry.outbox.composing import Wording
from summitry.world.languages import text_in


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitTold:
    """What a reminder is about.

    Attributes
    ----------
    title, receiving
        By language; empty where a letter must not tell them.
    """

    ref: str
    name: str
    title: Mapping[str, str]
    receiving: Mapping[str, str]
    subject: str
    edition: Mapping[str, str]
    on: date
    url: str


_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "subject": "{ref}: end-use visit by {day}",
        "greeting": "Dear {name},",
        "due": "An end-use visit of {ref} is to take place by {day} ({edition}).",
        "about": "It is about “{title}”, received by {receiving}.",
        "look": "To be looked at: {subject}",
        "secret": "What was handed over is not told in letters.",
        "page": "The items, what was agreed on their use, and where the visit is noted (after logging in):",
    },
    "fr": {
        "subject": "{ref} : visite de contrôle de l'utilisation d'ici au {day}",
        "greeting": "Madame, Monsieur {name},",
        "due": "Une visite de contrôle de l'utilisation de {ref} doit avoir lieu d'ici au {day} ({edition}).",
        "about": "Elle porte sur « {title} », reçu par : {receiving}.",
        "look": "À examiner : {subject}",
        "secret": "Ce qui a été remis n'est pas communiqué par courriel.",
        "page": "Les articles, ce qui a été convenu de leur utilisation, et où la visite est consignée (après connexion) :",
    },
    "es": {
        "subject": "{ref}: visita de control del uso antes del {day}",
        "greeting": "Estimada Sra., estimado Sr. {name}:",
        "due": "Debe realizarse una visita de control del uso de {ref} a más tardar el {day} ({edition}).",
        "about": "Se refiere a «{title}», recibido por: {receiving}.",
        "look": "Por examinar: {subject}",
        "secret": "Lo que se entregó no se comunica por correo.",
        "page": "Los artículos, lo convenido sobre su uso y dónde se anota la visita (tras iniciar sesión):",
    },
}


def visit_wordings(told: VisitTold) -> dict[str, Wording]:
    """Return a reminder in each language that letters are written in."""
    return {code: _wording(told, code) for code in _WORDS}


def _wording(told: VisitTold, code: str) -> Wording:
    said = {
        "ref": told.ref,
        "name": told.name,
        "edition": told.edition[code],
        "title": text_in(told.title, code) if told.title else "",
        "receiving": told.receiving.get(code, ""),
        "subject": told.subject,
        "day": format_date(told.on, "long", locale=code),
    }
    words = _WORDS[code]
    parts = [
        words["greeting"].format(**said),
        words["due"].format(**said),
        (words["about"] if told.title else words["secret"]).format(**said),
        *([words["look"].format(**said)] if told.subject else []),
        f"{words['page']}\n{told.url}",
    ]
    return Wording(subject=words["subject"].format(**said), text="\n\n".join(parts) + "\n")
