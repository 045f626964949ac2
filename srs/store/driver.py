"""SQLite's own driver, reading what the first screen of a morning needs, while the store's libraries are not loaded.

What it asks stands in `compiled.json`: the statements of `srs.store.statements`, each as text, with the values that it
brings along and the kinds of its columns. A test writes the file and holds it to them.
"""

import json
import os
import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from srs.store.version import HEAD, READ_VERSION

COMPILED = Path(__file__).with_name("compiled.json")
_WAIT_SECONDS = 1  # whoever writes for longer is waited for with a word
_READ: Mapping[str, Callable[[Any], Any]] = {"date": date.fromisoformat, "bool": bool}


class Driver(Struct, frozen=True):
    """A connection of the driver's own, inside one transaction."""

    connection: sqlite3.Connection

    def rows(self, name: str, values: Mapping[str, Any]) -> Iterator[Any]:
        """Yield the rows of a statement, with the types that its columns have; each is made when it is taken."""
        return self._made(name, values, lambda cursor: cursor.fetchall())

    def taken(self, name: str, values: Mapping[str, Any]) -> Iterator[Any]:
        """Yield the rows of a statement, each looked for only when it is taken, while the connection is there."""
        return self._made(name, values, iter)

    def _made(
        self, name: str, values: Mapping[str, Any], read: Callable[[sqlite3.Cursor], Iterable[Any]]
    ) -> Iterator[Any]:
        text, fixed, row, kinds = _statement(name)
        given: dict[str, Any] = {}
        for parameter, value in {**fixed, **values}.items():
            if isinstance(value, str) or not hasattr(value, "__iter__"):
                given[parameter] = _written(value)
            else:
                some = {f"{parameter}_{place}": _written(each) for place, each in enumerate(value)}
                text = text.replace(f"__[POSTCOMPILE_{parameter}]", ", ".join(f":{each}" for each in some))
                given |= some
        found = read(self.connection.execute(text, given))
        if not kinds:
            return map(row, found)
        return (row(_typed(each, kinds)) for each in found)


class Glance(Struct, frozen=True):
    """A store of this version in a file, to be read by the driver alone."""

    file: Path

    @contextmanager
    def reading(self) -> Iterator[Driver]:
        """Give a connection that sees one state of the store from beginning to end."""
        try:
            with closing(read_only(self.file)) as connection:
                connection.execute("BEGIN")
                yield Driver(connection)
        except (sqlite3.Error, UnicodeDecodeError):
            from srs.store.opening import sentences  # noqa: PLC0415 -- a store that fails is told as an open one is

            with sentences(str(self.file)):
                raise


def glance(database: str) -> Glance | None:
    """Return the store at a path, if it is a file of this version that can be read and written.

    For all others, `None`: `open_store` makes and mends them, or says what is wrong.
    """
    file = Path(database).expanduser().absolute()
    if "://" in database or not os.access(file, os.R_OK | os.W_OK) or not file.is_file():
        return None
    try:
        with closing(read_only(file)) as connection:
            found = connection.execute(READ_VERSION).fetchone()
    except (sqlite3.Error, UnicodeDecodeError):
        return None
    return Glance(file) if found == (HEAD,) else None


def read_only(file: Path, *, any_thread: bool = False) -> sqlite3.Connection:
    """Return a connection to a store in a file that can write nothing; mostly only this thread may use it."""
    return sqlite3.connect(
        f"{file.as_uri()}?mode=ro",
        timeout=_WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=not any_thread,
        uri=True,
    )


@cache
def _statements() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(COMPILED.read_text(encoding="utf-8"))
    return found


@cache
def _statement(
    name: str,
) -> tuple[str, Mapping[str, Any], Callable[[Sequence[Any]], Any], list[tuple[int, Callable[[Any], Any]]]]:
    """Return a statement's text, its own values, and what its rows are, and which of their values have to be read."""
    found = _statements()[name]
    columns: dict[str, str] = found["columns"]
    named = namedtuple("Row", list(columns))  # type: ignore[misc]  # noqa: PYI024 -- known only now
    row = partial(tuple.__new__, named)  # its own way to make one takes the values one by one
    kinds = [(place, _READ[kind]) for place, kind in enumerate(columns.values()) if kind]
    return found["text"], found["fixed"], row, kinds


def _typed(row: Sequence[Any], kinds: Iterable[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    """Return the values of a row with the types that its columns have, where those are not SQLite's own."""
    values = list(row)
    for place, read in kinds:
        if values[place] is not None:
            values[place] = read(values[place])
    return values


def _written(value: Any) -> Any:  # noqa: ANN401 -- what SQLite can hold
    return value.isoformat() if isinstance(value, date) else value
