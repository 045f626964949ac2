"""What a store knows of the history folder: what both are called there, and how far each file was read."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, delete, insert

from srs.history.folder import Mark
from srs.store.own_tables import facts, files


def write_fact(connection: Connection, name: str, value: str | None) -> None:
    """Write what a store knows of itself under a name; `None` is nothing."""
    connection.execute(delete(facts).where(facts.c.name == name))
    if value is not None:
        connection.execute(insert(facts), {"name": name, "value": value})


def write_marks(connection: Connection, marks: Iterable[Mark], gone: Collection[str] = ()) -> None:
    """Write how far files were read; what was known of files that are gone is forgotten."""
    rows = [{"name": each.name, "size": each.size, "mtime_ns": each.mtime_ns, "stamp": each.stamp} for each in marks]
    for name in {*gone, *(str(row["name"]) for row in rows)}:
        connection.execute(delete(files).where(files.c.name == name))
    if rows:
        connection.execute(insert(files), rows)
