"""A history folder of three computers: what it costs the first card, with nothing new in it and with much."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import chain, count, islice
from typing import TYPE_CHECKING

import pexpect

from benchmarks.collection import START, histories, write_deck
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
_OPTIONS = ("--now", "2026-12-01 09:00")


@dataclass
class Travelling:
    """A store that shares a folder, and the moments of what another computer will still put there."""

    place: Path
    notes: int
    moments: Iterator[int] = field(default_factory=lambda: count(milliseconds(START) - 3_000_000, 7))

    def first_card(self) -> None:
        """Wait for the first card of a review that takes in what is new in the folder."""
        self._wait({"SRS_HISTORY": str(self.place / "history")})

    def first_card_alone(self) -> None:
        """Wait for the first card of a review without a folder."""
        self._wait({})

    def _wait(self, variables: dict[str, str]) -> None:
        environment = os.environ | {"TERM": "xterm-256color"} | variables
        options = [*_OPTIONS, "--decks", str(self.place / "decks"), "--db", str(self.place / "srs.db")]
        child = pexpect.spawn(
            sys.executable, ["-m", "srs", *options, "review"], env=environment, timeout=120, dimensions=(24, 80)
        )
        child.expect("show answer")
        child.close(force=True)

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
    one = Travelling(place, notes)

    def with_new() -> None:
        one.elsewhere()
        one.first_card()

    what = f"first card, a history folder of {COMPUTERS} computers with {acts:,} acts"
    without = "the same without a folder"
    return [
        Row(f"{what}, nothing new", without, *medians(one.first_card, one.first_card_alone, 7), aim=1.05),
        Row(f"{what}, {NEW:,} new ones", without, *medians(with_new, one.first_card_alone, 5)),
    ]
