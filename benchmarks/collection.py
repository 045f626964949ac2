"""Collections of a size: decks of one-card notes, and histories of ten answers a card."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count, islice
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import insert

from srs.deck import find_decks
from srs.due import milliseconds
from srs.history.force import InForce
from srs.scheduler import Answer, Grade, Memory, Sm2
from srs.store.replaying import take_over
from srs.store.tables import reviews
from srs.sync import sync

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from srs.store.opening import Store

NOTES_A_CHAPTER = 50
ANSWERS_A_CARD = 10
START = datetime(2026, 12, 1, 9, tzinfo=UTC)
TODAY = date(2026, 12, 1)
LAST = date(2026, 11, 24)
"""The last day of histories: before now by any clock, for a line that lies ahead is told before any card."""
_GRADES = [Grade.AGAIN] + [Grade.HARD] * 2 + [Grade.GOOD] * 6 + [Grade.EASY]


def write_deck(folder: Path, notes: int) -> Path:
    """Write a deck of one-card notes, fifty a chapter, and return its first chapter."""
    folder.mkdir(parents=True)
    (folder / "deck.toml").write_text('name = "Bench"\nnamespace = "bench"\n', encoding="utf-8")
    for begin in range(0, notes, NOTES_A_CHAPTER):
        numbers = range(begin, min(notes, begin + NOTES_A_CHAPTER))
        text = "\n".join(f"## 第 {n} 个问题问的是什么？ {{#n{n}}}\n\n答案是 **{n}**。\n" for n in numbers)
        (folder / f"c{begin:06}.md").write_text(text, encoding="utf-8")
    return folder / "c000000.md"


def bring_up(store: Store, decks: Path) -> None:
    """Bring a store up to the decks."""
    sync(store, find_decks(decks)[0], milliseconds(START), InForce(), min)


def histories(number: int, length: int = ANSWERS_A_CARD) -> Iterator[list[Answer]]:
    """Yield the answers of so many cards, mixed as a learner's are, each on its due day or a little later."""
    chance = Random(20261201)  # noqa: S311 -- no secret: the same collection in every run
    scheduler = Sm2()
    for _ in range(number):
        answers: list[Answer] = []
        memory: Memory | None = None
        day = TODAY - timedelta(days=chance.randrange(700, 1400))
        for _ in range(length):
            answers.append(Answer(day, chance.choice(_GRADES)))
            memory = scheduler.fold(answers[-1:], memory)
            day = min(memory.due if memory else day, TODAY - timedelta(days=1)) + timedelta(days=chance.randrange(3))
            day = min(max(day, answers[-1].day), LAST)
        yield answers


def fill(store: Store, number: int, length: int = ANSWERS_A_CARD) -> None:
    """Give the first so many cards of a store their histories, and the memories that follow from them."""
    moments = _Moments()
    with store.writing() as connection:
        every = enumerate(histories(number, length), 1)
        while some := list(islice(every, 5_000)):
            rows = [
                {"card_id": card, "name_id": card, "at": next(moments[each.day]), "day": each.day, "grade": each.grade}
                for card, answers in some
                for each in answers
            ]
            connection.execute(
                insert(reviews).values(ms=4000, origin="terminal", counts=True, shared=False, more=""), rows
            )
        take_over(connection, InForce())


class _Moments(dict[date, "count[int]"]):
    """Moments (ms) of answers on a study day, from the morning on, one for each answer of all cards."""

    def __missing__(self, day: date) -> count[int]:
        found = self[day] = count(milliseconds(datetime(day.year, day.month, day.day, START.hour, tzinfo=UTC)), 60)
        return found
