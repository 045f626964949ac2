"""In which order a sitting asks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from srs.due import Order, Queue, Queued, drilled, joined
from srs.scheduler import Grade
from tests.memories import answered

DAY = date(2026, 12, 1)


def card(key: int, *, overdue: int | None = None, chapter: str = "") -> Queued:
    """Return a new card, or one that has been due for some days."""
    memory = None if overdue is None else answered(None, Grade.GOOD, DAY - timedelta(days=overdue + 1))
    return Queued(key, key, memory, chapter=chapter)


def keys(queue: Queue) -> list[int]:
    """Return the numbers of the cards, in order."""
    return [each.key for each in queue.waiting]


QUEUE = Queue((card(1, overdue=9), card(2, overdue=3), card(3, overdue=1), card(4, overdue=0), card(5), card(6)))


@pytest.mark.parametrize(
    ("first", "expected"),
    [("due-first", [1, 2, 3, 4, 5, 6]), ("new-first", [5, 6, 1, 2, 3, 4]), ("mixed", [1, 5, 2, 3, 6, 4])],
)
def test_due_and_new_in_each_order(first: str, expected: list[int]) -> None:
    assert keys(joined([QUEUE], Order(first))) == expected


def test_due_cards_come_first_and_chapters_are_mixed_unless_it_is_said_otherwise() -> None:
    assert Order() == Order("due-first", by_chapter=False)


def test_cards_of_one_due_day_stay_as_they_were_given() -> None:
    one, other = Queue((card(9, overdue=2), card(3))), Queue((card(4, overdue=2), card(1)))
    assert keys(joined([one, other], Order())) == [9, 4, 3, 1]


@pytest.mark.parametrize(
    ("due", "new", "expected"),
    [(4, 1, [1, 2, 5, 3, 4]), (2, 2, [1, 3, 2, 4]), (1, 3, [2, 1, 3, 4]), (0, 2, [1, 2]), (2, 0, [1, 2])],
)
def test_mixed_spreads_the_new_cards_evenly(due: int, new: int, expected: list[int]) -> None:
    """Of a due and a new card with the same place the due one comes first."""
    cards = [*(card(key, overdue=0) for key in range(1, due + 1)), *(card(due + key) for key in range(1, new + 1))]
    assert keys(joined([Queue(tuple(cards))], Order("mixed"))) == expected


def test_chapters_stay_together_in_the_order_of_their_deck() -> None:
    cards = [replace(each, chapter=f"deck/c{each.key % 2}") for each in QUEUE.waiting]
    assert keys(joined([Queue(tuple(cards))], Order(by_chapter=True))) == [2, 4, 6, 1, 3, 5]
    assert keys(joined([Queue(tuple(cards))], Order("new-first", by_chapter=True))) == [6, 2, 4, 5, 1, 3]


def test_decks_with_limits_of_their_own_are_asked_as_one() -> None:
    """The longest overdue comes first, whichever deck it is of, and no drill is lost."""
    one = Queue((card(1, overdue=2), card(2)), ((6, card(7)),))
    other = Queue((card(3, overdue=5), card(4)), ((6, card(8)),))
    both = joined([one, other], Order())
    assert keys(both) == [3, 1, 2, 4]
    assert [drill.key for _, drill in both.drills] == [7, 8]


def test_what_was_missed_is_asked_as_drills() -> None:
    assert all(each.drill for each in drilled([card(1, overdue=0)]).waiting)


def test_a_random_order_has_due_cards_first_each_sort_shuffled_by_the_seed() -> None:
    many = Queue(tuple(card(key, overdue=key if key < 50 else None) for key in range(100)))
    orders = [keys(joined([many], Order("random", seed=seed))) for seed in (1, 1, 2)]
    assert orders[0] == orders[1] != orders[2]
    for order in orders:
        assert sorted(order[:50]) == list(range(50)) != order[:50]
        assert sorted(order[50:]) == list(range(50, 100)) != order[50:]


def test_a_random_order_keeps_chapters_together_where_that_is_wished() -> None:
    many = Queue(tuple(card(key, chapter=f"c{key % 3}") for key in range(30)))
    order = keys(joined([many], Order("random", by_chapter=True, seed=1)))
    assert [key % 3 for key in order] == [0] * 10 + [1] * 10 + [2] * 10
    assert order != sorted(range(30), key=lambda key: key % 3)
