"""Lines that do not count yet: too far ahead of the clock, or without a deck that is known."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from srs.history import LogLine, format_line, parse_line
from srs.store.acts import first_of
from srs.store.lots import in_lots
from srs.store.own_tables import waiting
from srs.store.tables import acts, cards, notes, reviews
from srs.store.values import review_of


def decks_of(connection: Connection, names: Iterable[str]) -> dict[str, set[str]]:
    """Return which decks have, or had, the cards or notes of some ids in their text."""
    found: dict[str, set[str]] = {name: set() for name in names}
    texts = (select(cards.c.name, cards.c.deck).where(cards.c.note_id.is_not(None)), select(notes.c.name, notes.c.deck))
    for query in texts:
        for some in in_lots(list(found)):
            for row in connection.execute(query.where(query.selected_columns[0].in_(some))):
                found[row.name].add(row.deck)
    return found


def wait(connection: Connection, lines: Iterable[LogLine], *, shared: bool = False) -> int:
    """Keep lines until they count, and return how many of them were new.

    Of two that are one act the first in its order is kept, as if both counted; lines without a deck are kept as they
    come, since it is not known yet which are one.
    """
    kept = 0
    for some in in_lots(lines):
        names = {line.card for line in some}
        known: dict[object, LogLine] = {
            _key(line): line
            for line in map(parse_line, connection.scalars(select(waiting.c.line).where(waiting.c.card.in_(names))))
        }
        wanted: dict[object, LogLine] = {}
        for line in some:
            key = _key(line)
            before = wanted.get(key, known.get(key))
            if before is None or first_of(line, before) is line:
                wanted[key] = line
        replaced = [format_line(known[key]) for key in wanted if key in known]
        if replaced:
            connection.execute(delete(waiting).where(waiting.c.card.in_(names), waiting.c.line.in_(replaced)))
        rows = [
            {"deck": line.deck, "card": line.card, "at": line.act.at, "line": format_line(line), "shared": shared}
            for line in wanted.values()
        ]
        if rows:
            connection.execute(insert(waiting), rows)
        kept += len(rows)
    return kept


def _key(line: LogLine) -> object:
    return format_line(line) if line.lacks_deck else line.key


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
