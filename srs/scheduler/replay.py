"""Memory as a fold over the history: the one place that says which answers count."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from srs.scheduler.memory import Answer, Grade, Memory, Scheduler


def counts(memory: Memory | None, day: date) -> bool:
    """Whether an answer on this study day moves the schedule: only the first of a day does.

    A day before the last counted one (after a flight west, say) is a drill too: time does not run back.
    """
    return memory is None or day > memory.answered_on


def advance(scheduler: Scheduler, memory: Memory | None, answer: Answer) -> Memory | None:
    """Return the memory after one more answer; a drill leaves it as it was. The scheduler is the card's own."""
    if answer.drill or not counts(memory, answer.day):
        return memory
    if memory is None:
        return scheduler.first(answer.grade, answer.day)
    return scheduler.review(memory, answer.grade, answer.day)


def replay(scheduler: Scheduler, answers: Iterable[Answer]) -> Memory | None:
    """Fold a card's answers, in the order of their moments, into its memory; `None` if none of them counted.

    The same as to `advance` from answer to answer, at a fraction of the time.
    """
    history = iter(answers)
    first = next(history, None)
    if first is None:
        return None
    return scheduler.for_card(first.at).fold(_counted(chain([first], history)))


def trace(scheduler: Scheduler, answers: Iterable[Answer]) -> Iterator[tuple[Memory | None, Memory | None]]:
    """Yield the memory before and after each answer; where nothing moved, because it is a drill, they are the same."""
    memory: Memory | None = None
    card: Scheduler | None = None
    for answer in answers:
        card = card or scheduler.for_card(answer.at)
        before, memory = memory, advance(card, memory, answer)
        yield before, memory


def _counted(answers: Iterable[Answer]) -> Iterator[tuple[Grade, int]]:
    last = 0
    for answer in answers:
        day = answer.day.toordinal()
        if day > last and not answer.drill:
            last = day
            yield answer.grade, day
