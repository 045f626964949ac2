"""What was given on this computer, in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srs.history import Resume, Suspend
from srs.store.given import MOST, Given, forget_given, last_given, remember, take_back
from tests.history.told import NOON, answer, does

if TYPE_CHECKING:
    from tests.store.shelf import Shelf


def test_the_last_act_that_was_given_is_taken_back_first(shelf: Shelf) -> None:
    assert last_given(shelf.connection) is None
    first = remember(shelf.connection, answer())
    second = remember(shelf.connection, does(Suspend(NOON)), does(Resume(NOON)))
    assert last_given(shelf.connection) == Given(second, does(Suspend(NOON)), does(Resume(NOON)))
    assert last_given(shelf.connection, first) == Given(first, answer(), None)
    take_back(shelf.connection, second)
    assert last_given(shelf.connection) == Given(first, answer(), None)


def test_so_many_are_remembered_as_anybody_takes_back(shelf: Shelf) -> None:
    keys = [remember(shelf.connection, answer(ms=number)) for number in range(2 * MOST)]
    assert last_given(shelf.connection, keys[0]) is None
    assert last_given(shelf.connection, keys[-MOST + 1]) is not None


def test_acts_of_one_go_are_remembered_as_one(shelf: Shelf) -> None:
    remember(shelf.connection, answer(), more=[answer(ms=1), answer(ms=2)])
    found = last_given(shelf.connection)
    assert found
    assert (found.line, found.before, found.more) == (answer(), None, (answer(ms=1), answer(ms=2)))


def test_an_act_that_was_cancelled_by_name_is_forgotten(shelf: Shelf) -> None:
    for ms in (0, 1):
        remember(shelf.connection, answer(ms=ms))
    forget_given(shelf.connection, answer(ms=1))
    found = last_given(shelf.connection)
    assert found
    assert found.line == answer()
