"""Names are found by the decks that they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert

from srs.store.called import Named, known_rows
from srs.store.statements import STATEMENTS
from srs.store.tables import cards

if TYPE_CHECKING:
    from tests.store.shelf import Shelf


def test_a_name_is_one_deck_s(shelf: Shelf) -> None:
    rows = [("ship", "mile", None), ("boat", "mile", 1), ("boat", "anchor", None)]
    for key, (deck, name, heir) in enumerate(rows, 1):
        card = {"id": key, "deck": deck, "name": name, "place": 0, "retired": True, "suspended": False}
        shelf.connection.execute(insert(cards).values(**card, heir_id=heir))
    wanted = [("ship", "mile"), ("ship", "anchor"), ("boat", "mile"), ("raft", "mile")]
    assert known_rows(shelf.connection, wanted) == {("ship", "mile"): Named(1, 1), ("boat", "mile"): Named(2, 1)}
    assert known_rows(shelf.connection, []) == {}


def test_names_are_looked_up_among_as_many_cards_as_there_are(shelf: Shelf) -> None:
    query = STATEMENTS["named"].params(deck="ship", names=["mile", "anchor"])
    text = query.compile(shelf.connection, compile_kwargs={"literal_binds": True})
    (plan,) = shelf.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").all()
    assert plan.detail.startswith("SEARCH cards USING INDEX")
