"""Proof that a store is whole: the file, its references, and every memory against a replay of the history."""

from dataclasses import dataclass

from sqlalchemy import Connection

from srs.scheduler import Scheduler
from srs.store.memories import Replayed, replay_all


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found: `damage` in the database itself, and what a replay of the history says of the memories."""

    replayed: Replayed
    damage: tuple[str, ...]


def examine(connection: Connection, scheduler: Scheduler, *, repair: bool = False) -> Diagnosis:
    """Check the database and replay the whole history; with `repair`, write the memories that the history gives."""
    return Diagnosis(replay_all(connection, scheduler, write=repair), _damage(connection))


def _damage(connection: Connection) -> tuple[str, ...]:
    if connection.dialect.name != "sqlite":
        return ()
    said = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    broken = [
        f"{row[0]} row {row[1]} refers to {row[2]}, which is not there"
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
    ]
    return tuple([line for line in said if line != "ok"] + broken)
