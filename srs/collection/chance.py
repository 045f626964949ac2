"""The one place where chance comes in: names of new files, and moments that a slow clock would put before known acts.

Two computers that both took the next millisecond would make one act of two, so no rule can stand in for chance here.
"""

from collections.abc import Callable
from random import Random, SystemRandom

Draw = Callable[[int, int], int]
"""Draws a whole number at random between two bounds, both among them."""
draw: Draw = SystemRandom().randint


def seeded(seed: int) -> Draw:
    """Return what draws the same numbers again for the same seed, on every machine and in every version of Python."""
    random = Random(seed).random  # noqa: S311 -- to draw a question again, not to keep a secret
    return lambda low, high: low + int(random() * (high - low + 1))


def fresh_name() -> str:
    """Return 16 hexadecimal signs that nobody else will draw: what files and folders are told apart by."""
    return f"{draw(0, 2**64 - 1):016x}"
