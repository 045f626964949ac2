"""Moments of acts: which are not yet counted, and which a new act gets."""

from collections.abc import Callable
from datetime import date, timedelta

from srs.due import moment_of
from srs.errors import SrsError

SHORTEST_STEP, LONGEST_STEP = 5, 60_000  # ms
FURTHEST_DAY = timedelta(days=3)

_AHEAD = 86_400_000
PRIMES = 999_983, 65_521
"""By these, p and q, the moments of a card's answers are summed up, since a database can do that without telling each.

Two sets of moments are one, as good as certainly, where count, first, last, Σ at % p and Σ (at % p)(at % q) are.
"""


def horizon(now: int) -> int:
    """Return the last moment (ms) that counts while it is `now`: a day ahead, since clocks differ."""
    return now + _AHEAD


def moment_after(now: int, latest: int | None, draw: Callable[[int, int], int]) -> int:
    """Return the moment (ms) of a new act, later than the latest that is known of what it is about.

    Where the clock would put it earlier it comes so many milliseconds after the latest as `draw` draws at random
    between two bounds: two computers that both added one would make one act of two.
    """
    return now if latest is None or now > latest else latest + draw(SHORTEST_STEP, LONGEST_STEP)


def check_day(at: int, day: date) -> None:
    """Raise SrsError for an answer whose study day lies more than three days from the moment it would get."""
    there = moment_of(at).date()
    if abs(there - day) > FURTHEST_DAY:
        raise SrsError(
            f"not taken: it is {day} here, but the history already holds {there}; set this computer's clock right"
        )
