"""SM-2 in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from srs.scheduler.memory import Memory

if TYPE_CHECKING:
    from datetime import date

    from srs.scheduler.memory import Grade

FIRST_EASE = 2500
LEAST_EASE = 1300
LONGEST_INTERVAL = 36_500
_FIRST_INTERVALS = (1, 6)


@dataclass(frozen=True, slots=True)
class Sm2:
    """SM-2 as P. A. Woźniak published it ("Optimization of learning", 1990, section 3.2), with ease in permille.

    Ports of SM-2 differ; this one takes the published order. A pass (grade 3 and more) moves the ease first,
    EF' = EF + 0.1 − (5−q)(0.08 + (5−q)·0.02), never below 1.3, and then the interval with the new ease: 1 day,
    6 days, then the last interval times the ease, rounded up. A failure starts the repetitions again at an
    interval of one day and leaves the ease as it was.

    Two rules are ours. A pass before the due day builds on the days that really went by, not on the interval
    that was planned, and never brings the due day nearer; on the due day and later both are plain SM-2.
    And an interval ends at 36,500 days.
    """

    def first(self, grade: Grade, day: date) -> Memory:
        """Return the memory of a new card after its first answer: due tomorrow, whatever the grade."""
        ease = _moved(FIRST_EASE, grade) if grade.passed else FIRST_EASE
        return Memory(int(grade.passed), ease, 1, day + timedelta(days=1), lapses=0)

    def review(self, memory: Memory, grade: Grade, day: date) -> Memory:
        """Return the memory after an answer on `day`; a pass never brings the due day nearer."""
        if not grade.passed:
            lapsed = int(memory.repetitions > 0)
            return Memory(0, memory.ease, 1, day + timedelta(days=1), memory.lapses + lapsed)
        ease = _moved(memory.ease, grade)
        due = max(memory.due, day + timedelta(days=_interval(memory, ease, day)))
        return Memory(memory.repetitions + 1, ease, (due - day).days, due, memory.lapses)


def _moved(ease: int, grade: Grade) -> int:
    missing = 5 - grade
    return max(LEAST_EASE, ease + 100 - missing * (80 + missing * 20))


def _interval(memory: Memory, ease: int, day: date) -> int:
    if memory.repetitions < len(_FIRST_INTERVALS):
        return _FIRST_INTERVALS[memory.repetitions]
    held = min(memory.interval, (day - memory.answered_on).days)
    rounded_up = -(-held * ease // 1000)
    return min(LONGEST_INTERVAL, rounded_up)
