"""Measure what must not grow with the collection, and what may: ratios side by side, in one run.

    python benchmarks/measure.py [--notes 50000]

Makes a small and a large collection of the same shape, does the same to both, and prints a Markdown table: the median
time on each and the ratio between them. A ratio near 1 means that the work grows with the change, not the collection.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from srs.deck import find_decks
from srs.due import Limits, milliseconds
from srs.scheduler import Grade, Sm2
from srs.session.today import Plan, line_for
from srs.store.cards import Choice, count_cards
from srs.store.doctor import examine
from srs.store.log import LogLine, merge
from srs.store.opening import Store, open_store
from srs.store.reviews import Review, record
from srs.sync import sync

if TYPE_CHECKING:
    from collections.abc import Callable

NOTES_A_CHAPTER = 50
REVIEWS_A_CARD = 2
START = datetime(2026, 12, 1, 9, tzinfo=UTC)
TODAY = date(2026, 12, 1)
PLAN = Plan(Choice(("bench",)), Limits())


def write_deck(folder: Path, notes: int) -> None:
    """Write a deck of one-card notes, fifty a chapter."""
    folder.mkdir(parents=True)
    (folder / "deck.toml").write_text('name = "Bench"\nnamespace = "bench"\n', encoding="utf-8")
    for begin in range(0, notes, NOTES_A_CHAPTER):
        numbers = range(begin, begin + NOTES_A_CHAPTER)
        text = "\n".join(f"## 第 {n} 个问题问的是什么？ {{#n{n}}}\n\n答案是 {n}。\n" for n in numbers)
        (folder / f"c{begin:06}.md").write_text(text, encoding="utf-8")


def clocked(work: Callable[[], object], times: int) -> float:
    """Return the median of some runs, in seconds."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def history(notes: int) -> list[LogLine]:
    """Return two answers for each of nine cards in ten, the last ones on days that leave a tenth of them due."""
    lines = []
    for n in range(notes * 9 // 10):
        for turn in range(REVIEWS_A_CARD):
            moment = START - timedelta(days=7 - turn - n % 10, seconds=n % 30_000)
            lines.append(LogLine("bench", f"n{n}", Review(milliseconds(moment), moment.date(), Grade.GOOD, 4000)))
    return lines


def measure(folder: Path, notes: int) -> dict[str, float]:
    """Do everything once or some times to a collection of this size, and return the seconds."""
    write_deck(folder / "decks" / "bench", notes)
    found: dict[str, float] = {}
    with open_store(str(folder / "srs.db")) as store:
        found["read all decks for the first time"] = clocked(lambda: synced(store, folder), 1)
        found["find that no chapter changed"] = clocked(lambda: synced(store, folder), 5)
        found["read one chapter that changed"] = clocked(lambda: edited(store, folder), 5)
        lines = history(notes)
        found["merge a history (2 reviews for 9 cards in 10)"] = clocked(lambda: merged(store, lines), 1)
        found["make today's line of cards"] = clocked(lambda: line_for(store, PLAN, TODAY), 5)
        found["count what is due"] = clocked(lambda: counted(store), 5)
        found["write one answer to disk"] = clocked(lambda: answered(store), 20)
        found["replay the whole history (`srs doctor`)"] = clocked(lambda: examined(store), 1)
    return found


def synced(store: Store, folder: Path) -> None:
    """Bring the store up to the decks."""
    sync(store, find_decks(folder / "decks")[0], milliseconds(START))


def edited(store: Store, folder: Path) -> None:
    """Change a chapter, and bring the store up to it."""
    chapter = folder / "decks" / "bench" / "c000000.md"
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    synced(store, folder)


def merged(store: Store, lines: list[LogLine]) -> None:
    """Merge a history."""
    with store.writing() as connection:
        merge(connection, lines, Sm2())


def counted(store: Store) -> None:
    """Count what is due."""
    with store.reading() as connection:
        count_cards(connection, PLAN.choice, TODAY)


def answered(store: Store) -> None:
    """Write an answer."""
    with store.writing() as connection:
        record(connection, 1, Review(milliseconds(START), TODAY, Grade.GOOD, 1), Sm2())


def examined(store: Store) -> None:
    """Replay everything."""
    with store.reading() as connection:
        assert examine(connection, Sm2()).healthy


def main() -> None:
    """Print the table."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--notes", type=int, default=50_000)
    large = ask.parse_args().notes
    small = max(NOTES_A_CHAPTER, large // 50)
    with tempfile.TemporaryDirectory() as place:
        few = measure(Path(place) / "small", small)
        many = measure(Path(place) / "large", large)
    print(f"Python {platform.python_version()}, {platform.machine()}\n")
    print(f"| what | {small:,} notes | {large:,} notes | ratio |\n|---|---|---|---|")
    for what, seconds in few.items():
        print(f"| {what} | {seconds * 1000:,.1f} ms | {many[what] * 1000:,.1f} ms | {many[what] / seconds:.1f} |")


if __name__ == "__main__":
    main()
