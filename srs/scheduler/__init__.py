"""When a card is asked next: pure functions on small frozen values, which know nothing but each other."""

from srs.scheduler.fsrs import Fsrs
from srs.scheduler.memory import (
    LONGEST_INTERVAL,
    Answer,
    Bare,
    Forgotten,
    Found,
    Grade,
    Memory,
    Schedule,
    Scheduler,
    Shown,
    Step,
)
from srs.scheduler.replay import counts, replay, trace
from srs.scheduler.sm2 import Sm2

__all__ = [
    "LONGEST_INTERVAL",
    "Answer",
    "Bare",
    "Forgotten",
    "Found",
    "Fsrs",
    "Grade",
    "Memory",
    "Schedule",
    "Scheduler",
    "Shown",
    "Sm2",
    "Step",
    "counts",
    "replay",
    "trace",
]
