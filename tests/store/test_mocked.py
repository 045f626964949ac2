"""Outlines that were spoken by, and what of them a study day drills."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from srs.history import LogLine, Mock, Undo
from srs.store.acts import write_acts
from srs.store.mocked import missed_on, mocks
from srs.store.tables import cards
from tests.store.shelf import Shelf, days, moment
from tests.store.shelf import shelf as open_shelf

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    """An empty store."""
    with open_shelf() as one:
        yield one


def hold(shelf: Shelf, *drills: str, day: int = 0, minute: int = 0, deck: str = "ship") -> LogLine:
    """Hold a mock some minutes after noon, of whose outline the second line was left out."""
    at = moment(days(day), minute=minute)
    line = LogLine(deck, "talk", Mock(at, days(day), 60, (1,), (2,), drills))
    write_acts(shelf.connection, [line])
    return line


def missed(shelf: Shelf, day: int = 0) -> list[int]:
    return missed_on(shelf.connection, days(day), ["ship"])


def test_what_was_missed_is_drilled_on_its_day_and_in_its_deck(shelf: Shelf) -> None:
    mile, knot = shelf.card("mile"), shelf.card("knot")
    shelf.card("cable", deck="boat")
    hold(shelf, "mile", "gone")
    hold(shelf, "knot", "mile", minute=5)
    hold(shelf, "knot", day=-1)
    hold(shelf, "cable", deck="boat")
    assert missed(shelf) == [mile, knot]
    assert missed(shelf, -1) == [knot]
    assert missed(shelf, 1) == []


@pytest.mark.parametrize(
    ("grade", "minute", "origin", "drilled"),
    [
        (4, 1, "terminal", False),
        (5, 1, "script", False),
        (3, 1, "terminal", True),
        (4, -1, "terminal", True),
        (4, 1, "cram", True),
    ],
)
def test_it_is_drilled_until_it_is_answered_well(
    shelf: Shelf, grade: int, minute: int, origin: str, drilled: bool
) -> None:
    card = shelf.card("mile")
    hold(shelf, "mile", minute=10)
    shelf.answer(card, 0, grade, minute=10 + minute, origin=origin)
    assert missed(shelf) == ([card] if drilled else [])


def test_an_answer_that_was_undone_settles_nothing(shelf: Shelf) -> None:
    card = shelf.card("mile")
    hold(shelf, "mile")
    shelf.undone(shelf.answer(card, 0, 4, minute=1))
    assert missed(shelf) == [card]


def test_a_later_mock_asks_again_for_what_was_answered_in_between(shelf: Shelf) -> None:
    card = shelf.card("mile")
    hold(shelf, "mile")
    shelf.answer(card, 0, 4, minute=1)
    hold(shelf, "mile", minute=2)
    assert missed(shelf) == [card]


def test_a_mock_that_was_undone_is_none(shelf: Shelf) -> None:
    shelf.card("mile")
    line, other = hold(shelf, "mile"), hold(shelf, minute=1)
    write_acts(shelf.connection, [LogLine("ship", "talk", Undo(line.act.at + 9, line.act.at, "mock"))])
    assert missed(shelf) == []
    assert [each for each, _ in mocks(shelf.connection, ["ship"])] == [other]
    assert mocks(shelf.connection, ["boat"]) == []
    assert mocks(shelf.connection, ["ship"], other.act.at + 1) == []


def test_a_card_that_goes_on_under_another_name_is_drilled_under_that(shelf: Shelf) -> None:
    old, new = shelf.card("mile"), shelf.card("sea-mile")
    shelf.connection.execute(update(cards).where(cards.c.id == old).values(heir_id=new, kin=old))
    hold(shelf, "mile")
    assert missed(shelf) == [new]
