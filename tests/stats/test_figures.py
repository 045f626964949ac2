"""Figures are what a person would count by hand."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from srs.scheduler import Answer, Grade, Sm2
from srs.stats import CardRecord, Recall, figures

TODAY = date(2026, 12, 1)  # a Tuesday


def record(*answers: tuple[int, int], chapter: str = "Sea", suspended: bool = False, leech: bool = False) -> CardRecord:
    """Return a card by its answers: how many days ago, and the grade."""
    history = tuple(Answer(TODAY - timedelta(days=ago), Grade(grade)) for ago, grade in answers)
    return CardRecord(chapter, Sm2().fold(history), suspended, leech, history, (2000,) * len(history))


def test_figures_of_some_cards() -> None:
    known = record((40, 4), (39, 4), (33, 4), (18, 4))  # 1, 6, 15, 38 days
    missed = record((9, 4), (8, 2), (8, 4), (7, 4))  # a drill on the day it was missed
    found = figures([known, missed, record(), record((0, 4), suspended=True, leech=True)], Sm2(), TODAY)
    assert found.answers == 9
    assert found.ms == 18_000
    assert found.ms_week == 2000
    assert found.days[TODAY - timedelta(days=8)] == 2
    assert found.grades == {Grade.NEARLY: 1, Grade.GOOD: 8}
    assert found.young == Recall(5, 4)
    assert found.mature == Recall()
    (sea,) = found.chapters
    assert (sea.new, sea.learning, sea.young, sea.mature, sea.leeches, sea.suspended) == (1, 2, 0, 1, 1, 1)
    assert sum(found.intervals.values()) == sum(found.eases.values()) == 3
    assert found.forecast[TODAY] == 1
    assert len(found.forecast) == 30


def test_a_mature_card_is_one_that_waited_three_weeks() -> None:
    found = figures([record((60, 4), (59, 4), (53, 4), (38, 4), (0, 1))], Sm2(), TODAY)
    assert found.mature == Recall(1, 0)
    assert found.weeks[-1].mature == Recall(1, 0)
    assert found.weeks[-1].monday == date(2026, 11, 30)


def test_chapters_stand_in_the_order_of_their_decks() -> None:
    found = figures([record(chapter="B"), record(chapter="A"), record(chapter="B")], Sm2(), TODAY)
    assert [(each.chapter, each.new) for each in found.chapters] == [("B", 2), ("A", 1)]


@given(st.lists(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 5)), max_size=8), max_size=6))
def test_nothing_is_counted_twice_or_lost(cards: list[list[tuple[int, int]]]) -> None:
    records = [record(*sorted(answers, reverse=True)) for answers in cards]
    found = figures(records, Sm2(), TODAY)
    assert found.answers == sum(found.grades.values()) == sum(len(answers) for answers in cards)
    assert sum(each.new + each.learning + each.young + each.mature for each in found.chapters) == len(cards)
    assert sum(found.days.values()) <= found.answers
    assert found.young.asked + found.mature.asked <= found.answers
