"""Minimal sets: what of many things is already enough, and nothing of which can be spared."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def smallest(enough: Callable[[int], bool], wanted: Sequence[int], given: int = 0) -> int:
    """Find a set of bits that is enough, of which none can be taken away.

    QuickXplain (U. Junker, AAAI 2004): a bit late in the order is used only where all
    the earlier ones together are not enough.

    Parameters
    ----------
    enough
        Says whether a set of bits is enough; more bits never make it less.
    wanted
        The bits to choose from, those one would rather have first; together enough.
    given
        Bits that are there whatever is chosen, and are not part of the result.
    """
    if enough(given) or not wanted:
        return 0
    return _reduced(enough, wanted, given, grown=False)


def _reduced(enough: Callable[[int], bool], wanted: Sequence[int], given: int, *, grown: bool) -> int:
    if grown and enough(given):
        return 0
    if len(wanted) == 1:
        return wanted[0]
    half = len(wanted) // 2
    first, second = wanted[:half], wanted[half:]
    all_first = 0
    for bit in first:
        all_first |= bit
    of_second = _reduced(enough, second, given | all_first, grown=True)
    of_first = _reduced(enough, first, given | of_second, grown=bool(of_second))
    return of_first | of_second
