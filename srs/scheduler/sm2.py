"""SM-2 in whole numbers."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from srs.scheduler.memory import LONGEST_INTERVAL, Answer, Bare, Found, Memory, Scheduler, Shown, Told, bare
from srs.scheduler.smoothing import moved_by

FIRST_EASE = 2500
LEAST_EASE = 1300
PROMISE = 0.9
"""The recall that SM-2's interval is taken to promise on the due day, as the public benchmark of schedulers does."""
_FIRST_INTERVALS = (1, 6)
_PASS = 3
_LAST_DAY = date.max.toordinal()  # no card is due beyond the calendar
_EASE_MOVES = tuple(100 - (5 - grade) * (80 + (5 - grade) * 20) for grade in range(6))

# A memory as bare numbers: repetitions, ease, interval, the ordinals of the due day and of the last counted day,
# lapses, seed. A replay of a million answers has no time for objects in between.
_Numbers = tuple[int, int, int, int, int, int, int]
_NEW: _Numbers = (0, FIRST_EASE, 0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Sm2(Scheduler):
    """SM-2 as P. A. Woźniak published it ("Optimization of learning", 1990, section 3.2), with ease in permille.

    Ports of SM-2 differ; this one takes the published order. A pass (grade 3 and more) moves the ease first,
    EF' = EF + 0.1 − (5−q)(0.08 + (5−q)·0.02), never below 1.3, and then the interval with the new ease: 1 day,
    6 days, then the last interval times the ease, rounded up. A failure starts the repetitions again at an
    interval of one day and leaves the ease as it was. A study day's first answer counts, further ones are drills.

    Two rules are ours. A pass before the due day builds on the days that really went by, not on the interval
    that was planned, and never brings the due day nearer; on the due day and later both are plain SM-2.
    And an interval ends at 36,500 days.

    `smooth` spreads the due days, as `smoothing` says. A memory's state is its repetitions, its ease in permille,
    and its seed: the moment (ms) of the card's first counted answer, which tells the card from others.
    """

    smooth: bool = False

    name = "sm2"
    version = 1

    @property
    def parameters(self) -> str:
        """Whether due days are spread."""
        return json.dumps({"smooth": self.smooth})

    def answered(self, memory: Memory | None, answer: Answer) -> Memory | None:
        """Return the memory after one more answer; only the first of a study day counts."""
        before = _numbers(memory)
        after = self._after(before, answer.day.toordinal(), answer.grade, answer.drill, answer.at)
        return memory if after is before else _memory(after)

    def fold(self, answers: Iterable[Answer], memory: Memory | None = None) -> Memory | None:
        """Return the memory after all answers, without an object for each step."""
        return self.fold_bare(map(bare, answers), memory)

    def fold_bare(self, answers: Iterable[Bare], memory: Memory | None = None) -> Memory | None:
        """Return what `fold` does."""
        before = numbers = _numbers(memory)
        for day, grade, drill, at in answers:
            numbers = self._after(numbers, day, grade, drill, at)
        return memory if numbers is before else _memory(numbers)

    def tested(self, answers: Iterable[Bare]) -> list[int]:
        """Return the interval that each answer tested, without an object for each step."""
        found: list[int] = []
        numbers = _NEW
        for day, grade, drill, at in answers:
            before, numbers = numbers, self._after(numbers, day, grade, drill, at)
            found.append(0 if before is numbers or before is _NEW else before[2])
        return found

    def told(self, answers: Iterable[Bare]) -> Iterator[Told]:
        """Yield what each answer of a card found and left, without an object for each step."""
        after = _NEW
        for day, grade, drill, at in answers:
            before = after
            after = self._after(before, day, grade, drill, at)
            ease = None if after is _NEW else after[1]
            if after is before:
                yield Found.NOTHING_MOVED, before[2], after[2], ease, None
            elif before is _NEW:
                yield Found.NEW, 0, after[2], ease, None
            else:
                yield Found.LEARNT if before[0] else Found.FORGOTTEN, before[2], after[2], ease, None

    def placed(self, due: date, interval: int, ease: int, lapses: int, day: date) -> Memory:
        """Return a learnt card's memory: repetitions go on after the first two, with no seed until an answer."""
        answered_on = min(due - timedelta(days=interval), day - timedelta(days=1))
        return Memory(due, interval, lapses, answered_on, (len(_FIRST_INTERVALS), max(LEAST_EASE, ease), 0))

    def shown(self, memory: Memory | None) -> Shown:
        """Return ease and repetitions; a new card has no ease yet."""
        if memory is None:
            return Shown(repetitions=0)
        repetitions, ease, _ = memory.state
        return Shown(int(ease), int(repetitions))

    def recall(self, memory: Memory, day: date) -> float:
        """Return 0.9 ^ (days since the last counted answer / interval)."""
        return promised((day - memory.answered_on).days, memory.interval)

    def learnt(self, memory: Memory) -> bool:
        """Whether there are repetitions, which a failure ends."""
        return memory.state[0] > 0

    def _after(self, numbers: _Numbers, day: int, grade: int, drill: bool, at: int) -> _Numbers:
        repetitions, ease, interval, due, last, lapses, seed = numbers
        if drill or day <= last:
            return numbers
        seed = seed or at
        if grade < _PASS:
            return 0, ease, 1, min(day + 1, _LAST_DAY), day, lapses + (repetitions > 0), seed
        ease = max(LEAST_EASE, ease + _EASE_MOVES[grade])
        if repetitions < len(_FIRST_INTERVALS):
            interval = _FIRST_INTERVALS[repetitions]
        else:
            held = min(interval, day - last)
            interval = min(LONGEST_INTERVAL, -(-held * ease // 1000))  # rounded up
        repetitions += 1
        soonest, due = due, min(max(due, day + interval), _LAST_DAY)
        if self.smooth:
            due = max(soonest, min(due + moved_by(due - day, seed, repetitions), day + LONGEST_INTERVAL, _LAST_DAY))
        return repetitions, ease, due - day, due, day, lapses, seed


def promised(days: int, interval: int) -> float:
    """Return what SM-2 promises of recall so many days after an answer that gave an interval (days)."""
    return float(PROMISE ** (max(0, days) / interval))


def _numbers(memory: Memory | None) -> _Numbers:
    if memory is None:
        return _NEW
    repetitions, ease, seed = map(int, memory.state)
    days = memory.due.toordinal(), memory.answered_on.toordinal()
    return repetitions, ease, memory.interval, *days, memory.lapses, seed


def _memory(numbers: _Numbers) -> Memory:
    repetitions, ease, interval, due, last, lapses, seed = numbers
    return Memory(date.fromordinal(due), interval, lapses, date.fromordinal(last), (repetitions, ease, seed))
