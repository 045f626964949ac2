"""What schedulers promise, held against what happened: figures counted by hand."""

from __future__ import annotations

from datetime import date, timedelta
from math import log, sqrt

import pytest

from srs.scheduler import Answer, Forgotten, Fsrs, Grade, Schedule, Sm2, Step
from srs.stats.promises import Judgement, Promise, bin_of, constant, judge, promises, rate_of

START = date(2026, 1, 1)


def told(*pairs: tuple[float, int]) -> list[Promise]:
    """Return promises, each with whether it was recalled."""
    return [Promise(at, promised, bool(recalled)) for at, (promised, recalled) in enumerate(pairs)]


def answer(day: int, grade: Grade = Grade.GOOD, *, drill: bool = False, at: int | None = None) -> Answer:
    """Return an answer so many days after the first."""
    return Answer(START + timedelta(days=day), grade, drill, day * 10 if at is None else at)


def test_the_figures_are_those_counted_by_hand() -> None:
    found = judge(told((0.9, 1), (0.92, 0), (0.6, 1), (0.62, 0), (0.6, 1)))
    assert found.log_loss == pytest.approx(-(log(0.9) + log(0.08) + 2 * log(0.6) + log(0.38)) / 5)
    means = [((0.6 + 0.62 + 0.6) / 3, 2 / 3, 3), (0.91, 0.5, 2)]
    for each, mean in zip(found.bins, means, strict=True):
        assert (each.promised, each.recalled, each.count) == pytest.approx(mean)
    assert found.rmse_bins == pytest.approx(sqrt(sum(n * (p - r) ** 2 for p, r, n in means) / 5))
    assert found.auc == pytest.approx(1 / 6)
    assert found.count == 5


def test_the_area_counts_pairs_in_the_right_order_and_half_of_those_promised_alike() -> None:
    assert judge(told((0.9, 1), (0.5, 0))).auc == 1
    assert judge(told((0.5, 1), (0.9, 0))).auc == 0
    assert judge(told((0.7, 1), (0.7, 0), (0.8, 1))).auc == 0.75
    assert judge(told((0.7, 1), (0.9, 1))).auc is None
    assert judge(told((0.7, 0))).auc is None


def test_of_nothing_nothing_is_told() -> None:
    assert judge([]) == Judgement()
    assert rate_of([]) == 0


def test_a_promise_that_is_certain_and_wrong_does_not_outweigh_all_others() -> None:
    assert judge(told((0.0, 1), (1.0, 0))).log_loss == pytest.approx(-log(0.0001))


def test_a_range_ends_where_the_next_begins() -> None:
    assert [bin_of(each) for each in (0.0, 0.049, 0.05, 0.9, 0.949, 0.95, 1.0)] == [0, 0, 1, 18, 18, 19, 19]


def test_a_constant_promises_the_same_of_all() -> None:
    found = told((0.9, 1), (0.1, 0), (0.5, 1))
    assert rate_of(found) == pytest.approx(2 / 3)
    assert [(each.promised, each.recalled) for each in constant(0.5, found)] == [(0.5, True), (0.5, False), (0.5, True)]


def test_judged_is_the_first_answer_of_each_later_study_day() -> None:
    """Promised from what stood before it: 0.9 ^ (days since the last counted answer / interval)."""
    history = [answer(0), answer(0, at=1), answer(2, Grade.AGAIN), answer(2, at=21), answer(4), answer(10, drill=True)]
    found = promises(Sm2(), [history])
    assert [(each.at, each.recalled) for each in found] == [(20, False), (40, True)]
    assert [each.promised for each in found] == pytest.approx([0.9**2, 0.9**2])


def test_promises_come_in_the_order_of_time_and_are_as_many_whoever_makes_them() -> None:
    due = START + timedelta(days=30)
    histories: list[list[Step]] = [
        [answer(0), answer(9, Grade.AGAIN), answer(30)],
        [answer(1), Forgotten(), answer(5), answer(7), Schedule(START + timedelta(days=8), due, 22, 2500), answer(31)],
    ]
    found = [[(each.at, each.recalled) for each in promises(scheduler, histories)] for scheduler in (Sm2(), Fsrs())]
    assert found[0] == found[1] == [(70, True), (90, False), (300, True), (310, True)]
