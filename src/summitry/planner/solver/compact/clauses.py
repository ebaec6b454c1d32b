"""Clauses in the making: variables, constants, and numbers in unary."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

TRUE = 1
FALSE = -1


class Clauses:
    """A formula in conjunctive normal form; literals are signed variables, variable 1 is true.

    A number in unary is a list of literals of which the one at index ``i`` says "more
    than ``i``".
    """

    def __init__(self) -> None:
        self.variables = 1
        self.rows: list[list[int]] = [[TRUE]]

    def new(self) -> int:
        """Return a new variable."""
        self.variables += 1
        return self.variables

    def add(self, *literals: int) -> None:
        """Ask for at least one of ``literals``."""
        if TRUE not in literals:
            self.rows.append([literal for literal in literals if literal != FALSE])

    def at_most_one(self, literals: Sequence[int]) -> None:
        """Forbid any two of ``literals`` together."""
        self.rows += [[-one, -other] for one, other in combinations(literals, 2)]

    def any_of(self, literals: Sequence[int]) -> int:
        """Return a literal that is true where one of ``literals`` is."""
        if TRUE in literals:
            return TRUE
        if len(literals) == 1:
            return literals[0]
        either = self.new()
        self.rows += [[-literal, either] for literal in literals]
        self.rows.append([-either, *literals])
        return either

    def so_far(self, literals: Sequence[int]) -> list[int]:
        """Return for each of ``literals`` whether it or one before it is true."""
        before, found = FALSE, []
        for literal in literals:
            before = (
                before
                if literal == FALSE
                else self.any_of([before, literal] if before != FALSE else [literal])
            )
            found.append(before)
        return found

    # ---- sums ------------------------------------------------------------------------

    def counted(self, literals: Sequence[int], count: int) -> list[list[int]]:
        """Let exactly ``count`` of ``literals`` be true; return how many are so far, in unary, after each."""
        add, spare = self.add, len(literals) - count
        before = [FALSE] * count
        counted = []
        for index, literal in enumerate(literals):
            after = [
                TRUE if number <= index - spare else FALSE if number > index else self.new()
                for number in range(count)
            ]
            self._one_more(before, literal, after)
            add(-before[-1], -literal)
            counted.append(after)
            before = after
        return counted

    def number(self, literals: Sequence[int], most: int) -> list[int]:
        """Let at most ``most`` of ``literals`` be true, and return how many are, in unary."""
        before: list[int] = []
        for literal in literals:
            after = [self.new() for _ in range(min(most, len(before) + 1))]
            self._one_more([*before, FALSE], literal, after)
            if len(before) == most:
                self.add(-(before[-1] if before else TRUE), -literal)
            before = after
        return before

    def _one_more(self, before: Sequence[int], literal: int, after: Sequence[int]) -> None:
        """Make ``after`` the sum of ``before`` and ``literal``."""
        rows: list[list[int]] = []
        one_less = TRUE
        for reached, now in zip(before, after, strict=False):
            rows += [-reached, now], [-one_less, -literal, now], [-now, reached, literal], [-now, one_less]
            one_less = reached
        self.rows += _reduced(rows)

    def total(self, numbers: Sequence[Sequence[int]], most: int) -> list[int]:
        """Add up numbers in unary, as far as ``most``; what exceeds it is not told apart.

        Only sums that are too great are noticed: the totalizer of O. Bailleux and Y.
        Boufkhad (CP 2003), from its inputs to its outputs.
        """
        if len(numbers) < 2:  # noqa: PLR2004 - nothing to add
            return list(numbers[0][:most]) if numbers else []
        half = len(numbers) // 2
        left, right = self.total(numbers[:half], most), self.total(numbers[half:], most)
        if not left or not right:
            return left or right
        total = self._unknown(min(most, len(left) + len(right)))
        rows = self.rows
        rows += [[-literal, total[index]] for number in (left, right) for index, literal in enumerate(number)]
        for one, literal in enumerate(left):
            reach = min(len(right), most - 1 - one)
            rows += [[-literal, -right[other], total[one + other + 1]] for other in range(reach)]
        rows += [[-more, less] for less, more in pairwise(total)]
        return total

    def at_most(self, most: int, numbers: Sequence[Sequence[int]]) -> None:
        """Bound the sum of numbers in unary."""
        if sum(map(len, numbers)) > most:
            self.rows.append([-self.total(numbers, most + 1)[most]])

    def exact_total(self, literals: Sequence[int], result: Sequence[int]) -> None:
        """Make ``result``, a number in unary with constants allowed, the number of ``literals`` that are true."""
        if len(literals) == 1:
            self.add(-literals[0], result[0])
            self.add(literals[0], -result[0])
            return
        half = len(literals) // 2
        left, right = self._exact(literals[:half]), self._exact(literals[half:])
        not_right, not_result = [-each for each in right], [-each for each in result]
        rows: list[list[int]] = []
        for one in range(len(left) + 1):
            block: list[list[int]] = [[]] * (2 * len(right))
            if one < len(left):
                mine = left[one]
                block[::2] = [
                    [mine, theirs, total] for theirs, total in zip(right, not_result[one:], strict=False)
                ]
            else:
                block[::2] = [[theirs, total] for theirs, total in zip(right, not_result[one:], strict=True)]
            if one:
                mine = -left[one - 1]
                rows.append([mine, result[one - 1]])
                block[1::2] = [
                    [mine, theirs, total] for theirs, total in zip(not_right, result[one:], strict=False)
                ]
            else:
                block[1::2] = [[theirs, total] for theirs, total in zip(not_right, result, strict=False)]
            rows += block
            if one < len(left):
                rows.append([left[one], not_result[one + len(right)]])
        if TRUE in result or FALSE in result:
            rows = _reduced(rows)
        self.rows += rows

    def _exact(self, literals: Sequence[int]) -> Sequence[int]:
        if len(literals) == 1:
            return literals
        if len(literals) == 2:  # noqa: PLR2004 - most of them are pairs: the same clauses, sooner
            one, other = literals
            some, both = result = self._unknown(2)
            self.rows += (
                [one, other, -some],
                [-other, some],
                [one, -both],
                [-one, some],
                [other, -both],
                [-one, -other, both],
            )
            return result
        result = self._unknown(len(literals))
        self.exact_total(literals, result)
        return result

    def _unknown(self, length: int) -> list[int]:
        first = self.variables + 1
        self.variables += length
        return list(range(first, first + length))


def _reduced(rows: list[list[int]]) -> list[list[int]]:
    """Return clauses without those that always hold, and those without literals that never do."""
    return [
        row if FALSE not in row else [literal for literal in row if literal != FALSE]
        for row in rows
        if TRUE not in row
    ]
