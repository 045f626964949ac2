"""The keys that grade, and what stands on them."""

from __future__ import annotations

from datetime import date

from srs.scheduler import Grade
from srs.terminal.grades import FOUR_GRADES, SIX_GRADES, grade_labels
from tests.memories import answered

TODAY = date(2026, 12, 1)


def test_a_grade_that_moves_the_card_says_the_interval() -> None:
    memory = answered(None, Grade.GOOD, TODAY)
    labels = grade_labels(FOUR_GRADES, dict.fromkeys(Grade, memory), None)
    assert {key: label[:2] for key, label in labels.items()} == {
        "1": (Grade.AGAIN, "1d"),
        "2": (Grade.HARD, "1d"),
        "3": (Grade.GOOD, "1d"),
        "4": (Grade.EASY, "1d"),
    }


def test_a_drill_says_whether_the_card_comes_again() -> None:
    memory = answered(None, Grade.GOOD, TODAY)
    for now in (memory, None):
        labels = grade_labels(FOUR_GRADES, dict.fromkeys(Grade, now), now)
        assert [label[1] for label in labels.values()] == ["again", "again", "done", "done"]


def test_six_grades_are_those_of_sm2() -> None:
    assert {str(number): Grade(number) for number in range(6)} == SIX_GRADES
