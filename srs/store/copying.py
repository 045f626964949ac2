"""A copy of a store put back in its place."""

import sqlite3
from contextlib import closing
from pathlib import Path

from srs.files import beside, make_private
from srs.store.opening import sentences
from srs.store.version import VERSION_TABLE

_WAIT_SECONDS = 5


def is_store(file: Path) -> bool:
    """Whether a file is a store of srs, of whatever version."""
    if not file.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            query = "SELECT 1 FROM sqlite_master WHERE name = ?"
            return connection.execute(query, (VERSION_TABLE,)).fetchone() is not None
    except sqlite3.Error:  # it is no database at all
        return False


def replace_store(copy: Path, file: Path, kept: Path | None) -> None:
    """Let a store's file hold what a copy holds, in one transaction; what it held before goes to `kept`, if said.

    Both are their owner's alone. A program that has the store open goes on with the new one. Raises SrsError if either
    cannot be done.
    """
    if not file.exists():
        make_private(file)
    with sentences(str(file)), closing(sqlite3.connect(file, timeout=_WAIT_SECONDS)) as store:
        if kept:
            with beside(kept) as part:
                with closing(sqlite3.connect(part)) as target:
                    store.backup(target)
                part.replace(kept)
        with closing(sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True)) as source:
            source.backup(store)
