"""How much of each chapter is known now, read before any store is open."""

from datetime import date

from srs.collection.desk import Desk, Shelf
from srs.stats.knowing import Known, knowing
from srs.store.queued import read_memories
from srs.store.values import Choice


def known(desk: Desk, store: Shelf, choice: Choice, today: date) -> dict[str, Known]:
    """Return how much of each chapter of a choice is known on a study day; reads no histories."""
    with store.reading() as connection:
        memories = read_memories(connection, choice)
    return knowing(memories, desk.scheduler, today)
