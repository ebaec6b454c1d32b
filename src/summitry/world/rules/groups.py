"""The headings under which participants are listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from summitry.world.kinds import EntityKind

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """A heading under which a list of participants gathers entities of some kinds."""

    code: str
    title: Texts
    kinds: tuple[EntityKind, ...] = ()


#: States first, then observers, the EU, the United Nations, other organisations (practice 2.3).
DEFAULT_GROUPS = (
    Group("states", {"en": "States", "fr": "États", "es": "Estados"}, (EntityKind.STATE,)),
    Group(
        "observers",
        {
            "en": "Observer States and entities",
            "fr": "États et entités observateurs",
            "es": "Estados y entidades observadores",
        },
        (EntityKind.OBSERVER_STATE, EntityKind.ENTITY_IN_FOOTNOTE),
    ),
    Group(
        "eu",
        {
            "en": "European Union institutions and agencies",
            "fr": "Institutions et agences de l'Union européenne",
            "es": "Instituciones y agencias de la Unión Europea",
        },
        (EntityKind.EU_INSTITUTION, EntityKind.EU_AGENCY),
    ),
    Group(
        "un",
        {
            "en": "United Nations system",
            "fr": "Système des Nations Unies",
            "es": "Sistema de las Naciones Unidas",
        },
        (EntityKind.UN_BODY,),
    ),
    Group(
        "igo",
        {
            "en": "Intergovernmental organisations",
            "fr": "Organisations intergouvernementales",
            "es": "Organizaciones intergubernamentales",
        },
        (EntityKind.IGO, EntityKind.HOST_ORGANISATION),
    ),
    Group(
        "ngo",
        {
            "en": "Non-governmental organisations",
            "fr": "Organisations non gouvernementales",
            "es": "Organizaciones no gubernamentales",
        },
        (EntityKind.NGO,),
    ),
    Group(
        "others",
        {"en": "Private sector and media", "fr": "Secteur privé et médias", "es": "Sector privado y medios"},
        (EntityKind.PRIVATE, EntityKind.MEDIA),
    ),
)
