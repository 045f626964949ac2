"""Notes that go on under other names, and what Anki knew them as first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srs.history import Adopt, Undo
from srs.store.acts import write_acts
from srs.store.heirs import NoteHeir, note_heirs
from tests.history.told import NOON, does

if TYPE_CHECKING:
    from tests.store.shelf import Shelf


def test_without_adoptions_nobody_is_an_heir(shelf: Shelf) -> None:
    shelf.card("mile")
    assert note_heirs(shelf.connection) == []


def test_the_latest_name_that_stands_goes_on_as_the_first(shelf: Shelf) -> None:
    """The last of the chain is not in the text here; that of a card alone is no note's."""
    keys = {name: shelf.note(name) for name in ("mile", "sea-mile", "knot", "red")}
    for name, retired in (("mile", True), ("sea-mile", False), ("knot", False), ("red", False)):
        shelf.change(shelf.card(name, note=keys[name]), retired=retired)
    write_acts(
        shelf.connection,
        [
            does(Adopt(NOON, "ship", "mile"), "sea-mile"),
            does(Adopt(NOON + 1, "ship", "sea-mile"), "away"),
            does(Adopt(NOON + 2, "ship", "knot/c1"), "red/c1"),
        ],
    )
    names = (("ship", "mile"), ("ship", "sea-mile"), ("ship", "away"))
    assert note_heirs(shelf.connection) == [NoteHeir(keys["sea-mile"], names[1], names[0], names)]


def test_an_adoption_that_was_undone_leaves_no_heir(shelf: Shelf) -> None:
    for name in ("mile", "sea-mile"):
        shelf.card(name)
    adopted = does(Adopt(NOON, "ship", "mile"), "sea-mile")
    write_acts(shelf.connection, [adopted, does(Undo(NOON + 1, NOON, "adopt"), "sea-mile")])
    assert note_heirs(shelf.connection) == []
