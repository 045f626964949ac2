"""The memories kept beside the cards: a cache of what replaying the history gives, and whose they are."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from srs.scheduler import Memory, Scheduler
from srs.store.reviews import all_histories, histories
from srs.store.tables import cards
from srs.store.tables import scheduler as stamps

MEMORY = (cards.c.due, cards.c.interval, cards.c.lapses, cards.c.answered_on, cards.c.state)
_WRITE = (
    update(cards)
    .where(cards.c.id == bindparam("card"))
    .values({column.name: bindparam(f"new_{column.name}") for column in MEMORY})
)


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay of the whole history found: how many cards and reviews, and the ids of cards that differ."""

    cards: int
    reviews: int
    drifted: tuple[str, ...]


def memory_of(row: Row[Any]) -> Memory | None:
    """Return the memory in a row that holds the columns of `MEMORY`, or `None` for a new card."""
    if row.due is None:
        return None
    return Memory(row.due, row.interval, row.lapses, row.answered_on, tuple(json.loads(row.state)))


def write_memories(connection: Connection, memories: Mapping[int, Memory | None]) -> None:
    """Write the memories of cards, by their rows."""
    if memories:
        connection.execute(_WRITE, [{"card": key} | _columns(memory) for key, memory in memories.items()])


def replay_cards(connection: Connection, keys: Sequence[int], scheduler: Scheduler) -> dict[int, Memory | None]:
    """Set the memory of cards to what replaying their histories gives, and return it."""
    memories = {
        key: scheduler.fold(review.answer for review in history) for key, history in histories(connection, keys).items()
    }
    write_memories(connection, memories)
    return memories


def replay_all(connection: Connection, scheduler: Scheduler, *, write: bool) -> Replayed:
    """Replay the whole history and compare every memory with what it gives; `write` puts right those that differ."""
    should: dict[int, Memory | None] = {}
    count = 0
    for key, answers in all_histories(connection):
        should[key] = scheduler.fold(answers)
        count += len(answers)
    query = select(cards.c.id, cards.c.name, *MEMORY).order_by(cards.c.deck, cards.c.name)
    rows: Sequence[Any] = connection.execute(query).all()
    drifted = [row for row in rows if memory_of(row) != should.get(row.id)]
    if write:
        write_memories(connection, {row.id: should.get(row.id) for row in drifted})
    return Replayed(len(rows), count, tuple(row.name for row in drifted))


def made_by(connection: Connection, scheduler: Scheduler) -> bool | None:
    """Whether the memories are this scheduler's; `None` if they are nobody's, because they were never replayed."""
    row = connection.execute(select(stamps)).first()
    return None if row is None else (row.name, row.version, row.parameters) == _stamp(scheduler)


def take_over(connection: Connection, scheduler: Scheduler) -> Replayed:
    """Make all memories this scheduler's by replaying the whole history, and say so in the store."""
    done = replay_all(connection, scheduler, write=True)
    connection.execute(delete(stamps))
    name, version, parameters = _stamp(scheduler)
    connection.execute(insert(stamps).values(name=name, version=version, parameters=parameters))
    return done


def _stamp(scheduler: Scheduler) -> tuple[str, int, str]:
    return scheduler.name, scheduler.version, scheduler.parameters


def _columns(memory: Memory | None) -> dict[str, object]:
    if memory is None:
        return {f"new_{column.name}": None for column in MEMORY}
    return {
        "new_due": memory.due,
        "new_interval": memory.interval,
        "new_lapses": memory.lapses,
        "new_answered_on": memory.answered_on,
        "new_state": json.dumps(memory.state),
    }
