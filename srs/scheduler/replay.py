"""Histories seen through a scheduler: which answers test the memory, and how each of them moved it."""

from collections.abc import Iterable, Iterator
from datetime import date

from srs.scheduler.memory import Answer, Memory, Scheduler


def counts(memory: Memory | None, day: date) -> bool:
    """Whether an answer on this study day is the first of its day, so that it tests what is remembered.

    A day before the last counted one (after a flight west, say) is not: time does not run back.
    """
    return memory is None or day > memory.answered_on


def trace(scheduler: Scheduler, answers: Iterable[Answer]) -> Iterator[tuple[Memory | None, Memory | None]]:
    """Yield the memory before and after each answer; where it moved nothing, they are the same."""
    memory: Memory | None = None
    for answer in answers:
        before, memory = memory, scheduler.answered(memory, answer)
        yield before, memory
