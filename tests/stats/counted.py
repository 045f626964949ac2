"""Figures of cards with their histories, counted answer by answer: what the store counts has to be the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from srs.scheduler import Answer, Grade, Memory, Scheduler, Step, counts, trace
from srs.stats import figures as pure
from srs.stats.figures import MATURE_DAYS, YEAR_DAYS, Figures, Past, Recall, monday

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date


@dataclass(frozen=True, slots=True)
class CardRecord:
    """A card with its history; `steps` are what moved its memory, `ms` the times that they took, one each."""

    chapter: str
    memory: Memory | None
    suspended: bool
    leech: bool
    steps: tuple[Step, ...] = ()
    ms: tuple[int, ...] = ()
    deck: str = ""


def figures(records: Iterable[CardRecord], scheduler_of: Callable[[str], Scheduler], today: date) -> Figures:
    """Return the figures of cards."""
    every = list(records)
    stand = [pure.CardRecord(each.chapter, each.memory, each.suspended, each.leech, each.deck) for each in every]
    return pure.figures(stand, past(every, scheduler_of, today), scheduler_of, today)


def past(records: Iterable[CardRecord], scheduler_of: Callable[[str], Scheduler], today: date) -> Past:
    """Return what was answered of cards."""
    days: Counter[date] = Counter()
    grades: Counter[Grade] = Counter()
    recalls: dict[tuple[date, bool], Recall] = {}
    answers = ms = ms_week = 0
    for record in records:
        moved = trace(scheduler_of(record.deck), record.steps)
        for answer, took, (before, _) in zip(record.steps, record.ms, moved, strict=True):
            if not isinstance(answer, Answer):
                continue
            answers, ms = answers + 1, ms + took
            days[answer.day] += 1
            grades[answer.grade] += 1
            ms_week += took if answer.day > today - timedelta(days=7) else 0
            if before is not None and not answer.drill and counts(before, answer.day):
                key = (monday(answer.day), before.interval >= MATURE_DAYS)
                recalls[key] = recalls.get(key, Recall()) + Recall(1, int(answer.grade.passed))
    year = today - timedelta(days=YEAR_DAYS)
    return Past({day: days[day] for day in sorted(days) if day > year}, grades, answers, ms, ms_week, recalls)
