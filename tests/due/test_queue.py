"""The order of a sitting, its limits, and its drills."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from srs.due import Limits, Queue, Queued, Today, todays_queue
from srs.scheduler import Grade
from tests.memories import answered

if TYPE_CHECKING:
    from collections.abc import Collection

DAY = date(2026, 12, 1)
KNOWN = answered(None, Grade.GOOD, DAY)


def new(key: int, note: int | None = None) -> Queued:
    return Queued(key, key if note is None else note, None)


def due(key: int, note: int | None = None) -> Queued:
    return Queued(key, key if note is None else note, KNOWN)


LIMITS = Limits(20, 200)


def keys(queue: Queue) -> list[int]:
    return [card.key for card in queue.left]


def test_due_cards_come_before_new_ones() -> None:
    queue = todays_queue([due(1), due(2)], [new(3)], [], Today(DAY), LIMITS)
    assert keys(queue) == [1, 2, 3]


def test_siblings_are_not_asked_on_the_same_day() -> None:
    cards = [due(1, note=7), due(2, note=7)], [new(3, note=7), new(4, note=8)]
    assert keys(todays_queue(*cards, [], Today(DAY), LIMITS)) == [1, 4]
    assert keys(todays_queue(*cards, [], Today(DAY, notes_seen=frozenset({7})), LIMITS)) == [4]


def test_limits_hold_across_the_sittings_of_a_day() -> None:
    today = Today(DAY, new_done=18, reviews_done=199)
    queue = todays_queue([due(1), due(2)], [new(3), new(4), new(5)], [], today, Limits(new=20, reviews=200))
    assert keys(queue) == [1, 3, 4]


def test_a_limit_is_the_number_of_cards_that_are_asked() -> None:
    cards = [due(1), due(2), due(3)], [new(4), new(5), new(6)]
    assert keys(todays_queue(*cards, [], Today(DAY), Limits(new=1, reviews=2))) == [1, 2, 4]
    assert keys(todays_queue(*cards, [], Today(DAY), Limits(new=0, reviews=0))) == []


def test_a_sibling_passed_over_takes_no_place_of_another_card() -> None:
    cards = [due(1, note=7), due(2, note=7), due(3, note=8)]
    assert keys(todays_queue(cards, [], [], Today(DAY), Limits(0, 2))) == [1, 3]


def test_drills_count_against_no_limit() -> None:
    queue = todays_queue([due(1)], [], [due(2), due(3)], Today(DAY), Limits(0, 1))
    assert keys(queue) == [1, 2, 3]


def test_a_drill_that_is_due_is_asked_as_that_and_its_siblings_wait() -> None:
    """A mock makes drills of cards that were not answered today."""
    queue = todays_queue(
        [due(1, note=7), due(2, note=7), due(3, note=8), due(4, note=9)],
        [new(5, note=8), new(6, note=10)],
        [due(2, note=7), due(9, note=8)],
        Today(DAY),
        LIMITS,
    )
    assert [(card.key, card.drill) for card in queue.left] == [(2, False), (4, False), (6, False), (9, True)]


def test_a_drill_that_is_due_beyond_the_limit_is_a_drill() -> None:
    queue = todays_queue([due(1), due(2)], [], [due(2)], Today(DAY), Limits(0, 1))
    assert [(card.key, card.drill) for card in queue.left] == [(1, False), (2, True)]


def test_a_card_taken_out_is_neither_asked_nor_drilled() -> None:
    queue = Queue((new(1), new(2), new(3))).answered(new(1), again=True)
    assert keys(queue.without(new(1)).without(new(2))) == [3]
    assert asked(queue.without(new(2))) == [3, 1]


def test_nothing_is_next_in_a_queue_that_is_empty() -> None:
    assert Queue().next is None
    assert Queue().left == ()


def test_a_day_that_is_full_asks_no_more() -> None:
    today = Today(DAY, new_done=25, reviews_done=300)
    assert todays_queue([due(1)], [new(2)], [], today, LIMITS).next is None


def asked(queue: Queue, again: Collection[int] = ()) -> list[int]:
    """Answer every card of a queue, those of `again` not well enough the first time; return the order of asking."""
    order: list[int] = []
    while card := queue.next:
        queue = queue.answered(card, again=card.key in again and card.key not in order)
        order.append(card.key)
    return order


def test_a_card_is_a_drill_once_it_was_missed_and_not_before() -> None:
    queue = Queue((new(1),))
    assert [card.drill for card in queue.left] == [False]
    assert [card.drill for card in queue.answered(new(1), again=True).left] == [True]


def test_a_card_to_be_drilled_comes_back_after_six_others() -> None:
    queue = Queue(tuple(new(key) for key in range(1, 12)))
    assert asked(queue, again={1}) == [1, 2, 3, 4, 5, 6, 7, 1, 8, 9, 10, 11]
    assert asked(queue, again={1, 2}) == [1, 2, 3, 4, 5, 6, 7, 1, 2, 8, 9, 10, 11]


def test_drills_come_in_the_order_in_which_they_were_missed() -> None:
    assert asked(Queue((new(1), new(2), new(3))), again={1, 2, 3}) == [1, 2, 3, 1, 2, 3]


def test_a_card_missed_as_a_drill_waits_for_six_others_again() -> None:
    """Counted from the answer before, whatever was asked in between."""
    queue = Queue(tuple(new(key) for key in range(1, 20)))
    order: list[int] = []
    while card := queue.next:
        queue = queue.answered(card, again=card.key == 1 and order.count(1) < 2)
        order.append(card.key)
    assert [place for place, key in enumerate(order) if key == 1] == [0, 7, 14]


def test_drills_left_over_come_after_six_cards_of_the_new_sitting() -> None:
    queue = todays_queue([due(key) for key in range(1, 10)], [], [due(11)], Today(DAY), LIMITS)
    assert asked(queue) == [1, 2, 3, 4, 5, 6, 11, 7, 8, 9]


def test_a_drill_does_not_wait_when_nothing_else_is_left() -> None:
    queue = Queue((new(1),)).answered(new(1), again=True)
    assert queue.next is not None
    assert queue.next.drill
    assert queue.answered(queue.next, again=False).next is None


def test_drills_of_an_earlier_sitting_are_taken_up_again() -> None:
    queue = todays_queue([], [], [due(5)], Today(DAY, notes_seen=frozenset({5})), LIMITS)
    assert [(card.key, card.drill) for card in queue.left] == [(5, True)]


@given(st.lists(st.booleans(), max_size=60), st.integers(1, 15))
def test_every_card_is_asked_until_it_sits(again: list[bool], count: int) -> None:
    """Whatever is answered, the queue ends only when each card had an answer that was good enough."""
    queue = Queue(tuple(new(key) for key in range(count)))
    settled: list[int] = []
    grades = iter(again)
    while card := queue.next:
        more = next(grades, False)
        queue = queue.answered(card, again=more)
        settled += [] if more else [card.key]
    assert sorted(settled) == list(range(count))


def test_a_queue_never_changes_so_that_a_step_can_be_taken_back() -> None:
    queue = Queue((new(1), new(2)))
    queue.answered(new(1), again=True)
    queue.without(new(2))
    assert queue.asked == 0
    assert queue == Queue((new(1), new(2)))


@given(st.integers(0, 12), st.lists(st.integers(0, 15), max_size=6), st.integers(0, 9))
def test_the_order_told_is_the_order_in_which_cards_come(waiting: int, after: list[int], asked: int) -> None:
    """As long as none of them is missed."""
    drills = tuple((times, new(100 + place)) for place, times in enumerate(sorted(after)))
    queue = Queue(tuple(new(key) for key in range(waiting)), drills, asked)
    told, come = [card.key for card in queue.order], []
    while card := queue.next:
        come.append(card.key)
        queue = queue.answered(card, again=False)
    assert told == come
