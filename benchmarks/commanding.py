"""Commands that read everything, each as a process of its own, against the least that reading the same takes."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from statistics import median
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from benchmarks.collection import ANSWERS_A_CARD, bring_up, fill, write_deck
from benchmarks.timing import Ran, Row, peak_row, ran
from srs.store.opening import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_NOW = ("--now", "2026-12-01 09:00")  # when the histories end: what lies ahead of the clock does not count
_TRIES = 3
_SMALL = 0.1  # below it a run only shows that all runs
_PARSING = "markdown-it parsing their text once"
_JSON = "json reading and writing the same lines"


def rows(place: Path, scale: float) -> Iterator[Row]:
    """Read large decks for the first time; count, prove, write out and take in a long history.

    The start of each command is in it.
    """
    tries = 1 if scale < _SMALL else _TRIES
    yield from _syncing(place / "sync", int(10_000 * scale), tries)
    yield from _checking(place / "check", int(50_000 * scale), tries)
    yield from _reading(place / "history", int(100_000 * scale), tries)


def _syncing(place: Path, notes: int, tries: int) -> Iterator[Row]:
    theirs = _parsing(place, notes)
    what = f"first `srs sync` of {notes:,} notes"
    taken: list[Ran] = []
    for _ in range(tries):
        for file in place.glob("srs.db*"):
            file.unlink()
        taken.append(ran(place, "sync"))
    yield from _both(what, taken, _PARSING, theirs, 2, place / "srs.db")


def _checking(place: Path, notes: int, tries: int) -> Iterator[Row]:
    theirs = _parsing(place, notes)
    ran(place, "sync")  # the size of what is checked, as a store has it
    for words, aim in ((["check"], 2), (["check", "--style"], 3)):
        what = f"`{' '.join(['srs', *words])}` of {notes:,} notes"
        yield from _both(what, _tried(place, tries, *words), _PARSING, theirs, aim, place / "srs.db")


def _parsing(place: Path, notes: int) -> float:
    """Write a deck, and return the seconds that its bare parse takes."""
    write_deck(place / "decks" / "bench", notes)
    texts = [file.read_text(encoding="utf-8") for file in sorted(place.rglob("*.md"))]

    def parsed() -> None:
        markdown = MarkdownIt("commonmark").enable("table")
        for text in texts:
            markdown.parse(text)

    return _median(parsed)


def _reading(place: Path, cards: int, tries: int) -> Iterator[Row]:
    write_deck(place / "decks" / "bench", cards)
    with open_store(str(place / "srs.db")) as store:
        bring_up(store, place / "decks")
        fill(store, cards)
    what, database = f"of {cards * ANSWERS_A_CARD:,} reviews", place / "srs.db"

    def table_read() -> None:
        with closing(sqlite3.connect(database)) as raw:
            raw.execute("SELECT * FROM reviews").fetchall()

    table = _median(table_read)
    for name in ("stats", "doctor"):
        against = "reading the table of reviews once"
        yield from _both(f"`srs {name}` {what}", _tried(place, tries, name), against, table, 3, database)
    log = place / "log.jsonl"
    out = _tried(place, tries, "log", "export", "--force", str(log))

    def read_and_written() -> None:
        with log.open(encoding="utf-8") as lines, (place / "theirs.jsonl").open("w", encoding="utf-8") as theirs:
            for line in lines:
                theirs.write(json.dumps(json.loads(line), ensure_ascii=False) + "\n")

    theirs = _median(read_and_written)
    yield from _both(f"`srs log export` {what}", out, _JSON, theirs, 1.5, database)
    other = place / "other"
    other.mkdir()
    (place / "decks").rename(other / "decks")
    ran(other, *_NOW, "sync")
    turned = place / "turned.jsonl"  # a log that no store has seen
    turned.write_bytes(b"".join(reversed(log.read_bytes().splitlines(keepends=True))))
    for known, file, aim in (("", log, 2), (", all known", log, 1), (", all known by another file", turned, None)):
        taken = [ran(other, *_NOW, "log", "merge", str(file))]
        yield from _both(f"`srs log merge` {what}{known}", taken, _JSON, theirs, aim, database)


def _both(what: str, taken: list[Ran], against: str, theirs: float, aim: float | None, database: Path) -> Iterator[Row]:
    """Yield what a command took in time, and at its peak in memory."""
    yield Row(what, against, median(each.seconds for each in taken), theirs, aim)
    yield peak_row(what, max(each.peak for each in taken), database)


def _tried(place: Path, tries: int, *words: str) -> list[Ran]:
    return [ran(place, *_NOW, *words) for _ in range(tries)]


def _median(work: Callable[[], object]) -> float:
    return median(_seconds(work) for _ in range(_TRIES))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
