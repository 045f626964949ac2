"""Proof that a database is whole: the file, and its references."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

from sqlalchemy import Connection

from srs.store.driver import read_only
from srs.store.misfits import Run, misfits
from srs.store.opening import CACHE, Store


@contextmanager
def damage_beside(store: Store, connection: Connection) -> Iterator[Callable[[], tuple[str, ...]]]:
    """Look for damage while a block works, and give what to call for what was found.

    SQLite looks by itself, so a thread of its own with a connection of its own does it where the store is a file; it
    stops where the block does.
    """
    if store.file is None:
        found = damage(connection)
        yield lambda: found
        return
    with closing(read_only(store.file, any_thread=True)) as own, ThreadPoolExecutor(1) as beside:
        own.execute(f"PRAGMA cache_size = -{CACHE}")
        looking = beside.submit(_damage, own.execute)
        try:
            yield looking.result
        finally:
            own.interrupt()


def damage(connection: Connection) -> tuple[str, ...]:
    """Return what is wrong with the database itself; a server's own tools look after theirs."""
    return _damage(connection.exec_driver_sql) if connection.dialect.name == "sqlite" else ()


def _damage(run: Run) -> tuple[str, ...]:
    said = [str(row[0]) for row in run("PRAGMA integrity_check")]
    broken = [
        f"{row[0]} row {row[1]} refers to {row[2]}, which is not there" for row in run("PRAGMA foreign_key_check")
    ]
    unfit = [f"{column} holds values that srs never writes there" for column in misfits(run)]
    return tuple([line for line in said if line != "ok"] + broken + unfit)
