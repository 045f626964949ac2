"""How cards stand is a cache: written whole, and known to be some schedulers'."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from srs.history import Standing
from srs.history.force import InForce
from srs.scheduler import Memory, Sm2
from srs.store.forces import made_by
from srs.store.memories import sign, standing_of, write_standings
from srs.store.tables import cards, schedulers
from tests.store.shelf import days

if TYPE_CHECKING:
    from tests.store.shelf import Shelf


def standings(shelf: Shelf) -> dict[int, Standing]:
    """Return how every card stands, by its row."""
    return {row.id: standing_of(row) for row in shelf.connection.execute(select(cards))}


def test_how_a_card_stands_is_read_as_it_was_written(shelf: Shelf) -> None:
    """A state may hold fractions, which another scheduler may need."""
    one, other = shelf.card("one", line=1), shelf.card("other", line=2, due=3)
    memory = Memory(days(9), 7, 2, days(1), (0.5, 3, 1_800_000_000_123))
    wanted = {one: Standing(memory, suspended=True, buried_until=days(4), remark="long"), other: Standing()}
    write_standings(shelf.connection, wanted)
    assert standings(shelf) == wanted
    write_standings(shelf.connection, {})
    assert standings(shelf) == wanted


def test_a_store_knows_whose_its_memories_are(shelf: Shelf) -> None:
    """Another name, version or parameter is another scheduler, of all decks or of one; a row says which it was last."""
    smooth, one_deck = InForce(Sm2(smooth=True)), InForce(own={"ship": Sm2(smooth=True)})
    assert made_by(shelf.connection, InForce()) is None
    for force in (InForce(), smooth, one_deck):
        sign(shelf.connection, force)
        assert [made_by(shelf.connection, each) == (each is force) for each in (smooth, one_deck)] == [True, True]
    assert made_by(shelf.connection, InForce()) is False
    rows = {row.deck: (row.name, row.version, row.parameters) for row in shelf.connection.execute(select(schedulers))}
    assert rows == {"": ("sm2", 1, '{"smooth": false}'), "ship": ("sm2", 1, '{"smooth": true}')}


@pytest.mark.parametrize(
    "broken",
    [{"due": None}, {"interval": None}, {"lapses": None}, {"answered_on": None}, {"state": None}, {"interval": 0}],
    ids=str,
)
def test_the_database_takes_no_memory_that_is_not_whole(shelf: Shelf, broken: dict[str, object]) -> None:
    card = shelf.card("one", due=1)
    with pytest.raises(IntegrityError, match="memory_is"):
        shelf.change(card, **broken)
