"""The one place where chance comes in: moments of acts that a slow clock would put before what is known already.

Two computers that both took the next millisecond would make one act of two, so no rule can stand in for chance here.
"""

from collections.abc import Callable
from random import SystemRandom

Draw = Callable[[int, int], int]
"""Draws a whole number at random between two bounds, both among them."""
draw: Draw = SystemRandom().randint
