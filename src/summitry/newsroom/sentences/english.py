"""How the tellings are worded in English."""

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

_LANGUAGE: Final = "en"
_ORGANISATIONS: Final = {
    "international-organisations": ("an international organisation", "international organisations"),
    "non-governmental": ("a non-governmental organisation", "non-governmental organisations"),
    "eu-institutions": ("an EU institution", "EU institutions"),
    "eu-agencies": ("an EU agency", "EU agencies"),
}


def _countries(tongue: Tongue) -> str:
    return f"{tongue.said('countries')} {'country' if tongue.is_one('countries') else 'countries'}"


def _audience(tongue: Tongue) -> str:
    return tongue.text(tongue.facts.audience.text) if tongue.facts.audience else ""


def headline(tongue: Tongue, edition: EditionFacts) -> str:
    """Say who meets where."""
    verb = tongue.chosen({Phase.BEFORE: "to host", Phase.DURING: "hosts", Phase.AFTER: "hosted"})
    return f"{tongue.text(edition.city)} {verb} {_audience(tongue)} from {_countries(tongue)}"


def plain_headline(tongue: Tongue, edition: EditionFacts) -> str:
    """Say which conference meets where."""
    verb = tongue.chosen({Phase.BEFORE: "to host", Phase.DURING: "hosts", Phase.AFTER: "hosted"})
    return f"{tongue.text(edition.city)} {verb} {_name(tongue, edition)}"


def _name(tongue: Tongue, edition: EditionFacts) -> str:
    return grammar.definite(tongue.text(edition.name), _LANGUAGE, thing="the event")


def lead(tongue: Tongue, edition: EditionFacts) -> str:
    """Say what meets, where, when, and who hosts it."""
    assert edition.starts_on is not None
    verb = tongue.chosen(
        {Phase.BEFORE: "will take place", Phase.DURING: "is taking place", Phase.AFTER: "took place"}
    )
    when = grammar.from_to(edition.starts_on, edition.ends_on or edition.starts_on, _LANGUAGE)
    host = f"hosted by {tongue.name(edition.host)}{tongue.formal(edition.host)}"
    name = grammar.capitalised(_name(tongue, edition))
    where = f" in {tongue.text(edition.city)}" if edition.city else ""
    return f"{name}, {host}, {verb}{where} {when}."


def attendance(tongue: Tongue, _edition: EditionFacts) -> str:
    """Say who comes."""
    continents = len(tongue.facts.lists["continents"])
    where = f" on {grammar.number(continents, _LANGUAGE)} continents" if continents > 1 else ""
    others = tongue.organisations(_ORGANISATIONS, ("EU institutions", "agencies"))
    also = f", together with representatives of {tongue.listed(others)}" if others else ""
    verb = tongue.chosen(
        {Phase.BEFORE: "will take part", Phase.DURING: "are taking part", Phase.AFTER: "took part"}
    )
    who = grammar.capitalised(_audience(tongue))
    people = "participant" if tongue.is_one("participants") else "participants"
    comma = "," if also else ""
    return f"{who} from {_countries(tongue)}{where}{also}{comma} {verb}: {tongue.said('participants')} {people} in all."


def themes(tongue: Tongue, edition: EditionFacts) -> str:
    """Say what it is about."""
    named = [tongue.title(theme.text) for theme in tongue.facts.themes]
    focus = tongue.title(edition.presentation)
    if not focus:
        return f"The focus is on {tongue.listed(named)}."
    return f"The focus is on {focus}" + (f": {tongue.listed(named)}." if named else ".")


def quotation(tongue: Tongue, said: Said) -> str:
    """Say what somebody said."""
    text, who = tongue.own(said.text), tongue.speaker(said.by, "of")
    if not text:
        return ""
    words = grammar.stripped(text)
    return (
        f"{words}, said {who}." if said.is_paraphrase else f"{grammar.quoted(words, _LANGUAGE)}, said {who}."
    )


def keynotes(tongue: Tongue, several: Several) -> str:
    """Say who gave a keynote, or is to give one."""
    voices = [voice for voice in several.pieces if isinstance(voice, Voice)]
    who = tongue.listed([tongue.speaker(voice, "of") for voice in voices])
    one = len(voices) == 1
    what = "The keynote speech" if one else "Keynote speeches"
    if several.phase is Phase.AFTER:
        return f"{what} {'was' if one else 'were'} given by {who}."
    return f"{what} {'is' if one else 'are'} to be given by {who}."


def topics(tongue: Tongue, several: Several) -> str:
    """Say what the panels are about."""
    named = [tongue.title(topic.text) for topic in several.pieces if isinstance(topic, Told)]
    verb = "dealt with" if several.phase is Phase.AFTER else "deal with"
    if len(named) == 1:
        return f"The panel {'dealt' if several.phase is Phase.AFTER else 'deals'} with {named[0]}."
    return f"The panels {verb} {'; '.join(named[:-1])}; and {named[-1]}."


def margins(tongue: Tongue, _edition: EditionFacts) -> str:
    """Say what the conference is a platform for, and how many met."""
    lists = tongue.facts.lists
    purposes = []
    if lists["renewals"]:
        purposes.append("renew partnerships")
    if lists["explorations"]:
        purposes.append("explore new avenues for cooperation")
    one = tongue.is_one("meetings")
    kinds = [kind for kind in ("bilateral", "multilateral") if lists[f"{kind}-meetings"]]
    what = f"{' and '.join(kinds)} {'meeting' if one else 'meetings'}"
    over = tongue.facts.edition.phase is Phase.AFTER
    verb = f"{'was' if one else 'were'} held" if over else f"{'has' if one else 'have'} so far been held"
    count = f"{tongue.said('meetings')} {what} {verb} on its margins"
    if not purposes:
        return f"{grammar.capitalised(count)}."
    serves = "served" if over else "serves"
    return f"The conference {serves} as a platform to {tongue.listed(purposes)}; {count}."


def meeting(tongue: Tongue, met: Met) -> str:
    """Say who met, on what."""
    return f"{_met(tongue, met)}."


def _met(tongue: Tongue, met: Met) -> str:
    kind = "bilateral" if len(met.parties) == 2 else "multilateral"  # noqa: PLR2004 a pair is two
    areas = [tongue.title(area) for area in met.areas]
    about = f" on {tongue.listed(areas)}" if areas else ""
    return f"{tongue.parties(met.parties)} held a {kind} meeting{about}"


def meeting_explored(tongue: Tongue, met: Met) -> str:
    """Say who met, on what, and agreed to explore cooperation."""
    return f"{_met(tongue, met)} and agreed to explore cooperation further."


def _period(one: Agreed) -> str:
    period = grammar.years(*one.period, _LANGUAGE)
    return f" for {period}" if period else ""


def plan_renewed(tongue: Tongue, one: Agreed) -> str:
    """Say who renewed a partnership by a plan."""
    return f"{tongue.parties(one.parties)} renewed their partnership through a new Cooperation Plan{_period(one)}."


def plan(tongue: Tongue, one: Agreed) -> str:
    """Say who agreed on a plan."""
    return f"{tongue.parties(one.parties)} agreed on a Cooperation Plan{_period(one)}."


def exploration(tongue: Tongue, one: Agreed) -> str:
    """Say who agreed to explore cooperation."""
    return f"{tongue.parties(one.parties)} agreed to explore cooperation further."


def signed(tongue: Tongue, one: Agreed) -> str:
    """Say who signed what."""
    title = grammar.quoted(grammar.stripped(tongue.text(one.title)), _LANGUAGE)
    return f"{tongue.parties(one.parties)} signed a document entitled {title}."


def text_agreed(tongue: Tongue, one: Agreed) -> str:
    """Say who agreed on the text of what."""
    title = grammar.quoted(grammar.stripped(tongue.text(one.title)), _LANGUAGE)
    return f"{tongue.parties(one.parties)} agreed on the text of a document entitled {title}."


def promise(tongue: Tongue, one: Promised) -> str:
    """Say who committed to what."""
    who = grammar.capitalised(tongue.name(one.owner))
    return f"{who} made the following commitment: {tongue.title(one.title)}."


def handover(tongue: Tongue, one: HandedOver) -> str:
    """Say what was handed over to whom, on which promise, within what."""
    within = ""
    if one.programme:
        programme = grammar.definite(tongue.title(one.programme), _LANGUAGE, thing="the programme")
        within = f"within {programme}, "
    verb = "delivered on" if one.delivered else "acted on"
    to = tongue.name(one.transferee)
    what = grammar.definite(tongue.title(one.title), _LANGUAGE, thing="the handover")
    ceremony = f"with an official ceremony {grammar.on_date(one.ceremony_on, _LANGUAGE)}"
    return grammar.capitalised(
        f"{within}{tongue.name(one.transferor)} {verb} its commitment to {to} ({tongue.title(one.commitment)}) "
        f"{ceremony}: {what}."
    )


def handover_alone(tongue: Tongue, one: HandedOver) -> str:
    """Say what was handed over to whom."""
    between = f"{tongue.name(one.transferor)} and {tongue.name(one.transferee)}"
    when = grammar.on_date(one.ceremony_on, _LANGUAGE)
    return grammar.capitalised(f"{between} held an official ceremony {when}: {tongue.title(one.title)}.")


def following(tongue: Tongue, one: Next) -> str:
    """Say when the next edition is."""
    every = "every year" if one.every == 1 else f"every {grammar.number(one.every, _LANGUAGE)} years"
    city = f"in {tongue.text(one.city)} " if one.city else ""
    return f"The conference meets {every}; the next edition will be hosted by {tongue.name(one.host)} {city}in {one.year}."


def about(tongue: Tongue, told: Told) -> str:
    """Say who the host is."""
    return tongue.own(told.text)
