"""When a card is asked next: pure functions on small frozen values, which know nothing but each other."""

from srs.scheduler.memory import Answer, Grade, Memory, Scheduler, Shown
from srs.scheduler.replay import counts, trace
from srs.scheduler.sm2 import Sm2

__all__ = ["Answer", "Grade", "Memory", "Scheduler", "Shown", "Sm2", "counts", "trace"]
