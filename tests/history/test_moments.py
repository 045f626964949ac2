"""Moments of acts: which there can be, which count, and which a new act gets."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta

import pytest

from srs.errors import SrsError
from srs.history import LONGEST_STEP, SHORTEST_STEP, horizon, moment_after
from srs.history.moments import check_day
from tests.history.told import A_DAY, NOON
from tests.store.shelf import DAY


def test_what_lies_up_to_a_day_ahead_counts() -> None:
    assert horizon(NOON) == NOON + A_DAY


@pytest.mark.parametrize(
    ("latest", "expected"), [(None, NOON), (NOON - 1, NOON), (NOON, NOON + 777), (NOON + A_DAY, NOON + A_DAY + 777)]
)
def test_a_new_act_comes_later_than_all_that_is_known(latest: int | None, expected: int) -> None:
    """By chance, since two computers that both added one would make one act of two."""
    asked = []

    def draw(least: int, most: int) -> int:
        asked.append((least, most))
        return 777

    assert moment_after(NOON, latest, draw) == expected
    assert asked == ([] if expected == NOON else [(SHORTEST_STEP, LONGEST_STEP)])
    assert (SHORTEST_STEP, LONGEST_STEP) == (5, 60_000)


@pytest.mark.parametrize(("days", "taken"), [(-4, False), (-3, True), (0, True), (3, True), (4, False)])
def test_an_answer_lies_within_three_days_of_its_study_day(days: int, taken: bool) -> None:
    with nullcontext() if taken else pytest.raises(SrsError, match="set this computer's clock right"):
        check_day(NOON, DAY + timedelta(days=days))
