"""The log as the store holds it: every line there is, in order, and the union with lines from elsewhere."""

import heapq
from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlalchemy import Connection, select

from srs.history import LogLine, Name, canonical
from srs.history.force import InForce
from srs.store.acts import acts_on, every_act
from srs.store.merged import Merged
from srs.store.tables import cards, reviews
from srs.store.taking import Taking
from srs.store.values import review_of
from srs.store.waiting import read_waiting

__all__ = ["Merged", "merge", "read_log"]


def read_log(connection: Connection, card: tuple[int, Collection[Name]] | None = None) -> Iterator[LogLine]:
    """Yield every line there is, in the order of moments and then of canonical form.

    Lines that do not count, and those that wait, are among them. With a card (its row, and all its names) only those
    of its history.
    """
    key, names = card or (None, None)
    lines = heapq.merge(
        _reviews(connection, None if key is None else [key]), _others(connection, names), key=lambda line: line.act.at
    )
    together: list[LogLine] = []
    for line in lines:
        if together and together[0].act.at != line.act.at:
            yield from sorted(together, key=canonical) if len(together) > 1 else together
            together = []
        together.append(line)
    yield from sorted(together, key=canonical) if len(together) > 1 else together


def merge(connection: Connection, lines: Iterable[LogLine], force: InForce, until: int) -> Merged:
    """Take acts into the history, and fold the cards they touch; what is known already changes nothing.

    Lines later than `until` (ms), and lines that name no deck where not just one deck has the card, wait.
    """
    taking = Taking(connection, force, until, keep=True)
    taking.take(lines)
    return taking.done()


def _reviews(connection: Connection, keys: Sequence[int] | None) -> Iterator[LogLine]:
    query = select(reviews, cards.c.deck, cards.c.name).join(cards, reviews.c.name_id == cards.c.id)
    if keys is not None:
        query = query.where(reviews.c.card_id.in_(keys))
    for row in connection.execute(query.order_by(reviews.c.at).execution_options(yield_per=10_000)):
        yield LogLine(row.deck, row.name, review_of(row), row.more)


def _others(connection: Connection, names: Collection[Name] | None) -> list[LogLine]:
    found = [*every_act(connection), *read_waiting(connection)] if names is None else acts_on(connection, names)
    return sorted(found, key=lambda line: line.act.at)
