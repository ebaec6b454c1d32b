"""How the tellings are worded in French: no participle agrees with what no record tells the gender of."""

from __future__ import annotations

from typing import Final

from summitry.newsroom.facts.pieces import (
    Agreed,
    EditionFacts,
    HandedOver,
    Met,
    Next,
    Phase,
    Promised,
    Said,
    Told,
    Voice,
)
from summitry.newsroom.sentences import grammar
from summitry.newsroom.sentences.grammar import NBSP, THIN
from summitry.newsroom.sentences.tellers import Several
from summitry.newsroom.sentences.voice import Tongue

_LANGUAGE: Final = "fr"
_HOSTS: Final = {Phase.BEFORE: "accueillera", Phase.DURING: "accueille", Phase.AFTER: "a accueilli"}
_ORGANISATIONS: Final = {
    "international-organisations": ("d’une organisation internationale", "d’organisations internationales"),
    "non-governmental": (
        "d’une organisation non gouvernementale",
        "d’organisations non gouvernementales",
    ),
    "eu-institutions": (
        "d’une institution de l’Union européenne",
        "d’institutions de l’Union européenne",
    ),
    "eu-agencies": ("d’une agence de l’Union européenne", "d’agences de l’Union européenne"),
}


def _audience(tongue: Tongue) -> str:
    return tongue.text(tongue.facts.audience.text) if tongue.facts.audience else ""


def _in_city(city: str) -> str:
    return grammar.after("à", f"le {city[3:]}" if city.startswith("Le ") else city, _LANGUAGE)


def headline(tongue: Tongue, edition: EditionFacts) -> str:
    """Say who meets where."""
    return (
        f"{tongue.text(edition.city)} {tongue.chosen(_HOSTS)} des {_audience(tongue)} "
        f"de {tongue.said('countries')} pays"
    )


def plain_headline(tongue: Tongue, edition: EditionFacts) -> str:
    """Say which conference meets where."""
    return f"{tongue.text(edition.city)} {tongue.chosen(_HOSTS)} {_name(tongue, edition)}"


def _name(tongue: Tongue, edition: EditionFacts) -> str:
    return grammar.definite(tongue.text(edition.name), _LANGUAGE, thing="l’événement")


def lead(tongue: Tongue, edition: EditionFacts) -> str:
    """Say what meets, where, when, and who hosts it."""
    assert edition.starts_on is not None
    verb = tongue.chosen({Phase.BEFORE: "aura lieu", Phase.DURING: "a lieu", Phase.AFTER: "a eu lieu"})
    when = grammar.from_to(edition.starts_on, edition.ends_on or edition.starts_on, _LANGUAGE)
    host = grammar.after("de", tongue.name(edition.host), _LANGUAGE) + tongue.formal(edition.host)
    name = grammar.capitalised(_name(tongue, edition))
    where = f" {_in_city(tongue.text(edition.city))}" if edition.city else ""
    return f"{name} {verb}{where} {when}, à l’invitation {host}."


def attendance(tongue: Tongue, _edition: EditionFacts) -> str:
    """Say who comes."""
    continents = len(tongue.facts.lists["continents"])
    where = f" répartis sur {grammar.number(continents, _LANGUAGE)} continents" if continents > 1 else ""
    others = tongue.organisations(_ORGANISATIONS, ("d’institutions", "d’agences de l’Union européenne"))
    also = f", ainsi que des représentants {tongue.listed(others)}" if others else ""
    verb = tongue.chosen(
        {Phase.BEFORE: "Y participeront", Phase.DURING: "Y participent", Phase.AFTER: "Y ont participé"}
    )
    people = "participant" if tongue.is_one("participants") else "participants"
    return (
        f"{verb} des {_audience(tongue)} de {tongue.said('countries')} pays{where}{also}, "
        f"soit {tongue.said('participants')} {people} au total."
    )


def themes(tongue: Tongue, edition: EditionFacts) -> str:
    """Say what it is about."""
    named = [tongue.title(theme.text) for theme in tongue.facts.themes]
    focus = tongue.title(edition.presentation)
    if not focus:
        return f"Au centre des travaux{NBSP}: {tongue.listed(named)}."
    return f"Au centre des travaux{NBSP}: {focus}" + (
        f" ({grammar.enumerated(named, _LANGUAGE)})." if named else "."
    )


def quotation(tongue: Tongue, said: Said) -> str:
    """Say what somebody said."""
    text, who = tongue.own(said.text), tongue.speaker(said.by, "de")
    if not text:
        return ""
    words = grammar.stripped(text)
    told = words if said.is_paraphrase else grammar.quoted(words, _LANGUAGE)
    return f"{told}, a souligné {who}."


def keynotes(tongue: Tongue, several: Several) -> str:
    """Say who gave a keynote, or is to give one."""
    voices = [voice for voice in several.pieces if isinstance(voice, Voice)]
    who = tongue.listed([tongue.speaker(voice, "de") for voice in voices])
    given = several.phase is Phase.AFTER
    if len(voices) == 1:
        return f"Le discours liminaire {'a été' if given else 'sera'} prononcé par {who}."
    return f"Des discours liminaires {'ont été' if given else 'seront'} prononcés par {who}."


def topics(tongue: Tongue, several: Several) -> str:
    """Say what the panels are about."""
    named = [tongue.title(topic.text) for topic in several.pieces if isinstance(topic, Told)]
    verb = "ont porté" if several.phase is Phase.AFTER else "portent"
    if len(named) == 1:
        verb = "a porté" if several.phase is Phase.AFTER else "porte"
        return f"La table ronde {verb} sur le sujet suivant{NBSP}: {named[0]}."
    return f"Les tables rondes {verb} sur les sujets suivants{NBSP}: {f'{THIN}; '.join(named)}."


def margins(tongue: Tongue, _edition: EditionFacts) -> str:
    """Say what the conference is a platform for, and how many met."""
    lists = tongue.facts.lists
    purposes = []
    if lists["renewals"]:
        purposes.append("renouveler des partenariats")
    if lists["explorations"]:
        purposes.append("explorer de nouvelles pistes de coopération")
    one = tongue.is_one("meetings")
    kinds = [kind for kind in ("bilatérale", "multilatérale") if lists[f"{_KEYS[kind]}-meetings"]]
    what = " et ".join(kind if one else f"{kind}s" for kind in kinds)
    over = tongue.facts.edition.phase is Phase.AFTER
    said = "une" if one else tongue.said("meetings")
    has = "a" if one else "ont"
    so_far = "" if over else " à ce jour"
    verb = f"{has} eu lieu en marge des travaux{so_far}"
    count = f"{said} {'réunion' if one else 'réunions'} {what} {verb}"
    if not purposes:
        return f"{grammar.capitalised(count)}."
    serves = "a offert" if over else "offre"
    return f"La conférence {serves} un cadre pour {' et '.join(purposes)}{THIN}; {count}."


_KEYS: Final = {"bilatérale": "bilateral", "multilatérale": "multilateral"}


def meeting(tongue: Tongue, met: Met) -> str:
    """Say who met, on what."""
    return f"{_met(tongue, met)}."


def _met(tongue: Tongue, met: Met) -> str:
    kind = "bilatérale" if len(met.parties) == 2 else "multilatérale"  # noqa: PLR2004 a pair is two
    areas = [tongue.title(area) for area in met.areas]
    about = ""
    if len(areas) == 1:
        about = f" sur le thème {grammar.quoted(areas[0], _LANGUAGE)}"
    elif areas:
        about = f" sur les thèmes suivants{NBSP}: {grammar.enumerated(areas, _LANGUAGE)}"
    return f"{tongue.parties(met.parties)} ont tenu une réunion {kind}{about}"


def meeting_explored(tongue: Tongue, met: Met) -> str:
    """Say who met, on what, and agreed to explore cooperation."""
    link = f"{THIN}; les participants" if len(met.areas) > 1 else " et"
    return f"{_met(tongue, met)}{link} ont convenu d’explorer plus avant les possibilités de coopération."


def _period(one: Agreed) -> str:
    period = grammar.years(*one.period, _LANGUAGE)
    return f" pour {period}" if period else ""


def plan_renewed(tongue: Tongue, one: Agreed) -> str:
    """Say who renewed a partnership by a plan."""
    who = tongue.parties(one.parties)
    return f"{who} ont renouvelé leur partenariat par un nouveau plan de coopération{_period(one)}."


def plan(tongue: Tongue, one: Agreed) -> str:
    """Say who agreed on a plan."""
    return f"{tongue.parties(one.parties)} ont adopté un plan de coopération{_period(one)}."


def exploration(tongue: Tongue, one: Agreed) -> str:
    """Say who agreed to explore cooperation."""
    return f"{tongue.parties(one.parties)} ont convenu d’explorer plus avant les possibilités de coopération."


def signed(tongue: Tongue, one: Agreed) -> str:
    """Say who signed what."""
    title = grammar.quoted(grammar.stripped(tongue.text(one.title)), _LANGUAGE)
    return f"{tongue.parties(one.parties)} ont signé un document intitulé {title}."


def text_agreed(tongue: Tongue, one: Agreed) -> str:
    """Say who agreed on the text of what."""
    title = grammar.quoted(grammar.stripped(tongue.text(one.title)), _LANGUAGE)
    return f"{tongue.parties(one.parties)} ont arrêté le texte d’un document intitulé {title}."


def promise(tongue: Tongue, one: Promised) -> str:
    """Say who committed to what."""
    who = grammar.capitalised(tongue.name(one.owner))
    has = "ont" if tongue.name(one.owner).startswith("les ") else "a"
    return f"{who} {has} pris l’engagement suivant{NBSP}: {tongue.title(one.title)}."


def handover(tongue: Tongue, one: HandedOver) -> str:
    """Say what was handed over to whom, on which promise, within what."""
    within = ""
    if one.programme:
        programme = grammar.definite(tongue.title(one.programme), _LANGUAGE, thing="l’initiative")
        within = f"dans le cadre {grammar.after('de', programme, _LANGUAGE)}, "
    many = tongue.name(one.transferor).startswith("les ")
    verb = "honoré" if one.delivered else "donné suite à"
    which = "leur engagement" if many else "son engagement"
    promised = grammar.after("de", tongue.title(one.commitment), _LANGUAGE)
    to = grammar.after("envers", tongue.name(one.transferee), _LANGUAGE)
    what = grammar.definite(tongue.title(one.title), _LANGUAGE, thing="l’opération")
    when = grammar.on_date(one.ceremony_on, _LANGUAGE)
    return grammar.capitalised(
        f"{within}{tongue.name(one.transferor)} {'ont' if many else 'a'} {verb} {which} {promised} {to}{THIN}; "
        f"{what} a fait l’objet d’une cérémonie officielle {when}."
    )


def handover_alone(tongue: Tongue, one: HandedOver) -> str:
    """Say what was handed over to whom."""
    between = f"{tongue.name(one.transferor)} et {tongue.name(one.transferee)}"
    when = grammar.on_date(one.ceremony_on, _LANGUAGE)
    told = f"{between} ont tenu une cérémonie officielle {when}{NBSP}: {tongue.title(one.title)}."
    return grammar.capitalised(told)


def following(tongue: Tongue, one: Next) -> str:
    """Say when the next edition is."""
    every = "chaque année" if one.every == 1 else f"tous les {grammar.number(one.every, _LANGUAGE)} ans"
    city = f" {_in_city(tongue.text(one.city))}" if one.city else ""
    host = grammar.after("par", tongue.name(one.host), _LANGUAGE)
    return f"La conférence se tient {every}{THIN}; la prochaine édition sera organisée {host} en {one.year}{city}."


def about(tongue: Tongue, told: Told) -> str:
    """Say who the host is."""
    return tongue.own(told.text)
