"""Every name there ever was, in the text or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srs.history import Adopt
from srs.store.acts import write_acts
from srs.store.chaining import rechain
from srs.store.everything import KnownHeading, KnownName, headings, names_like
from tests.history.told import NOON, does

if TYPE_CHECKING:
    from tests.store.shelf import Shelf


def test_notes_and_cards_of_an_id_are_found_in_all_decks(shelf: Shelf) -> None:
    shelf.change(shelf.card("mile"), retired=True)
    shelf.card("mile", deck="boat")
    red = shelf.note("red")
    shelf.card("red/c1", note=red)
    found = names_like(shelf.connection, ["mile", "red"])
    assert sorted((each.deck, each.name, each.stands) for each in found) == [
        *[("boat", "mile", True)] * 2,
        ("ship", "mile", False),
        ("ship", "mile", False),
        ("ship", "red", True),
    ]
    assert names_like(shelf.connection, ["red/c1"]) == [KnownName("ship", "red/c1", stands=True)]
    assert names_like(shelf.connection, ["nope"]) == []


def test_a_heading_tells_whether_it_stands_was_answered_and_shows_its_history(shelf: Shelf) -> None:
    shelf.answer(shelf.change(shelf.card("mile"), retired=True))
    shelf.card("sea-mile")
    write_acts(shelf.connection, [does(Adopt(NOON, "ship", "mile"), "sea-mile")])
    rechain(shelf.connection)
    assert sorted(headings(shelf.connection), key=lambda each: each.name) == [
        KnownHeading("ship", "mile", "## mile?", stands=False, answered=True, shown=False),
        KnownHeading("ship", "sea-mile", "## sea-mile?", stands=True, answered=False, shown=True),
    ]
