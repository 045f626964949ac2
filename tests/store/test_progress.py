"""How cards stand, with their whole histories, for other programs and for figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srs.scheduler import Memory
from srs.store.cards import Choice
from srs.store.progress import CardProgress, StandingCard, read_progress, standing_cards
from srs.store.reviews import card_history, mark_undone
from tests.store.shelf import days

if TYPE_CHECKING:
    from tests.store.shelf import Shelf


def test_cards_that_were_answered_or_suspended_are_told_by_note(shelf: Shelf) -> None:
    """New cards that nobody touched are not, nor retired ones, nor those of other decks."""
    note = shelf.note("n")
    second, first = (shelf.card(f"n/c{place}", note=note, place=place, due=3) for place in (2, 1))
    held = shelf.change(shelf.card("held", line=2), suspended=True)
    shelf.card("new", line=3)
    undone = shelf.card("undone", line=4)
    gone = shelf.change(shelf.card("gone", line=5), retired=True)
    theirs = shelf.card("theirs", deck="boat")
    for card, day in ((first, 1), (second, -1), (first, 0), (gone, 0), (theirs, 0)):
        shelf.answer(card, day)
    mark_undone(shelf.connection, shelf.answer(undone), 1)
    mark_undone(shelf.connection, shelf.answer(first, -5), 1)
    memory = Memory(days(3), 5, 0, days(-2), (2, 2500, 1))
    histories = {card: tuple(card_history(shelf.connection, card)) for card in (first, second)}
    assert [review.day for review in histories[first]] == [days(0), days(1)]
    found = read_progress(shelf.connection, ["ship"])
    assert sorted(found) == [note, note + 1]
    assert sorted(found[note], key=lambda card: card.key) == [
        CardProgress(second, "n/c2", memory, suspended=False, history=histories[second]),
        CardProgress(first, "n/c1", memory, suspended=False, history=histories[first]),
    ]
    assert found[note + 1] == [CardProgress(held, "held", None, suspended=True, history=())]
    assert [card.key for cards in read_progress(shelf.connection, ["boat"]).values() for card in cards] == [theirs]


def test_standing_cards_come_in_the_order_of_the_decks(shelf: Shelf) -> None:
    last, first = shelf.card("last", path="z.md", due=3), shelf.card("first", path="a.md", tags="exam")
    held = shelf.change(shelf.card("held", path="m.md"), suspended=True)
    shelf.change(shelf.card("gone", path="a.md"), retired=True)
    shelf.card("theirs", deck="boat")
    assert standing_cards(shelf.connection, Choice(("ship",))) == [
        StandingCard(first, "A.Md", None, suspended=False),
        StandingCard(held, "M.Md", None, suspended=True),
        StandingCard(last, "Z.Md", Memory(days(3), 5, 0, days(-2), (2, 2500, 1)), suspended=False),
    ]
    assert [card.key for card in standing_cards(shelf.connection, Choice(("ship",), "exam"))] == [first]
