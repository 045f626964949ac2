"""A sitting as a quick reader types it: from each key to the last sign of the page that it asks for."""

from __future__ import annotations

import os
import re
import signal
import statistics
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect

from benchmarks.answering import commits
from benchmarks.collection import ANSWERS_A_CARD, bring_up, fill, write_deck
from benchmarks.timing import Row, ninety_fifth, peak_row
from srs.store.opening import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# The last that is drawn of a page is its foot, with what its keys do.
ASKED = re.compile(rb"show answer.*quit", re.DOTALL)
ANSWERED = re.compile(rb"Easy.*quit", re.DOTALL)
_PEAK = re.compile(r"VmHWM:\s*(\d+) kB")


@dataclass(frozen=True, slots=True)
class Pace:
    """How a sitting is typed, in seconds: a key so long after its page, `early` and then `later`; and how often."""

    key: float
    early: float
    later: float
    sittings: int


WHOLE = Pace(0.5, 5, 15, 3)
_LARGE = 0.1  # of the whole size; below that the figures mean nothing
IN_SHORT = Pace(0.2, 1.5, 1.5, 1)


@dataclass(slots=True)
class Sat:
    """Seconds from keys to their pages: in the first while, and later, where they graded; and the peak in bytes."""

    early: list[float] = field(default_factory=list)
    later: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    peak: int = 0


@contextmanager
def review(place: Path, *options: str, **variables: str) -> Iterator[pexpect.spawn[bytes]]:
    """Give a review of the decks and the store of a place in a terminal, with its first card on the screen."""
    environment = {**os.environ, "TERM": "xterm-256color", **variables}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode beside it
    command = ["-m", "srs", *options, "--decks", str(place / "decks"), "--db", str(place / "srs.db"), "review"]
    child = pexpect.spawn(sys.executable, command, env=environment, timeout=120, dimensions=(24, 80))
    try:
        child.expect(ASKED)
        yield child
    finally:
        # A clean end would be timed with what is waited for, and so would pexpect's own patience at a close.
        child.kill(signal.SIGKILL)
        child.wait()
        child.ptyproc.delayafterclose = 0
        child.close(force=True)


def rows(place: Path, scale: float) -> list[Row]:
    """Sit in a large and in a small collection by turns, and commit one bare row beside each answer in the large."""
    pace = WHOLE if scale >= _LARGE else IN_SHORT
    many = int(100_000 * scale)
    few = min(many // 2, 1000)
    for size in (many, few):
        write_deck(place / str(size) / "decks" / "bench", size)
        with open_store(str(place / str(size) / "srs.db")) as store:
            bring_up(store, place / str(size) / "decks")
            fill(store, size)
    large, small, bare = Sat(), Sat(), list[float]()
    commit = _timed(commits(place / "bare.db"), bare)
    for _ in range(pace.sittings):
        sit(place / str(many), pace, large, commit)
        sit(place / str(few), pace, small, lambda: None)
    where = f"{many:,} cards with {many * ANSWERS_A_CARD:,} reviews"
    what = f"an answer in a sitting, from the key to the next card drawn, {where}"
    ours, theirs, bare_one = (statistics.median(each) for each in (large.answers, small.answers, bare))
    early, later = ninety_fifth(large.early), ninety_fifth(large.later)
    return [
        Row(f"from key to page in the first {pace.early:g} s of a sitting, p95", "later in it, p95", early, later, 1.5),
        Row(what, "a bare SQLite commit", ours, bare_one, 4),
        Row(what, f"the same with {few:,} cards", ours, theirs, 1.3),
        peak_row(f"a sitting, {where}", large.peak, place / str(many) / "srs.db"),
    ]


def sit(place: Path, pace: Pace, found: Sat, beside: Callable[[], None]) -> None:
    """Answer cards at a pace, do something `beside` each answer, and add to what was found."""
    with review(place) as child:
        began = time.perf_counter()
        while (gone := time.perf_counter() - began) < pace.early + pace.later:
            shown, graded = _pressed(child, " ", ANSWERED, pace), _pressed(child, "3", ASKED, pace)
            (found.early if gone < pace.early else found.later).extend((shown, graded))
            if gone >= pace.early:
                found.answers.append(graded)
                beside()
        status = Path(f"/proc/{child.pid}/status")
        if status.exists() and (told := _PEAK.search(status.read_text(encoding="utf-8"))):
            found.peak = max(found.peak, int(told[1]) * 1024)


def _pressed(child: pexpect.spawn[bytes], key: str, page: re.Pattern[bytes], pace: Pace) -> float:
    time.sleep(pace.key)
    began = time.perf_counter()
    os.write(child.child_fd, key.encode())
    drawn = b""
    while not page.search(drawn):
        drawn += os.read(child.child_fd, 1 << 16)
    return time.perf_counter() - began


def _timed(work: Callable[[], None], seconds: list[float]) -> Callable[[], None]:
    def done() -> None:
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)

    return done
