"""Asking a store by the name of a statement, whichever library the connection is of."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol, cast

from srs.store.driver import Driver

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import Connection, CursorResult

    Reads = Connection | Driver
    """A connection that sees one state of a store: SQLAlchemy's, or SQLite's own driver."""


_AT_ONCE = 10_000  # rows that a server sends


class Readable(Protocol):
    """A store that can be read: one that is open, or one in a file that the driver alone reads."""

    def reading(self) -> AbstractContextManager["Reads"]:
        """Give a connection that sees one state of the store from beginning to end."""
        ...


def ask(connection: "Reads", statement: str, /, **values: Any) -> Iterator[Any]:  # noqa: ANN401 -- as the statement has it
    """Yield the rows of a statement of `srs.store.statements`; each value is that of its parameter.

    SQLite's driver is asked where there is one, within the same transaction: that takes a fifth of the time.
    """
    if isinstance(connection, Driver):
        return connection.rows(statement, values)
    if driver := _driver_of(connection):
        return driver.rows(statement, values)
    return iter(_executed(connection, statement, values).all())


def taken(connection: "Reads", statement: str, /, **values: Any) -> Iterator[Any]:  # noqa: ANN401 -- as above
    """Yield the rows of a statement as `ask` does, each read only when it is taken, while the connection is there."""
    if isinstance(connection, Driver):
        return connection.taken(statement, values)
    if driver := _driver_of(connection):
        return driver.taken(statement, values)
    return ask(connection, statement, **values)


def passing(connection: "Reads", statement: str, /, **values: Any) -> Iterator[Any]:  # noqa: ANN401 -- as above
    """Yield the rows of a statement as `taken` does, all of which have to be taken: a server sends them lot by lot."""
    if isinstance(connection, Driver) or _driver_of(connection):
        return taken(connection, statement, **values)
    return iter(_executed(connection, statement, values, yield_per=_AT_ONCE))


def _executed(connection: "Connection", statement: str, values: dict[str, Any], **options: Any) -> "CursorResult[Any]":  # noqa: ANN401 -- as SQLAlchemy has them
    from srs.store.statements import STATEMENTS  # noqa: PLC0415 -- whoever has such a connection has loaded them

    return connection.execute(STATEMENTS[statement], values, execution_options=options)


def _driver_of(connection: "Connection") -> Driver | None:
    """Return the connection of SQLite's driver that SQLAlchemy's is around, in a transaction; `None` for a server."""
    if connection.dialect.name != "sqlite" or connection.dialect.driver != "pysqlite":
        return None
    if not connection.in_transaction():
        connection.begin()
    return Driver(cast("sqlite3.Connection", connection.connection.driver_connection))


def ask_one(connection: "Reads", statement: str, /, **values: Any) -> Any:  # noqa: ANN401 -- as above
    """Return the only value of a statement's first row, or `None` if there is none."""
    found = next(ask(connection, statement, **values), None)
    return found[0] if found else None
