"""Ours and theirs, timed by turns in one run, so that a busy machine slows both."""

from __future__ import annotations

import gc
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: the seconds of both sides, and the ratio that is aimed at (`None`: none was set)."""

    what: str
    against: str
    ours: float
    theirs: float
    aim: float | None = None

    @property
    def ratio(self) -> float:
        """How many times theirs ours takes."""
        return self.ours / self.theirs

    def __str__(self) -> str:
        """Return the line in Markdown."""
        aim = "" if self.aim is None else f"≤ {self.aim:g}{'' if self.ratio <= self.aim else ' **missed**'}"
        times = f"{_said(self.ours)} | {_said(self.theirs)}"
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


def ninety_fifth(seconds: Sequence[float]) -> float:
    """Return the time that 95 runs in 100 keep within."""
    return statistics.quantiles(seconds, n=20)[-1]


def _said(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"
