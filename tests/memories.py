"""Memories made by answering, for tests that need some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srs.scheduler import Answer, Sm2

if TYPE_CHECKING:
    from datetime import date

    from srs.scheduler import Grade, Memory, Scheduler


def answered(memory: Memory | None, grade: Grade, day: date, scheduler: Scheduler | None = None, at: int = 1) -> Memory:
    """Return the memory after an answer that is no drill, by SM-2 unless another scheduler is given."""
    after = (scheduler or Sm2()).answered(memory, Answer(day, grade, at=at))
    assert after is not None
    return after
