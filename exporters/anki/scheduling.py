"""Progress as Anki stores it: a card's row and its rows in the review log; knows no notes and no files.

In Anki a due day counts from the day its collection was made, in whatever zone the device is: see `Birth`.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from exporters import FsrsMemory, PastAnswer, Progress
from srs.scheduler import Found, Grade, Memory, Shown
from srs.scheduler.sm2 import FIRST_EASE

# Anki's numbers: what a card is, which queue it waits in, and in which state it was answered.
_NEW, _REVIEW = 0, 2
SUSPENDED = -1
_LEARNT, _REVIEWED, _RELEARNT, FILTERED = 0, 1, 2, 3
_STATES = {Found.NOTHING_MOVED: FILTERED, Found.NEW: _LEARNT, Found.FORGOTTEN: _RELEARNT, Found.LEARNT: _REVIEWED}
GRADES = {1: Grade.AGAIN, 2: Grade.HARD, 3: Grade.GOOD, 4: Grade.EASY}
"""What each of Anki's buttons means here; grades below Again are its button, too."""
_BUTTONS = dict.fromkeys(map(int, Grade), 1) | {int(grade): button for button, grade in GRADES.items()}
_ROLLOVER = timedelta(hours=4)
BIRTHDAY = datetime(2014, 9, 19, 16)  # noqa: DTZ001 -- on the clock of the user's zone, whichever that is
_LONGEST_ANSWER = 60_000

Logged = tuple[int, int, int, Found, int, int, int]
"""An answer as bare values: moment (ms), grade, time (ms), what it found, interval, last interval (days), ease."""
RevlogRow = tuple[int, int, int, int, int, int, int, int]
"""id (ms since 1970), card, button 1–4, interval and last interval (days), ease (permille), time (ms), type."""


@dataclass(frozen=True, slots=True)
class Birth:
    """The moment at which a package's collection says it was made: BIRTHDAY in the user's zone.

    Anki counts days as (now − 4 h).date − (birth − 4 h).date, both in its own zone. Four hours after noon, every
    zone within eleven hours of the user's sees the same day.
    """

    moment: datetime

    @property
    def seconds(self) -> int:
        """The moment in seconds since 1970."""
        return int(self.moment.timestamp())

    def days_to(self, memory: Memory) -> int:
        """Return the due day as Anki counts it."""
        return (memory.due - (self.moment - _ROLLOVER).date()).days


def card_columns(progress: Progress | None, position: int, birth: Birth | None) -> tuple[int, ...]:
    """Return type, queue, due, ivl, factor, reps and lapses; a new card's due is its position among the new.

    Without a birth no day can be told, so every card is new.
    """
    suspended = bool(progress and progress.suspended)
    memory = progress.memory if progress else None
    if progress is None or memory is None or birth is None:
        return _NEW, SUSPENDED if suspended else _NEW, position, 0, 0, 0, 0
    queue = SUSPENDED if suspended else _REVIEW
    reps = len(progress.answers)
    return _REVIEW, queue, birth.days_to(memory), memory.interval, progress.ease, reps, memory.lapses


def card_data(fsrs: FsrsMemory | None) -> str:
    """Return what Anki keeps of FSRS with a card, as JSON with its own keys, order and digits; empty without FSRS.

    Stability (`s`), difficulty (`d`), desired retention (`dr`), decay, and the last answer in seconds since 1970
    (`lrt`).
    A collection with FSRS plans the next interval from it; without it, from the answers; one without FSRS leaves it be.
    """
    if fsrs is None:
        return ""
    told: dict[str, float] = {
        "s": round(fsrs.stability, 4),
        "d": round(fsrs.difficulty, 3),
        "dr": round(fsrs.retention, 2),
        "decay": round(fsrs.decay, 3),
    }
    if fsrs.answered_at is not None:
        told["lrt"] = fsrs.answered_at // 1000
    return json.dumps(told, separators=(",", ":"))


def card_ease(shown: Shown) -> int:
    """Return the ease (permille) by which a collection without FSRS plans on; what has none begins as a new card."""
    return FIRST_EASE if shown.ease is None else shown.ease


def logged_ease(shown: Shown) -> int:
    """Return what stands in the log after an answer: the ease, or as Anki writes difficulty there, from 100 to 1100."""
    return ease_in_log(shown.ease, shown.difficulty)


def ease_in_log(ease: int | None, difficulty: float | None) -> int:
    """Return the same of ease (permille) and difficulty, as far as a scheduler has them."""
    if difficulty is None:
        return FIRST_EASE if ease is None else ease
    return round(100 + (difficulty - 1) / 9 * 1000)


def revlog_rows(card_id: int, progress: Progress | None, taken: set[int]) -> Iterator[RevlogRow]:
    """Yield a card's answers as rows of the log; `taken` are moments given away."""
    return log_rows(card_id, map(_logged, progress.answers if progress else ()), taken)


def log_rows(card_id: int, answers: Iterable[Logged], taken: set[int]) -> Iterator[RevlogRow]:
    """Yield a card's answers as rows of the log. Anki names an answer by its moment alone: `taken` are given away.

    Where two cards were answered in the same millisecond, on two devices, the later in order comes a little later.
    """
    for at, grade, ms, found, interval, last_interval, ease in answers:
        while at in taken:
            at += 1  # noqa: PLW2901 -- the row's own moment from here on
        taken.add(at)
        told = ease if found else 0  # as Anki marks what moved nothing
        yield at, card_id, _BUTTONS[grade], interval, last_interval, told, min(ms, _LONGEST_ANSWER), _STATES[found]


def _logged(answer: PastAnswer) -> Logged:
    found = Found.FORGOTTEN if answer.forgotten else Found.LEARNT
    found = Found.NOTHING_MOVED if answer.drill else Found.NEW if answer.first else found
    return answer.at, answer.grade, answer.ms, found, answer.interval, answer.last_interval, answer.ease
