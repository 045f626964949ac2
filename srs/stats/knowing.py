"""How much is known now: predicted recall of cards, added up by chapter."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct

from srs.scheduler import Memory, Scheduler

CardMemory = tuple[str, str, Memory | None]
"""A card as it counts here: its deck (namespace), its chapter, its memory."""


class Known(Struct, frozen=True):
    """What is known of some cards: how many there are, how many were ever answered, and how many would be recalled.

    `recalled` is the sum of their predicted recall; a card that was never answered adds nothing to it.
    """

    cards: int = 0
    answered: int = 0
    recalled: float = 0.0

    @property
    def recall(self) -> float | None:
        """The share of the cards that would be recalled now, 0 to 1; `None` while none of them was answered."""
        return self.recalled / self.cards if self.answered else None

    def __add__(self, other: Known) -> Known:
        """Join what is known of two lots of cards."""
        return Known(self.cards + other.cards, self.answered + other.answered, self.recalled + other.recalled)


def knowing(cards: Iterable[CardMemory], scheduler_of: Callable[[str], Scheduler], today: date) -> dict[str, Known]:
    """Return how much of each chapter is known on a study day; chapters stand in the order of their first cards."""
    sums: dict[str, list[float]] = {}
    for deck, chapter, memory in cards:
        if chapter not in sums:
            sums[chapter] = [0, 0, 0.0]
        found = sums[chapter]
        found[0] += 1
        if memory:
            found[1] += 1
            found[2] += scheduler_of(deck).recall(memory, today)
    return {
        chapter: Known(int(number), int(answered), recalled) for chapter, (number, answered, recalled) in sums.items()
    }
