"""The order of a sitting, its limits, and its drills."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from srs.due import Limits, Queue, Queued, Today, todays_queue
from srs.due.queue import CARDS_BEFORE_DRILL
from srs.scheduler import Grade
from tests.memories import answered

DAY = date(2026, 12, 1)
KNOWN = answered(None, Grade.GOOD, DAY)


def new(key: int, note: int | None = None) -> Queued:
    return Queued(key, key if note is None else note, None)


def due(key: int, note: int | None = None) -> Queued:
    return Queued(key, key if note is None else note, KNOWN)


LIMITS = Limits(20, 200)


def keys(line: Queue) -> list[int]:
    return [card.key for card in line.left]


def test_due_cards_come_before_new_ones() -> None:
    line = todays_queue([due(1), due(2)], [new(3)], [], Today(DAY), LIMITS)
    assert keys(line) == [1, 2, 3]


def test_siblings_are_not_asked_on_the_same_day() -> None:
    cards = [due(1, note=7), due(2, note=7)], [new(3, note=7), new(4, note=8)]
    assert keys(todays_queue(*cards, [], Today(DAY), LIMITS)) == [1, 4]
    assert keys(todays_queue(*cards, [], Today(DAY, notes_seen=frozenset({7})), LIMITS)) == [4]


def test_limits_hold_across_the_sittings_of_a_day() -> None:
    today = Today(DAY, new_done=18, reviews_done=199)
    line = todays_queue([due(1), due(2)], [new(3), new(4), new(5)], [], today, Limits(new=20, reviews=200))
    assert keys(line) == [1, 3, 4]


def test_a_day_that_is_full_asks_no_more() -> None:
    today = Today(DAY, new_done=25, reviews_done=300)
    assert todays_queue([due(1)], [new(2)], [], today, LIMITS).next is None


def test_a_card_to_be_drilled_comes_back_some_cards_later() -> None:
    line = Queue(tuple(new(key) for key in range(1, 12)))
    first = line.next
    assert first is not None
    line = line.answered(first, again=True)
    asked = []
    while line.next and not line.next.drill:
        asked.append(line.next.key)
        line = line.answered(line.next, again=False)
    assert len(asked) == CARDS_BEFORE_DRILL
    assert line.next is not None
    assert line.next.key == 1


def test_a_drill_does_not_wait_when_nothing_else_is_left() -> None:
    line = Queue((new(1),)).answered(new(1), again=True)
    assert line.next is not None
    assert line.next.drill
    assert line.answered(line.next, again=False).next is None


def test_drills_of_an_earlier_sitting_are_taken_up_again() -> None:
    line = todays_queue([], [], [due(5)], Today(DAY, notes_seen=frozenset({5})), LIMITS)
    assert [(card.key, card.drill) for card in line.left] == [(5, True)]


@given(st.lists(st.booleans(), max_size=60), st.integers(1, 15))
def test_every_card_is_asked_until_it_sits(again: list[bool], count: int) -> None:
    """Whatever is answered, the line ends only when each card had an answer that was good enough."""
    line = Queue(tuple(new(key) for key in range(count)))
    settled: list[int] = []
    grades = iter(again)
    while card := line.next:
        more = next(grades, False)
        line = line.answered(card, again=more)
        settled += [] if more else [card.key]
    assert sorted(settled) == list(range(count))


def test_a_line_never_changes_so_that_a_step_can_be_taken_back() -> None:
    line = Queue((new(1), new(2)))
    line.answered(new(1), again=True)
    line.without(new(2))
    assert line == Queue((new(1), new(2)))
