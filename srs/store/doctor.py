"""Proof that a database is whole: the file, and its references."""

from sqlalchemy import Connection

from srs.store.misfits import misfits


def damage(connection: Connection) -> tuple[str, ...]:
    """Return what is wrong with the database itself; a server's own tools look after theirs."""
    if connection.dialect.name != "sqlite":
        return ()
    said = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    broken = [
        f"{row[0]} row {row[1]} refers to {row[2]}, which is not there"
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
    ]
    unfit = [f"{column} holds values that srs never writes there" for column in misfits(connection.exec_driver_sql)]
    return tuple([line for line in said if line != "ok"] + broken + unfit)
