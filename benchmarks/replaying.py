"""Replaying a history: memory is a fold over it, so the fold has to be quick."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

import supermemo2

from benchmarks.collection import ANSWERS_A_CARD, histories
from benchmarks.timing import Row, medians
from srs.scheduler import Sm2

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


_NO_DAY = -1


def rows(place: Path, scale: float) -> list[Row]:  # noqa: ARG001 -- every benchmark gets a place
    """Replay the same answers three ways."""
    number = int(100_000 * scale)
    cards = list(histories(number))
    bare = [[(answer.day.toordinal(), int(answer.grade)) for answer in answers] for answers in cards]
    dated = [[(datetime.combine(each.day, time(), UTC), int(each.grade)) for each in answers] for answers in cards]
    scheduler = Sm2()

    def ours() -> None:
        for answers in cards:
            scheduler.fold(answers)

    def theirs() -> None:
        for answers in dated:
            _supermemo2(answers)

    def loop() -> None:
        for answers in bare:
            _loop(answers)

    for days, answers in zip(bare, cards, strict=True):
        memory = scheduler.fold(answers)
        assert memory
        repetitions, ease, _ = memory.state
        same = (repetitions, ease, memory.interval, memory.due.toordinal(), memory.lapses)
        assert _loop(days) == same
    what = f"replaying {number * ANSWERS_A_CARD:,} reviews"
    return [
        Row(what, "the package supermemo2", *medians(ours, theirs, 3), aim=1),
        Row(what, "a bare loop over whole numbers", *medians(ours, loop, 3), aim=2.5),
    ]


def _supermemo2(answers: Sequence[tuple[datetime, int]]) -> None:
    moment, grade = answers[0]
    state = supermemo2.first_review(grade, moment)
    for moment, grade in answers[1:]:
        state = supermemo2.review(grade, state["easiness"], state["interval"], state["repetitions"], moment)


def _loop(answers: Sequence[tuple[int, int]]) -> tuple[int, int, int, int, int]:
    """Return repetitions, ease, interval, due day and lapses: the same law, with nothing around it."""
    repetitions, ease, interval, due, lapses, last = 0, 2500, 0, 0, 0, _NO_DAY
    for day, grade in answers:
        if last != _NO_DAY and day <= last:
            continue
        if grade < 3:  # noqa: PLR2004 -- SM-2's pass
            lapses += repetitions > 0
            repetitions, interval, due = 0, 1, day + 1
        else:
            missing = 5 - grade
            ease = max(1300, ease + 100 - missing * (80 + missing * 20))
            if repetitions == 0:
                interval = 1
            elif repetitions == 1:
                interval = 6
            else:
                interval = min(36_500, -(-min(interval, day - last) * ease // 1000))
            repetitions += 1
            due = max(due, day + interval)
            interval = due - day
        last = day
    return repetitions, ease, interval, due, lapses
