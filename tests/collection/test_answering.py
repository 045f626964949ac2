"""What an answer does and what undoing does, for a sitting and a script alike: laws, leeches, and one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.collection.answering import Answered, Leeches, Rules, answer, undo
from srs.scheduler import Grade, Memory, Sm2
from srs.store.cards import read_card, set_suspended
from srs.store.log import read_log
from srs.store.memories import replay_all
from srs.history import CRAM, Review
from srs.store.reviews import card_history, read_review
from tests.memories import answered
from tests.store.histories import reviews, store_with_cards
from tests.store.shelf import DAY, days, moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from srs.store.opening import Store

RULES = Rules(Sm2(), Leeches())


@pytest.fixture
def store() -> Iterator[Store]:
    """A store with three cards, numbered 1 to 3."""
    with store_with_cards() as one:
        yield one


def review(day: int = 0, grade: int = 4, *, minute: int = 0, origin: str = "script") -> Review:
    """Return a review given some days from now."""
    return Review(moment(days(day), minute=minute), days(day), Grade(grade), 1000, origin)


def suspended(store: Store, card: int) -> bool:
    """Return whether a card is out of the queue."""
    with store.reading() as connection:
        return read_card(connection, card).suspended


def forgotten(lapses: int) -> Memory:
    """Return the memory of a card that was forgotten some times."""
    return Memory(days(1), 1, lapses, DAY, (0, 2500, 1))


def test_a_first_answer_makes_a_memory(store: Store) -> None:
    done = answer(store, 2, review(), RULES)
    memory = Memory(days(1), 1, 0, DAY, (1, 2500, moment(DAY)))
    assert done == Answered(done.review_key, memory, drill=False, leech=False, suspended=False)
    with store.reading() as connection:
        assert read_card(connection, 2).memory == memory
        found = read_review(connection, done.review_key)
        assert (found.card, found.review) == (2, review()) if found else False


@pytest.mark.parametrize(
    ("day", "origin", "drill"), [(0, "script", True), (-1, "script", True), (1, "script", False), (1, CRAM, True)]
)
def test_an_answer_that_does_not_count_is_a_drill(store: Store, day: int, origin: str, drill: bool) -> None:
    """The day's second, one given later on a day before (after a flight west), and one that was crammed."""
    before = answer(store, 1, review(), RULES).memory
    later = Review(moment(DAY, minute=1), days(day), Grade.EASY, 1000, origin)
    done = answer(store, 1, later, RULES)
    assert (done.drill, done.memory == before) == (drill, drill)
    with store.reading() as connection:
        assert len(card_history(connection, 1)) == 2


def test_an_answer_before_the_others_is_no_drill_if_it_moves_the_due_day(store: Store) -> None:
    """Given with the clock set back to the day before: in the order of moments it is the first."""
    before = answer(store, 1, review(), RULES).memory
    done = answer(store, 1, review(-1), RULES)
    assert done.memory != before
    assert not done.drill


def test_a_drill_on_a_new_card_leaves_it_new(store: Store) -> None:
    done = answer(store, 1, review(origin=CRAM), RULES)
    assert (done.drill, done.memory) == (True, None)


@pytest.mark.parametrize(("limit", "lapses", "is_leech"), [(0, 99, False), (3, 2, False), (3, 3, True), (3, 4, True)])
def test_a_leech_has_lapsed_as_often_as_the_limit_says(limit: int, lapses: int, is_leech: bool) -> None:
    assert Leeches(limit).holds(forgotten(lapses)) == is_leech
    assert not Leeches(limit).holds(None)


def test_there_are_no_leeches_unless_a_limit_is_set() -> None:
    assert Leeches() == Leeches(0, suspend=True)


def test_a_leech_is_caught_by_the_answer_that_was_the_lapse() -> None:
    leeches = Leeches(1)
    first, second = forgotten(1), forgotten(2)
    assert leeches.caught(forgotten(0), first)
    assert leeches.caught(first, second)
    assert leeches.caught(None, first)
    assert not leeches.caught(first, first)
    assert not leeches.caught(None, answered(None, Grade.GOOD, DAY))
    assert not leeches.caught(first, None)
    assert not Leeches(3).caught(first, second)


@pytest.mark.parametrize("suspend", [True, False])
def test_a_leech_is_named_and_suspended_if_it_is_to_be(store: Store, suspend: bool) -> None:
    rules = Rules(Sm2(), Leeches(1, suspend))
    answer(store, 1, review(), rules)
    done = answer(store, 1, review(1, 1), rules)
    assert (done.leech, done.suspended, suspended(store, 1)) == (True, suspend, suspend)
    assert not suspended(store, 2)
    further = answer(store, 1, review(1, 1, minute=1), rules)
    assert (further.leech, further.suspended) == (False, False)


def test_a_pass_of_a_leech_is_no_lapse(store: Store) -> None:
    rules = Rules(Sm2(), Leeches(1))
    for day, grade in ((0, 4), (1, 1)):
        answer(store, 1, review(day, grade), rules)
    done = answer(store, 1, review(2), rules)
    assert (done.leech, done.suspended) == (False, False)


def test_undoing_gives_back_what_was_before(store: Store) -> None:
    """The latest answer of all is taken back, or the one that is named."""
    first = answer(store, 1, review(), RULES)
    second = answer(store, 2, review(0, 1, minute=1), RULES)
    third = answer(store, 1, review(1), RULES)
    undone = undo(store, 5, RULES)
    assert undone is not None
    assert (undone.card, undone.review, undone.memory) == ("mile", review(1), first.memory)
    assert undo(store, 5, RULES, third.review_key) is None
    undone = undo(store, 5, RULES, first.review_key)
    assert undone is not None
    assert (undone.card, undone.review, undone.memory) == ("mile", review(), None)
    undone = undo(store, 5, RULES)
    assert undone is not None
    assert (undone.card, undone.review.grade) == ("anchor", Grade.AGAIN)
    assert undo(store, 5, RULES) is None
    assert undo(store, 5, RULES, second.review_key) is None


def test_undoing_marks_the_review_and_deletes_nothing(store: Store) -> None:
    done = answer(store, 1, review(), RULES)
    undo(store, 5, RULES)
    with store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT id, undone_at FROM reviews").all()
    assert [tuple(row) for row in rows] == [(done.review_key, 5)]


def test_undoing_an_answer_that_made_a_leech_asks_the_card_again(store: Store) -> None:
    rules = Rules(Sm2(), Leeches(1))
    answer(store, 1, review(), rules)
    answer(store, 1, review(1, 1), rules)
    undo(store, 5, rules)
    assert not suspended(store, 1)


def test_undoing_leaves_a_card_suspended_that_the_answer_did_not_suspend(store: Store) -> None:
    """By hand, or by an earlier lapse than the one that is taken back."""
    rules, marking = Rules(Sm2(), Leeches(1)), Rules(Sm2(), Leeches(1, suspend=False))
    answer(store, 1, review(), rules)
    with store.writing() as connection:
        set_suspended(connection, [1, 2], suspended=True)
    undo(store, 5, rules)
    assert suspended(store, 1)
    answer(store, 2, review(), marking)
    answer(store, 2, review(1, 1), marking)
    undo(store, 5, marking)
    assert suspended(store, 2)
    answer(store, 3, review(), rules)
    answer(store, 3, review(1, 1), rules)
    answer(store, 3, review(1, 1, minute=1), rules)
    undo(store, 5, rules)
    assert suspended(store, 3)


def folded(history: list[Review]) -> Memory | None:
    """Return what a fold over a history gives."""
    return Sm2().fold(review.answer for review in sorted(history, key=lambda review: review.at))


@given(st.lists(st.tuples(st.sampled_from([1, 2, 3]), reviews()), max_size=20))
def test_memory_is_always_the_fold_of_the_history(answers: list[tuple[int, Review]]) -> None:
    """In whatever order answers are written, every card's memory is that of its reviews in the order of moments."""
    with store_with_cards() as store:
        for card, review in answers:
            done = answer(store, card, review, RULES)
            with store.reading() as connection:
                assert done.memory == folded(card_history(connection, card))
        with store.reading() as connection:
            assert replay_all(connection, Sm2(), write=False).drifted == ()
            moments = [line.review.at for line in read_log(connection)]
        assert len(set(moments)) == len(moments) == len(answers)


@given(st.lists(reviews(), min_size=1, max_size=12), st.data())
def test_undoing_an_answer_is_never_having_given_it(answers: list[Review], data: st.DataObject) -> None:
    with store_with_cards() as store:
        keys = [answer(store, 1, review, RULES).review_key for review in answers]
        taken = data.draw(st.sampled_from(keys))
        with store.reading() as connection:
            left = [found.review for key in keys if key != taken and (found := read_review(connection, key))]
        undone = undo(store, 0, RULES, taken)
        assert undone is not None
        assert undone.memory == folded(left)
        with store.reading() as connection:
            assert card_history(connection, 1) == sorted(left, key=lambda review: review.at)
            last = read_review(connection)
        assert (last.review if last else None) == max(left, key=lambda review: review.at, default=None)


def test_an_answer_and_its_memory_are_written_together_or_not_at_all() -> None:
    class Failing(Sm2):
        def fold(self, answers: object) -> Memory:
            raise RuntimeError(f"{answers} make no memory")

    review = Review(moment(DAY), DAY, Grade.GOOD)
    with store_with_cards() as store:
        with pytest.raises(RuntimeError):
            answer(store, 1, review, Rules(Failing(), Leeches()))
        with store.reading() as connection:
            assert list(read_log(connection)) == []
