"""Lines that do not count yet: kept, passed on, told apart as those that count, and counted when their time comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from srs.due import moment_of
from srs.history import Bury, Flag, LogLine, Review, Standing, horizon
from srs.history.force import InForce
from srs.scheduler import Grade
from srs.store.log import merge, read_log
from srs.store.memories import standing_of
from srs.store.settling import settle, unsettled
from srs.store.tables import cards
from srs.store.waiting import read_waiting
from tests.store.shelf import DAY, days, moment

if TYPE_CHECKING:
    from tests.store.shelf import Shelf

NOW = moment(DAY)
UNTIL = horizon(NOW)


def review(at: int, deck: str = "ship", card: str = "mile", grade: int = 4) -> LogLine:
    """Return an answer at a moment (ms)."""
    return LogLine(deck, card, Review(at, moment_of(at).date(), Grade(grade), 5, "x"))


def takes(shelf: Shelf, *lines: LogLine, until: int = UNTIL) -> int:
    """Merge lines, and return how many of them were new and wait."""
    return merge(shelf.connection, lines, InForce(), until).waiting


def log(shelf: Shelf) -> list[LogLine]:
    """Return every line there is."""
    return list(read_log(shelf.connection))


def stands(shelf: Shelf, key: int) -> Standing:
    """Return how a card stands."""
    return standing_of(shelf.connection.execute(select(cards).where(cards.c.id == key)).one())


@pytest.mark.parametrize(("late", "waits"), [(0, False), (1, True)])
def test_a_line_more_than_a_day_ahead_is_kept_and_counts_for_nothing(shelf: Shelf, late: int, waits: bool) -> None:
    mile = shelf.card("mile")
    assert takes(shelf, review(UNTIL + late)) == waits
    assert log(shelf) == [review(UNTIL + late)]
    assert (stands(shelf, mile) == Standing()) == waits


def test_it_counts_when_its_time_comes_and_waits_again_where_the_clock_is_set_back(shelf: Shelf) -> None:
    mile = shelf.card("mile")
    ahead = [review(UNTIL + 1), LogLine("ship", "mile", Flag(UNTIL + 2, "later"))]
    takes(shelf, *ahead)
    assert not unsettled(shelf.connection, UNTIL)
    assert unsettled(shelf.connection, UNTIL + 2)
    settle(shelf.connection, UNTIL + 2)
    assert stands(shelf, mile).remark == "later"
    assert stands(shelf, mile).memory
    assert not unsettled(shelf.connection, UNTIL + 2)
    assert unsettled(shelf.connection, UNTIL + 1)
    settle(shelf.connection, UNTIL)
    assert stands(shelf, mile) == Standing()
    assert read_waiting(shelf.connection) == ahead == log(shelf)


def test_of_two_lines_that_are_one_act_the_same_stands_whether_they_wait_or_count(shelf: Shelf) -> None:
    """So that the logs of two computers are the same, one of which had them counted before its clock was set back."""
    shelf.card("mile")
    first, second = (LogLine("ship", "mile", Flag(UNTIL + 1, remark)) for remark in "ab")
    assert [takes(shelf, second), takes(shelf, first), takes(shelf, second)] == [1, 1, 0]
    assert log(shelf) == [first]
    settle(shelf.connection, UNTIL + 1)
    settle(shelf.connection, UNTIL)
    assert log(shelf) == [first]


def test_a_line_without_a_deck_that_is_ahead_gets_its_deck_when_it_comes_in(shelf: Shelf) -> None:
    shelf.card("mile")
    takes(shelf, review(UNTIL + 1, deck=""))
    assert log(shelf) == [review(UNTIL + 1)]


def test_a_deck_is_one_whose_text_has_the_card(shelf: Shelf) -> None:
    """A name that is known from a log alone says nothing: which log came first would decide."""
    takes(shelf, review(NOW, deck="boat"))
    assert takes(shelf, review(NOW, deck="")) == 1
    assert not unsettled(shelf.connection, UNTIL)
    shelf.card("mile")
    assert unsettled(shelf.connection, UNTIL)
    settle(shelf.connection, UNTIL)
    assert log(shelf) == [review(NOW, deck="boat"), review(NOW)]


def test_a_line_that_names_a_note_gets_the_deck_of_the_note(shelf: Shelf) -> None:
    mock = LogLine("", "red", Bury(NOW, days(2)))
    assert takes(shelf, mock) == 1
    assert not unsettled(shelf.connection, UNTIL)
    shelf.card("red/c1", note=shelf.note("red"))
    assert unsettled(shelf.connection, UNTIL)
    settle(shelf.connection, UNTIL)
    assert [line.deck for line in log(shelf)] == ["ship"]


def test_two_lines_without_a_deck_wait_both_since_it_is_not_known_yet_whether_they_are_one(shelf: Shelf) -> None:
    lines = [review(NOW, "", grade=1), review(NOW, "", grade=4)]
    assert takes(shelf, *lines) == 2
    shelf.card("mile")
    settle(shelf.connection, UNTIL)
    assert log(shelf) == [review(NOW, grade=1)]


def test_a_line_without_a_deck_waits_where_several_decks_have_its_card(shelf: Shelf) -> None:
    for deck in ("ship", "boat"):
        shelf.card("mile", deck=deck)
    assert takes(shelf, review(NOW, deck="")) == 1
    assert not unsettled(shelf.connection, UNTIL)
    assert takes(shelf, review(NOW, deck="")) == 0
