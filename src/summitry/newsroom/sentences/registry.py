"""The rules by which sentences are made: what each tells, of what, and on what it rests, whatever the language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from summitry.newsroom.facts.pieces import Facts, Ground, Piece
from summitry.newsroom.kinds import Section


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing to be said: by which rule, of which piece, resting on what.

    Attributes
    ----------
    key
        Tells the sentences of a rule apart where it makes several.
    """

    rule: str
    section: Section
    piece: Piece
    grounds: tuple[Ground, ...]
    key: str = ""


Teller = Callable[[Facts], Iterator[Telling]]
_TELLERS: Final[list[tuple[int, Teller]]] = []


def teller(order: int) -> Callable[[Teller], Teller]:
    """Add a function that finds what is to be told; the lower its order, the earlier in the release."""

    def add(function: Teller) -> Teller:
        _TELLERS.append((order, function))
        return function

    return add


def tellings(facts: Facts) -> Iterator[Telling]:
    """Yield everything there is to say, in the order of the release."""
    for _order, function in sorted(_TELLERS, key=lambda one: one[0]):
        yield from function(facts)
