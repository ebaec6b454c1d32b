"""What may be told of an edition, with what it rests on."""

from summitry.newsroom.facts.gather import gather
from summitry.newsroom.facts.pieces import Facts, Ground, Phase, Row

__all__ = ["Facts", "Ground", "Phase", "Row", "gather"]
