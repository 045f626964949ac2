"""Lines that do not count yet: too far ahead of the clock, or without a deck that is known."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from srs.history import LogLine, format_line, parse_line
from srs.store.lots import in_lots
from srs.store.reviews import review_of
from srs.store.tables import acts, cards, reviews, waiting


def wait(connection: Connection, lines: Iterable[LogLine], *, shared: bool = False) -> int:
    """Keep lines until they count, and return how many of them were new."""
    texts = {format_line(line): line for line in lines}
    known: set[str] = set()
    for some in in_lots(texts):
        known |= set(connection.scalars(select(waiting.c.line).where(waiting.c.line.in_(some))))
    rows = [
        {"deck": line.deck, "card": line.card, "at": line.act.at, "line": text, "shared": shared}
        for text, line in texts.items()
        if text not in known
    ]
    if rows:
        connection.execute(insert(waiting), rows)
    return len(rows)


def read_waiting(connection: Connection) -> list[LogLine]:
    """Return the lines that do not count yet, in the order of their moments."""
    return [parse_line(line) for line in connection.scalars(select(waiting.c.line).order_by(waiting.c.at))]


def take_waiting(connection: Connection, until: int, *, shared: bool) -> list[LogLine]:
    """Take out and return the lines that are not later than a moment (ms)."""
    early = (waiting.c.at <= until, waiting.c.shared == shared)
    lines = [parse_line(line) for line in connection.scalars(select(waiting.c.line).where(*early))]
    if lines:
        connection.execute(delete(waiting).where(*early))
    return lines


def withdraw(connection: Connection, until: int) -> set[int]:
    """Let all lines wait that are later than a moment (ms), and return the rows of the cards they were of."""
    touched: set[int] = set()
    query = select(reviews, cards.c.deck, cards.c.name).join(cards, reviews.c.name_id == cards.c.id)
    for row in connection.execute(query.where(reviews.c.at > until)).all():
        wait(connection, [LogLine(row.deck, row.name, review_of(row), row.more)], shared=row.shared)
        connection.execute(delete(reviews).where(reviews.c.id == row.id))
        touched |= {row.card_id, row.name_id}
    for row in connection.execute(select(acts).where(acts.c.at > until)).all():
        wait(connection, [parse_line(row.line)], shared=row.shared)
        connection.execute(delete(acts).where(acts.c.id == row.id))
        names = (cards.c.deck == row.deck, cards.c.name == row.card)
        touched |= set(connection.scalars(select(cards.c.id).where(*names)))
    return touched
