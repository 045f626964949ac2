"""Another scheduler in force, and what that moves."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from srs.collection import acting
from srs.collection.collection import Collection
from srs.due import milliseconds
from srs.due.load import NO_LOAD, Load, load_of, spread_by
from srs.history import Switch
from srs.history.force import FSRS, InForce, every_in_force, fitted, made_of
from srs.scheduler import Fsrs, Sm2
from srs.scheduler.fsrs import RETENTION, model
from srs.store.cards import due_days
from srs.store.forces import switches
from srs.store.queued import due_by_day
from srs.store.values import Choice

_LIMITS: tuple[Callable[[int], int], ...] = (
    lambda limit: limit,
    lambda limit: max(1, limit // 2),
    lambda limit: 2 * limit,
)
"""A daily limit with others near it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a scheduler is to be put in force with; `None` stays as it is, or is what it is without a word.

    `published`: FSRS takes its published parameters, though others were fitted.
    """

    name: str
    smooth: bool | None = None
    retention: float | None = None
    published: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """Cards that are due on another day: how many earlier, how many later; half of them by `half` days or less.

    `most`: by how many days the furthest moves.
    """

    earlier: int = 0
    later: int = 0
    half: int = 0
    most: int = 0

    @property
    def cards(self) -> int:
        """How many there are."""
        return self.earlier + self.later


@dataclass(frozen=True, slots=True)
class Switched:
    """The act that put a scheduler in force, or would, and what moves by it.

    `before` and `after` are the loads of the next 30 days. `spread` are days by which a daily limit has spread what is
    due, by that limit: the one in force, and others. `already`: it was in force, and no act was written.
    """

    act: Switch
    moved: Moved = Moved()
    before: Load = NO_LOAD
    after: Load = NO_LOAD
    spread: tuple[tuple[int, date | None], ...] = ()
    already: bool = False


def in_force(collection: Collection) -> dict[str, Switch]:
    """Return the acts by which schedulers are in force: for all decks (`""`), and by the namespaces of some."""
    with collection.store.reading() as connection:
        return every_in_force(switches(connection))


def switch(collection: Collection, wanted: Wanted, deck: str, now: datetime, *, dry_run: bool = False) -> Switched:
    """Put a scheduler in force, for the deck of a namespace or (`""`) for all; a dry run writes nothing.

    What is in force already is left alone. Raises SrsError if the library of FSRS is wanted and not here.
    """
    force = collection.rules.force
    with collection.store.reading() as connection:
        act = _act(connection, wanted, deck, force)
        if _is_in_force(force, deck, act):
            return Switched(act, already=True)
        choice = Choice((deck,)) if deck else collection.choice()
        before, load_before = due_days(connection), due_by_day(connection, choice, date.max)
    with collection.store.trying() if dry_run else collection.store.writing() as connection:
        acting.switch(connection, [(deck, act)], milliseconds(now), collection.rules)
        after, load_after = due_days(connection), due_by_day(connection, choice, date.max)
        plan = collection.plan(deck or None)
        shares = [(due_by_day(connection, share, date.max), limits.reviews) for share, limits in plan.shares]
    today = collection.day_of(now)
    spread = tuple(_spread([(due, limit_of(limit)) for due, limit in shares], today) for limit_of in _LIMITS)
    return Switched(act, _moved(before, after), load_of(load_before, today), load_of(load_after, today), spread)


def _act(connection: Connection, wanted: Wanted, deck: str, force: InForce) -> Switch:
    smooth = _smooth(force, deck) if wanted.smooth is None else wanted.smooth
    if wanted.name != FSRS:
        return Switch(0, wanted.name, smooth)
    model(())  # raises what is to be told where there is no library
    retention = _retention(force, deck) if wanted.retention is None else wanted.retention
    return Switch(0, FSRS, smooth, retention, () if wanted.published else fitted(switches(connection), deck))


def _spread(shares: Sequence[tuple[Mapping[date, int], int]], today: date) -> tuple[int, date | None]:
    """Return daily limits of decks together, and the day by which each has spread what is due of its decks."""
    days = [spread_by(due, limit, today) for due, limit in shares]
    last = None if None in days else max((day for day in days if day), default=today)
    return sum(limit for _, limit in shares), last


def _moved(before: Mapping[int, date | None], after: Mapping[int, date | None]) -> Moved:
    days = sorted(
        (day - old).days for key, day in after.items() if day and (old := before.get(key)) is not None and day != old
    )
    if not days:
        return Moved()
    by = sorted(map(abs, days))
    signs = Counter(each > 0 for each in days)
    return Moved(signs[False], signs[True], by[(len(by) - 1) // 2], by[-1])


def _is_in_force(force: InForce, deck: str, act: Switch) -> bool:
    """Whether an act would change nothing: for all decks, if none has a scheduler of its own that differs."""
    schedulers = [force.of(deck)] if deck else [force.everywhere, *force.own.values()]
    return not (force.stands_in or force.unfit) and all(each == made_of(act) for each in schedulers)


def _smooth(force: InForce, deck: str) -> bool:
    scheduler = force.of(deck)
    return isinstance(scheduler, Sm2 | Fsrs) and scheduler.smooth


def _retention(force: InForce, deck: str) -> float:
    scheduler = force.of(deck)
    return scheduler.retention if isinstance(scheduler, Fsrs) else RETENTION
