"""The history as it is written and read: moments, what a day has seen, and what comes again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert, select

from srs.due import Today
from srs.history import Review
from srs.scheduler import Answer, Grade
from srs.store.called import card_history
from srs.store.reviews import answer_of, answers_since, latest_review, write_review
from srs.store.seen import missed_on, read_today, study_days
from srs.store.tables import cards, reviews
from tests.store.shelf import DAY, days, moment

if TYPE_CHECKING:
    from tests.store.shelf import Shelf

NOON = moment(DAY)


def test_a_review_is_read_as_it_was_written(shelf: Shelf) -> None:
    card = shelf.card("mile")
    review = Review(NOON, DAY, Grade.HARD, 2345, "cram")
    write_review(shelf.connection, card, review)
    assert card_history(shelf.connection, card) == [review]


def test_an_answer_under_a_name_that_was_given_away_is_in_its_heirs_history(shelf: Shelf) -> None:
    card, heir = shelf.card("mile"), shelf.card("knot", line=2)
    review = Review(NOON, DAY, Grade.HARD, 2345, "cram")
    write_review(shelf.connection, card, review, heir)
    assert (card_history(shelf.connection, card), card_history(shelf.connection, heir)) == ([], [review])


@pytest.mark.parametrize(
    ("origin", "drill"), [("terminal", 0), ("script", 0), ("cram", 1), ("anki", 0), ("anki-cram", 1)]
)
def test_crammed_answers_are_drills_wherever_they_were_given(shelf: Shelf, origin: str, drill: int) -> None:
    review = Review(NOON, DAY, Grade.GOOD, 1, origin)
    assert review.drill == bool(drill)
    assert review.step == Answer(DAY, Grade.GOOD, bool(drill), NOON)
    card = shelf.card("mile")
    write_review(shelf.connection, card, review)
    (row,) = shelf.connection.execute(select(reviews))
    assert answer_of(row) == review.step


def test_the_latest_answer_is_told_whether_it_counts_or_not(shelf: Shelf) -> None:
    card = shelf.card("mile")
    assert latest_review(shelf.connection, card) is None
    shelf.answer(card)
    shelf.undone(shelf.answer(card, 0, minute=9))
    shelf.answer(shelf.card("knot", line=2), 1)
    assert latest_review(shelf.connection, card) == NOON + 9 * 60_000


def test_a_review_was_given_in_the_terminal_unless_it_says_otherwise() -> None:
    assert Review(NOON, DAY, Grade.GOOD) == Review(NOON, DAY, Grade.GOOD, ms=0, origin="terminal")


def test_histories_are_in_the_order_of_moments_and_without_what_was_undone(shelf: Shelf) -> None:
    one, two, none = (shelf.card(name, line=line) for line, name in enumerate(("one", "two", "none")))
    shelf.answer(two, 0, 4)
    shelf.answer(one, 3, 5)
    shelf.answer(one, 1, 2)
    shelf.undone(shelf.answer(one, 2, 3))
    found = answers_since(shelf.connection, dict.fromkeys([one, none, two], 0))
    assert {key: [int(review.grade) for review in history] for key, (_, history) in found.items()} == {
        one: [2, 5],
        none: [],
        two: [4],
    }


def test_many_histories_are_read_in_several_queries(shelf: Shelf) -> None:
    """More than a database takes as the parameters of one."""
    card = shelf.card("mile")
    shelf.answer(card)
    found = answers_since(shelf.connection, dict.fromkeys([*range(1000, 2000), card], 0))
    assert (len(found), len(found[card][1])) == (1001, 1)


def test_a_day_tells_new_cards_from_those_known_before(shelf: Shelf) -> None:
    """An answer that was undone and a drill made no card known; a second answer of the day counts no card twice."""
    note = shelf.note("n")
    known, fresh, crammed, undone = (shelf.card(f"n/c{place}", note=note, place=place) for place in range(4))
    shelf.answer(known, -3)
    shelf.answer(crammed, -3, origin="cram")
    shelf.undone(shelf.answer(undone, -3))
    for minute, card in enumerate((known, fresh, crammed, undone, known, fresh)):
        shelf.answer(card, 0, minute=minute)
    assert read_today(shelf.connection, DAY, ["ship"]) == (Today(DAY, 3, 1, frozenset({note})), [])
    assert read_today(shelf.connection, days(-3), ["ship"]) == (Today(days(-3), 1, 0, frozenset({note})), [])
    assert read_today(shelf.connection, days(1), ["ship"]) == (Today(days(1)), [])


def test_a_day_sees_only_the_decks_that_are_asked_for(shelf: Shelf) -> None:
    ours, theirs = shelf.card("ours"), shelf.card("theirs", deck="boat")
    for card in (ours, theirs):
        shelf.answer(card, -1, 1)
        shelf.answer(card, 0, 1)
    today, drills = read_today(shelf.connection, DAY, ["ship"])
    assert (today.new_done, today.reviews_done, len(today.notes_seen), drills) == (0, 1, 1, [ours])
    today, drills = read_today(shelf.connection, DAY, ["ship", "boat"])
    assert (today.reviews_done, len(today.notes_seen), drills) == (2, 2, [ours, theirs])


def test_an_answer_to_a_card_without_text_is_counted_but_keeps_no_sibling_back(shelf: Shelf) -> None:
    """A merged history may hold an answer of today to a card that no deck here brings."""
    stub = insert(cards).values(deck="ship", name="stub", place=0, retired=True, suspended=False)
    shelf.answer(shelf.connection.execute(stub.returning(cards.c.id)).scalar_one())
    assert read_today(shelf.connection, DAY, ["ship"]) == (Today(DAY, 1, 0, frozenset()), [])


@pytest.mark.parametrize(("grade", "again"), [(0, True), (2, True), (3, True), (4, False), (5, False)])
def test_a_card_comes_again_until_its_last_answer_was_good(shelf: Shelf, grade: int, again: bool) -> None:
    card = shelf.card("mile")
    shelf.answer(card, 0, 1)
    shelf.answer(card, 0, grade, minute=1)
    shelf.answer(card, 0, 5 if again else 0, minute=2, origin="cram")
    assert read_today(shelf.connection, DAY, ["ship"])[1] == ([card] if again else [])


def test_drills_come_in_the_order_of_their_days_first_answers(shelf: Shelf) -> None:
    two, one = shelf.card("two", line=2), shelf.card("one", line=1)
    for minute, card in enumerate((one, two, one)):
        shelf.answer(card, 0, 1, minute=minute)
    assert read_today(shelf.connection, DAY, ["ship"])[1] == [one, two]


def test_missed_is_what_was_not_recalled_once_on_the_day(shelf: Shelf) -> None:
    """Hard is a pass; a card recalled later was missed all the same; the first missed comes first."""
    hard, twice, mended, undone, before = (shelf.card(name, line=line) for line, name in enumerate("abcde"))
    shelf.answer(hard, 0, 3)
    shelf.answer(mended, 0, 2, minute=1)
    shelf.answer(twice, 0, 0, minute=2)
    shelf.answer(twice, 0, 1, minute=3)
    shelf.answer(mended, 0, 5, minute=4)
    shelf.undone(shelf.answer(undone, 0, 0, minute=5))
    shelf.answer(before, -1, 0)
    assert missed_on(shelf.connection, DAY) == [mended, twice]


def test_study_days_are_told_from_the_newest_back(shelf: Shelf) -> None:
    card = shelf.card("mile")
    for day in (0, -1, -1, -2, -7):
        shelf.answer(card, day)
    shelf.undone(shelf.answer(card, -4))
    shelf.answer(card, 1)
    assert list(study_days(shelf.connection, DAY)) == [days(0), days(-1), days(-2), days(-7)]
    assert list(study_days(shelf.connection, days(-3))) == [days(-7)]
    assert list(study_days(shelf.connection, days(-8))) == []
