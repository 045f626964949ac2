"""One answer, written with the memory it makes: on the disk before the next card shows, in any collection."""

from __future__ import annotations

import sqlite3
from itertools import count
from typing import TYPE_CHECKING

from benchmarks.collection import ANSWERS_A_CARD, START, TODAY, bring_up, fill, write_deck
from benchmarks.timing import Row, by_turns, ninety_fifth
from srs.collection.answering import answer as record
from srs.collection.rules import Leeches, Rules
from srs.due import milliseconds
from srs.history import Review
from srs.history.force import InForce
from srs.scheduler import Grade
from srs.store.opening import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROUNDS = 400


def rows(place: Path, scale: float) -> list[Row]:
    """Answer cards of a large and a small collection, and commit one bare row."""
    many = int(100_000 * scale)
    few = min(many // 2, 1000)
    made = []
    for size in (many, few):
        write_deck(place / str(size) / "decks" / "bench", size)
        with open_store(str(place / str(size) / "srs.db")) as store:
            bring_up(store, place / str(size) / "decks")
            fill(store, size)
        made.append(place / str(size) / "srs.db")
    with open_store(str(made[0])) as large, open_store(str(made[1])) as small:
        in_large, bare = by_turns(_answers(large, many), commits(place / "bare.db"), ROUNDS)
        in_large_again, in_small = by_turns(_answers(large, many), _answers(small, few), ROUNDS)
    what = f"saving an answer among {many:,} cards and {many * ANSWERS_A_CARD:,} reviews"
    return [
        Row(f"{what}, p95", "a bare SQLite commit, p95", ninety_fifth(in_large), ninety_fifth(bare), aim=5),
        Row(f"{what}, p95", f"the same among {few:,} cards", ninety_fifth(in_large_again), ninety_fifth(in_small), 1.3),
    ]


def _answers(store: Store, cards: int) -> Callable[[], None]:
    numbers = count(milliseconds(START), 977)
    rules = Rules(InForce(), Leeches(), min)

    def answer() -> None:
        at = next(numbers)
        record(store, 1 + at % cards, Review(at, TODAY, Grade.GOOD, 4000), rules)

    return answer


def commits(file: Path) -> Callable[[], None]:
    """Return what commits one bare row to a new file, as safely as a store does."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, grade INTEGER)")

    def commit() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO bare (grade) VALUES (4)")
        connection.execute("COMMIT")

    return commit
