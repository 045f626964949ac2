"""Cards as they stand, with their answers as bare rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from srs.history import CRAM
from srs.scheduler import Grade
from srs.store.answers import last_counted, read_answers, read_standings
from srs.store.called import card_history
from srs.store.tables import reviews
from srs.store.values import Choice
from tests.store.shelf import days

if TYPE_CHECKING:
    from tests.store.shelf import Shelf


def test_answers_that_count_come_card_by_card_in_order(shelf: Shelf) -> None:
    """Those of retired cards and of other decks do not, nor those that were undone."""
    first, second = shelf.card("a", due=3), shelf.card("b", line=2)
    gone = shelf.change(shelf.card("gone", line=3), retired=True)
    theirs = shelf.card("theirs", deck="boat")
    for minute, (card, day) in enumerate(((second, 0), (first, 1), (first, 0), (gone, 0), (theirs, 0))):
        shelf.answer(card, day, minute=minute)
    shelf.undone(shelf.answer(first, -1))
    found = dict(read_answers(shelf.connection, ["ship"]))
    assert [[day - days(0).toordinal() for _, _, (day, *_) in rows] for rows in found.values()] == [[0, 1], [0]]
    (known, *_), (row, *_) = card_history(shelf.connection, first), found[first]
    assert row == (known.at, known.ms, (known.day.toordinal(), int(known.grade), False, known.at))
    assert [(each.key, each.name, each.history) for each in read_standings(shelf.connection, Choice(("ship",)))] == [
        (first, "a", ()),
        (second, "b", ()),
    ]


def test_cards_answered_in_one_millisecond_come_with_their_histories(shelf: Shelf) -> None:
    """So do those whose answers lie where those may be moved to, and no others."""
    names = ("a", "b", "c", "alone", "before")
    cards = {name: shelf.card(name, due=3, line=line) for line, name in enumerate(names, 1)}
    for name, ms in (("a", 0), ("b", 0), ("a", 0), ("c", 2), ("alone", 4), ("before", -1)):
        answer = shelf.answer(cards[name])
        noon = select(reviews.c.at).where(reviews.c.id == answer).scalar_subquery()
        at = shelf.connection.execute(select(noon)).scalar_one() + ms
        shelf.connection.execute(update(reviews).where(reviews.c.id == answer).values(at=at))
    found = {each.name: len(each.history) for each in read_standings(shelf.connection, Choice(("ship",)))}
    assert found == {"a": 2, "b": 1, "c": 1, "alone": 0, "before": 0}


def test_a_drill_is_one_and_is_no_last_answer(shelf: Shelf) -> None:
    card = shelf.card("a", due=3)
    shelf.answer(card, 0)
    shelf.answer(card, 1, grade=Grade.GOOD, origin=CRAM)
    ((_, rows),) = read_answers(shelf.connection, ["ship"])
    assert [drill for _, _, (_, _, drill, _) in rows] == [False, True]
    answered, _ = card_history(shelf.connection, card)
    assert last_counted(shelf.connection, ["ship"]) == {card: answered.at}
