"""What was given on this computer, in its order, so that the last of it can be taken back."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from srs.history import LogLine, format_line, parse_line
from srs.store.computer import giver
from srs.store.own_tables import given

MOST = 1000
"""How many acts are remembered: nobody takes back more, one by one."""
_REMEMBER = insert(given).returning(given.c.id)


@dataclass(frozen=True, slots=True)
class Given:
    """An act given here, by its row; `before` is the act that puts back what stood before it, where it needs one.

    `more` are acts that were given with it, in one go, and are taken back with it.
    """

    key: int
    line: LogLine
    before: LogLine | None
    more: tuple[LogLine, ...] = ()


def remember(connection: Connection, line: LogLine, before: LogLine | None = None, more: Iterable[LogLine] = ()) -> int:
    """Remember an act that was given here, with those that were given in one go with it, and return its row."""
    row = {"line": "\n".join(map(format_line, (line, *more))), "before": format_line(before) if before else ""}
    row["computer"] = giver(connection)
    key: int = connection.execute(_REMEMBER, row).scalar_one()
    if key % MOST == 0:
        connection.execute(delete(given).where(given.c.id <= key - MOST))
    return key


def last_given(connection: Connection, key: int | None = None) -> Given | None:
    """Return the last act that was given here, or that of a row; `None` if there is none."""
    query = select(given).order_by(given.c.id.desc()).limit(1)
    which = given.c.computer == giver(connection) if key is None else given.c.id == key
    row = connection.execute(query.where(which)).first()
    if row is None:
        return None
    line, *more = map(parse_line, row.line.split("\n"))
    return Given(row.id, line, parse_line(row.before) if row.before else None, tuple(more))


def forget_given(connection: Connection, line: LogLine) -> None:
    """Forget that an act was given here by itself, if it was, since it was cancelled by name."""
    connection.execute(delete(given).where(given.c.line == format_line(line)))


def take_back(connection: Connection, key: int) -> None:
    """Forget that an act was given here, since it was taken back."""
    connection.execute(delete(given).where(given.c.id == key))
