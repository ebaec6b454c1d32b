"""The generated programme: the public topics and keynotes, at times that are generated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from summitry.demonstration.venue import at


@dataclass(frozen=True, slots=True)
class DemoSession:
    """A session: kind, title per language, when, where, whom it binds, who speaks (entity, part)."""

    kind: str
    title: dict[str, str]
    starts_at: datetime
    ends_at: datetime
    room: str | None
    attendance: str
    speakers: tuple[tuple[str, str], ...] = ()
    languages: tuple[str, ...] = ("en", "fr", "es", "ru", "ar")
    is_public: bool = True
    from_source: bool = False


def _session(  # noqa: PLR0917 a row of a table
    kind: str, titles: str, day: int, start: str, end: str, room: str | None, attendance: str, speakers: str = "",
    *, from_source: bool = False, is_public: bool = True, languages: str = "en fr es ru ar",
) -> DemoSession:  # fmt: skip
    english, french, spanish = titles.split(" | ")
    parts = tuple((word.partition(":")[0], word.partition(":")[2]) for word in speakers.split())
    return DemoSession(
        kind=kind,
        title={"en": english, "fr": french, "es": spanish},
        starts_at=at(day, start),
        ends_at=at(day, end),
        room=room,
        attendance=attendance,
        speakers=parts,
        languages=tuple(languages.split()),
        is_public=is_public,
        from_source=from_source,
    )


SESSIONS = (
    _session("social", "Reception of the host | Réception de l’hôte | Recepción del anfitrión",
             28, "19:00", "21:00", "winter-garden", "nobody", languages="en", is_public=False),
    _session("opening", "Opening of the conference | Ouverture de la conférence | Apertura de la conferencia",
             29, "09:00", "09:30", "columns", "heads", "frontex:speaker pl:speaker"),
    _session("keynote", "Keynote: the United States Department of Homeland Security | Discours liminaire : le département de "
             "la Sécurité intérieure des États-Unis | Ponencia: el Departamento de Seguridad Nacional de los Estados Unidos",
             29, "09:30", "10:05", "columns", "heads", "us:keynote", from_source=True),
    _session("keynote", "Keynote: the Ministry of the Interior of Morocco | Discours liminaire : le ministère de l’Intérieur du "
             "Maroc | Ponencia: el Ministerio del Interior de Marruecos",
             29, "10:05", "10:40", "columns", "heads", "ma:keynote", from_source=True),
    _session("panel", "The balance between security and the facilitation of travel | Équilibre entre la sécurité et la "
             "facilitation des voyages | Equilibrio entre la seguridad y la facilitación de los viajes",
             29, "11:15", "12:45", "maps", "speakers", "de:moderator jp:panellist ae:panellist nl:panellist",
             from_source=True),
    _session("lunch", "Working lunch | Déjeuner de travail | Almuerzo de trabajo",
             29, "13:00", "14:00", "winter-garden", "nobody", languages="en"),
    _session("panel", "Interagency cooperation and combining capabilities in multipurpose sea operations | Coopération entre "
             "agences et mise en commun des capacités dans les opérations maritimes polyvalentes | Cooperación entre agencias "
             "y combinación de capacidades en operaciones marítimas polivalentes",
             29, "14:15", "15:45", "maps", "speakers", "it:moderator es:panellist gr:panellist ma:panellist",
             from_source=True, languages="en fr es ar"),
    _session("plenary", "Plenary: reports of the first day | Plénière : comptes rendus du premier jour | Plenaria: informes del "
             "primer día", 29, "16:30", "17:15", "columns", "heads", "frontex:chair"),
    _session("social", "Dinner of the host, Royal Łazienki | Dîner de l’hôte, Łazienki royal | Cena del anfitrión, Łazienki Real",
             30, "19:00", "21:30", None, "nobody", languages="en", is_public=False),
    _session("keynote", "Keynote: the Australian Border Force | Discours liminaire : la Force frontalière australienne | "
             "Ponencia: la Fuerza Fronteriza Australiana",
             30, "09:00", "10:15", "columns", "heads", "au:keynote", from_source=True),
    _session("panel", "New technologies and innovation | Nouvelles technologies et innovation | Nuevas tecnologías e innovación",
             30, "10:30", "12:00", "maps", "speakers", "ee:moderator sg:panellist kr:panellist eu-lisa:panellist",
             from_source=True),
    _session("lunch", "Working lunch | Déjeuner de travail | Almuerzo de trabajo",
             30, "13:00", "14:00", "winter-garden", "nobody", languages="en"),
    _session("panel", "Managing resources and organisational transformation | Gestion des ressources et transformation des "
             "organisations | Gestión de recursos y transformación de las organizaciones",
             30, "14:00", "15:30", "maps", "speakers", "fi:moderator ca:panellist gb:panellist fr:panellist",
             from_source=True, languages="en fr ru"),
    _session("plenary", "Plenary: terrorism, smuggling, document fraud | Plénière : terrorisme, trafic de migrants, fraude "
             "documentaire | Plenaria: terrorismo, tráfico ilícito de migrantes, fraude documental",
             30, "16:30", "17:15", "columns", "heads", "frontex:chair interpol:speaker europol:speaker"),
    _session("panel", "Debate: partnerships beyond the conference | Débat : les partenariats au-delà de la conférence | Debate: "
             "asociaciones más allá de la conferencia",
             31, "10:00", "11:15", "maps", "speakers", "pl:moderator ua:panellist sn:panellist ba:panellist"),
    _session("lunch", "Working lunch | Déjeuner de travail | Almuerzo de trabajo",
             31, "13:00", "14:00", "winter-garden", "nobody", languages="en"),
    _session("closing", "Closing of the conference | Clôture de la conférence | Clausura de la conferencia",
             31, "15:30", "16:15", "columns", "heads", "frontex:speaker"),
)  # fmt: skip
