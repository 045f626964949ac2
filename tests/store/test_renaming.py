"""Text that gets an id: what was known under its former name goes on under the new one, by an act of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from srs.due.day import LATEST
from srs.history import Adopt, LogLine, Review, Standing, Suspend
from srs.history.force import InForce
from srs.scheduler import Grade
from srs.store.chaining import rechain
from srs.store.folding import refold
from srs.store.known import Rename, TextChange
from srs.store.log import merge, read_log
from srs.store.memories import standing_of
from srs.store.renaming import keep_names
from srs.store.replaying import replay_all
from srs.store.tables import cards
from srs.store.texts import write_change
from tests.store.shelf import DAY, moment

if TYPE_CHECKING:
    from tests.store.shelf import Shelf

NOW = moment(DAY)
ANSWER = Review(NOW - 9, DAY, Grade.GOOD, 5, "x")


def renamed(shelf: Shelf, *acts: Review | Suspend) -> tuple[int, list[LogLine]]:
    """Give a card a new id after some acts, and return its row and the log."""
    note = shelf.note("was")
    key = shelf.card("was", note=note)
    merge(shelf.connection, [LogLine("ship", "was", act) for act in acts], InForce(), LATEST)
    change = TextChange(
        "ship", (), (), renamed_notes=(Rename(note, "was", "is"),), renamed_cards=(Rename(key, "was", "is"),)
    )
    keep_names(shelf.connection, change, NOW, min)
    write_change(shelf.connection, change, NOW)
    refold(shelf.connection, rechain(shelf.connection), InForce())
    assert replay_all(shelf.connection, InForce(), write=False).drifted == ()
    return key, list(read_log(shelf.connection))


def stands(shelf: Shelf, key: int) -> Standing:
    """Return how a card stands."""
    return standing_of(shelf.connection.execute(select(cards).where(cards.c.id == key)).one())


@pytest.mark.parametrize("acts", [(ANSWER,), (Suspend(NOW - 8),), (ANSWER, Suspend(NOW - 8))])
def test_what_is_known_of_a_name_goes_on_under_the_new_one(shelf: Shelf, acts: tuple[Review | Suspend, ...]) -> None:
    """Every line keeps the name that it was given under; the new one adopts it."""
    key, log = renamed(shelf, *acts)
    assert log == [*(LogLine("ship", "was", act) for act in acts), LogLine("ship", "is", Adopt(NOW, "ship", "was"))]
    assert bool(stands(shelf, key).memory) == (ANSWER in acts)
    assert stands(shelf, key).suspended == (acts[-1] != ANSWER)


def test_a_name_of_which_nothing_is_known_is_given_up(shelf: Shelf) -> None:
    _, log = renamed(shelf)
    assert log == []
    assert list(shelf.connection.scalars(select(cards.c.name))) == ["is"]


def test_a_later_answer_under_the_former_name_counts_too(shelf: Shelf) -> None:
    """Another computer, whose text is older, goes on to ask the card under it."""
    key, _ = renamed(shelf, ANSWER)
    later = LogLine("ship", "was", Suspend(NOW + 1))
    merge(shelf.connection, [later], InForce(), LATEST)
    assert stands(shelf, key).suspended
