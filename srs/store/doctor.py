"""Proof that a store is whole: the file, its references, and every memory against a replay of the history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from srs.scheduler import replay
from srs.store.cards import memory_of
from srs.store.reviews import all_histories, write_memories
from srs.store.tables import cards

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from srs.scheduler import Memory, Scheduler


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found: `damage` in the database itself, and cards whose memory is not what their history gives."""

    cards: int
    reviews: int
    damage: tuple[str, ...]
    drifted: tuple[str, ...]

    @property
    def healthy(self) -> bool:
        """Whether nothing was found."""
        return not self.damage and not self.drifted


def examine(connection: Connection, scheduler: Scheduler, *, repair: bool = False) -> Diagnosis:
    """Replay the whole history and compare; with `repair`, write the memories that the history gives."""
    should: dict[int, Memory | None] = {}
    count = 0
    for key, answers in all_histories(connection):
        should[key] = replay(scheduler, answers)
        count += len(answers)
    columns = (
        cards.c.id,
        cards.c.name,
        cards.c.repetitions,
        cards.c.ease,
        cards.c.interval,
        cards.c.due,
        cards.c.lapses,
    )
    rows: Sequence[Any] = connection.execute(select(*columns).order_by(cards.c.deck, cards.c.name)).all()
    drifted = [row for row in rows if memory_of(row) != should.get(row.id)]
    if repair:
        write_memories(connection, {row.id: should.get(row.id) for row in drifted})
    return Diagnosis(len(rows), count, _damage(connection), tuple(row.name for row in drifted))


def _damage(connection: Connection) -> tuple[str, ...]:
    if connection.dialect.name != "sqlite":
        return ()
    said = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    broken = [
        f"{row[0]} row {row[1]} refers to {row[2]}, which is not there"
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
    ]
    return tuple([line for line in said if line != "ok"] + broken)
