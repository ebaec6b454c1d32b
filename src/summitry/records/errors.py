"""A refusal: what an action answers when it may not or cannot do what was asked."""

from __future__ import annotations


class RefusedError(Exception):
    """An action cannot be done; nothing of it was.

    Parameters
    ----------
    message
        What is wrong and what mends it, for the person who asked.
    field
        The name of the input at fault, where one is; a form shows the message beside it.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
