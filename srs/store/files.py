"""What a store knows of the history folder: what both are called there, and how far each file was read."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, delete, insert, select

from srs.history.folder import Mark
from srs.store.own_tables import facts, files

FOLDER = "history"
"""The name of the folder whose lines a store takes."""
OWN_FILE = "history file of "
"""The name of the file that a computer writes in it stands under this and the computer's own name."""


def read_fact(connection: Connection, name: str) -> str | None:
    """Return what a store knows of itself under a name."""
    found: str | None = connection.execute(select(facts.c.value).where(facts.c.name == name)).scalar()
    return found


def write_fact(connection: Connection, name: str, value: str | None) -> None:
    """Write what a store knows of itself under a name; `None` is nothing."""
    connection.execute(delete(facts).where(facts.c.name == name))
    if value is not None:
        connection.execute(insert(facts), {"name": name, "value": value})


def read_marks(connection: Connection) -> dict[str, Mark]:
    """Return how far the files of the history folder were read, by their names."""
    rows = connection.execute(select(files))
    return {row.name: Mark(row.name, row.size, row.mtime_ns, row.stamp) for row in rows}


def write_marks(connection: Connection, marks: Iterable[Mark], gone: Collection[str] = ()) -> None:
    """Write how far files were read; what was known of files that are gone is forgotten."""
    rows = [{"name": each.name, "size": each.size, "mtime_ns": each.mtime_ns, "stamp": each.stamp} for each in marks]
    for name in {*gone, *(str(row["name"]) for row in rows)}:
        connection.execute(delete(files).where(files.c.name == name))
    if rows:
        connection.execute(insert(files), rows)
