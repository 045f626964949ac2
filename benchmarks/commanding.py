"""Commands that read everything, each as a process of its own, against the least that reading the same takes."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from benchmarks.collection import ANSWERS_A_CARD, bring_up, fill, write_deck
from benchmarks.timing import Row
from srs.store.opening import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_TRIES = 3


def rows(place: Path, scale: float) -> list[Row]:
    """Check a large deck; count, prove, write out and take in a long history. The start of each command is in it."""
    return [*_checking(place / "check", int(50_000 * scale)), *_reading(place / "history", int(100_000 * scale))]


def _checking(place: Path, notes: int) -> list[Row]:
    write_deck(place / "decks" / "bench", notes)
    texts = [file.read_text(encoding="utf-8") for file in sorted(place.rglob("*.md"))]

    def parsed() -> None:
        markdown = MarkdownIt("commonmark").enable("table")
        for text in texts:
            markdown.parse(text)

    theirs = _median(parsed)
    return [
        Row(
            f"`{' '.join(['srs', *words])}` of {notes:,} notes",
            "markdown-it parsing their text once",
            _median(partial(_run, place, *words)),
            theirs,
            aim,
        )
        for words, aim in ((["check"], 2), (["check", "--style"], 3))
    ]


def _reading(place: Path, cards: int) -> list[Row]:
    write_deck(place / "decks" / "bench", cards)
    with open_store(str(place / "srs.db")) as store:
        bring_up(store, place / "decks")
        fill(store, cards)
    log = place / "log.jsonl"

    def table_read() -> None:
        with closing(sqlite3.connect(place / "srs.db")) as raw:
            raw.execute("SELECT * FROM reviews").fetchall()

    what = f"{cards * ANSWERS_A_CARD:,} reviews"
    table = _median(table_read)
    found = [
        Row(
            f"`srs {name}` of {what}",
            "reading the table of reviews once",
            _median(partial(_run, place, name)),
            table,
            3,
        )
        for name in ("stats", "doctor")
    ]
    out = _median(lambda: _run(place, "log", "export", "--force", str(log)))
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]

    def written() -> None:
        (place / "theirs.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")

    def read() -> None:
        for line in log.read_text(encoding="utf-8").splitlines():
            json.loads(line)

    found.append(Row(f"`srs log export` of {what}", "json writing the same lines", out, _median(written), 1.5))
    theirs = _median(read)
    (place / "other").mkdir()
    (place / "decks").rename(place / "other" / "decks")
    for known, aim in (("", 2), (", all known", 1)):
        taken = _seconds(lambda: _run(place / "other", "log", "merge", str(log)))
        found.append(Row(f"`srs log merge` of {what}{known}", "json reading the same lines", taken, theirs, aim))
    return found


def _run(place: Path, *words: str) -> None:
    command = [sys.executable, "-m", "srs", "--decks", str(place / "decks"), "--db", str(place / "srs.db"), *words]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    # Advice is a reason to exit with 1.
    done = subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert done.returncode in {0, 1}, done.stderr
    assert b"Traceback" not in done.stderr, done.stderr


def _median(work: Callable[[], object]) -> float:
    return median(_seconds(work) for _ in range(_TRIES))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
