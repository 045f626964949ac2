"""A load that is spread: near to SM-2, level over many cards, and the same at every replay."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.scheduler import Answer, Grade, Memory, Sm2
from srs.scheduler.smoothing import moved_by
from tests.memories import answered

if TYPE_CHECKING:
    from tests.learner import Learner

START = date(2026, 1, 1)
SMOOTH = Sm2(smooth=True)
HISTORIES = st.lists(st.tuples(st.integers(0, 300), st.sampled_from(Grade)), max_size=20)


def good(times: int, seed: int) -> list[Memory]:
    """Answer Good on each due day."""
    found = [answered(None, Grade.GOOD, START, SMOOTH, seed)]
    for _ in range(times - 1):
        found.append(answered(found[-1], Grade.GOOD, found[-1].due, SMOOTH, seed))
    return found


@given(st.integers(1, 2**40))
def test_an_interval_is_moved_by_a_twentieth_at_most(seed: int) -> None:
    memory = answered(None, Grade.GOOD, START, SMOOTH, seed)
    for _ in range(12):
        plain, moved = (answered(memory, Grade.GOOD, memory.due, scheduler) for scheduler in (Sm2(), SMOOTH))
        assert abs(moved.interval - plain.interval) <= plain.interval // 20
        assert (moved.state, moved.lapses, moved.answered_on) == (plain.state, plain.lapses, plain.answered_on)
        memory = moved


@pytest.mark.parametrize("grade", [Grade.HARD, Grade.GOOD, Grade.EASY])
def test_a_pass_never_brings_the_due_day_nearer(grade: Grade) -> None:
    """Early on a long interval SM-2 keeps the due day, and a card moved to the front must not come before it."""
    for seed in range(1, 40):
        memory = good(8, seed)[-1]
        for later in range(1, memory.interval, 97):
            day = memory.answered_on + timedelta(days=later)
            assert answered(memory, grade, day, SMOOTH).due >= memory.due


@pytest.mark.parametrize(("interval", "most"), [(9, 0), (10, 0), (20, 1), (39, 1), (40, 2), (1000, 50)])
def test_the_furthest_move_is_a_twentieth_either_way(interval: int, most: int) -> None:
    moves = {moved_by(interval, seed, 4) for seed in range(2000)}
    assert moves == set(range(-most, most + 1))


def test_a_move_follows_from_seed_and_repetitions_and_stays_what_it_was() -> None:
    assert [moved_by(400, 1_767_258_000_000, repetitions) for repetitions in range(3, 8)] == [-4, -11, -5, -14, 11]
    assert moved_by(400, 1_767_258_000_001, 3) != -4


def test_due_days_move_as_the_seed_says() -> None:
    """Good six times: SM-2 alone gives 1, 6, 15, 38, 95 and 238 days."""
    assert [memory.interval for memory in good(6, 1)] == [1, 6, 15, 37, 90, 228]
    assert [memory.interval for memory in good(6, 2)] == [1, 6, 15, 39, 94, 229]


def test_a_failure_comes_tomorrow_however_long_the_interval_was() -> None:
    memory = good(8, 5)[-1]
    assert answered(memory, Grade.AGAIN, memory.due, SMOOTH).interval == 1


def test_cards_met_together_part() -> None:
    """A hundred cards that went the same way come due on many days instead of one."""
    days = Counter(good(6, seed)[-1].due for seed in range(1, 101))
    assert len(days) > 15
    assert max(days.values()) < 20


@given(HISTORIES, st.integers(1, 2**40))
def test_drills_move_nothing(history: list[tuple[int, Grade]], seed: int) -> None:
    day, every = START, list[Answer]()
    for gap, grade in history:
        day += timedelta(days=gap)
        every.append(Answer(day, grade, at=seed + len(every)))
    drills = [Answer(each.day, Grade.AGAIN, drill=True, at=each.at) for each in every]
    assert SMOOTH.fold(answer for pair in zip(every, drills, strict=True) for answer in pair) == SMOOTH.fold(every)


def test_switching_it_on_replays_the_history_with_a_word(learner: Learner) -> None:
    learner.write("ship/sea.md", "".join(f"## What is {n}? {{#n{n}}}\n\nA number.\n\n" for n in range(8)))
    for day in ("2026-01-01", "2026-01-02", "2026-01-08", "2026-01-23"):
        learner.now = f"{day} 09:00"
        for n in range(8):
            learner.srs("answer", f"n{n}", "4")
    before = learner.progress()
    assert re.fullmatch(
        r"sm2, smoothed would be in force: [1-8] cards? would be due on another day\n.*", said(learner), re.DOTALL
    )
    assert learner.progress() == before
    learner.srs("switch", "sm2", "--smooth")
    assert "All is well" in learner.srs("doctor")
    assert len({due for _, due in learner.progress().values()}) > 1
    learner.srs("switch", "sm2", "--no-smooth")
    assert learner.progress() == before


def said(learner: Learner) -> str:
    """Return what smoothing would do."""
    return learner.srs("switch", "sm2", "--smooth", "--dry-run")
