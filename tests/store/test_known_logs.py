"""What a store remembers of logs that were merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from srs.history import Flag, horizon
from srs.history.beginnings import Prefix
from srs.history.force import InForce
from srs.store.files import write_fact
from srs.store.known_logs import read_known, write_known
from srs.store.log import merge
from srs.store.own_tables import facts, waiting
from srs.store.tables import acts, reviews
from tests.history.told import NOON, answer, does

if TYPE_CHECKING:
    from tests.store.shelf import Shelf

NOTHING, SHORT, LONG, OTHER = Prefix(0, "e"), Prefix(10, "a"), Prefix(20, "b"), Prefix(10, "c")


def test_what_has_grown_is_known_in_place_of_what_it_was(shelf: Shelf) -> None:
    write_fact(shelf.connection, "history", "another fact")
    write_fact(shelf.connection, "log that begins with d", "9 x 1")  # no word of srs
    assert read_known(shelf.connection) == {}
    write_known(shelf.connection, SHORT, 1, instead=NOTHING)
    write_known(shelf.connection, OTHER, 2, instead=NOTHING)
    write_known(shelf.connection, OTHER, 2, instead=NOTHING)
    assert read_known(shelf.connection) == {SHORT: 1, OTHER: 2}
    write_known(shelf.connection, LONG, 3, instead=SHORT)
    assert read_known(shelf.connection) == {LONG: 3, OTHER: 2}
    assert len(shelf.connection.execute(select(facts)).all()) == 4


def test_a_store_that_has_lost_a_line_knows_only_what_it_knew_when_it_had_as_few(shelf: Shelf) -> None:
    """An answer, another act, or a line that waits; srs takes none away, but not every file comes from srs."""
    shelf.card("mile")
    merge(shelf.connection, [answer()], InForce(), horizon(NOON))
    write_known(shelf.connection, SHORT, 1, instead=NOTHING)
    merge(shelf.connection, [answer(-1), does(Flag(NOON, "a")), answer(20)], InForce(), horizon(NOON))
    write_known(shelf.connection, LONG, 4, instead=NOTHING)
    assert read_known(shelf.connection) == {SHORT: 1, LONG: 4}
    for of in (acts, waiting, reviews):
        with shelf.connection.begin_nested() as tried:
            first = select(of.c.id).limit(1).scalar_subquery()
            shelf.connection.execute(delete(of).where(of.c.id == first))
            assert read_known(shelf.connection) == {SHORT: 1}
            tried.rollback()
    assert read_known(shelf.connection) == {SHORT: 1, LONG: 4}
