"""What owners are written: in English, French or Spanish; who prefers another language is written in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from babel.dates import format_date

from summitry.outbox.composing import Wording
from summitry.outcomes.rules import Reason, Reminder
from summitry.world.languages import text_in

LETTER_LANGUAGES: Final = ("en", "fr", "es")
_LONGEST_QUOTATION: Final = 700  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """What a reminder is about.

    Attributes
    ----------
    name, owner
        To whom it is written, and whose commitment it is, by language.
    title, edition
        By language.
    text
        As agreed; empty where a letter must not tell it.
    report_url
        The link that needs no login; empty where there is none.
    url
        The commitment's page, for which one logs in.
    """

    reminder: Reminder
    ref: str
    name: str
    title: Mapping[str, str]
    owner: Mapping[str, str]
    edition: Mapping[str, str]
    text: str
    due_on: date | None
    today: date
    report_url: str
    opens_until: date | None
    url: str


_SUBJECTS: Final[Mapping[str, Mapping[Reason, str]]] = {
    "en": {
        Reason.DUE_SOON: "{ref} is due on {day}",
        Reason.DUE: "{ref} was due on {day}: how does it stand?",
        Reason.OVERDUE: "{ref} is overdue since {day}",
        Reason.REPORT_DUE: "{ref}: a report is due",
        Reason.REPORT_OVERDUE: "{ref}: a report is overdue",
        Reason.ASKED: "{ref}: how does it stand?",
    },
    "fr": {
        Reason.DUE_SOON: "{ref} arrive à échéance le {day}",
        Reason.DUE: "{ref} est arrivé à échéance le {day} : où en est-il ?",
        Reason.OVERDUE: "{ref} est en retard depuis le {day}",
        Reason.REPORT_DUE: "{ref} : un rapport est attendu",
        Reason.REPORT_OVERDUE: "{ref} : un rapport est en retard",
        Reason.ASKED: "{ref} : où en est-il ?",
    },
    "es": {
        Reason.DUE_SOON: "{ref} vence el {day}",
        Reason.DUE: "{ref} venció el {day}: ¿en qué punto está?",
        Reason.OVERDUE: "{ref} está atrasado desde el {day}",
        Reason.REPORT_DUE: "{ref}: se espera un informe",
        Reason.REPORT_OVERDUE: "{ref}: un informe está atrasado",
        Reason.ASKED: "{ref}: ¿en qué punto está?",
    },
}
_TOLD: Final[Mapping[str, Mapping[Reason, str]]] = {
    "en": {
        Reason.DUE_SOON: "It is due on {day}.",
        Reason.DUE: "It was due on {day}.",
        Reason.OVERDUE: "It was due on {day}, and we have not heard that it is done.",
        Reason.REPORT_DUE: "The next report on it was due on {day}.",
        Reason.REPORT_OVERDUE: "No report on it has reached us for a long time; the last day for one was {day}.",
        Reason.ASKED: "The host's follow-up officer would like to know how it stands.",
    },
    "fr": {
        Reason.DUE_SOON: "Son échéance est le {day}.",
        Reason.DUE: "Son échéance était le {day}.",
        Reason.OVERDUE: "Son échéance était le {day}, et rien ne nous dit qu'il est rempli.",
        Reason.REPORT_DUE: "Le prochain rapport à son sujet était attendu le {day}.",
        Reason.REPORT_OVERDUE: "Aucun rapport à son sujet ne nous est parvenu depuis longtemps ; le dernier délai était le {day}.",
        Reason.ASKED: "Le responsable du suivi auprès de l'hôte souhaite savoir où il en est.",
    },
    "es": {
        Reason.DUE_SOON: "Vence el {day}.",
        Reason.DUE: "Venció el {day}.",
        Reason.OVERDUE: "Venció el {day} y no nos consta que se haya cumplido.",
        Reason.REPORT_DUE: "El próximo informe sobre él se esperaba el {day}.",
        Reason.REPORT_OVERDUE: "Hace mucho que no recibimos ningún informe sobre él; el último plazo era el {day}.",
        Reason.ASKED: "El responsable de seguimiento del anfitrión desea saber en qué punto está.",
    },
}
_BODIES: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "greeting": "Dear {name},",
        "promised": "{owner} made this commitment ({ref}, {edition}):",
        "secret": "This is about commitment {ref} of {owner} ({edition}). What it says is not told in letters.",
        "ask": "Please say how it stands. It takes two minutes and needs no login:",
        "care": "The link opens this one commitment until {until}. Whoever has it can report in {owner}'s name: please do not pass it on.",
        "page": "The commitment with its history (after logging in):",
    },
    "fr": {
        "greeting": "Madame, Monsieur {name},",
        "promised": "Engagement de la délégation « {owner} » ({ref}, {edition}) :",
        "secret": "Il s'agit de l'engagement {ref} de la délégation « {owner} » ({edition}). Son contenu n'est pas communiqué par courriel.",
        "ask": "Merci de nous dire où il en est. Deux minutes suffisent, sans connexion :",
        "care": "Ce lien ouvre ce seul engagement jusqu'au {until}. Quiconque le détient peut faire rapport au nom de la délégation : merci de ne pas le transmettre.",
        "page": "L'engagement et son historique (après connexion) :",
    },
    "es": {
        "greeting": "Estimada Sra., estimado Sr. {name}:",
        "promised": "Compromiso de la delegación «{owner}» ({ref}, {edition}):",
        "secret": "Se trata del compromiso {ref} de la delegación «{owner}» ({edition}). Su contenido no se comunica por correo.",
        "ask": "Le rogamos que nos diga en qué punto está. Bastan dos minutos, sin iniciar sesión:",
        "care": "Este enlace abre solo este compromiso hasta el {until}. Quien lo tenga puede informar en nombre de la delegación: le rogamos que no lo reenvíe.",
        "page": "El compromiso y su historial (tras iniciar sesión):",
    },
}


def for_letters(texts: Mapping[str, str]) -> dict[str, str]:
    """Return what a text by language says in each language that letters are written in."""
    return {code: text_in(texts, code) for code in LETTER_LANGUAGES}


def long_day(day: date, code: str) -> str:
    """Return a day with its month in words; in English as Britain writes it."""
    return str(format_date(day, "long", locale="en_GB" if code == "en" else code))


def reminder_wordings(reminded: Reminded) -> dict[str, Wording]:
    """Return a reminder in each language that letters are written in."""
    return {code: _wording(reminded, code) for code in LETTER_LANGUAGES}


def _wording(reminded: Reminded, code: str) -> Wording:
    def said(day: date | None) -> str:
        return long_day(day, code) if day else ""

    words = {
        "ref": reminded.ref,
        "name": reminded.name,
        "owner": reminded.owner[code],
        "edition": reminded.edition[code],
        "day": said(reminded.reminder.since),
        "until": said(reminded.opens_until),
    }
    body = _BODIES[code]
    reason = reminded.reminder.reason
    parts = [body["greeting"].format(**words)]
    if reminded.text:
        parts.append(
            f"{body['promised'].format(**words)}\n\n    {reminded.title[code]}\n\n{_quoted(reminded.text)}"
        )
    else:
        parts.append(body["secret"].format(**words))
    parts.append(_TOLD[code][reason].format(**words))
    if reminded.report_url:
        parts.append(f"{body['ask']}\n{reminded.report_url}")
        parts.append(body["care"].format(**words))
    parts.append(f"{body['page']}\n{reminded.url}")
    return Wording(subject=_SUBJECTS[code][reason].format(**words), text="\n\n".join(parts) + "\n")


def _quoted(text: str) -> str:
    kept = text.strip()
    if len(kept) > _LONGEST_QUOTATION:
        kept = kept[:_LONGEST_QUOTATION].rsplit(None, 1)[0] + " …"
    return "\n".join(f"    {line}" for line in kept.splitlines())
