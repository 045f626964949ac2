"""Memories are a cache: what a replay gives, written whole, and known to be one scheduler's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from srs.scheduler import Memory, Sm2
from srs.store.memories import Replayed, made_by, memory_of, replay_all, replay_cards, take_over, write_memories
from srs.store.reviews import mark_undone
from srs.store.tables import cards, scheduler
from tests.store.shelf import DAY, days, moment

if TYPE_CHECKING:
    from tests.store.shelf import Shelf


def memories(shelf: Shelf) -> dict[int, Memory | None]:
    """Return the memory of every card, by its row."""
    return {row.id: memory_of(row) for row in shelf.connection.execute(select(cards))}


def test_a_memory_is_read_as_it_was_written(shelf: Shelf) -> None:
    """A state may hold fractions, which another scheduler may need."""
    one, other = shelf.card("one", line=1), shelf.card("other", line=2, due=3)
    memory = Memory(days(9), 7, 2, days(1), (0.5, 3, 1_800_000_000_123))
    write_memories(shelf.connection, {one: memory, other: None})
    assert memories(shelf) == {one: memory, other: None}
    write_memories(shelf.connection, {})
    assert memories(shelf) == {one: memory, other: None}


def test_cards_named_are_replayed_and_no_others(shelf: Shelf) -> None:
    one, other, new = (shelf.card(name, line=line) for line, name in enumerate(("one", "other", "new")))
    first = shelf.answer(one)
    mark_undone(shelf.connection, shelf.answer(one, 1, 0), 1)
    shelf.answer(other)
    learnt = Memory(days(1), 1, 0, DAY, (1, 2500, moment(DAY)))
    assert replay_cards(shelf.connection, [one, new], Sm2()) == {one: learnt, new: None}
    assert memories(shelf) == {one: learnt, new: None, other: None}
    mark_undone(shelf.connection, first, 1)
    assert replay_cards(shelf.connection, [one], Sm2()) == {one: None}


def test_a_replay_of_all_writes_only_if_it_may(shelf: Shelf) -> None:
    one, other = shelf.card("one", line=1), shelf.card("other", line=2)
    shelf.answer(one)
    shelf.answer(other)
    replay_cards(shelf.connection, [other], Sm2())
    before = memories(shelf)
    assert replay_all(shelf.connection, Sm2(), write=False) == Replayed(2, 2, ("one",))
    assert memories(shelf) == before
    assert replay_all(shelf.connection, Sm2(), write=True) == Replayed(2, 2, ("one",))
    assert memories(shelf) == before | {one: Memory(days(1), 1, 0, DAY, (1, 2500, moment(DAY)))}


def test_a_store_knows_whose_its_memories_are(shelf: Shelf) -> None:
    """Another name, version or parameter is another scheduler; one row says which it was last."""
    shelf.answer(shelf.card("one"))
    assert made_by(shelf.connection, Sm2()) is None
    assert take_over(shelf.connection, Sm2()) == Replayed(1, 1, ("one",))
    assert replay_all(shelf.connection, Sm2(), write=False) == Replayed(1, 1, ())
    assert (made_by(shelf.connection, Sm2()), made_by(shelf.connection, Sm2(smooth=True))) == (True, False)
    take_over(shelf.connection, Sm2(smooth=True))
    assert (made_by(shelf.connection, Sm2()), made_by(shelf.connection, Sm2(smooth=True))) == (False, True)
    rows = [(row.name, row.version, row.parameters) for row in shelf.connection.execute(select(scheduler))]
    assert rows == [("sm2", 1, '{"smooth": true}')]


@pytest.mark.parametrize(
    "broken",
    [{"due": None}, {"interval": None}, {"lapses": None}, {"answered_on": None}, {"state": None}, {"interval": 0}],
    ids=str,
)
def test_the_database_takes_no_memory_that_is_not_whole(shelf: Shelf, broken: dict[str, object]) -> None:
    card = shelf.card("one", due=1)
    with pytest.raises(IntegrityError, match="memory_is"):
        shelf.change(card, **broken)
