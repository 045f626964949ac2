"""SM-2 in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from srs.scheduler.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Iterable

    from srs.scheduler.memory import Grade

FIRST_EASE = 2500
LEAST_EASE = 1300
LONGEST_INTERVAL = 36_500
_FIRST_INTERVALS = (1, 6)
_PASS = 3
_EASE_MOVES = tuple(100 - (5 - grade) * (80 + (5 - grade) * 20) for grade in range(6))

# A memory as bare numbers: repetitions, ease, interval, the due day's ordinal, lapses. A replay of a million answers
# has no time for objects in between.
_State = tuple[int, int, int, int, int]
_NEW: _State = (0, FIRST_EASE, 0, 0, 0)


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

    def for_card(self, seed: int) -> Sm2:  # noqa: ARG002 -- all cards are alike to it
        """Return itself."""
        return self

    def first(self, grade: Grade, day: date) -> Memory:
        """Return the memory of a new card after its first answer: due tomorrow, whatever the grade."""
        return _memory(_answered(_NEW, grade, day.toordinal()))

    def review(self, memory: Memory, grade: Grade, day: date) -> Memory:
        """Return the memory after an answer on `day`; a pass never brings the due day nearer."""
        state = (memory.repetitions, memory.ease, memory.interval, memory.due.toordinal(), memory.lapses)
        return _memory(_answered(state, grade, day.toordinal()))

    def fold(self, answers: Iterable[tuple[Grade, int]]) -> Memory | None:
        """Return the memory after all these answers, each given with its day's ordinal; `None` if there are none."""
        state = _NEW
        for grade, day in answers:
            state = _answered(state, grade, day)
        return None if state is _NEW else _memory(state)


def _answered(state: _State, grade: Grade, day: int) -> _State:
    repetitions, ease, interval, due, lapses = state
    if grade < _PASS:
        return 0, ease, 1, day + 1, lapses + (repetitions > 0)
    ease += _EASE_MOVES[grade]
    ease = max(ease, LEAST_EASE)
    if repetitions < len(_FIRST_INTERVALS):
        interval = _FIRST_INTERVALS[repetitions]
    else:
        passed = day - due + interval  # days since the last answer
        held = min(interval, passed)
        interval = min(LONGEST_INTERVAL, -(-held * ease // 1000))  # rounded up
    due = max(due, day + interval)
    return repetitions + 1, ease, due - day, due, lapses


def _memory(state: _State) -> Memory:
    repetitions, ease, interval, due, lapses = state
    return Memory(repetitions, ease, interval, date.fromordinal(due), lapses)
