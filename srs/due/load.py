"""How many cards fall due when, and how a daily limit spreads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

LOAD_DAYS = 30


@dataclass(frozen=True, slots=True)
class Load:
    """What is overdue on a study day, and how many cards fall due on it and on each of the days after it."""

    overdue: int = 0
    days: tuple[int, ...] = ()

    @property
    def total(self) -> int:
        """All of it."""
        return self.overdue + sum(self.days)


NO_LOAD = Load(0, (0,) * LOAD_DAYS)


def load_of(due: Mapping[date, int], today: date) -> Load:
    """Return the load of the 30 days that begin with `today`, of cards counted by their due days."""
    overdue = sum(number for day, number in due.items() if day < today)
    return Load(overdue, tuple(due.get(today + timedelta(days=ahead), 0) for ahead in range(LOAD_DAYS)))


def spread_by(due: Mapping[date, int], limit: int, today: date) -> date | None:
    """Return the first day on which a daily limit leaves nothing over, `None` if there never is one.

    Counted are the cards as they are due now: what an answer makes due anew within these days is not.
    """
    if limit <= 0 or not due:
        return None if due else today
    waiting, day = sum(number for due_on, number in due.items() if due_on <= today), today
    last = max(due)
    while (waiting := max(0, waiting - limit)) and day < last:
        day += timedelta(days=1)
        waiting += due.get(day, 0)
    return day + timedelta(days=-(-waiting // limit)) if (date.max - day).days > waiting // limit else None
