"""Which question is asked aloud, by how weak its chapter is; pure, with chance handed in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from srs.collection.chance import Draw

_LEAST, _MOST = 1, 10


@dataclass(frozen=True, slots=True)
class Strength:
    """How well some cards are known: how many there are and were never answered, their lapses, their failed answers."""

    cards: int = 0
    unseen: int = 0
    lapses: int = 0
    failures: int = 0

    @property
    def weight(self) -> int:
        """How much chance they are given: from 1000 for what never failed to 10,000 for what was never seen.

        What is unseen, each lapse and each failure weigh the same, and count up to one a card, so that a chapter is
        not chosen for its size. Without any cards nothing is known, which is as weak as can be.
        """
        weak = min(self.cards, self.unseen + self.lapses + self.failures)
        share = 1000 * weak // self.cards if self.cards else 1000
        return _LEAST * 1000 + (_MOST - _LEAST) * share


def together(strengths: Iterable[Strength]) -> Strength:
    """Return how well all of some cards are known."""
    every = tuple(strengths)
    return Strength(
        sum(each.cards for each in every),
        sum(each.unseen for each in every),
        sum(each.lapses for each in every),
        sum(each.failures for each in every),
    )


def chosen(strengths: Sequence[Strength], draw: Draw) -> int:
    """Return which of some is drawn, by its place among them; each by its weight."""
    spot = draw(1, sum(each.weight for each in strengths))
    for place, each in enumerate(strengths):
        spot -= each.weight
        if spot <= 0:
            return place
    raise ValueError("nothing to choose from")


def several(strengths: Sequence[Strength], most: int, draw: Draw) -> list[int]:
    """Return the places of at most so many that are drawn one after the other, none twice."""
    left = list(range(len(strengths)))
    return [left.pop(chosen([strengths[place] for place in left], draw)) for _ in range(min(most, len(strengths)))]
