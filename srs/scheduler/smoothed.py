"""SM-2 with the load spread: due days a few per cent away from where SM-2 puts them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from srs.scheduler.sm2 import LONGEST_INTERVAL, Sm2

if TYPE_CHECKING:
    from collections.abc import Iterable

    from srs.scheduler.memory import Grade, Memory

_SHARE = 20  # a twentieth of the interval, either way
_SHORTEST = 10  # days; below that a day more or less is too much


@dataclass(frozen=True, slots=True)
class Smoothed:
    """SM-2, but an interval of ten days and more ends up to a twentieth of it earlier or later.

    Cards that were met on the same day and went the same way would come due together for years. By how many days a
    card's interval is moved follows from its seed and its repetitions alone, so a replay gives the same answer on
    every machine; over many cards that levels the days. A pass still never brings the due day nearer.
    """

    seed: int = 0

    def for_card(self, seed: int) -> Smoothed:
        """Return the scheduler of a card, which its seed tells from others."""
        return Smoothed(seed)

    def first(self, grade: Grade, day: date) -> Memory:
        """Return the memory of a new card after its first answer, as SM-2 does."""
        return Sm2().first(grade, day)

    def review(self, memory: Memory, grade: Grade, day: date) -> Memory:
        """Return the memory after an answer on `day`, its due day moved."""
        after = Sm2().review(memory, grade, day)
        most = after.interval // _SHARE if after.interval >= _SHORTEST else 0
        if not grade.passed or not most:
            return after
        digest = sha256(f"{self.seed}/{after.repetitions}".encode()).digest()
        days = int.from_bytes(digest[:8]) % (2 * most + 1) - most
        due = min(max(memory.due, after.due + timedelta(days=days)), day + timedelta(days=LONGEST_INTERVAL))
        return replace(after, due=due, interval=(due - day).days)

    def fold(self, answers: Iterable[tuple[Grade, int]]) -> Memory | None:
        """Return the memory after all these answers, each given with its day's ordinal; `None` if there are none."""
        memory: Memory | None = None
        for grade, ordinal in answers:
            day = date.fromordinal(ordinal)
            memory = self.first(grade, day) if memory is None else self.review(memory, grade, day)
        return memory
