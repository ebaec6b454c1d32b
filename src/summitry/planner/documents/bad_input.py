"""The one error that a document can be answered with."""

from __future__ import annotations


class BadInput(ValueError):  # noqa: N818 - what the format calls it
    """A document or problem that is malformed, or contradicts itself where the format says it must not.

    Attributes
    ----------
    message : str
        What is wrong, and the mend.
    place : str
        Where, such as ``requests[3].minutes`` or ``line 2, column 7``; empty for the whole.
    name : str
        The file; empty where there is none.
    """

    def __init__(self, message: str, place: str = "", name: str = "") -> None:
        super().__init__(message, place, name)
        self.message = message
        self.place = place
        self.name = name

    def __str__(self) -> str:
        line = ": ".join(part for part in (self.name, self.place, self.message) if part)
        return "".join(mark if mark.isprintable() else ascii(mark)[1:-1] for mark in line)

    def named(self, name: str) -> BadInput:
        """Return the same error for a named file."""
        return BadInput(self.message, self.place, name)
