"""Which lines some file of the history folder holds: only what none holds yet is to be appended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srs.history import Flag, horizon
from srs.history.force import InForce
from srs.store.log import merge
from srs.store.settling import settle
from srs.store.sharing import forget_shared, mark_shared, unshared
from tests.history.told import A_DAY, NOON, answer, does

if TYPE_CHECKING:
    from tests.store.shelf import Shelf

LINES = [answer(), does(Flag(NOON + 1, "a")), answer(20)]


def test_what_a_file_holds_is_not_to_be_written_again(shelf: Shelf) -> None:
    """An answer, another act, and a line that waits."""
    shelf.card("mile")
    merge(shelf.connection, LINES, InForce(), horizon(NOON))
    assert unshared(shelf.connection) == LINES
    for place, line in enumerate(LINES, 1):
        mark_shared(shelf.connection, [line])
        assert unshared(shelf.connection) == LINES[place:]
    settle(shelf.connection, NOON + 30 * A_DAY)
    assert unshared(shelf.connection) == []
    settle(shelf.connection, horizon(NOON))
    assert unshared(shelf.connection) == []
    forget_shared(shelf.connection)
    assert unshared(shelf.connection) == LINES


def test_a_line_that_stands_in_the_place_of_another_is_to_be_written(shelf: Shelf) -> None:
    shelf.card("mile")
    first = [answer(), does(Flag(NOON, "b"))]
    merge(shelf.connection, first, InForce(), horizon(NOON))
    mark_shared(shelf.connection, first)
    better = [answer(grade=1), does(Flag(NOON, "a"))]
    merge(shelf.connection, better, InForce(), horizon(NOON))
    mark_shared(shelf.connection, first)
    assert sorted(unshared(shelf.connection), key=repr) == sorted(better, key=repr)
