"""What those who keep an instrument are written: in English, French or Spanish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from babel.dates import format_time

from summitry.outbox.composing import Wording
from summitry.outcomes.letters import long_day
from summitry.world.languages import text_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a warning is about.

    Attributes
    ----------
    of
        What ends, as :mod:`summitry.outcomes.queries.instrument_watch` calls it.
    title
        By language; empty where a letter must not tell it.
    at
        The exact end of a silence, on the clock of `zone`.
    """

    of: str
    ref: str
    name: str
    title: Mapping[str, str]
    edition: Mapping[str, str]
    on: date
    at: datetime | None
    zone: str
    url: str


_SUBJECTS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "expires": "{ref} expires on {day}",
        "notice_ends": "{ref} renews itself: notice until {day}",
        "review": "{ref}: review due on {day}",
        "silence_ends": "{ref}: silence ends on {day} at {time}",
        "silence_ended": "{ref}: silence has ended, please conclude it",
    },
    "fr": {
        "expires": "{ref} expire le {day}",
        "notice_ends": "{ref} se renouvelle : dénonciation jusqu'au {day}",
        "review": "{ref} : examen prévu le {day}",
        "silence_ends": "{ref} : le silence prend fin le {day} à {time}",
        "silence_ended": "{ref} : le silence a pris fin, à constater",
    },
    "es": {
        "expires": "{ref} expira el {day}",
        "notice_ends": "{ref} se renueva: denuncia hasta el {day}",
        "review": "{ref}: revisión prevista el {day}",
        "silence_ends": "{ref}: el silencio termina el {day} a las {time}",
        "silence_ended": "{ref}: el silencio ha terminado, pendiente de constatar",
    },
}
_TOLD: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "expires": "Its last day is {day}. If it shall go on, the parties should agree on its renewal before then.",
        "notice_ends": "It renews itself unless a party gives notice; the last day for that is {day}.",
        "review": "The parties foresaw a review of it for {day}.",
        "silence_ends": "A text of it lies under silence until {day}, {time} ({zone}). Who agrees need not write. An objection or a proposal to amend breaks the silence if it arrives, in writing, before that time.",
        "silence_ended": "The silence ended on {day} at {time} ({zone}) and nobody broke it. Please note the adoption with the number of the text, and tell the parties in writing.",
    },
    "fr": {
        "expires": "Son dernier jour est le {day}. S'il doit se poursuivre, les parties devraient convenir de son renouvellement d'ici là.",
        "notice_ends": "Il se renouvelle sauf dénonciation par une partie ; le dernier jour pour cela est le {day}.",
        "review": "Les parties en ont prévu l'examen pour le {day}.",
        "silence_ends": "Un texte est soumis à une procédure de silence jusqu'au {day}, {time} ({zone}). Qui est d'accord n'a pas à écrire. Une objection ou une proposition d'amendement rompt le silence si elle parvient, par écrit, avant ce moment.",
        "silence_ended": "Le silence a pris fin le {day} à {time} ({zone}) sans avoir été rompu. Veuillez constater l'adoption avec le numéro du texte et en informer les parties par écrit.",
    },
    "es": {
        "expires": "Su último día es el {day}. Si ha de continuar, las partes deberían acordar antes su renovación.",
        "notice_ends": "Se renueva salvo denuncia de una parte; el último día para ello es el {day}.",
        "review": "Las partes previeron su revisión para el {day}.",
        "silence_ends": "Un texto está sometido a un procedimiento de silencio hasta el {day}, {time} ({zone}). Quien esté de acuerdo no tiene que escribir. Una objeción o una propuesta de enmienda rompe el silencio si llega, por escrito, antes de ese momento.",
        "silence_ended": "El silencio terminó el {day} a las {time} ({zone}) sin que nadie lo rompiera. Le rogamos que deje constancia de la adopción con el número del texto y que informe por escrito a las partes.",
    },
}
_BODIES: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "greeting": "Dear {name},",
        "about": "This is about {ref}, “{title}” ({edition}).",
        "secret": "This is about {ref} ({edition}). What it says is not told in letters.",
        "page": "The instrument with its history (after logging in):",
    },
    "fr": {
        "greeting": "Madame, Monsieur {name},",
        "about": "Il s'agit de {ref}, « {title} » ({edition}).",
        "secret": "Il s'agit de {ref} ({edition}). Son contenu n'est pas communiqué par courriel.",
        "page": "L'instrument et son historique (après connexion) :",
    },
    "es": {
        "greeting": "Estimada Sra., estimado Sr. {name}:",
        "about": "Se trata de {ref}, «{title}» ({edition}).",
        "secret": "Se trata de {ref} ({edition}). Su contenido no se comunica por correo.",
        "page": "El instrumento y su historial (tras iniciar sesión):",
    },
}


def warning_wordings(told: Told) -> dict[str, Wording]:
    """Return a warning in each language that letters are written in."""
    return {code: _wording(told, code) for code in _BODIES}


def _wording(told: Told, code: str) -> Wording:
    words = {
        "ref": told.ref,
        "name": told.name,
        "edition": told.edition[code],
        "title": text_in(told.title, code) if told.title else "",
        "day": long_day(told.on, code),
        "time": format_time(told.at, "medium", locale=code) if told.at else "",
        "zone": told.zone,
    }
    body = _BODIES[code]
    parts = [
        body["greeting"].format(**words),
        (body["about"] if told.title else body["secret"]).format(**words),
        _TOLD[code][told.of].format(**words),
        f"{body['page']}\n{told.url}",
    ]
    return Wording(subject=_SUBJECTS[code][told.of].format(**words), text="\n\n".join(parts) + "\n")
