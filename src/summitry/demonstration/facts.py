"""The public facts of the event, as the demonstration records them.

Source: the news item of 31 October 2019 by Frontex, "International border and coast guard
community gathers in Warsaw", and public notices of the editions before and after.
"""

from __future__ import annotations

from dataclasses import dataclass

SOURCE = "Frontex, International border and coast guard community gathers in Warsaw, 31 October 2019"
SLUG = "ibpc-2019"
SERIES_SLUG = "ibpc"
HOST = "frontex"
NAME = {
    "en": "24th International Border Police Conference",
    "fr": "24e Conférence internationale de la police des frontières",
    "es": "24.ª Conferencia Internacional de Policía de Fronteras",
}
SERIES_NAME = {
    "en": "International Border Police Conference",
    "fr": "Conférence internationale de la police des frontières",
    "es": "Conferencia Internacional de Policía de Fronteras",
}
MOTTO = {
    "en": "Every two years, the leaders of the world’s border and coast guards",
    "fr": "Tous les deux ans, les responsables des garde-frontières et garde-côtes du monde",
    "es": "Cada dos años, los responsables de las guardias de fronteras y costas del mundo",
}
PRESENTATION = {
    "en": "Cross-border security through preparedness, prevention and response to global challenges.",
    "fr": "La sécurité transfrontière par la préparation, la prévention et la réponse aux défis mondiaux.",
    "es": "La seguridad transfronteriza mediante la preparación, la prevención y la respuesta a los retos mundiales.",
}
CITY = {"en": "Warsaw", "fr": "Varsovie", "es": "Varsovia", "pl": "Warszawa"}
THEMES = (
    {"en": "Terrorism", "fr": "Terrorisme", "es": "Terrorismo"},
    {"en": "People smuggling", "fr": "Trafic de migrants", "es": "Tráfico ilícito de migrantes"},
    {
        "en": "Document and identity fraud",
        "fr": "Fraude documentaire et à l’identité",
        "es": "Fraude documental y de identidad",
    },
)


@dataclass(frozen=True, slots=True)
class PublicFigure:
    """Somebody whom the news item names, with the office it gives."""

    entity: str
    family_name: str
    given_names: str
    office: str
    organisation: str
    rank_class: int


FIGURES = {
    "leggeri": PublicFigure("frontex", "Leggeri", "Fabrice", "Executive Director", "Frontex", 70),
    "pekoske": PublicFigure(
        "us", "Pekoske", "David", "Acting Deputy Secretary", "Department of Homeland Security", 60
    ),
    "zerouali": PublicFigure(
        "ma", "Zerouali", "Khalid", "Wali/Governor, Director-General", "Ministry of the Interior", 75
    ),
    "outram": PublicFigure("au", "Outram", "Michael", "Commissioner", "Australian Border Force", 70),
}
QUOTATION = {
    "en": "The conference brings together those who lead the border and coast guard community; what they share is the "
    "aim that borders easily connect people and businesses while cross-border crime is prevented.",
    "fr": "La conférence réunit les responsables de la communauté des garde-frontières et garde-côtes ; leur but commun "
    "est que les frontières relient aisément les personnes et les entreprises tout en empêchant la criminalité "
    "transfrontière.",
    "es": "La conferencia reúne a quienes dirigen la comunidad de guardias de fronteras y costas; comparten el objetivo "
    "de que las fronteras conecten con facilidad a personas y empresas y de prevenir la delincuencia transfronteriza.",
}

#: Meetings the news item tells of: entity, level, minutes, topic, languages.
MEETINGS = (
    ("us", "principal", 45, "Common challenges; stronger bilateral cooperation", ()),
    ("by", "principal", 45, "Cooperation Plan 2020–22", ("ru", "en")),
    ("au", "principal", 30, "Mutual areas of interest; further cooperation", ()),
    ("ba", "principal", 30, "Technical support within the Western Balkans programme", ()),
    (
        "ma",
        "principal",
        45,
        "Risk analysis, technology and innovation, coast guard cooperation",
        ("fr", "en"),
    ),
)
