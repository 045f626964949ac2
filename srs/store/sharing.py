"""Which lines some file of the history folder holds: what none holds yet is to be appended."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, select, text, update

from srs.history import LogLine, Review, format_line, parse_line
from srs.store.acts import ACT_KEY, act_key
from srs.store.called import known_rows
from srs.store.own_tables import waiting
from srs.store.reviews import columns
from srs.store.tables import acts, cards, reviews
from srs.store.values import review_of

_REVIEW = ("at", "day", "grade", "ms", "origin", "more")
_MARK_REVIEW = (
    update(reviews)
    .where(reviews.c.name_id == bindparam("named"), *(reviews.c[name] == bindparam(f"same_{name}") for name in _REVIEW))
    .values(shared=True)
)
_MARK_ACT = (
    update(acts).where(*(acts.c[name] == bindparam(f"same_{name}") for name in (*ACT_KEY, "line"))).values(shared=True)
)
_MARK_WAITING = (
    update(waiting)
    .where(waiting.c.card == bindparam("same_card"), waiting.c.line == bindparam("same_line"))
    .values(shared=True)
)


def unshared(connection: Connection) -> list[LogLine]:
    """Return the lines that no file of the history folder holds, in the order of their moments."""
    query = select(reviews, cards.c.deck, cards.c.name).join(cards, reviews.c.name_id == cards.c.id)
    found = [
        LogLine(row.deck, row.name, review_of(row), row.more)
        for row in connection.execute(query.where(text("NOT reviews.shared")))  # as the partial index has it
    ]
    for table in (acts, waiting):
        query = select(table.c.line).where(text(f"NOT {table.name}.shared"))
        found += map(parse_line, connection.scalars(query))
    return sorted(found, key=lambda line: line.act.at)


def mark_shared(connection: Connection, lines: Iterable[LogLine]) -> None:
    """Remember that a file holds lines, as far as the store holds the very same."""
    every = list(lines)
    named = known_rows(connection, {(line.deck, line.card) for line in every})
    answers = [
        {"named": named[line.deck, line.card].key}
        | {f"same_{name}": value for name, value in (columns(line.act) | {"more": line.more}).items()}
        for line in every
        if isinstance(line.act, Review) and (line.deck, line.card) in named
    ]
    others = [
        {f"same_{name}": value for name, value in zip(ACT_KEY, act_key(line), strict=True)}
        | {"same_line": format_line(line)}
        for line in every
        if not isinstance(line.act, Review)
    ]
    if answers:
        connection.execute(_MARK_REVIEW, answers)
    if others:
        connection.execute(_MARK_ACT, others)
    if every and connection.execute(select(waiting.c.id).limit(1)).first():
        connection.execute(_MARK_WAITING, [{"same_card": line.card, "same_line": format_line(line)} for line in every])


def forget_shared(connection: Connection) -> None:
    """Take it that no file holds anything: what is not found in them again is put back."""
    for table in (reviews, acts, waiting):
        connection.execute(update(table).where(table.c.shared).values(shared=False))
