"""What the loop of a sitting makes of time: how long an answer took, and how long the rest may take."""

from __future__ import annotations

import io
import time
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from srs.collection.sitting import Sitting, Tally
from srs.due import Queue, Queued
from srs.scheduler import Grade
from srs.store.reviews import card_history
from srs.terminal.grades import FOUR_GRADES
from srs.terminal.reviewing import Reviewing, Surroundings
from srs.terminal.screen import Screen
from tests.rules import rules
from tests.store.histories import store_with_cards

if TYPE_CHECKING:
    from collections.abc import Iterator

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def reviewing() -> Iterator[Reviewing]:
    """A sitting over three cards, on a screen in memory."""
    with store_with_cards() as store:
        sitting = Sitting(store, rules(), Queue(tuple(Queued(key, key, None) for key in (1, 2, 3))))
        around = Surroundings(lambda: NOON, lambda _: date(2026, 12, 1), FOUR_GRADES, lambda _: "")
        yield Reviewing(sitting, Screen(Console(file=io.StringIO(), width=80, height=24)), around)


@pytest.mark.parametrize(("seconds", "ms"), [(7, 7_000), (59, 59_000), (3600, 60_000)])
def test_who_takes_more_than_a_minute_was_away(reviewing: Reviewing, seconds: float, ms: int) -> None:
    queued = reviewing.sitting.current
    assert queued
    reviewing._grade(queued, reviewing.sitting.read(queued), Grade.GOOD, time.monotonic() - seconds)
    with reviewing.sitting.store.reading() as connection:
        (review,) = card_history(connection, queued.key)
    assert abs(review.ms - ms) < 500


@pytest.mark.parametrize(("answers", "left"), [(2, None), (3, 30_000), (6, 30_000)])
def test_the_time_that_is_left_is_the_pace_so_far_for_each_card(
    reviewing: Reviewing, answers: int, left: int | None
) -> None:
    reviewing.sitting.tally = Tally(answers, (Grade.GOOD,) * answers, 10_000 * answers)
    assert reviewing._standing().ms_left == left
