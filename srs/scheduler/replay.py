"""Histories seen through a scheduler: which answers test the memory, and how each of them moved it."""

from collections.abc import Iterable, Iterator
from datetime import date

from srs.scheduler.memory import Answer, Forgotten, Memory, Schedule, Scheduler, Step


def counts(memory: Memory | None, day: date) -> bool:
    """Whether an answer on this study day is the first of its day, so that it tests what is remembered.

    A day before the last counted one (after a flight west, say) is not: time does not run back.
    """
    return memory is None or day > memory.answered_on


def moved(scheduler: Scheduler, memory: Memory | None, step: Step) -> Memory | None:
    """Return the memory after a step; lapses stay when a schedule is set by hand, and go when it is forgotten."""
    match step:
        case Answer():
            return scheduler.answered(memory, step)
        case Schedule(day, due, interval, ease):
            return scheduler.placed(due, interval, ease, memory.lapses if memory else 0, day)
        case Forgotten():
            return None


def trace(
    scheduler: Scheduler, steps: Iterable[Step], memory: Memory | None = None
) -> Iterator[tuple[Memory | None, Memory | None]]:
    """Yield the memory before and after each step; where an answer moved nothing, they are the same.

    `memory` is that before the first.
    """
    for step in steps:
        before, memory = memory, moved(scheduler, memory, step)
        yield before, memory


def replay(scheduler: Scheduler, steps: Iterable[Step]) -> Memory | None:
    """Return the memory after all steps, the answers between two others folded together."""
    memory: Memory | None = None
    answers: list[Answer] = []
    for step in steps:
        if isinstance(step, Answer):
            answers.append(step)
        else:
            memory, answers = moved(scheduler, scheduler.fold(answers, memory), step), []
    return scheduler.fold(answers, memory)
