"""How the tellings are worded in Spanish: nothing agrees with what no record tells the gender of."""

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
from summitry.newsroom.sentences.tellers import Several
from summitry.newsroom.sentences.voice import Tongue

_LANGUAGE: Final = "es"
_HOSTS: Final = {Phase.BEFORE: "acogerá", Phase.DURING: "acoge", Phase.AFTER: "acogió"}
_ORGANISATIONS: Final = {
    "international-organisations": ("una organización internacional", "organizaciones internacionales"),
    "non-governmental": ("una organización no gubernamental", "organizaciones no gubernamentales"),
    "eu-institutions": ("una institución de la Unión Europea", "instituciones de la Unión Europea"),
    "eu-agencies": ("una agencia de la Unión Europea", "agencias de la Unión Europea"),
}
_KEYS: Final = {"bilateral": "bilaterales", "multilateral": "multilaterales"}


def _audience(tongue: Tongue) -> str:
    return tongue.text(tongue.facts.audience.text) if tongue.facts.audience else ""


def _countries(tongue: Tongue) -> str:
    if tongue.is_one("countries"):
        return "un país"
    return f"{tongue.said('countries')} países"


def headline(tongue: Tongue, edition: EditionFacts) -> str:
    """Say who meets where."""
    who = f"{_audience(tongue)} de {_countries(tongue)}"
    return f"{tongue.text(edition.city)} {tongue.chosen(_HOSTS)} a {who}"


def plain_headline(tongue: Tongue, edition: EditionFacts) -> str:
    """Say which conference meets where."""
    return f"{tongue.text(edition.city)} {tongue.chosen(_HOSTS)} {_name(tongue, edition)}"


def _name(tongue: Tongue, edition: EditionFacts) -> str:
    return grammar.definite(tongue.text(edition.name), _LANGUAGE, thing="el evento")


def lead(tongue: Tongue, edition: EditionFacts) -> str:
    """Say what meets, where, when, and who hosts it."""
    assert edition.starts_on is not None
    verb = tongue.chosen(
        {Phase.BEFORE: "tendrá lugar", Phase.DURING: "tiene lugar", Phase.AFTER: "tuvo lugar"}
    )
    when = grammar.from_to(edition.starts_on, edition.ends_on or edition.starts_on, _LANGUAGE)
    host = grammar.after("de", tongue.name(edition.host), _LANGUAGE) + tongue.formal(edition.host)
    name = grammar.capitalised(_name(tongue, edition))
    where = f" en {tongue.text(edition.city)}" if edition.city else ""
    return f"{name} {verb}{where} {when}, por invitación {host}."


def attendance(tongue: Tongue, _edition: EditionFacts) -> str:
    """Say who comes."""
    continents = len(tongue.facts.lists["continents"])
    where = f" de {grammar.number(continents, _LANGUAGE)} continentes" if continents > 1 else ""
    others = tongue.organisations(_ORGANISATIONS, ("instituciones", "agencias de la Unión Europea"))
    also = f", así como representantes de {tongue.listed(others)}" if others else ""
    verb = tongue.chosen(
        {Phase.BEFORE: "Participarán", Phase.DURING: "Participan", Phase.AFTER: "Participaron"}
    )
    people = "participante" if tongue.is_one("participants") else "participantes"
    return (
        f"{verb} {_audience(tongue)} de {_countries(tongue)}{where}{also}: "
        f"{tongue.said('participants')} {people} en total."
    )


def themes(tongue: Tongue, edition: EditionFacts) -> str:
    """Say what it is about."""
    named = [tongue.title(theme.text) for theme in tongue.facts.themes]
    focus = tongue.title(edition.presentation)
    if not focus:
        return f"En el centro de los trabajos: {tongue.listed(named)}."
    return f"En el centro de los trabajos: {focus}" + (
        f" ({grammar.enumerated(named, _LANGUAGE)})." if named else "."
    )


def quotation(tongue: Tongue, said: Said) -> str:
    """Say what somebody said."""
    text, who = tongue.own(said.text), tongue.speaker(said.by, "de")
    if not text:
        return ""
    words = grammar.stripped(text)
    told = words if said.is_paraphrase else grammar.quoted(words, _LANGUAGE)
    return f"{told}, subrayó {who}."


def keynotes(tongue: Tongue, several: Several) -> str:
    """Say who gave a keynote, or is to give one."""
    voices = [voice for voice in several.pieces if isinstance(voice, Voice)]
    who = tongue.listed([tongue.speaker(voice, "de") for voice in voices])
    given = several.phase is Phase.AFTER
    if len(voices) == 1:
        return f"La ponencia principal {'corrió' if given else 'correrá'} a cargo de {who}."
    return f"Las ponencias principales {'corrieron' if given else 'correrán'} a cargo de {who}."


def topics(tongue: Tongue, several: Several) -> str:
    """Say what the panels are about."""
    named = [tongue.title(topic.text) for topic in several.pieces if isinstance(topic, Told)]
    given = several.phase is Phase.AFTER
    if len(named) == 1:
        return f"El panel {'trató' if given else 'trata'} el tema siguiente: {named[0]}."
    return f"Los paneles {'trataron' if given else 'tratan'} los temas siguientes: {'; '.join(named)}."


def margins(tongue: Tongue, _edition: EditionFacts) -> str:
    """Say what the conference is a platform for, and how many met."""
    lists = tongue.facts.lists
    purposes = []
    if lists["renewals"]:
        purposes.append("renovar alianzas")
    if lists["explorations"]:
        purposes.append("explorar nuevas vías de cooperación")
    one = tongue.is_one("meetings")
    kinds = [kind for kind in _KEYS if lists[f"{kind}-meetings"]]
    what = tongue.listed([kind if one else _KEYS[kind] for kind in kinds])
    over = tongue.facts.edition.phase is Phase.AFTER
    said = "una" if one else tongue.said("meetings")
    held = ("se celebró" if one else "se celebraron") if over else ("se ha" if one else "se han")
    verb = held if over else f"hasta ahora {held} celebrado"
    count = f"{verb} {said} {'reunión' if one else 'reuniones'} {what} al margen de los trabajos"
    if not purposes:
        return f"{grammar.capitalised(count)}."
    serves = "sirvió" if over else "sirve"
    return f"La conferencia {serves} para {tongue.listed(purposes)}; {count}."


def meeting(tongue: Tongue, met: Met) -> str:
    """Say who met, on what."""
    return f"{_met(tongue, met)}."


def _met(tongue: Tongue, met: Met) -> str:
    kind = "bilateral" if len(met.parties) == 2 else "multilateral"  # noqa: PLR2004 a pair is two
    areas = [tongue.title(area) for area in met.areas]
    about = ""
    if len(areas) == 1:
        about = f" sobre el tema {grammar.quoted(areas[0], _LANGUAGE)}"
    elif areas:
        about = f" sobre los temas siguientes: {grammar.enumerated(areas, _LANGUAGE)}"
    return f"{tongue.parties(met.parties)} celebraron una reunión {kind}{about}"


def meeting_explored(tongue: Tongue, met: Met) -> str:
    """Say who met, on what, and agreed to explore cooperation."""
    link = "; los participantes" if len(met.areas) > 1 else " y"
    return f"{_met(tongue, met)}{link} acordaron seguir explorando vías de cooperación."


def _period(one: Agreed) -> str:
    period = grammar.years(*one.period, _LANGUAGE)
    return f" para {period}" if period else ""


def plan_renewed(tongue: Tongue, one: Agreed) -> str:
    """Say who renewed a partnership by a plan."""
    who = tongue.parties(one.parties)
    return f"{who} renovaron su asociación mediante un nuevo plan de cooperación{_period(one)}."


def plan(tongue: Tongue, one: Agreed) -> str:
    """Say who agreed on a plan."""
    return f"{tongue.parties(one.parties)} acordaron un plan de cooperación{_period(one)}."


def exploration(tongue: Tongue, one: Agreed) -> str:
    """Say who agreed to explore cooperation."""
    return f"{tongue.parties(one.parties)} acordaron seguir explorando vías de cooperación."


def signed(tongue: Tongue, one: Agreed) -> str:
    """Say who signed what."""
    title = grammar.quoted(grammar.stripped(tongue.text(one.title)), _LANGUAGE)
    return f"{tongue.parties(one.parties)} firmaron un documento titulado {title}."


def text_agreed(tongue: Tongue, one: Agreed) -> str:
    """Say who agreed on the text of what."""
    title = grammar.quoted(grammar.stripped(tongue.text(one.title)), _LANGUAGE)
    return f"{tongue.parties(one.parties)} acordaron el texto de un documento titulado {title}."


def promise(tongue: Tongue, one: Promised) -> str:
    """Say who committed to what."""
    who = grammar.capitalised(tongue.name(one.owner))
    verb = "asumieron" if _many(tongue, one.owner) else "asumió"
    return f"{who} {verb} el siguiente compromiso: {tongue.title(one.title)}."


def _many(tongue: Tongue, entity: int) -> bool:
    return tongue.name(entity).startswith(("los ", "las "))


def handover(tongue: Tongue, one: HandedOver) -> str:
    """Say what was handed over to whom, on which promise, within what."""
    within = ""
    if one.programme:
        programme = grammar.definite(tongue.title(one.programme), _LANGUAGE, thing="la iniciativa")
        within = f"en el marco {grammar.after('de', programme, _LANGUAGE)}, "
    many = _many(tongue, one.transferor)
    verb = (
        ("cumplieron" if many else "cumplió")
        if one.delivered
        else "dieron curso a"
        if many
        else "dio curso a"
    )
    promised = grammar.after("de", tongue.title(one.commitment), _LANGUAGE)
    to = grammar.after("con", tongue.name(one.transferee), _LANGUAGE)
    what = grammar.definite(tongue.title(one.title), _LANGUAGE, thing="el acto")
    when = grammar.on_date(one.ceremony_on, _LANGUAGE)
    return grammar.capitalised(
        f"{within}{tongue.name(one.transferor)} {verb} su compromiso {promised} {to}; "
        f"{what} tuvo lugar en una ceremonia oficial {when}."
    )


def handover_alone(tongue: Tongue, one: HandedOver) -> str:
    """Say what was handed over to whom."""
    between = tongue.listed([tongue.name(one.transferor), tongue.name(one.transferee)])
    when = grammar.on_date(one.ceremony_on, _LANGUAGE)
    return grammar.capitalised(
        f"{between} celebraron una ceremonia oficial {when}: {tongue.title(one.title)}."
    )


def following(tongue: Tongue, one: Next) -> str:
    """Say when the next edition is."""
    every = "cada año" if one.every == 1 else f"cada {grammar.number(one.every, _LANGUAGE)} años"
    city = f" en {tongue.text(one.city)}" if one.city else ""
    host = tongue.name(one.host)
    verb = "acogerán" if _many(tongue, one.host) else "acogerá"
    return f"La conferencia se celebra {every}; {host} {verb} la próxima edición en {one.year}{city}."


def about(tongue: Tongue, told: Told) -> str:
    """Say who the host is."""
    return tongue.own(told.text)
