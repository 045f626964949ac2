"""What a day costs grows with what is asked that day, not with the product of what is due and what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert

from srs.store.cards import Choice, due_cards, new_cards
from srs.store.opening import open_store
from srs.store.tables import cards, chapters, notes
from tests.store.histories import START

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

CHOICE = Choice(("ship",))


def steps(connection: Connection, work: Callable[[], object]) -> int:
    """Return how many thousands of instructions of SQLite's machine some work takes: the same on every computer."""
    ticks = []
    raw = connection.connection.dbapi_connection
    assert raw
    raw.set_progress_handler(lambda: ticks.append(1), 1000)
    work()
    raw.set_progress_handler(None, 0)
    return len(ticks)


def work_of_a_day(size: int) -> tuple[int, int]:
    """Return the work for the due and for the new cards of a collection: half of its cards are due, half new."""
    with open_store("sqlite://") as store, store.writing() as connection:
        connection.execute(insert(chapters).values(deck="ship", path="sea.md", title="Sea", size=1, mtime_ns=1))
        note = {"deck": "ship", "chapter_id": 1, "kind": "basic", "text": "", "changed_at": 0}
        connection.execute(insert(notes), [note | {"name": f"n{n}", "line": n} for n in range(1, size + 1)])
        card = {"deck": "ship", "place": 0, "retired": False, "suspended": False}
        learnt = {"due": START, "interval": 1, "lapses": 0, "answered_on": START, "state": "[1, 2500, 1]"}
        known = [card | learnt | {"name": f"n{n}", "note_id": n} for n in range(1, size // 2)]
        connection.execute(insert(cards), known)
        connection.execute(insert(cards), [card | {"name": f"n{n}", "note_id": n} for n in range(size // 2, size + 1)])
        due = steps(connection, lambda: due_cards(connection, CHOICE, START, START))
        new = steps(connection, lambda: new_cards(connection, CHOICE, START, 20, ()))
    return due, new


def test_twice_the_cards_are_twice_the_work() -> None:
    small, large = work_of_a_day(2000), work_of_a_day(4000)
    for few, many in zip(small, large, strict=True):
        assert few > 5
        assert many < 2.5 * few
