"""Context processors."""

from summitry.ui.shell import shell

__all__ = ["shell"]
