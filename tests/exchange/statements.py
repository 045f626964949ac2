"""Statements compiled once for all stores of a process: a history opens its store hundreds of times."""

from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Engine


def keep_compiled() -> None:
    """Let all engines share their compiled statements; each engine would compile every statement anew."""
    kept: dict[Any, Any] = {}
    alike: Any = SQLiteDialect_pysqlite
    alike.__eq__ = lambda self, other: type(self) is type(other)
    alike.__hash__ = lambda self: hash(type(self))

    @event.listens_for(Engine, "engine_connect")
    def share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=kept)
