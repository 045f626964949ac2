"""What an answer does and what undoing does, for a sitting and a script alike: laws, leeches, and one transaction."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.collection.acting import Undone, suspend, undo
from srs.collection.answering import answer
from srs.collection.rules import Answered, Leeches
from srs.errors import SrsError
from srs.history import CRAM, LogLine, Review, Undo
from srs.history.force import InForce
from srs.scheduler import Grade, Memory, Sm2
from srs.store.called import card_history
from srs.store.log import read_log
from srs.store.replaying import replay_all
from srs.store.seen import read_card
from tests.memories import answered
from tests.rules import rules
from tests.store.histories import reviews, store_with_cards
from tests.store.shelf import DAY, days, moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from srs.store.opening import Store

RULES = rules()
LATER = moment(days(90))


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
    assert done == Answered(done.given, memory, drill=False, leech=False, suspended=False)
    with store.reading() as connection:
        assert read_card(connection, 2).memory == memory
        assert card_history(connection, 2) == [review()]


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


def test_an_answer_comes_after_all_that_is_known_of_its_card(store: Store) -> None:
    """With the clock set back it gets a moment after the latest, drawn at random; its study day stays."""
    answer(store, 1, review(), RULES)
    done = answer(store, 1, review(-1), RULES)
    assert done.drill
    with store.reading() as connection:
        assert [each.at - moment(DAY) for each in card_history(connection, 1)] == [0, 5]
        assert [each.day for each in card_history(connection, 1)] == [DAY, days(-1)]
    answer(store, 2, review(-1), RULES)
    with store.reading() as connection:
        assert card_history(connection, 2) == [review(-1)]


@pytest.mark.parametrize(("day", "taken"), [(-3, True), (-4, False)])
def test_an_answer_is_not_taken_where_the_clock_is_days_behind(store: Store, day: int, taken: bool) -> None:
    answer(store, 1, review(), RULES)
    with nullcontext() if taken else pytest.raises(SrsError, match="not taken: it is 2026-11-27 here"):
        answer(store, 1, review(day), RULES)
    with store.reading() as connection:
        assert len(card_history(connection, 1)) == 1 + taken


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
    ours = rules(Leeches(1, suspend))
    answer(store, 1, review(), ours)
    done = answer(store, 1, review(1, 1), ours)
    assert (done.leech, done.suspended, suspended(store, 1)) == (True, suspend, suspend)
    assert not suspended(store, 2)
    further = answer(store, 1, review(1, 1, minute=1), ours)
    assert (further.leech, further.suspended) == (False, False)


def test_a_pass_of_a_leech_is_no_lapse(store: Store) -> None:
    ours = rules(Leeches(1))
    for day, grade in ((0, 4), (1, 1)):
        answer(store, 1, review(day, grade), ours)
    done = answer(store, 1, review(2), ours)
    assert (done.leech, done.suspended) == (False, False)


def test_undoing_gives_back_what_was_before(store: Store) -> None:
    """The last act of all is taken back, or the one that is named."""
    first = answer(store, 1, review(), RULES)
    second = answer(store, 2, review(0, 1, minute=1), RULES)
    third = answer(store, 1, review(1), RULES)
    undone = undo(store, LATER, RULES)
    assert undone == Undone(LogLine("ship", "mile", review(1)), first.memory)
    assert undo(store, LATER, RULES, third.given) is None
    assert undo(store, LATER, RULES, first.given) == Undone(LogLine("ship", "mile", review()), None)
    undone = undo(store, LATER, RULES)
    assert undone == Undone(LogLine("ship", "anchor", review(0, 1, minute=1)), None)
    assert undo(store, LATER, RULES) is None
    assert undo(store, LATER, RULES, second.given) is None


def test_undoing_adds_an_act_and_deletes_nothing(store: Store) -> None:
    answer(store, 1, review(), RULES)
    undo(store, LATER, RULES)
    with store.reading() as connection:
        lines = [line.act for line in read_log(connection)]
        assert lines == [review(), Undo(LATER, review().at)]
        assert card_history(connection, 1) == []


def test_undoing_an_answer_that_made_a_leech_asks_the_card_again(store: Store) -> None:
    ours = rules(Leeches(1))
    answer(store, 1, review(), ours)
    answer(store, 1, review(1, 1), ours)
    undo(store, LATER, ours)
    assert not suspended(store, 1)


def test_undoing_leaves_a_card_suspended_that_the_answer_did_not_suspend(store: Store) -> None:
    """By hand, or by an earlier lapse than the one that is taken back."""
    ours, marking = rules(Leeches(1)), rules(Leeches(1, suspend=False))
    answer(store, 1, review(), ours)
    given = answer(store, 1, review(1), ours).given
    for card in (1, 2):
        suspend(store, card, review(1, minute=1).at, ours)
    undo(store, LATER, ours, given)
    assert suspended(store, 1)
    answer(store, 2, review(2), marking)
    undo(store, LATER, marking)
    assert suspended(store, 2)
    answer(store, 3, review(), ours)
    answer(store, 3, review(1, 1), ours)
    answer(store, 3, review(1, 1, minute=1), ours)
    undo(store, LATER, ours)
    assert suspended(store, 3)


def folded(history: list[Review]) -> Memory | None:
    """Return what a fold over a history gives."""
    return Sm2().fold(review.step for review in sorted(history, key=lambda review: review.at))


def in_time(answers: list[Review]) -> list[Review]:
    """Return answers in the order in which a clock that only goes forward would have them given."""
    return sorted(answers, key=lambda review: review.at)


@given(st.lists(st.tuples(st.sampled_from([1, 2, 3]), reviews()), max_size=20))
def test_memory_is_always_the_fold_of_the_history(answers: list[tuple[int, Review]]) -> None:
    """Every card's memory is that of its answers, of which no two share a moment."""
    with store_with_cards() as store:
        for card, review in sorted(answers, key=lambda pair: pair[1].at):
            done = answer(store, card, review, RULES)
            with store.reading() as connection:
                assert done.memory == folded(card_history(connection, card))
        with store.reading() as connection:
            assert replay_all(connection, InForce(), write=False).drifted == ()
            moments = [(line.card, line.act.at) for line in read_log(connection)]
        assert len(set(moments)) == len(moments) == len(answers)


@given(st.lists(reviews(), min_size=1, max_size=12), st.data())
def test_undoing_an_answer_is_never_having_given_it(answers: list[Review], data: st.DataObject) -> None:
    with store_with_cards() as store:
        keys = [answer(store, 1, review, RULES).given for review in in_time(answers)]
        with store.reading() as connection:
            every = card_history(connection, 1)
        taken = data.draw(st.integers(0, len(keys) - 1))
        undone = undo(store, LATER, RULES, keys[taken])
        left = [review for place, review in enumerate(every) if place != taken]
        assert undone is not None
        assert undone.memory == folded(left)
        with store.reading() as connection:
            assert card_history(connection, 1) == left


def test_an_answer_and_its_memory_are_written_together_or_not_at_all() -> None:
    class Failing(Sm2):
        def fold(self, answers: object, memory: object = None) -> Memory:
            raise RuntimeError(f"{answers} after {memory} make no memory")

    review = Review(moment(DAY), DAY, Grade.GOOD)
    with store_with_cards() as store:
        with pytest.raises(RuntimeError):
            answer(store, 1, review, rules(force=InForce(Failing())))
        with store.reading() as connection:
            assert list(read_log(connection)) == []
