"""What a store holds that is not of the type its column has: SQLite takes anything, and srs writes no such thing."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from typing import Any

from srs.errors import SrsError

Run = Callable[[str], Iterable[Sequence[Any]]]
"""Runs a statement of SQLite and gives its rows."""

# Compared one by one: of a list SQLite makes a table, and looks each value up in it.
_WRONG = {
    "VARCHAR": "typeof({0}) <> 'text' AND {0} IS NOT NULL",
    "DATE": "typeof({0}) <> 'text' AND {0} IS NOT NULL OR date({0}, '+0 days') IS NOT {0}",
    "INTEGER": "typeof({0}) <> 'integer' AND {0} IS NOT NULL",
    "BIGINT": "typeof({0}) <> 'integer' AND {0} IS NOT NULL",
    "BOOLEAN": "{0} <> 0 AND {0} <> 1",
}
# What Python says of a value that is none of those it was written for.
_OF_A_MISFIT = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError)


def misfits(run: Run) -> Iterator[str]:
    """Yield each column, as `table.column`, that holds a value of another type than it is declared with."""
    tables = [_quoted(row[0]) for row in run("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        declared = {row[1]: row[2].partition("(")[0].upper() for row in run(f"PRAGMA table_info({table})")}
        wrong = {name: _WRONG[kind].format(_quoted(name)) for name, kind in declared.items() if kind in _WRONG}
        if wrong and _any(run, table, " OR ".join(wrong.values())):
            yield from (f"{table}.{name}".replace('"', "") for name, each in wrong.items() if _any(run, table, each))


@contextmanager
def spoiled_is_told(address: Callable[[], str]) -> Iterator[None]:
    """Raise SrsError where something fails, and the store at an address holds what srs never writes; else as it was.

    It is looked for only then: whoever works with a sound store waits for nothing.
    """
    try:
        yield
    except _OF_A_MISFIT as error:
        from srs.store.address import file_of  # noqa: PLC0415 -- nobody needs it before something fails
        from srs.store.driver import read_only  # noqa: PLC0415 -- as above

        file, found = file_of(address()) if address() else None, ""
        if file is not None:
            with suppress(sqlite3.Error), closing(read_only(file)) as raw:
                found = next(misfits(raw.execute), "")
        if not found:
            raise
        raise SrsError(
            f"the store {file} holds values in {found} that srs never writes there; restore a copy made with"
            " `srs backup`, or start a new one and merge a log into it"
        ) from error


def _any(run: Run, table: str, wrong: str) -> bool:
    return any(True for _ in run(f"SELECT 1 FROM {table} WHERE {wrong} LIMIT 1"))  # noqa: S608 -- names are quoted


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
