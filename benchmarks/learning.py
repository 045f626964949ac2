"""A learner made up: whose memory is a rule of its own, so that promises can be held against what happens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import exp
from random import Random
from typing import TYPE_CHECKING

from srs.scheduler import Answer, Grade, Sm2

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY_MS = 86_400_000
BEGIN = date(2024, 1, 1)
_AT = 1_704_099_600_000  # that day at 09:00 UTC
_NEW_A_DAY, _MOST_A_DAY = 8, 60
_HOLIDAYS = 0.12


@dataclass
class _Card:
    """What the learner's mind holds of a card: how strong the memory is (days), how hard it is to strengthen."""

    strength: float = 0.0
    hardness: float = 1.0
    seen: int = 0


def histories(answers: int, seed: int = 5) -> list[list[Answer]]:
    """Return about so many answers, by card: scheduled by SM-2, some days late, lapses drilled on the same day.

    Recall falls by a power of time over strength, with an exponent that no scheduler here takes for granted; strength
    grows less the sooner one is asked, and each card and each day differ. Grades come from how well it was known.
    """
    chance = Random(seed)  # noqa: S311 -- no secret: the same learner in every run
    cards: dict[int, _Card] = {}
    found: dict[int, list[Answer]] = {}
    due: dict[int, date] = {}
    scheduler, day, told = Sm2(), BEGIN, 0
    while told < answers:
        day += timedelta(days=1)
        if chance.random() < _HOLIDAYS:
            continue
        form = chance.gauss(1, 0.12)
        waiting = sorted((card for card, when in due.items() if when <= day), key=due.__getitem__)[:_MOST_A_DAY]
        fresh = range(len(cards), len(cards) + _NEW_A_DAY)
        for place, card in enumerate([*waiting, *fresh]):
            mind = cards.setdefault(card, _Card(hardness=exp(chance.gauss(0, 0.6))))
            history = found.setdefault(card, [])
            at = _AT + (day - BEGIN).days * DAY_MS + place * 40_000
            for again, grade in enumerate(_sitting(mind, history, day, form, chance)):
                history.append(Answer(day, grade, at=at + again * 600_000))
                told += 1
            memory = scheduler.fold(history)
            due[card] = memory.due if memory else day
    return list(found.values())


def _sitting(mind: _Card, history: list[Answer], day: date, form: float, chance: Random) -> Iterator[Grade]:
    """Yield the grades of a card on a day, the first and those of its drills, and let the mind learn from each."""
    if mind.seen:
        gap = (day - history[-1].day).days
        recall = (1 + gap / (9 * mind.strength)) ** -0.6 * min(1.05, form)
    else:
        gap, recall = 0, 0.45 / mind.hardness
    first = True
    while True:
        known = chance.random() < recall
        ease = recall / mind.hardness + chance.gauss(0, 0.25)
        grade = (Grade.HARD if ease < 0.45 else Grade.EASY if ease > 1.3 else Grade.GOOD) if known else Grade.AGAIN  # noqa: PLR2004 -- made up
        if first and known:
            grown = 1 + 3.4 / mind.hardness * (1.15 - recall) / (0.1 + mind.strength**0.12)
            mind.strength = max(1.2, mind.strength * grown, 0.4 * gap)
        elif first:
            mind.strength = max(0.8, min(mind.strength * 0.3, 4.0))
        else:
            mind.strength *= 1.1
        mind.seen += 1
        yield grade
        if not grade.needs_drill:
            return
        first, recall = False, min(0.97, 0.75 + 0.1 * mind.seen)
