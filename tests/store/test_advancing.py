"""Answers folded on top of how their cards stand: the same as a fold of the whole history, and only where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from sqlalchemy import insert

from srs.due.day import LATEST
from srs.history import Adopt, Forget, LogLine, Review, Suspend
from srs.history.fold import SAME_ANSWER
from srs.history.force import InForce
from srs.scheduler import Grade
from srs.store.advancing import advance
from srs.store.folding import refold
from srs.store.log import merge
from srs.store.replaying import replay_all
from srs.store.reviews import columns
from srs.store.tables import reviews
from tests.store.shelf import days, moment

if TYPE_CHECKING:
    from srs.history.acts import Act
    from tests.store.shelf import Shelf


def line(day: int, grade: int = 4, *, origin: str = "script", card: str = "mile") -> LogLine:
    """Return an answer given some days from now."""
    return LogLine("ship", card, Review(moment(days(day)), days(day), Grade(grade), 1000, origin))


def moved(told: LogLine, ms: int) -> LogLine:
    """Return an answer told some ms later."""
    assert isinstance(told.act, Review)
    return replace(told, act=replace(told.act, at=told.act.at + ms))


def review_row(key: int, told: LogLine) -> dict[str, object]:
    """Return an answer of a card as the columns of its row."""
    assert isinstance(told.act, Review)
    return columns(told.act) | {"card_id": key, "name_id": key, "counts": True, "shared": False, "more": ""}


def test_the_latest_answer_is_folded_on_top_of_what_was_there(shelf: Shelf) -> None:
    key = shelf.card("mile")
    merge(shelf.connection, [line(0), line(1)], InForce(), LATEST)
    before = refold(shelf.connection, [key], InForce())[key]
    shelf.answer(key, 7, 5)
    found = advance(shelf.connection, {key: [line(7, 5)]}, InForce())
    assert found == refold(shelf.connection, [key], InForce()) != {key: before}
    assert replay_all(shelf.connection, InForce(), write=False).drifted == ()


def test_what_is_kept_beside_the_memory_stays(shelf: Shelf) -> None:
    key = shelf.change(shelf.card("mile"), remark="long", buried_until=days(9))
    shelf.answer(key)
    found = advance(shelf.connection, {key: [line(0)]}, InForce())[key]
    assert (found.remark, found.buried_until, found.memory is None) == ("long", days(9), False)


@pytest.mark.parametrize(
    "act", [Suspend(moment(days(-9))), Forget(moment(days(-9)), days(-9))], ids=["other", "forget"]
)
def test_a_card_with_another_act_is_left_to_the_whole_fold(shelf: Shelf, act: Act) -> None:
    key = shelf.card("mile")
    merge(shelf.connection, [LogLine("ship", "mile", act)], InForce(), LATEST)
    shelf.answer(key)
    assert advance(shelf.connection, {key: [line(0)]}, InForce()) == {}


@pytest.mark.parametrize("first", ["script", "anki"])
def test_an_answer_read_from_anki_is_folded_on_top_where_no_other_is_near(shelf: Shelf, first: str) -> None:
    key = shelf.card("mile")
    merge(shelf.connection, [line(0, origin=first)], InForce(), LATEST)
    shelf.answer(key, 7, 5, origin="anki")
    found = advance(shelf.connection, {key: [line(7, 5, origin="anki")]}, InForce())
    assert found
    assert found == refold(shelf.connection, [key], InForce())


@pytest.mark.parametrize("after", [1, SAME_ANSWER])
def test_an_answer_read_from_anki_that_may_be_a_known_one_is_left_to_the_whole_fold(shelf: Shelf, after: int) -> None:
    key = shelf.card("mile")
    merge(shelf.connection, [line(0)], InForce(), LATEST)
    again = moved(line(0, origin="anki"), after)
    shelf.connection.execute(insert(reviews).values(review_row(key, again)))
    assert advance(shelf.connection, {key: [again]}, InForce()) == {}
    assert len(refold(shelf.connection, [key], InForce())) == 1


@pytest.mark.parametrize("after", [1, SAME_ANSWER])
def test_two_new_answers_that_may_be_one_are_left_to_the_whole_fold(shelf: Shelf, after: int) -> None:
    key = shelf.card("mile")
    both = [line(0), moved(line(0, origin="anki"), after)]
    shelf.connection.execute(insert(reviews), [review_row(key, each) for each in both])
    assert advance(shelf.connection, {key: both}, InForce()) == {}


@pytest.mark.parametrize("later", [0, 1])
def test_an_answer_before_others_is_left_to_the_whole_fold(shelf: Shelf, later: int) -> None:
    key = shelf.card("mile")
    shelf.answer(key)
    shelf.answer(key, later, minute=1)
    assert advance(shelf.connection, {key: [line(0)]}, InForce()) == {}


def test_a_name_that_an_adoption_connects_is_left_to_the_whole_fold(shelf: Shelf) -> None:
    key, _ = shelf.card("mile"), shelf.card("knot", line=2)
    merge(shelf.connection, [LogLine("ship", "knot", Adopt(moment(days(-9)), "ship", "mile"))], InForce(), LATEST)
    shelf.answer(key)
    assert advance(shelf.connection, {key: [line(0)]}, InForce()) == {}


def test_an_answer_that_replaces_another_is_not_folded_twice(shelf: Shelf) -> None:
    """Told otherwise by another computer, and less in canonical form: it stands in place of what was known."""
    shelf.card("mile")
    merge(shelf.connection, [line(0), line(1, 4)], InForce(), LATEST)
    merge(shelf.connection, [line(1, 1), line(2, 4)], InForce(), LATEST)
    assert replay_all(shelf.connection, InForce(), write=False).drifted == ()
