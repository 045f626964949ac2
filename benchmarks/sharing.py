"""A history folder of three computers: what it costs the first card, with nothing new in it and with much."""

from __future__ import annotations

import sqlite3
import statistics
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import chain, count, islice
from typing import TYPE_CHECKING

from benchmarks.collection import START, histories, write_deck
from benchmarks.sitting import review
from benchmarks.timing import Row, medians
from srs.collection.collection import open_collection
from srs.due import milliseconds
from srs.history import TERMINAL, LogLine, Review
from srs.history.folder import append, make_folder
from srs.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOTES = 10_000
COMPUTERS = 3
ROUNDS = 4  # of ten answers a card on each computer, so that there are more than a million in all
NEW = 1_000
_LARGE = 0.1  # of the whole size; below that the figures mean nothing
_OPTIONS = ("--now", "2026-12-01 09:00")


@dataclass
class Travelling:
    """A store that shares a folder, and the moments of what another computer will still put there."""

    place: Path
    notes: int
    moments: Iterator[int] = field(default_factory=lambda: count(milliseconds(START) - 3_000_000, 7))

    def first_card(self) -> None:
        """Wait for the first card of a review that shares the folder."""
        with review(self.place, *_OPTIONS, SRS_HISTORY=str(self.place / "history")):
            pass

    def first_card_alone(self) -> None:
        """Wait for the first card of a review without a folder."""
        with review(self.place, *_OPTIONS):
            pass

    def first_card_with_news(self) -> tuple[float, float]:
        """Let another computer do something; return the seconds to the first card, and from it until that is here."""
        self.elsewhere()
        wanted, began = self._latest() + NEW, time.perf_counter()
        with review(self.place, *_OPTIONS, SRS_HISTORY=str(self.place / "history")):
            shown = time.perf_counter()
            while self._latest() < wanted:
                time.sleep(0.005)
            return shown - began, time.perf_counter() - shown

    def _latest(self) -> int:
        """Return the row of the latest answer: each new one is in a row after it, and nobody counts a million."""
        with closing(sqlite3.connect(self.place / "srs.db")) as connection:
            return int(connection.execute("SELECT max(id) FROM reviews").fetchone()[0])

    def elsewhere(self) -> None:
        """Let another computer put what it did into the folder: answers to cards that are known."""
        cards = islice(chain.from_iterable(histories(NEW)), NEW)
        append(
            self.place / "history" / "other-1.jsonl",
            [
                LogLine("bench", f"n{n % self.notes}", Review(next(self.moments), START.date(), answer.grade, 4000))
                for n, answer in enumerate(cards)
            ],
        )


def _noon(day: date) -> int:
    return milliseconds(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def rows(place: Path, scale: float) -> list[Row]:
    """Wait for the first card beside the same without a folder."""
    notes = int(NOTES * scale)
    write_deck(place / "decks" / "bench", notes)
    make_folder(place / "history", "bench")
    acts = 0
    number = count()
    for computer in range(COMPUTERS):
        lines = [
            LogLine("bench", f"n{n}", Review(_noon(each.day) + next(number), each.day, each.grade, 4000, TERMINAL))
            for _ in range(ROUNDS)
            for n, answers in enumerate(histories(notes))
            for each in answers
        ]
        append(place / "history" / f"other-{computer}.jsonl", lines)
        acts += len(lines)
    with open_collection(place / "decks", str(place / "srs.db"), START, Settings(history=str(place / "history"))):
        pass
    one, rounds = Travelling(place, notes), 9 if scale >= _LARGE else 2
    what = f"first card, a history folder of {COMPUTERS} computers with {acts:,} acts"
    without = "the same without a folder"
    known = Row(f"{what}, nothing new", without, *medians(one.first_card, one.first_card_alone, rounds), aim=1.05)
    with_news, alone = list[tuple[float, float]](), list[float]()
    for _ in range(rounds):
        with_news.append(one.first_card_with_news())
        began = time.perf_counter()
        one.first_card_alone()
        alone.append(time.perf_counter() - began)
    shown, taken_in = (statistics.median(each) for each in zip(*with_news, strict=True))
    return [
        known,
        Row(f"{what}, {NEW:,} new ones", without, shown, statistics.median(alone), aim=1.05),
        Row(f"from that card until the {NEW:,} are in the store", "one second", taken_in, 1.0, aim=1),
    ]
