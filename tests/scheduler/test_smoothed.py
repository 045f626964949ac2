"""A load that is spread: near to SM-2, level over many cards, and the same at every replay."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from srs.scheduler import Answer, Grade, Memory, Sm2, Smoothed, advance, replay, trace

if TYPE_CHECKING:
    from tests.learner import Learner

START = date(2026, 1, 1)
HISTORIES = st.lists(st.tuples(st.integers(0, 300), st.sampled_from(Grade)), max_size=20)


def answers(history: list[tuple[int, Grade]], seed: int = 0) -> list[Answer]:
    """Turn gaps in days and grades into a history that begins at a moment."""
    day = START
    found: list[Answer] = []
    for gap, grade in history:
        day += timedelta(days=gap)
        found.append(Answer(day, grade, at=seed + len(found)))
    return found


def good(times: int, seed: int) -> list[Memory]:
    """Answer Good on each due day."""
    memory = Smoothed(seed).first(Grade.GOOD, START)
    found = [memory]
    for _ in range(times - 1):
        memory = Smoothed(seed).review(memory, Grade.GOOD, memory.due)
        found.append(memory)
    return found


@given(HISTORIES, st.integers(0, 2**40))
def test_a_replay_gives_the_same_as_step_by_step(history: list[tuple[int, Grade]], seed: int) -> None:
    every = answers(history, seed)
    memory: Memory | None = None
    for answer in every:
        memory = advance(Smoothed().for_card(seed), memory, answer)
    assert replay(Smoothed(), every) == memory
    assert [after for _, after in trace(Smoothed(), every)][-1:] == ([memory] if every else [])


@given(st.integers(0, 2**40))
def test_an_interval_is_moved_by_a_twentieth_at_most(seed: int) -> None:
    memory = Smoothed(seed).first(Grade.GOOD, START)
    for _ in range(12):
        plain = Sm2().review(memory, Grade.GOOD, memory.due)
        moved = Smoothed(seed).review(memory, Grade.GOOD, memory.due)
        assert abs(moved.interval - plain.interval) <= plain.interval // 20
        assert (moved.ease, moved.repetitions, moved.lapses) == (plain.ease, plain.repetitions, plain.lapses)
        memory = moved


@given(HISTORIES, st.integers(0, 2**40), st.sampled_from([Grade.HARD, Grade.GOOD, Grade.EASY]), st.integers(1, 400))
def test_a_pass_never_brings_the_due_day_nearer(
    history: list[tuple[int, Grade]], seed: int, grade: Grade, later: int
) -> None:
    memory = replay(Smoothed(), answers(history, seed))
    if memory:
        day = memory.answered_on + timedelta(days=later)
        assert Smoothed(seed).review(memory, grade, day).due >= memory.due


def test_cards_met_together_part() -> None:
    """A hundred cards that went the same way come due on many days instead of one."""
    days = Counter(good(6, seed)[-1].due for seed in range(100))
    assert len(days) > 15
    assert max(days.values()) < 20


def test_switching_it_on_is_told_and_mended_by_the_doctor(learner: Learner) -> None:
    learner.write("ship/sea.md", "".join(f"## What is {n}? {{#n{n}}}\n\nA number.\n\n" for n in range(8)))
    for day in ("2026-01-01", "2026-01-02", "2026-01-08", "2026-01-23"):
        learner.now = f"{day} 09:00"
        for n in range(8):
            learner.srs("answer", f"n{n}", "4")
    config = learner.home / "config.toml"
    config.write_text("smooth = true\n", encoding="utf-8")
    assert learner.types("--config", config, "doctor").code == 1
    learner.srs("--config", config, "doctor", "--repair")
    assert "All is well" in learner.srs("--config", config, "doctor")
    assert len({due for _, due in learner.progress().values()}) > 1
