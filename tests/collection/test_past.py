"""A history told to other programs: the quick way, by bare values, says what the way by objects says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters import Progress
from exporters.anki.scheduling import log_rows, revlog_rows
from srs.collection.past import logged, past_answers
from srs.history import ANKI, CRAM, TERMINAL, Review
from srs.scheduler import Fsrs, Grade, Scheduler, Sm2

START = date(2026, 1, 1)
STEPS = st.tuples(st.integers(0, 40), st.sampled_from(Grade), st.sampled_from([TERMINAL, ANKI, CRAM]))


def reviews(steps: list[tuple[int, Grade, str]]) -> list[Review]:
    """Return answers that lie so many days apart, each with a moment of its own but some, which share one."""
    day, found = START, []
    for number, (wait, grade, origin) in enumerate(steps):
        day += timedelta(days=wait)
        found.append(Review(1_767_225_600_000 + number // 2, day, grade, 50_000 + 900 * number, origin))
    return found


@pytest.mark.parametrize("scheduler", [Sm2(), Sm2(smooth=True), Fsrs()], ids=["sm2", "smooth", "fsrs"])
@given(st.lists(STEPS, max_size=15))
def test_bare_answers_make_the_rows_that_answers_make(
    scheduler: Scheduler, steps: list[tuple[int, Grade, str]]
) -> None:
    """Drills, several answers a day, lapses and moments given away included."""
    history = reviews(steps)
    bare = [(each.at, each.ms, (each.day.toordinal(), int(each.grade), each.drill, each.at)) for each in history]
    progress = Progress(None, answers=tuple(past_answers(history, scheduler)))
    assert list(log_rows(7, logged(bare, scheduler), set())) == list(revlog_rows(7, progress, set()))
