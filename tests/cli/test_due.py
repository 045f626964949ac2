"""`srs due`: a due day set by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.learner import Learner


@pytest.mark.parametrize(
    ("typed", "day", "interval"),
    [("2026-12-24", "2026-12-24", "23 days"), ("tomorrow", "2026-12-02", "1 day"), ("+7", "2026-12-08", "7 days")],
)
def test_a_card_is_due_on_the_day_that_was_said(sailor: Learner, typed: str, day: str, interval: str) -> None:
    assert sailor.srs("due", "mile", typed) == f"mile: due {day}, interval {interval}\n"
    assert sailor.cards()["mile"]["due"] == day


def test_a_day_that_has_come_has_an_interval_of_a_day(sailor: Learner) -> None:
    past = "mile: due 2026-11-01, which is past: it is asked today, interval 1 day\n"
    assert sailor.srs("due", "mile", "2026-11-01") == past


def test_tomorrow_is_the_next_study_day(sailor: Learner) -> None:
    """At two in the morning it is still the day before."""
    sailor.now = "2026-12-02 02:00"
    assert sailor.srs("due", "mile", "tomorrow") == "mile: due 2026-12-02, interval 1 day\n"


def test_undo_gives_the_day_back_that_was_due(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "good")
    sailor.srs("due", "mile", "+7")
    said = "mile: set on 2026-12-01: due 2026-12-08, interval 7 days undone; due 2026-12-02\n"
    assert sailor.srs("undo") == said


@pytest.mark.parametrize(
    ("card", "day", "code", "said"),
    [
        ("mile", "someday", 2, "'someday' is not a moment"),
        ("mile", "5", 2, "'5' is not a moment; +5 is so many days from now, '2026-12-01' a day"),
        ("mile", "2190-01-01", 2, "2190-01-01 is more than 36,500 days from today"),
        ("nope", "+1", 1, "no card nope"),
    ],
)
def test_what_cannot_be_set_is_told_and_the_log_stays_as_it_is(
    sailor: Learner, card: str, day: str, code: int, said: str
) -> None:
    outcome = sailor.types("due", card, day)
    assert (outcome.code, outcome.err.startswith(f"srs: {said}")) == (code, True)
    assert sailor.srs("log", "show") == "Nothing has been done yet.\n"
