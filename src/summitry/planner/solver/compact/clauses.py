"""Clauses in the making: variables, constants, and numbers in unary."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

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
        if len(literals) == 1:
            return literals[0]
        either = self.new()
        self.rows += [[-literal, either] for literal in literals]
        self.rows.append([-either, *literals])
        return either

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
        count = min(most, len(left) + len(right))
        total = list(range(self.variables + 1, self.variables + 1 + count))
        self.variables += count
        rows = self.rows
        rows += [[-literal, total[index]] for index, literal in enumerate(left)]
        rows += [[-literal, total[index]] for index, literal in enumerate(right)]
        for one, literal in enumerate(left):
            reach = min(len(right), most - 1 - one)
            rows += [[-literal, -right[other], total[one + other + 1]] for other in range(reach)]
        rows += [[-total[index + 1], total[index]] for index in range(count - 1)]
        return total

    def at_most(self, most: int, numbers: Sequence[Sequence[int]]) -> None:
        """Bound the sum of numbers in unary."""
        if sum(map(len, numbers)) > most:
            total = self.total(numbers, most + 1)
            self.rows.append([-total[most]])

    def exact_total(self, literals: Sequence[int], result: Sequence[int]) -> None:
        """Make ``result``, a number in unary with constants allowed, the number of ``literals`` that are true."""
        half = len(literals) // 2
        left, right = self._exact(literals[:half]), self._exact(literals[half:])
        self._merge(left, right, result)

    def _exact(self, literals: Sequence[int]) -> Sequence[int]:
        if len(literals) < 2:  # noqa: PLR2004 - one literal is a number already
            return literals
        result = list(range(self.variables + 1, self.variables + 1 + len(literals)))
        self.variables += len(literals)
        self.exact_total(literals, result)
        return result

    def _merge(self, left: Sequence[int], right: Sequence[int], result: Sequence[int]) -> None:
        """Make ``result`` the sum of two numbers in unary, told in both directions."""
        more, less = [TRUE, *left, FALSE], [TRUE, *right, FALSE]
        add, count = self.add, len(result)
        for one in range(len(left) + 1):
            for other in range(len(right) + 1):
                total = one + other
                if total:
                    add(-more[one], -less[other], result[total - 1])
                if total < count:
                    add(more[one + 1], less[other + 1], -result[total])
