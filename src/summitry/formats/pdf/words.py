"""The few words that the pages themselves say, in the languages of the interface."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Headings and phrases of one language; braces mark what is filled in."""

    comma: str
    colon: str
    as_at: str
    page: str
    continued: str
    daily_sheet: str
    schedule: str
    meeting: str
    time: str
    parties: str
    level: str
    room: str
    interpretation: str
    subject: str
    participants: str
    reserved: str
    nothing_planned: str
    no_rows: str
    principal: str
    deputy: str
    expert: str


_ENGLISH: Final = Words(
    comma=", ",
    colon=": ",
    as_at="As at {date}, {time}",
    page="Page {page} of {pages}",
    continued="(continued)",
    daily_sheet="Plan of the day",
    schedule="Schedule of the delegation",
    meeting="Meeting",
    time="Time",
    parties="Parties",
    level="Level",
    room="Room",
    interpretation="Interpretation",
    subject="Subject",
    participants="Participants",
    reserved="Room occupied",
    nothing_planned="Nothing is planned.",
    no_rows="The list is empty.",
    principal="Principals",
    deputy="Deputies",
    expert="Experts",
)

_WORDS: Final = {
    "en": _ENGLISH,
    "fr": Words(
        comma=", ",
        colon="\u00a0: ",
        as_at="État au {date}, {time}",
        page="Page {page} sur {pages}",
        continued="(suite)",
        daily_sheet="Programme du jour",
        schedule="Emploi du temps de la délégation",
        meeting="Rencontre",
        time="Heure",
        parties="Parties",
        level="Niveau",
        room="Salle",
        interpretation="Interprétation",
        subject="Objet",
        participants="Participants",
        reserved="Salle occupée",
        nothing_planned="Rien n\u2019est prévu.",
        no_rows="La liste est vide.",
        principal="Chefs",
        deputy="Adjoints",
        expert="Experts",
    ),
    "es": Words(
        comma=", ",
        colon=": ",
        as_at="Situación al {date}, {time}",
        page="Página {page} de {pages}",
        continued="(continuación)",
        daily_sheet="Plan del día",
        schedule="Agenda de la delegación",
        meeting="Reunión",
        time="Hora",
        parties="Partes",
        level="Nivel",
        room="Sala",
        interpretation="Interpretación",
        subject="Asunto",
        participants="Participantes",
        reserved="Sala ocupada",
        nothing_planned="No hay nada previsto.",
        no_rows="La lista está vacía.",
        principal="Titulares",
        deputy="Adjuntos",
        expert="Expertos",
    ),
    "ar": Words(
        comma="، ",
        colon=": ",
        as_at="الوضع في {date}، {time}",
        page="صفحة {page} من {pages}",
        continued="(تابع)",
        daily_sheet="برنامج اليوم",
        schedule="جدول مواعيد الوفد",
        meeting="اجتماع",
        time="الوقت",
        parties="الأطراف",
        level="المستوى",
        room="القاعة",
        interpretation="الترجمة الشفوية",
        subject="الموضوع",
        participants="المشاركون",
        reserved="القاعة مشغولة",
        nothing_planned="لا مواعيد مقررة.",
        no_rows="القائمة فارغة.",
        principal="رؤساء الوفود",
        deputy="النواب",
        expert="الخبراء",
    ),
}


def words_for(language: str) -> Words:
    """Find the words of a language, in English where they were never written.

    Parameters
    ----------
    language : str
        ISO 639 code, with or without a region (``fr``, ``fr-CH``).
    """
    return _WORDS.get(language.partition("-")[0], _ENGLISH)
