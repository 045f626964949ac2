"""A store opened with its history settled: what counts by now counts, by the schedulers in force."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from srs.collection.chance import Draw, draw
from srs.collection.libraries import say_library
from srs.collection.rules import Rules, rules_of
from srs.collection.sharing import put_out, take_in
from srs.collection.telling import Tell, Working, nobody, quietly
from srs.due import milliseconds
from srs.due.day import EARLIEST
from srs.history import LogLine, Switch, horizon
from srs.history.force import InForce
from srs.scheduler.fsrs import LIBRARY, library_version
from srs.settings import Settings
from srs.store.acts import write_acts
from srs.store.forces import acts_of, made_by, schedulers_in_force
from srs.store.memories import library_of
from srs.store.opening import Store, open_store
from srs.store.replaying import take_over
from srs.store.settling import settle, unsettled


@contextmanager
def open_history(
    database: str,
    settings: Settings,
    now: datetime,
    *,
    working: Working = quietly,
    draw: Draw = draw,
    tell: Tell = nobody,
) -> Iterator[tuple[Store, Rules, int | None]]:
    """Open a store without any decks, settled: what counts by `now` counts, by the schedulers in force.

    What is new in the history folder is taken in before, and at the end it gets what it does not hold yet; what is
    wrong with it is told. Gives the store, what acts depend on, and how many cards got another memory because other
    schedulers are in force than those that made them; `None` if they are the same.
    """
    with open_store(database) as store:
        place = take_in(store, settings.history, horizon(milliseconds(now)), tell, working)
        try:
            force, moved = settled(store, milliseconds(now), smooth=settings.smooth, working=working, tell=tell)
            if place is not None:
                say_library(store, force, milliseconds(now), draw)
            yield store, rules_of(settings, force, draw), moved
        finally:
            put_out(store, place, tell, working)


def settled(
    store: Store, now: int, *, smooth: bool, working: Working = quietly, tell: Tell = nobody
) -> tuple[InForce, int | None]:
    """Bring what counts up to a moment (ms), and the memories to the schedulers in force; return both.

    It is told if another version of the library of FSRS made them.
    `smooth` is a word of an old settings file: it becomes an act from the beginning of time.
    """
    with store.reading() as connection:
        late = unsettled(connection, horizon(now))
        old = smooth and not any(line.act.at == EARLIEST for line in acts_of(connection, Switch.what))
        force = schedulers_in_force(connection)
        ours = made_by(connection, force)
    if late or old or not ours:
        with working("Replaying the history"), store.writing() as connection:
            if old:
                write_acts(connection, [LogLine("", "", Switch(EARLIEST, "sm2", smooth=True))])
            settle(connection, horizon(now))
            force = schedulers_in_force(connection)
            ours = made_by(connection, force) if ours is not None else None
            _tell_library(library_of(connection), tell)
            moved = None if ours else len(take_over(connection, force).drifted)
        return force, None if ours is None else moved
    return force, None


def _tell_library(before: str | None, tell: Tell) -> None:
    now = library_version() if before else None
    if now and before != now:
        tell(
            f"{LIBRARY} is {now} here, and {before} made the memories: the history is replayed by the one that is here"
        )
