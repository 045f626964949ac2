"""When a card is asked next: pure functions on small frozen values, which know nothing but each other."""

from srs.scheduler.memory import Answer, Grade, Memory, Scheduler
from srs.scheduler.replay import advance, counts, replay, trace
from srs.scheduler.sm2 import Sm2
from srs.scheduler.smoothed import Smoothed

__all__ = ["Answer", "Grade", "Memory", "Scheduler", "Sm2", "Smoothed", "advance", "counts", "replay", "trace"]
