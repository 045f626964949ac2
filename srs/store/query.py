"""Asking a store by the name of a statement, whichever library the connection is of."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

from srs.store.driver import Driver

if TYPE_CHECKING:
    from sqlalchemy import Connection

    Reads = Connection | Driver
    """A connection that sees one state of a store: SQLAlchemy's, or SQLite's own driver."""


class Readable(Protocol):
    """A store that can be read: one that is open, or one in a file that the driver alone reads."""

    def reading(self) -> AbstractContextManager["Reads"]:
        """Give a connection that sees one state of the store from beginning to end."""
        ...


def ask(connection: "Reads", statement: str, /, **values: Any) -> Iterator[Any]:  # noqa: ANN401 -- as the statement has it
    """Yield the rows of a statement of `srs.store.statements`; each value is that of its parameter."""
    if isinstance(connection, Driver):
        return connection.rows(statement, values)
    from srs.store.statements import STATEMENTS  # noqa: PLC0415 -- whoever has such a connection has loaded them

    return iter(connection.execute(STATEMENTS[statement], values).all())


def ask_one(connection: "Reads", statement: str, /, **values: Any) -> Any:  # noqa: ANN401 -- as above
    """Return the only value of a statement's first row, or `None` if there is none."""
    found = next(ask(connection, statement, **values), None)
    return found[0] if found else None
