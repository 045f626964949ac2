"""SM-2 against its golden tables and its laws."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from srs.scheduler import Answer, Grade, Memory, Scheduler, Shown, Sm2
from srs.scheduler.memory import bare
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
    """One pass is enough to have learnt a card; a failure after a failure is no further lapse."""
    lapses = [memory.lapses for memory in on_time([Grade(grade) for grade in (1, 1, 4, 1, 2, 4, 0)])]
    assert lapses == [0, 0, 0, 1, 1, 1, 2]


def test_ease_never_falls_below_its_floor() -> None:
    eases = [Sm2().shown(memory).ease for memory in on_time([Grade.HARD] * 10)]
    assert eases == [2360, 2220, 2080, 1940, 1800, 1660, 1520, 1380, 1300, 1300]


def test_an_interval_ends_at_a_hundred_years() -> None:
    intervals = [memory.interval for memory in on_time([Grade.EASY] * 12)]
    assert intervals[-4:] == [16_698, 36_500, 36_500, 36_500]


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


def test_a_pass_on_the_eve_of_the_due_day_builds_on_one_day_less() -> None:
    """An interval of 38 days at ease 2.5: 37 days give 93 days, all 38 give 95, and so do 39."""
    learnt = on_time([Grade.GOOD] * 4)[-1]
    intervals = [answered(learnt, Grade.GOOD, learnt.due + timedelta(days=late)).interval for late in (-1, 0, 1)]
    assert intervals == [93, 95, 95]


def test_a_history_makes_the_memory_counted_by_hand() -> None:
    """Passed, passed on the due day, forgotten two days late, drilled, passed: ease +100, 0, unmoved, −140."""
    days = (0, 1, 9, 9, 10)
    grades = (Grade.EASY, Grade.GOOD, Grade.AGAIN, Grade.EASY, Grade.HARD)
    history = [Answer(START + timedelta(days=d), grade, at=d + 5) for d, grade in zip(days, grades, strict=True)]
    assert Sm2().fold(history) == Memory(START + timedelta(days=11), 1, 1, START + timedelta(days=10), (1, 2460, 5))


@given(st.dates(max_value=date(9000, 1, 1)), GRADES)
@example(date.min, Grade.GOOD)
def test_the_first_answer_counts_whatever_its_day(day: date, grade: Grade) -> None:
    assert answered(None, grade, day).answered_on == day


def test_the_store_can_tell_whose_memories_it_keeps() -> None:
    """A change of what answers lead to is a new version: the memories kept from before are then replayed."""
    assert (Sm2().name, Sm2().version, Sm2().parameters) == ("sm2", 1, '{"smooth": false}')
    assert Sm2(smooth=True).parameters == '{"smooth": true}'


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
        assert (Sm2().shown(memory).ease or 0) >= 1300
        assert 1 <= memory.interval <= 36_500
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
    assert Sm2().shown(Sm2().placed(START, 30, 1000, 0, START)).ease == 1300


@given(HISTORIES, st.booleans())
def test_a_fold_is_one_answer_after_the_other(history: list[tuple[int, Grade]], smooth: bool) -> None:
    every = answers(history)
    assert Sm2(smooth).fold(every) == Scheduler.fold(Sm2(smooth), every)


@given(HISTORIES, st.lists(st.booleans(), max_size=40), st.booleans())
def test_the_interval_that_an_answer_tested_is_that_of_the_memory_before_it(
    history: list[tuple[int, Grade]], drills: list[bool], smooth: bool
) -> None:
    given_drills = [*drills, *[False] * len(history)]
    some = [bare(replace(each, drill=given_drills[place])) for place, each in enumerate(answers(history))]
    assert Sm2(smooth).tested(some) == Scheduler.tested(Sm2(smooth), some)
    assert Sm2(smooth).fold_bare(some) == Scheduler.fold_bare(Sm2(smooth), some)


def test_only_an_answer_on_a_later_day_tests_what_is_remembered() -> None:
    days = [START + timedelta(days=each) for each in (0, 0, 1, 1, 7)]
    grades = [Grade.GOOD, Grade.EASY, Grade.GOOD, Grade.AGAIN, Grade.AGAIN]
    some = [bare(Answer(day, grade)) for day, grade in zip(days, grades, strict=True)]
    assert Sm2().tested(some) == [0, 0, 1, 0, 6]
    assert Scheduler.tested(Sm2(), some) == [0, 0, 1, 0, 6]
