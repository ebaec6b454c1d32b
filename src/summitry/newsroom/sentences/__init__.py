"""Drafting: what there is to say, worded in a language, each sentence with its grounds.

What is told, and on what it rests, is decided once for all languages (:mod:`.tellers`); a
language (:mod:`.english`, :mod:`.french`, :mod:`.spanish`) has a function for each rule.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final

from summitry.newsroom.facts.pieces import Facts, Ground
from summitry.newsroom.kinds import DRAFTED_LANGUAGES, Section
from summitry.newsroom.sentences import english, french, spanish
from summitry.newsroom.sentences.registry import Telling, tellings
from summitry.newsroom.sentences.voice import Tongue

_MODULES: Final[dict[str, ModuleType]] = {"en": english, "fr": french, "es": spanish}
#: Rules worded by a function of another name.
_FUNCTIONS: Final = {"keynotes_given": "keynotes", "keynotes_to_come": "keynotes", "next": "following"}
_TERM: Final = "newsroom.term"
#: Every rule there is, and so every function that a language has.
RULES: Final = (
    "headline",
    "plain_headline",
    "lead",
    "attendance",
    "themes",
    "quotation",
    "keynotes_given",
    "keynotes_to_come",
    "topics",
    "margins",
    "meeting",
    "meeting_explored",
    "plan_renewed",
    "plan",
    "exploration",
    "signed",
    "text_agreed",
    "promise",
    "handover",
    "handover_alone",
    "next",
    "about",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as it would be written now."""

    language: str
    section: Section
    rule: str
    key: str
    text: str
    grounds: tuple[Ground, ...]


def wording(rule: str, language: str) -> Callable[[Tongue, Any], str]:
    """Return how a rule is worded in a language; a rule that a language lacks is an error at once."""
    function: Callable[[Tongue, Any], str] = getattr(_MODULES[language], _FUNCTIONS.get(rule, rule))
    return function


def draft(facts: Facts, language: str) -> list[Draft]:
    """Return the sentences of a release in a language, in order; what has no words in it is left out."""
    tongue = Tongue(language, facts)
    drafts = []
    for telling in tellings(facts):
        text = wording(telling.rule, language)(tongue, telling.piece)
        if text:
            drafts.append(_draft(telling, language, text))
    return drafts


def _draft(telling: Telling, language: str, text: str) -> Draft:
    # A term that has no wording in this language says nothing in it.
    resting = [one for one in telling.grounds if one.model != _TERM or language in one.value]
    once = {ground.key: ground for ground in resting}
    return Draft(language, telling.section, telling.rule, telling.key, text, tuple(once.values()))


def drafts(facts: Facts) -> list[Draft]:
    """Return the sentences of a release in all its languages."""
    return [
        one for language in DRAFTED_LANGUAGES if language in facts.languages for one in draft(facts, language)
    ]
