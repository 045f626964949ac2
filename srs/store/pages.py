"""A database copied page by page into a file that nobody reads before it is whole."""

import sqlite3
from contextlib import closing
from pathlib import Path


def copy_pages(source: sqlite3.Connection, target: Path) -> None:
    """Write what an open database holds into a file, without a journal beside it: half a copy is thrown away."""
    with closing(sqlite3.connect(target)) as copy:
        copy.execute("PRAGMA journal_mode = OFF")
        source.backup(copy)
