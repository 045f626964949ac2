"""SM-2 against its golden tables and its laws."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.scheduler import Answer, Grade, Memory, Scheduler, Shown, Sm2, counts
from srs.scheduler.sm2 import LEAST_EASE, LONGEST_INTERVAL
from tests.memories import answered

START = date(2026, 1, 1)
GRADES = st.sampled_from(Grade)
HISTORIES = st.lists(st.tuples(st.integers(0, 400), GRADES), max_size=40)


def on_time(grades: list[Grade]) -> list[Memory]:
    """Review a card with these grades, each time on its due day."""
    memories: list[Memory] = []
    for grade in grades:
        if memories:
            memories.append(answered(memories[-1], grade, memories[-1].due))
        else:
            memories.append(answered(None, grade, START))
    return memories


def answers(history: list[tuple[int, Grade]]) -> list[Answer]:
    """Turn gaps in days and grades into a history."""
    day, found = START, []
    for gap, grade in history:
        day += timedelta(days=gap)
        found.append(Answer(day, grade))
    return found


@pytest.mark.parametrize(
    ("grade", "intervals", "ease"),
    [
        (Grade.GOOD, [1, 6, 15, 38, 95, 238], 2500),
        (Grade.EASY, [1, 6, 17, 50, 150, 465], 3100),
        (Grade.HARD, [1, 6, 13, 26, 47, 79], 1660),
    ],
    ids=lambda value: value.name if isinstance(value, Grade) else "",
)
def test_intervals_are_those_of_the_golden_table(grade: Grade, intervals: list[int], ease: int) -> None:
    memories = on_time([grade] * 6)
    assert [memory.interval for memory in memories] == intervals
    assert Sm2().shown(memories[-1]) == Shown(ease, 6)


@pytest.mark.parametrize("grade", [Grade.BLACKOUT, Grade.AGAIN, Grade.NEARLY])
def test_a_failure_starts_again_tomorrow_and_leaves_the_ease(grade: Grade) -> None:
    learnt = on_time([Grade.GOOD] * 4)[-1]
    failed = answered(learnt, grade, learnt.due)
    assert failed == Memory(learnt.due + timedelta(days=1), 1, 1, learnt.due, (0, 2500, 1))
    again = [failed]
    for _ in range(3):
        again.append(answered(again[-1], Grade.GOOD, again[-1].due))
    assert [memory.interval for memory in again] == [1, 1, 6, 15]


def test_only_what_was_learnt_can_lapse() -> None:
    first = answered(None, Grade.AGAIN, START)
    assert first.lapses == 0
    assert answered(first, Grade.AGAIN, first.due).lapses == 0


def test_ease_never_falls_below_its_floor() -> None:
    assert Sm2().shown(on_time([Grade.HARD] * 30)[-1]).ease == LEAST_EASE


def test_an_interval_ends_at_a_hundred_years() -> None:
    assert on_time([Grade.EASY] * 20)[-1].interval == LONGEST_INTERVAL


def test_an_early_pass_builds_on_the_days_that_went_by() -> None:
    """Two days into an interval of 15, Good gives ceil(2 x 2.5) = 5 days, which would be before the due day."""
    learnt = on_time([Grade.GOOD] * 3)[-1]
    day = learnt.answered_on + timedelta(days=2)
    early = answered(learnt, Grade.GOOD, day)
    assert early.due == learnt.due
    assert early.interval == 13
    assert Sm2().shown(early).repetitions == 4


def test_a_late_pass_is_plain_sm2() -> None:
    learnt = on_time([Grade.GOOD] * 3)[-1]
    late = answered(learnt, Grade.GOOD, learnt.due + timedelta(days=100))
    assert late.interval == 38


@given(HISTORIES, st.sampled_from([grade for grade in Grade if grade.passed]), st.integers(1, 500))
def test_a_pass_never_brings_the_due_day_nearer(history: list[tuple[int, Grade]], grade: Grade, wait: int) -> None:
    memory = Sm2().fold(answers(history))
    if memory is not None:
        day = memory.answered_on + timedelta(days=wait)
        after = answered(memory, grade, day)
        assert after.due >= memory.due
        assert after.due > day


@given(HISTORIES)
def test_memory_is_always_sane(history: list[tuple[int, Grade]]) -> None:
    memory = Sm2().fold(answers(history))
    if memory is None:
        assert not history
    else:
        assert (Sm2().shown(memory).ease or 0) >= LEAST_EASE
        assert 1 <= memory.interval <= LONGEST_INTERVAL
        assert memory.lapses <= len(history)


@given(HISTORIES, GRADES)
def test_a_better_grade_never_comes_sooner(history: list[tuple[int, Grade]], grade: Grade) -> None:
    memory = Sm2().fold(answers(history))
    if memory is not None and grade < Grade.EASY:
        worse = answered(memory, grade, memory.due)
        better = answered(memory, Grade(grade + 1), memory.due)
        assert better.due >= worse.due


@given(HISTORIES, GRADES)
def test_a_second_answer_on_a_study_day_moves_nothing(history: list[tuple[int, Grade]], grade: Grade) -> None:
    given_answers = answers(history)
    memory = Sm2().fold(given_answers)
    if given_answers:
        assert Sm2().answered(memory, Answer(given_answers[-1].day, grade)) == memory


@given(HISTORIES, st.data())
def test_drills_can_stand_anywhere_in_a_history(history: list[tuple[int, Grade]], data: st.DataObject) -> None:
    plain = answers(history)
    place = data.draw(st.integers(0, len(plain)))
    drill = replace(plain[place - 1], drill=True) if plain else Answer(START, Grade.GOOD, drill=True)
    assert Sm2().fold([*plain[:place], drill, *plain[place:]]) == Sm2().fold(plain)


@given(HISTORIES, st.integers(0, 40))
def test_a_replay_can_stop_anywhere_and_go_on(history: list[tuple[int, Grade]], place: int) -> None:
    every = answers(history)
    memory = Sm2().fold(every[:place])
    for answer in every[place:]:
        memory = Sm2().answered(memory, answer)
    assert memory == Sm2().fold(every)


def test_a_day_before_the_last_counted_one_is_a_drill() -> None:
    memory = answered(None, Grade.GOOD, START)
    assert not counts(memory, START - timedelta(days=1))
    assert counts(memory, START + timedelta(days=1))
    assert counts(None, START)


def test_the_seed_is_the_moment_of_the_first_answer_that_counted() -> None:
    drill = Answer(START, Grade.GOOD, drill=True, at=5)
    memory = Sm2().fold([drill, Answer(START, Grade.AGAIN, at=7), Answer(START + timedelta(days=1), Grade.GOOD, at=9)])
    assert memory is not None
    assert memory.state == (1, 2500, 7)


def test_a_drill_on_a_new_card_leaves_it_new() -> None:
    assert Sm2().answered(None, Answer(START, Grade.GOOD, drill=True)) is None
    assert Sm2().fold([Answer(START, Grade.GOOD, drill=True)]) is None


def test_an_answer_that_does_not_count_gives_back_the_very_memory() -> None:
    memory = answered(None, Grade.GOOD, START)
    assert Sm2().answered(memory, Answer(START, Grade.EASY)) is memory


@pytest.mark.parametrize(("ahead", "last"), [(10, START - timedelta(days=20)), (200, START - timedelta(days=1))])
def test_an_answer_today_counts_on_a_schedule_from_elsewhere(ahead: int, last: date) -> None:
    due = START + timedelta(days=ahead)
    placed = Sm2().placed(due, 30, 2100, 3, START)
    assert (placed.due, placed.interval, placed.lapses, placed.answered_on) == (due, 30, 3, last)
    assert Sm2().shown(placed).ease == 2100
    after = answered(placed, Grade.GOOD, START, at=11)
    assert after.answered_on == START
    assert after.due >= due
    assert after.state[2] == 11


def test_an_ease_from_elsewhere_is_lifted_to_the_floor() -> None:
    assert Sm2().shown(Sm2().placed(START, 30, 1000, 0, START)).ease == LEAST_EASE


@given(HISTORIES, st.booleans())
def test_a_fold_is_one_answer_after_the_other(history: list[tuple[int, Grade]], smooth: bool) -> None:
    every = answers(history)
    assert Sm2(smooth).fold(every) == Scheduler.fold(Sm2(smooth), every)
