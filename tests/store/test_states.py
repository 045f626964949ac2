"""How one card stands, for an act on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from srs.errors import SrsError
from srs.history import Adopt, Standing
from srs.store.acts import write_acts
from srs.store.chaining import rechain
from srs.store.states import CardState, card_state
from tests.history.told import NOON, does
from tests.store.shelf import days

if TYPE_CHECKING:
    from tests.store.shelf import Shelf


def test_a_card_alone_bears_its_own_name(shelf: Shelf) -> None:
    key = shelf.change(shelf.card("mile"), suspended=True, buried_until=days(1))
    state = card_state(shelf.connection, key)
    assert state == CardState("ship", "mile", Standing(None, True, days(1)), None, frozenset({("ship", "mile")}))


def test_a_card_of_a_chain_knows_all_its_names_and_who_shows_it(shelf: Shelf) -> None:
    rows = [shelf.card(name) for name in ("mile", "sea-mile", "knot")]
    write_acts(shelf.connection, [does(Adopt(NOON, "ship", "mile"), "sea-mile")])
    rechain(shelf.connection)
    states = [card_state(shelf.connection, row) for row in rows]
    assert [state.heir for state in states] == [rows[1], None, None]
    both = frozenset({("ship", "mile"), ("ship", "sea-mile")})
    assert [state.names for state in states] == [both, both, frozenset({("ship", "knot")})]


def test_a_row_that_is_gone_is_told(shelf: Shelf) -> None:
    """A copy of the store was put back while a sitting was open."""
    with pytest.raises(SrsError, match="another copy of the store was put back"):
        card_state(shelf.connection, 1)
