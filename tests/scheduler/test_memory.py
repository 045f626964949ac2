"""What a grade means, and what every scheduler has in common."""

from __future__ import annotations

from datetime import date

from srs.scheduler import Answer, Grade, Scheduler, Sm2


def test_three_and_more_is_a_pass_and_below_four_is_drilled() -> None:
    assert [grade.passed for grade in Grade] == [False, False, False, True, True, True]
    assert [grade.needs_drill for grade in Grade] == [True, True, True, True, False, False]


def test_an_answer_counts_unless_it_says_otherwise() -> None:
    assert Answer(date(2026, 1, 1), Grade.GOOD) == Answer(date(2026, 1, 1), Grade.GOOD, drill=False, at=0)


def test_a_card_without_answers_has_no_memory() -> None:
    assert Sm2().fold([]) is None
    assert Scheduler.fold(Sm2(), []) is None
