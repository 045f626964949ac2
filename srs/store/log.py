"""The log as the store holds it: every line there is, in order, and the union with lines from elsewhere."""

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Result, or_, select

from srs.history import LogLine, Name, canonical, parse_line
from srs.history.force import InForce
from srs.store.acts import acts_on, every_act
from srs.store.merged import Merged
from srs.store.own_tables import waiting
from srs.store.tables import acts, cards, reviews
from srs.store.taking import Taking
from srs.store.values import review_of
from srs.store.waiting import read_waiting

__all__ = ["Merged", "merge", "read_last", "read_log", "read_span"]

_REVIEWS = select(reviews, cards.c.deck, cards.c.name).join(cards, reviews.c.name_id == cards.c.id)
_AT_ONCE = 100  # of what is read until there is enough of it
_ACTS, _WAITING = (select(each.c.at, each.c.deck, each.c.card.label("name"), each.c.line) for each in (acts, waiting))


def read_log(connection: Connection, card: tuple[int, Collection[Name]] | None = None) -> Iterator[LogLine]:
    """Yield every line there is, in the order of moments and then of canonical form.

    Lines that do not count, and those that wait, are among them. With a card (its row, and all its names) only those
    of its history.
    """
    key, names = card or (None, None)
    return _ordered(_reviews(connection, None if key is None else [key]), _others(connection, names))


def read_last(connection: Connection, count: int, called: str | None = None) -> list[LogLine]:
    """Return the last lines of the log, so many at most, in its order; of what is called so (`id` or `deck:id`) alone.

    No more of the log is read than that.
    """
    found: list[LogLine] = []
    newest = heapq.merge(*_lines(connection, called, newest_first=True), key=lambda line: -line.act.at)
    for _, together in groupby(newest, key=_moment):
        found += sorted(together, key=canonical, reverse=True)
        if len(found) >= count:
            break
    return found[:count][::-1]


def read_span(connection: Connection, begin: int, end: int, called: str | None = None) -> list[LogLine]:
    """Return the lines of the moments from one up to another (ms), in the log's order; of what is called so alone."""
    return list(_ordered(*_lines(connection, called, range(begin, end))))


def merge(connection: Connection, lines: Iterable[LogLine], force: InForce, until: int) -> Merged:
    """Take acts into the history, and fold the cards they touch; what is known already changes nothing.

    Lines later than `until` (ms), and lines that name no deck where not just one deck has the card, wait.
    """
    taking = Taking(connection, force, until, keep=True)
    taking.take(lines)
    return taking.done()


def _ordered(*parts: Iterable[LogLine]) -> Iterator[LogLine]:
    """Yield the lines of parts that are each in the order of moments, those of one moment by their canonical form."""
    for _, some in groupby(heapq.merge(*parts, key=_moment), key=_moment):
        together = list(some)
        yield from sorted(together, key=canonical) if len(together) > 1 else together


def _moment(line: LogLine) -> int:
    return line.act.at


def _lines(
    connection: Connection, called: str | None, span: range | None = None, *, newest_first: bool = False
) -> Iterator[Iterator[LogLine]]:
    """Yield the answers, the other acts and the lines that wait, each in the order of their moments."""
    for query, line_of in ((_REVIEWS, _review), (_ACTS, _line), (_WAITING, _line)):
        at, deck, name = (query.selected_columns[each] for each in ("at", "deck", "name"))
        asked = query.order_by(at.desc() if newest_first else at)
        if span is not None:
            asked = asked.where(at.between(span.start, span.stop - 1))
        if called is not None:
            asked = asked.where(or_(name == called, deck + ":" + name == called))
        yield _made(connection.execute(asked.execution_options(yield_per=_AT_ONCE)), line_of)


def _made(rows: Result[Any], line_of: Callable[[Any], LogLine]) -> Iterator[LogLine]:
    with rows:  # a server keeps the place of whoever does not read to the end, until that is said
        yield from map(line_of, rows)


def _reviews(connection: Connection, keys: Sequence[int] | None) -> Iterator[LogLine]:
    query = _REVIEWS if keys is None else _REVIEWS.where(reviews.c.card_id.in_(keys))
    return map(_review, connection.execute(query.order_by(reviews.c.at).execution_options(yield_per=10_000)))


def _review(row: Any) -> LogLine:  # noqa: ANN401 -- a row
    return LogLine(row.deck, row.name, review_of(row), row.more)


def _line(row: Any) -> LogLine:  # noqa: ANN401 -- a row
    return parse_line(row.line)


def _others(connection: Connection, names: Collection[Name] | None) -> list[LogLine]:
    found = [*every_act(connection), *read_waiting(connection)] if names is None else acts_on(connection, names)
    return sorted(found, key=_moment)
