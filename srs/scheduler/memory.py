"""What a scheduler works with: a card's memory, one answer, and the protocol that every scheduler keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable


class Grade(IntEnum):
    """Quality of recall, as Woźniak graded it in SM-2: 3 and more is a pass, below 4 is drilled again."""

    BLACKOUT = 0
    AGAIN = 1
    NEARLY = 2
    HARD = 3
    GOOD = 4
    EASY = 5

    @property
    def passed(self) -> bool:
        """Whether the answer was recalled at all."""
        return self >= Grade.HARD

    @property
    def needs_drill(self) -> bool:
        """Whether the card is asked again in the same sitting."""
        return self < Grade.GOOD


@dataclass(frozen=True, slots=True)
class Memory:
    """How well a card that was answered at least once is held in memory. A new card has no memory (`None`).

    `repetitions`: passes in a row. `ease`: permille, never below 1300. `interval`: whole days from the last
    counted answer to `due`. `due`: the study day on which the card is asked next. `lapses`: how often it was
    forgotten after it had been learnt.
    """

    repetitions: int
    ease: int
    interval: int
    due: date
    lapses: int

    @property
    def answered_on(self) -> date:
        """The study day of the last answer that counted: the interval runs from there to the due day."""
        return self.due - timedelta(days=self.interval)


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of a card's history as a scheduler sees it; a `drill` was never meant to move the schedule.

    `at`: its moment in ms; that of a card's first answer is the card's seed.
    """

    day: date
    grade: Grade
    drill: bool = False
    at: int = 0


class Scheduler(Protocol):
    """Decides when a card is asked next. Pure: no clock, no store, no randomness, so a replay always agrees."""

    def for_card(self, seed: int) -> Scheduler:
        """Return the scheduler as it is for one card; the seed is the moment of its first answer."""
        ...

    def first(self, grade: Grade, day: date) -> Memory:
        """Return the memory of a new card after its first counted answer."""
        ...

    def review(self, memory: Memory, grade: Grade, day: date) -> Memory:
        """Return the memory after a counted answer on `day`, a study day after `memory.answered_on`."""
        ...

    def fold(self, answers: Iterable[tuple[Grade, int]]) -> Memory | None:
        """Return the memory after answers on rising days, given as ordinals: `first`, then `review` for each."""
        ...
