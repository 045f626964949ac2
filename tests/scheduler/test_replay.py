"""Histories seen through a scheduler: which answers count, and how each moved the memory."""

from __future__ import annotations

from datetime import date, timedelta

from srs.scheduler import Answer, Grade, Sm2, counts, trace
from tests.memories import answered

START = date(2026, 1, 1)


def test_only_an_answer_on_a_later_day_counts() -> None:
    """A day before the last counted one, as after a flight west, is no new day."""
    memory = answered(None, Grade.GOOD, START)
    assert not counts(memory, START - timedelta(days=1))
    assert not counts(memory, START)
    assert counts(memory, START + timedelta(days=1))
    assert counts(None, START)


def test_a_trace_shows_the_memory_before_and_after_each_answer() -> None:
    first, again, second = (
        Answer(START, Grade.GOOD, at=1),
        Answer(START, Grade.AGAIN, at=2),
        Answer(START + timedelta(days=1), Grade.GOOD, at=3),
    )
    one, two = Sm2().fold([first]), Sm2().fold([first, again, second])
    assert list(trace(Sm2(), [first, again, second])) == [(None, one), (one, one), (one, two)]
    assert list(trace(Sm2(), [])) == []
