"""FSRS-6 by the library `fsrs-rs-python`, which is loaded where FSRS is in force or asked for, and nowhere else."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from operator import attrgetter
from types import ModuleType
from typing import Any

from srs.errors import SrsError
from srs.scheduler.memory import LONGEST_INTERVAL, Answer, Bare, Memory, Scheduler, Shown, bare
from srs.scheduler.smoothing import moved_by

LIBRARY = "fsrs-rs-python"
RETENTION = 0.9
LEAST_RETENTION, MOST_RETENTION = 0.7, 0.97
PARAMETERS = 21
BOUNDS = (
    *[(0.001, 100.0)] * 4,
    (1.0, 10.0),
    (0.001, 4.0),
    (0.001, 4.0),
    (0.001, 0.75),
    (0.0, 4.5),
    (0.0, 0.8),
    (0.001, 3.5),
    (0.001, 5.0),
    (0.001, 0.25),
    (0.001, 0.9),
    (0.0, 4.0),
    (0.0, 1.0),
    (1.0, 6.0),
    (0.0, 2.0),
    (0.0, 2.0),
    (0.0, 0.8),
    (0.1, 0.8),
)
"""The least and the greatest value of each parameter, as py-fsrs 6.3 has them in its scheduler."""
_DIGITS = 4
_SCALE = 10_000
_LAST_DAY = date.max.toordinal()  # no card is due beyond the calendar
_PASS = 3
_BUTTONS = tuple(f"{button}.memory" for button in ("again", "again", "again", "hard", "good", "easy"))
_STATES = tuple(map(attrgetter, _BUTTONS))  # by grade: what the library would make of each button, and which is meant

# A memory as bare numbers: stability, difficulty, repetitions, the ordinal of the last counted day, lapses, seed.
_Numbers = tuple[float, float, int, int, int, int]
_NEW: _Numbers = (0.0, 0.0, 0, 0, 0, 0)


class LibraryMissingError(SrsError):
    """The library of FSRS is not installed here, or does not load."""


@cache
def library() -> ModuleType | None:
    """Return the library, or `None` where there is none for this computer; loaded when it is first asked for."""
    try:
        import fsrs_rs_python  # noqa: PLC0415 -- under SM-2 nobody waits for it
    except ImportError:
        return None
    return fsrs_rs_python


@cache
def library_version() -> str | None:
    """Return the version of the library, on which memories depend; `None` where there is none."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 -- as above

    try:
        return version(LIBRARY) if library() else None
    except PackageNotFoundError:  # a library that was put there by hand
        return "unknown"


@cache
def model(weights: tuple[float, ...]) -> Any:  # noqa: ANN401 -- a class of a module that may be missing
    """Return the library's model with these parameters, or (`()`) the published ones."""
    found = library()
    if found is None:
        raise LibraryMissingError(
            f"FSRS needs the package {LIBRARY}, which is not installed here; `pip install {LIBRARY}` brings it"
        )
    return found.FSRS(list(weights or found.DEFAULT_PARAMETERS))


@cache
def published() -> tuple[float, ...]:
    """Return the published parameters, as the library has them, to the four decimals that they are published with."""
    found = library()
    return tuple(round(each, _DIGITS) for each in found.DEFAULT_PARAMETERS) if found else ()


def unfit(weights: tuple[float, ...]) -> str:
    """Return what is wrong with parameters, as a clause; empty if they can be used."""
    if weights and len(weights) != PARAMETERS:
        return f"there are {len(weights)} and not {PARAMETERS}"
    for place, (value, (least, most)) in enumerate(zip(weights, BOUNDS, strict=bool(weights))):
        if not least <= value <= most:
            return f"number {place} is {value:g} and lies outside {least:g} to {most:g}"
    return ""


@dataclass(frozen=True, slots=True)
class Fsrs(Scheduler):
    """FSRS-6, with stability in days and difficulty from 1 to 10, as the library computes both.

    Grades 0, 1 and 2 are its Again, 3 Hard, 4 Good, 5 Easy. It learns from every answer but cram: from a study day's
    first by the days since the last one, from its further ones by its own same-day step. Both numbers are rounded to
    four decimals after each answer, so that little differences between machines do not grow. A card is due on the day
    on which predicted recall falls to `retention`, tomorrow at the earliest, after 36,500 days at the latest.

    A lapse is what it is to SM-2: a study day's first answer, not recalled, of a card that had been recalled since
    its last lapse. `weights` are the 21 parameters; `()` are the published ones. `smooth` spreads the due days, as
    `smoothing` says.

    A memory's state is its stability, its difficulty, how many study days in a row began with a pass, and its seed: the
    moment (ms) of the card's first answer, which tells the card from others.
    """

    retention: float = RETENTION
    weights: tuple[float, ...] = ()
    smooth: bool = False

    name = "fsrs"
    version = 1

    @property
    def parameters(self) -> str:
        """Retention, parameters, whether due days are spread, and the version of the library."""
        told = {
            "library": library_version(),
            "parameters": list(self.weights),
            "retention": self.retention,
            "smooth": self.smooth,
        }
        return json.dumps(told, sort_keys=True)

    @property
    def decay(self) -> float:
        """The exponent of the forgetting curve, as a positive number: the last parameter."""
        return (self.weights or published())[-1]

    def answered(self, memory: Memory | None, answer: Answer) -> Memory | None:
        """Return the memory after one more answer; every one counts but cram."""
        return self.fold((answer,), memory)

    def fold(self, answers: Iterable[Answer], memory: Memory | None = None) -> Memory | None:
        """Return the memory after all answers, without an object for each step."""
        return self.fold_bare(map(bare, answers), memory)

    def fold_bare(self, answers: Iterable[Bare], memory: Memory | None = None) -> Memory | None:
        """Return what `fold` does."""
        stability, difficulty, repetitions, last, lapses, seed = _numbers(memory)
        made = model(self.weights)
        next_states, state_of = made.next_states, library().MemoryState  # type: ignore[union-attr] # the model has one
        told = False
        for day, grade, drill, at in answers:
            if drill:
                continue
            told = True
            if last:
                # A day before the last one, as after a flight west, is that day: time never runs back.
                elapsed = day - last if day > last else 0
                state = _STATES[grade](next_states(state_of(stability, difficulty), RETENTION, elapsed))
            else:
                elapsed, seed = 1, at
                state = _STATES[grade](next_states(None, RETENTION, 0))
            stability, difficulty = _rounded(state.stability), _rounded(state.difficulty)
            if elapsed:
                last = day
                if grade >= _PASS:
                    repetitions += 1
                elif repetitions:
                    lapses, repetitions = lapses + 1, 0
            seed = seed or at
        return self._memory((stability, difficulty, repetitions, last, lapses, seed)) if told else memory

    def placed(self, due: date, interval: int, ease: int, lapses: int, day: date) -> Memory:
        """Return a learnt card's memory, as the library takes one over from SM-2 at a retention of 0.9."""
        answered_on = min(due - timedelta(days=interval), day - timedelta(days=1))
        state = model(self.weights).memory_state_from_sm2(ease / 1000, float(interval), 0.9)
        numbers = _rounded(state.stability), _rounded(state.difficulty)
        return Memory(due, interval, lapses, answered_on, (*numbers, 1, 0))

    def shown(self, memory: Memory | None) -> Shown:
        """Return stability and difficulty; a new card has neither."""
        if memory is None:
            return Shown()
        stability, difficulty, *_ = memory.state
        return Shown(stability=stability, difficulty=difficulty)

    def recall(self, memory: Memory, day: date) -> float:
        """Return predicted recall by the forgetting curve of FSRS-6, (1 + factor · t / S) ^ −decay.

        The factor is such that recall is 0.9 when t, the days since the last answer, is the stability S.
        """
        return recall_after((day - memory.answered_on).days, memory.state[0], self.decay)

    def learnt(self, memory: Memory) -> bool:
        """Whether the last study day began with a pass."""
        return memory.state[2] > 0

    def _memory(self, numbers: _Numbers) -> Memory:
        stability, difficulty, repetitions, last, lapses, seed = numbers
        planned = model(self.weights).next_interval(stability, self.retention, _PASS)
        interval = max(1, min(LONGEST_INTERVAL, round(planned)))
        if self.smooth:
            interval = max(1, min(LONGEST_INTERVAL, interval + moved_by(interval, seed, repetitions)))
        due = min(last + interval, _LAST_DAY)
        days = date.fromordinal(due), max(1, due - last)
        return Memory(*days, lapses, date.fromordinal(last), (stability, difficulty, repetitions, seed))


def recall_after(days: int, stability: float, decay: float) -> float:
    """Return predicted recall so many days after an answer that left a stability (days)."""
    factor = 0.9 ** (-1 / decay) - 1
    return math.pow(1 + factor * max(0, days) / stability, -decay)


def _rounded(number: float) -> float:
    """Return a number above 0 to four decimals; `round` does the same, and takes twice as long."""
    return int(number * _SCALE + 0.5) / _SCALE


def _numbers(memory: Memory | None) -> _Numbers:
    if memory is None:
        return _NEW
    stability, difficulty, repetitions, seed = memory.state
    return stability, difficulty, int(repetitions), memory.answered_on.toordinal(), memory.lapses, int(seed)
