"""What keeps cards from being asked: each limit, the cards of the same note, and what would ask them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from srs.collection.held import Held, More, held_of
from srs.collection.today import Plan, queue_for
from srs.due import Limits
from srs.store.values import Choice
from tests.store.shelf import DAY, Shelf, empty_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from srs.store.opening import Store

SHIP = Choice(("ship",))


@pytest.fixture
def store() -> Iterator[Store]:
    """A store with 60 due and 15 new cards, and a note of which one card was asked today and two wait."""
    with empty_store() as one:
        with one.writing() as connection:
            shelf = Shelf(connection)
            for line in range(60):
                shelf.card(f"d{line}", line=line, due=-1)
            for line in range(15):
                shelf.card(f"n{line}", line=line + 100)
            note = shelf.note("list", line=500)
            first, *_ = [shelf.card(f"list/c{place}", note=note, place=place) for place in range(3)]
            shelf.answer(first)
            shelf.change(first, due=DAY.replace(day=2), interval=1, lapses=0, answered_on=DAY, state="[1, 2500, 1]")
            shelf.change(shelf.card("out", line=900), suspended=True)
        yield one


def test_limits_hold_cards_back_and_the_numbers_advised_ask_them(store: Store) -> None:
    plan = Plan(SHIP, Limits(1, 0))
    held = held_of(store, plan, DAY)
    assert held == Held(More(60, 50, 50), More(15, 10, 11), 2, 1)
    raised = queue_for(store, replace(plan, limits=Limits(held.new.limit, held.due.limit)), DAY)
    assert (len([card for card in raised.left if card.memory]), len(raised.left)) == (50, 60)


def test_where_nothing_is_limited_only_cards_of_the_same_note_wait(store: Store) -> None:
    held = held_of(store, Plan(SHIP, Limits(100, 100)), DAY)
    assert (held.due.waiting, held.new.waiting, held.siblings) == (0, 0, 2)


def test_of_some_cards_only_these_are_counted(store: Store) -> None:
    plan = Plan(SHIP, Limits(0, 0), only=frozenset({1, 2, 61, 76, 77}))
    held = held_of(store, plan, DAY)
    assert (held.due.waiting, held.new.waiting, held.siblings, held.suspended) == (2, 1, 1, 0)
