"""FSRS fitted to answers: which of them it learns from, and that it always learns the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from benchmarks.learning import histories
from srs.scheduler import Answer, Forgotten, Fsrs, Grade, Schedule, Step
from srs.scheduler.fitting import examples, fit
from srs.scheduler.fsrs import published, unfit
from srs.stats.promises import judge, promises

START = date(2026, 1, 1)


def answer(day: int, grade: Grade = Grade.GOOD, *, drill: bool = False) -> Answer:
    """Return an answer so many days after the first."""
    return Answer(START + timedelta(days=day), grade, drill, at=day)


def test_the_same_answers_make_the_same_parameters_in_whatever_order_their_cards_come() -> None:
    every = histories(1500)
    first = fit(every)
    assert fit(reversed(every)) == first
    assert unfit(first) == ""
    assert first != published()
    assert all(value == round(value, 4) for value in first)


def test_fitted_parameters_predict_what_they_were_fitted_to_better_than_the_published_ones() -> None:
    every = histories(1500)
    losses = [judge(promises(Fsrs(weights=weights), every)).log_loss or 9 for weights in (fit(every), ())]
    assert losses[0] < losses[1]


def test_each_judged_answer_is_an_example_with_all_before_it() -> None:
    history = [answer(0, Grade.AGAIN), answer(0), answer(3, drill=True), answer(5, Grade.HARD), answer(9, Grade.EASY)]
    assert list(examples(history)) == [(5, [(1, 0), (3, 0), (2, 5)]), (9, [(1, 0), (3, 0), (2, 5), (4, 4)])]


def test_what_was_set_by_hand_is_left_out_until_the_card_is_forgotten() -> None:
    placed = Schedule(START + timedelta(days=4), START + timedelta(days=9), 5, 2500)
    history: list[Step] = [answer(0), answer(2), placed, answer(9), Forgotten(), answer(10), answer(12)]
    assert list(examples(history)) == [(2, [(3, 0), (3, 2)]), (12, [(3, 0), (3, 2)])]


@pytest.mark.parametrize("grade", [Grade.AGAIN, Grade.GOOD])
def test_one_grade_alone_makes_parameters_that_can_be_used(grade: Grade) -> None:
    every = [[Answer(START + timedelta(days=n + d), grade, at=n * 100 + d) for d in range(5)] for n in range(60)]
    assert unfit(fit(every)) == ""


def test_of_nothing_the_published_ones_are_made() -> None:
    assert fit([]) == published()
