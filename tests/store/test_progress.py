"""How cards stand, with their whole histories, for other programs and for figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srs.scheduler import Memory
from srs.store.called import card_history
from srs.store.progress import read_progress
from srs.store.values import Choice
from tests.store.shelf import days

if TYPE_CHECKING:
    from tests.store.shelf import Shelf


def test_every_card_that_stands_comes_in_the_order_of_the_decks_with_its_history(shelf: Shelf) -> None:
    """Retired cards do not, nor reviews that were undone, nor cards of other decks."""
    note = shelf.note("n")
    second, first = (shelf.card(f"n/c{place}", note=note, place=place, due=3) for place in (2, 1))
    shelf.change(shelf.card("held", line=2), suspended=True)
    undone = shelf.card("undone", line=4)
    gone = shelf.change(shelf.card("gone", line=5), retired=True)
    theirs = shelf.card("theirs", deck="boat")
    for card, day in ((first, 1), (second, -1), (first, 0), (gone, 0), (theirs, 0)):
        shelf.answer(card, day)
    shelf.undone(shelf.answer(undone))
    shelf.undone(shelf.answer(first, -5))
    memory = Memory(days(3), 5, 0, days(-2), (2, 2500, 1))
    histories = {card: tuple(card_history(shelf.connection, card)) for card in (first, second)}
    assert [review.day for review in histories[first]] == [days(0), days(1)]
    found = read_progress(shelf.connection, Choice(("ship",)))
    assert [(card.note - note, card.name, card.memory, card.suspended, card.history) for card in found] == [
        (0, "n/c1", memory, False, histories[first]),
        (0, "n/c2", memory, False, histories[second]),
        (1, "held", None, True, ()),
        (2, "undone", None, False, ()),
    ]
    assert [card.name for card in read_progress(shelf.connection, Choice(("boat",)))] == ["theirs"]


def test_chapters_come_in_the_order_of_their_paths_and_a_tag_chooses_among_them(shelf: Shelf) -> None:
    shelf.card("last", path="z.md")
    shelf.card("first", path="a.md", tags="exam")
    shelf.card("held", path="m.md")
    found = read_progress(shelf.connection, Choice(("ship",)))
    assert [(card.name, card.chapter) for card in found] == [("first", "A.Md"), ("held", "M.Md"), ("last", "Z.Md")]
    assert [card.name for card in read_progress(shelf.connection, Choice(("ship",), "exam"))] == ["first"]
