"""Ours and theirs, timed by turns in one run, so that a busy machine slows both."""

from __future__ import annotations

import gc
import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: the seconds of both sides, and the ratio that is aimed at (`None`: none was set).

    `memory`: both sides are bytes.
    """

    what: str
    against: str
    ours: float
    theirs: float
    aim: float | None = None
    memory: bool = False

    @property
    def ratio(self) -> float:
        """How many times theirs ours takes."""
        return self.ours / self.theirs

    def __str__(self) -> str:
        """Return the line in Markdown."""
        aim = "" if self.aim is None else f"≤ {self.aim:g}{'' if self.ratio <= self.aim else ' **missed**'}"
        said = _said_bytes if self.memory else _said
        times = f"{said(self.ours)} | {said(self.theirs)}"
        return f"| {self.what} | {self.against} | {times} | {self.ratio:.2g} | {aim} |"


MANY = 50  # runs so short and many that collecting garbage before each would take longer than all of them
HEAD = "| what | against | ours | theirs | ratio | aim |\n|---|---|--:|--:|--:|---|"


def by_turns(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> tuple[list[float], list[float]]:
    """Return the seconds of each run of both, taken by turns."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for work, seconds in zip((ours, theirs), taken, strict=True):
            if rounds < MANY:
                gc.collect()
            began = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - began)
    return taken


def medians(ours: Callable[[], object], theirs: Callable[[], object], rounds: int = 5) -> tuple[float, float]:
    """Return the median seconds of both, taken by turns."""
    first, second = by_turns(ours, theirs, rounds)
    return statistics.median(first), statistics.median(second)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command took as a process of its own: seconds by the clock and of the processor, and bytes at its peak.

    The peak is that of its largest process, where it starts others.
    """

    seconds: float
    processor: float
    peak: int


# The system counts what a process held before it became the command: started from here, that would be all of ours.
_START = """
import json, os, resource, subprocess, sys
began = os.times().elapsed
code = subprocess.call(sys.argv[2:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
unit = 1 if sys.platform == "darwin" else 1024
with open(sys.argv[1], "w") as told:
    json.dump([code, os.times().elapsed - began, used.ru_utime + used.ru_stime, used.ru_maxrss * unit], told)
"""


def ran(place: Path, *words: str) -> Ran:
    """Run `srs` on what a place has, nobody's settings among it, with an installed program's bytecode.

    Exit code 1 is let pass where advice is asked for, which is a reason for it; whatever else fails raises
    AssertionError.
    """
    own = ("--config", str(place / "config.toml"), "--decks", str(place / "decks"), "--db", str(place / "srs.db"))
    return ran_program(place, "-m", "srs", *own, *words)


def ran_program(place: Path, *words: str) -> Ran:
    """Run Python on some words as `ran` runs `srs`; what is kept of it for a moment lies in a folder."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    told = place / "ran.json"
    start = [sys.executable, "-I", "-S", "-c", _START, str(told), sys.executable, *words]
    done = subprocess.run(start, check=True, env=environment, stderr=subprocess.PIPE)
    code, *taken = json.loads(told.read_bytes())
    assert code == 0 or (code == 1 and "--style" in words), done.stderr[-2000:]
    assert b"Traceback" not in done.stderr, done.stderr[-2000:]
    return Ran(*taken)


def peak_row(what: str, peak: int, database: Path, aim: float = 2) -> Row:
    """Return the line of a command's peak memory, held against the size of a store's file."""
    size = sum(
        file.stat().st_size for file in database.parent.glob(f"{database.name}*") if not file.name.endswith("-shm")
    )
    return Row(f"{what}, peak memory", "the size of the database", peak, size, aim, memory=True)


def ninety_fifth(seconds: Sequence[float]) -> float:
    """Return the time that 95 runs in 100 keep within."""
    return statistics.quantiles(seconds, n=20)[-1]


def _said(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def _said_bytes(size: float) -> str:
    return f"{size / 1e6:.3g} MB"
