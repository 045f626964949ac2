"""Histories as bare columns, for whoever folds many of them: no object is made of an answer."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from sqlalchemy import Connection, select

from srs.history.acts import DRILLS, READ_FROM_ANKI
from srs.history.fold import SAME_ANSWER
from srs.scheduler import Bare
from srs.store.lots import in_lots
from srs.store.ordinals import Ordinals
from srs.store.query import ask
from srs.store.statements import BARE
from srs.store.tables import reviews

if TYPE_CHECKING:
    import sqlite3

_AT_ONCE = 10_000
_COUNTS = itemgetter(5)
_BY_NAME = select(reviews.c.name_id, *BARE).order_by(reviews.c.name_id, reviews.c.at)


class BareHistory(NamedTuple):
    """The answers of a card, by a row of `cards`, in the order of their moments, whether they count or not.

    `plain`: all of them count, as far as answers alone can tell, and are marked so: none was undone, and none may be
    another one that was read from Anki.
    """

    key: int
    answers: list[Bare]
    plain: bool


def histories_by_name(connection: Connection) -> Iterator[BareHistory]:
    """Yield what was answered under each name that has answers, in the order of the names' rows."""
    if connection.dialect.name == "sqlite":  # of the driver itself: a row of any library takes as long as its fold
        raw = cast("sqlite3.Connection", connection.connection.dbapi_connection)
        return _histories(raw.execute(str(_BY_NAME.compile(connection.engine))))
    return _histories(connection.execute(_BY_NAME.execution_options(yield_per=_AT_ONCE)))


def histories_of(connection: Connection, keys: Iterable[int]) -> Iterator[BareHistory]:
    """Yield the histories that cards show, by their rows, of those that have one."""
    return _histories(row for some in in_lots(set(keys)) for row in ask(connection, "bare answers", keys=some))


def _histories(rows: Iterable[Any]) -> Iterator[BareHistory]:
    days, drills = Ordinals(), _Drills()
    for key, found in groupby(rows, key=itemgetter(0)):
        history = list(found)
        answers = [(days[day], grade, drills[origin], at) for _, at, day, grade, origin, _ in history]
        plain = all(map(_COUNTS, history)) and not (drills.anki and _told_twice(history))
        yield BareHistory(key, answers, plain)


def _told_twice(rows: Sequence[Any]) -> bool:
    """Whether one of the answers of a card, in order, may be another one that was read from Anki."""
    return any(after[4] in READ_FROM_ANKI and after[1] - before[1] <= SAME_ANSWER for before, after in pairwise(rows))


class _Drills(dict[str, bool]):
    """Whether answers of an origin were never meant to move the schedule; `anki`: some were read from there."""

    anki = False

    def __missing__(self, origin: str) -> bool:
        self.anki = self.anki or origin in READ_FROM_ANKI
        found = self[origin] = origin in DRILLS
        return found
