"""What notes said before: kept for as long as a card was last answered under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from srs.store.earlier import keep_texts
from srs.store.seen import learnt_text
from srs.store.tables import earlier_texts, notes
from tests.store.shelf import days, moment

if TYPE_CHECKING:
    from tests.store.shelf import Shelf


def edit(shelf: Shelf, note: int, text: str, day: int) -> None:
    """Write another text over a note's, as a sync does."""
    keep_texts(shelf.connection, {note: text}, moment(days(day)))
    shelf.connection.execute(update(notes).where(notes.c.id == note).values(text=text))


def kept(shelf: Shelf) -> int:
    """Return how many texts are kept."""
    return shelf.connection.execute(select(func.count()).select_from(earlier_texts)).scalar_one()


def test_the_text_of_the_last_answer_is_kept_over_many_edits(shelf: Shelf) -> None:
    note = shelf.note("mile")
    card = shelf.card("mile", note=note)
    edit(shelf, note, "before", -5)
    assert kept(shelf) == 0, "nobody has learnt it yet"
    shelf.answer(card, -4)
    assert learnt_text(shelf.connection, card) == ""
    for day, text in ((-3, "one"), (-2, "two"), (-1, "three")):
        edit(shelf, note, text, day)
    assert learnt_text(shelf.connection, card) == "before"
    assert kept(shelf) == 1
    shelf.answer(card, 0)
    assert learnt_text(shelf.connection, card) == ""


def test_each_card_of_a_note_has_the_text_it_was_answered_under(shelf: Shelf) -> None:
    note = shelf.note("red")
    first, second, new = (shelf.card(f"red/c{number}", note=note, place=number) for number in (1, 2, 3))
    edit(shelf, note, "A", -9)
    shelf.answer(first, -8)
    edit(shelf, note, "B", -7)
    shelf.answer(second, -6)
    edit(shelf, note, "C", -5)
    assert [learnt_text(shelf.connection, card) for card in (first, second, new)] == ["A", "B", ""]
    shelf.answer(first, -4)
    edit(shelf, note, "D", -3)
    assert [learnt_text(shelf.connection, card) for card in (first, second, new)] == ["C", "B", ""]
    assert kept(shelf) == 2, "nobody was asked under A any more"


def test_an_answer_that_was_taken_back_is_none(shelf: Shelf) -> None:
    note = shelf.note("mile")
    card = shelf.card("mile", note=note)
    edit(shelf, note, "A", -9)
    shelf.answer(card, -8)
    edit(shelf, note, "B", -7)
    shelf.undone(shelf.answer(card, -6))
    assert learnt_text(shelf.connection, card) == "A"


def test_a_text_that_stays_is_not_kept(shelf: Shelf) -> None:
    """A chapter's tags change its notes, too."""
    note = shelf.note("mile")
    card = shelf.card("mile", note=note)
    edit(shelf, note, "A", -9)
    shelf.answer(card, -8)
    edit(shelf, note, "A", -7)
    assert (kept(shelf), learnt_text(shelf.connection, card)) == (0, "")
