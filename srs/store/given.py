"""What was given on this computer, in its order, so that the last of it can be taken back."""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from srs.history import LogLine, format_line, parse_line
from srs.store.own_tables import given

MOST = 1000
"""How many acts are remembered: nobody takes back more, one by one."""


@dataclass(frozen=True, slots=True)
class Given:
    """An act given here, by its row; `before` is the act that puts back what stood before it, where it needs one."""

    key: int
    line: LogLine
    before: LogLine | None


def remember(connection: Connection, line: LogLine, before: LogLine | None = None) -> int:
    """Remember an act that was given here, and return its row."""
    row = {"line": format_line(line), "before": format_line(before) if before else ""}
    key: int = connection.execute(insert(given).returning(given.c.id), row).scalar_one()
    if key % MOST == 0:
        connection.execute(delete(given).where(given.c.id <= key - MOST))
    return key


def last_given(connection: Connection, key: int | None = None) -> Given | None:
    """Return the last act that was given here, or that of a row; `None` if there is none."""
    query = select(given).order_by(given.c.id.desc()).limit(1)
    row = connection.execute(query if key is None else query.where(given.c.id == key)).first()
    return Given(row.id, parse_line(row.line), parse_line(row.before) if row.before else None) if row else None


def take_back(connection: Connection, key: int) -> None:
    """Forget that an act was given here, since it was taken back."""
    connection.execute(delete(given).where(given.c.id == key))
