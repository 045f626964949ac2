"""Histories as bare columns, for whoever folds many of them: no object is made of an answer."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, Integer, String, bindparam, select, type_coerce

from srs.history.acts import DRILLS, READ_FROM_ANKI
from srs.history.fold import SAME_ANSWER
from srs.scheduler import Bare
from srs.store.lots import in_lots
from srs.store.ordinals import Ordinals
from srs.store.tables import reviews

_AT_ONCE = 10_000
_COLUMNS = (
    reviews.c.at,
    type_coerce(reviews.c.day, String),
    reviews.c.grade,
    reviews.c.origin,
    type_coerce(reviews.c.counts, Integer),
)
_BY_NAME = select(reviews.c.name_id, *_COLUMNS).order_by(reviews.c.name_id, reviews.c.at)
_BY_CARD = (
    select(reviews.c.card_id, *_COLUMNS)
    .where(reviews.c.card_id.in_(bindparam("keys", expanding=True)))
    .order_by(reviews.c.card_id, reviews.c.at)
)


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
    return _histories(connection.execution_options(stream_results=True).execute(_BY_NAME).partitions(_AT_ONCE))


def histories_of(connection: Connection, keys: Iterable[int]) -> Iterator[BareHistory]:
    """Yield the histories that cards show, by their rows, of those that have one."""
    return _histories(connection.execute(_BY_CARD, {"keys": some}).all() for some in in_lots(keys))


def _histories(lots: Iterable[Iterable[Any]]) -> Iterator[BareHistory]:
    days, drills = Ordinals(), _Drills()
    current: int | None = None
    answers: list[Bare] = []
    plain, before = True, -SAME_ANSWER - 1
    for lot in lots:
        for key, at, day, grade, origin, counts in lot:
            if key != current:
                if current is not None:
                    yield BareHistory(current, answers, plain)
                current, answers, plain, before = key, [], True, -SAME_ANSWER - 1
            if not counts or (origin in READ_FROM_ANKI and at - before <= SAME_ANSWER):
                plain = False
            answers.append((days[day], grade, drills[origin], at))
            before = at
    if current is not None:
        yield BareHistory(current, answers, plain)


class _Drills(dict[str, bool]):
    """Whether answers of an origin were never meant to move the schedule."""

    def __missing__(self, origin: str) -> bool:
        found = self[origin] = origin in DRILLS
        return found
