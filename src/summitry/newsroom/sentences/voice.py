"""What the wordings of all languages share: a language with the facts, and its small words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from summitry.newsroom.facts.pieces import Facts, Party, Texts, Voice
from summitry.newsroom.rules import Rounded, rounded
from summitry.newsroom.sentences import grammar
from summitry.world.languages import text_in


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language in which something is told of the facts."""

    language: str
    facts: Facts

    def text(self, texts: Texts) -> str:
        """Return a text in the language, or in what there is."""
        return text_in(texts, self.language)

    def own(self, texts: Texts) -> str:
        """Return a text only if there is one in the language itself."""
        return texts.get(self.language, "")

    def title(self, texts: Texts) -> str:
        """Return a title as it stands within a sentence."""
        names = [name.short for name in self.facts.names[self.language].values()]
        return grammar.lowered(grammar.stripped(self.text(texts)), names)

    def name(self, entity: int) -> str:
        """Return an entity's name as in running text."""
        return grammar.in_text(self.facts.names[self.language][entity])

    def formal(self, entity: int) -> str:
        """Return an entity's formal name behind a comma, where it is not the short one."""
        name = self.facts.names[self.language][entity]
        if name.formal == name.short:
            return ""
        return ", " + name.formal_in_text.replace("'", "’")

    def party(self, party: Party) -> str:
        """Return a party with the service that speaks for it: "Australia (Australian Border Force)"."""
        service = self.text(party.service)
        return f"{self.name(party.entity)} ({service})" if service else self.name(party.entity)

    def parties(self, parties: Sequence[Party]) -> str:
        """Return all parties as the subject of a sentence."""
        return grammar.capitalised(grammar.together([self.party(party) for party in parties], self.language))

    def speaker(self, voice: Voice, of: str) -> str:
        """Return somebody with office and service: "Fabrice Leggeri, Executive Director of Frontex"."""
        name = self.facts.names[self.language][voice.entity]
        office, service = self.text(voice.office), self.text(voice.service)
        short = name.short.replace("'", "’")
        if service in {name.short, ""}:
            place = grammar.after(of, grammar.in_text(name), self.language)
            return f"{voice.name}, {office} {place}" if office else f"{voice.name} ({short})"
        return f"{voice.name}, {', '.join(filter(None, (office, service)))} ({short})"

    def listed(self, items: Sequence[str]) -> str:
        """Return a list as a sentence has it."""
        return grammar.joined(items, self.language)

    def count(self, key: str) -> Rounded:
        """Return how the number of rows of a list is said."""
        return rounded(len(self.facts.lists[key]))

    def said(self, key: str) -> str:
        """Return the number of rows of a list in words."""
        return grammar.said(self.count(key), self.language)

    def organisations(self, forms: Mapping[str, tuple[str, str]], both: tuple[str, str]) -> list[str]:
        """Return the organisations that come, each in its form for one or for several.

        Parameters
        ----------
        both
            Institutions and agencies of the European Union where several of each come: the Union is named once.
        """
        found = {key: form[not self.is_one(key)] for key, form in forms.items() if self.facts.lists[key]}
        several = [key for key in ("eu-institutions", "eu-agencies") if len(self.facts.lists[key]) > 1]
        return (
            list({**found, **dict(zip(several, both, strict=True))}.values())
            if len(several) > 1
            else [*found.values()]
        )

    def is_one(self, key: str) -> bool:
        """Tell whether a list has one row."""
        return len(self.facts.lists[key]) == 1

    def chosen(self, forms: Mapping[Any, str]) -> str:
        """Return the form for the edition's phase."""
        return forms[self.facts.edition.phase]
