"""What a study day holds: limits of learner and deck, orders, siblings, the week, the streak and the backlog."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from srs.collection.today import Plan, backlog_ends, plan_for, queue_for, streak, today_of, week
from srs.deck import Deck
from srs.due import Limits, Order
from srs.settings import Settings
from srs.store.values import Choice, Counts
from tests.store.shelf import DAY, Shelf, days, empty_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from srs.store.opening import Store

SHIP, BOTH = Choice(("ship",)), Choice(("boat", "ship"))


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store."""
    with empty_store() as one:
        yield one


def names(store: Store, plan: Plan, day: int = 0) -> list[str]:
    """Return the ids of the cards of a plan's queue, in their order, drills last."""
    with store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT id, deck, name FROM cards").all()
    known = {row.id: f"{row.deck}:{row.name}" for row in rows}
    return [known[card.key] for card in queue_for(store, plan, days(day)).left]


def fill(store: Store) -> None:
    """Put three due and three new cards into each of two decks; those of the boat are longer overdue."""
    with store.writing() as connection:
        shelf = Shelf(connection)
        for deck, overdue in (("ship", 0), ("boat", 5)):
            for line in range(1, 4):
                shelf.card(f"d{line}", deck=deck, line=line, due=-overdue)
                shelf.card(f"n{line}", deck=deck, path=f"z{line}.md", tags="exam" if line == 2 else "")


def test_the_longest_overdue_come_first_then_the_new_in_the_order_of_the_decks(store: Store) -> None:
    fill(store)
    assert names(store, Plan(BOTH, Limits(20, 200))) == [
        *("boat:d1", "boat:d2", "boat:d3", "ship:d1", "ship:d2", "ship:d3"),
        *("boat:n1", "boat:n2", "boat:n3", "ship:n1", "ship:n2", "ship:n3"),
    ]


def test_limits_are_shared_by_the_decks_without_their_own(store: Store) -> None:
    fill(store)
    assert names(store, Plan(BOTH, Limits(2, 4))) == [
        *("boat:d1", "boat:d2", "boat:d3", "ship:d1", "boat:n1", "boat:n2")
    ]
    assert names(store, Plan(SHIP, Limits(2, 0))) == ["ship:n1", "ship:n2"]
    own = {"boat": Limits(new=1, reviews=2)}
    assert names(store, Plan(BOTH, Limits(2, 4), own=own)) == [
        *("boat:d1", "boat:d2", "ship:d1", "ship:d2", "ship:d3", "ship:n1", "ship:n2", "boat:n1")
    ]
    assert names(store, Plan(Choice(("boat",)), Limits(2, 4), own=own)) == ["boat:d1", "boat:d2", "boat:n1"]
    assert names(store, Plan(SHIP, Limits(1, 1), own=own)) == ["ship:d1", "ship:n1"]


def test_a_deck_with_limits_of_its_own_uses_up_nobody_elses(store: Store) -> None:
    fill(store)
    with store.writing() as connection:
        shelf = Shelf(connection)
        for key in connection.exec_driver_sql("SELECT id FROM cards WHERE deck = 'boat' AND due IS NULL").scalars():
            shelf.answer(key)
    own = {"boat": Limits(new=1, reviews=0)}
    assert names(store, Plan(BOTH, Limits(2, 1), own=own)) == ["ship:d1", "ship:n1", "ship:n2"]
    assert names(store, Plan(BOTH, Limits(4, 0))) == ["ship:n1"]


def test_a_tag_narrows_the_queue_and_what_is_crammed(store: Store) -> None:
    fill(store)
    exam = Choice(("boat", "ship"), "exam")
    assert names(store, Plan(exam, Limits(20, 200), own={"boat": Limits(9, 9)})) == ["ship:n2", "boat:n2"]
    assert names(store, Plan(exam, Limits(0, 0), cram=True)) == ["boat:n2", "ship:n2"]


def test_the_order_is_that_of_the_plan(store: Store) -> None:
    fill(store)
    assert names(store, Plan(SHIP, Limits(9, 9), order=Order("new-first")))[:4] == [
        *("ship:n1", "ship:n2", "ship:n3", "ship:d1")
    ]
    assert names(store, Plan(BOTH, Limits(9, 9), order=Order("new-first", by_chapter=True)))[:4] == [
        *("boat:d1", "boat:d2", "boat:d3", "boat:n1")
    ]


def test_days_ahead_are_asked_for_by_their_number(store: Store) -> None:
    with store.writing() as connection:
        for due in (-1, 0, 1, 2):
            Shelf(connection).card(f"d{due}", due=due, line=due + 2)
    assert names(store, Plan(SHIP, Limits(0, 9))) == ["ship:d-1", "ship:d0"]
    assert names(store, Plan(SHIP, Limits(0, 9), ahead=1)) == ["ship:d-1", "ship:d0", "ship:d1"]
    assert len(names(store, Plan(SHIP, Limits(0, 9), ahead=2))) == 4


def test_siblings_wait_for_another_day(store: Store) -> None:
    with store.writing() as connection:
        shelf = Shelf(connection)
        note = shelf.note("n")
        for place, due in ((1, None), (2, 0), (3, -2)):
            shelf.card(f"n/c{place}", note=note, place=place, due=due)
    assert names(store, Plan(SHIP, Limits(9, 9))) == ["ship:n/c3"]
    with store.writing() as connection:
        Shelf(connection).answer(3)
    assert names(store, Plan(SHIP, Limits(9, 9))) == []
    assert len(names(store, Plan(SHIP, Limits(9, 9), cram=True))) == 3


def test_a_decks_own_limits_stand_beside_the_learners() -> None:
    """What a deck leaves open is the learner's."""
    decks = {
        name: Deck(name, name.title(), Path(name), new=new, reviews=reviews)
        for name, new, reviews in (("a", None, None), ("b", 1, None), ("c", None, 0), ("d", 0, 7))
    }
    settings = Settings(new=5, reviews=50, order="mixed", by_chapter=True)
    plan = plan_for(SHIP, settings, decks)
    assert plan == Plan(
        SHIP,
        Limits(new=5, reviews=50),
        order=Order("mixed", by_chapter=True),
        own={"b": Limits(1, 50), "c": Limits(5, 0), "d": Limits(0, 7)},
    )
    assert (plan.ahead, plan.cram, plan.again) == (0, False, False)


@pytest.mark.parametrize(
    ("studied", "length"),
    [
        ([], 0),
        ([0], 1),
        ([-1], 1),
        ([-2], 0),
        ([0, -1, -2], 3),
        ([-1, -2, -3], 3),
        ([0, -2, -3], 1),
        ([-1, -3], 1),
        ([0, -1, -3], 2),
    ],
    ids=str,
)
def test_a_streak_is_days_in_a_row_and_today_may_still_come(studied: list[int], length: int) -> None:
    assert streak([days(day) for day in studied], DAY) == length


def test_no_older_day_is_read_once_a_streak_has_ended() -> None:
    read = iter([DAY, days(-2), days(-3)])
    assert (streak(read, DAY), next(read)) == (1, days(-3))


def test_the_next_due_day_is_told_if_it_is_within_the_week(store: Store) -> None:
    for due, told in ((7, None), (6, days(6))):
        with store.writing() as connection:
            Shelf(connection).card(f"d{due}", due=due)
        assert today_of(store, Plan(SHIP, Limits(20, 200)), DAY).next_due == told


def test_what_is_overdue_is_due_today_in_the_week() -> None:
    due = {days(-30): 2, days(-1): 3, days(0): 1, days(1): 4, days(6): 5, days(7): 9}
    assert week(due, DAY) == (6, 4, 0, 0, 0, 0, 5)
    assert week({}, DAY) == (0, 0, 0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("due", "limit", "last"), [(1, 1, 0), (200, 200, 0), (201, 200, 1), (400, 200, 1), (401, 200, 2), (7, 2, 3)]
)
def test_a_backlog_ends_on_the_day_its_last_card_is_asked(due: int, limit: int, last: int) -> None:
    """As many cards as the limit are all asked today."""
    assert backlog_ends(due, limit, DAY) == days(last)


def test_a_backlog_without_a_limit_never_ends() -> None:
    assert backlog_ends(5, 0, DAY) is None


def test_a_day_is_told_at_a_glance(store: Store) -> None:
    with store.writing() as connection:
        shelf = Shelf(connection)
        known = [shelf.card(f"d{due}", due=due, line=due + 9) for due in (-3, 0, 2, 6, 7)]
        new = [shelf.card(f"n{line}", path="n.md", line=line) for line in (1, 2)]
        for day in (-2, -1):
            shelf.answer(known[0], day)
        shelf.answer(known[1], -9)
        shelf.answer(known[1], 0)
        shelf.answer(new[0], 0, minute=1)
    today = today_of(store, Plan(SHIP, Limits(20, 200)), DAY)
    assert [card.key for card in today.queue.left] == [known[0], new[1]]
    assert (today.answered, today.counts) == (2, Counts(due=2, new=2, total=7))
    assert (today.streak, today.week, today.next_due) == (3, (2, 0, 1, 0, 0, 0, 1), days(2))
    later = today_of(store, Plan(SHIP, Limits(20, 200)), days(7))
    assert (later.next_due, later.week[0], later.streak) == (None, 5, 0)
