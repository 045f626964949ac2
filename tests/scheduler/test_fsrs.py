"""FSRS-6 against another implementation of it, and its laws."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.scheduler import Answer, Fsrs, Grade, Memory, Scheduler, Shown, Sm2, replay
from srs.scheduler.fsrs import BOUNDS, library, library_version, model, published, recall_after, unfit
from srs.scheduler.memory import Forgotten, Schedule
from tests.memories import answered

START = date(2022, 11, 29)
AGAIN, HARD, GOOD, EASY = Grade.AGAIN, Grade.HARD, Grade.GOOD, Grade.EASY
GRADES = st.sampled_from(Grade)
HISTORIES = st.lists(st.tuples(st.integers(0, 400), GRADES, st.booleans()), max_size=30)
OTHER = (
    *(0.1456, 0.4186, 1.1104, 4.1315, 5.2417, 1.3098, 0.8975, 0.0010, 1.5674, 0.0567, 0.9661),
    *(2.0275, 0.1592, 0.2446, 1.5071, 0.2272, 2.8755, 1.234, 0.56789, 0.1437, 0.2),
)

# (grade, days since the answer before) with the stability, the difficulty and the interval that py-fsrs 6.3.2 gives
# after it, without learning steps and without fuzz. The first is the history of its own test of the memory state, whose
# expectation is 53.62691 and 6.3574867; the last takes the parameters of its test of a scheduler's arguments.
Vector = list[tuple[Grade, int, float, float, int]]
MEMORY_STATE: Vector = [
    (AGAIN, 0, 0.212, 6.4133, 1),
    (GOOD, 0, 0.2467, 6.4021, 1),
    (GOOD, 1, 2.0215, 6.3909, 2),
    (GOOD, 3, 7.8637, 6.3798, 8),
    (GOOD, 8, 21.9177, 6.3686, 22),
    (GOOD, 21, 53.6269, 6.3575, 54),
]
LAPSED: Vector = [
    (GOOD, 0, 2.3065, 2.1181, 2),
    (GOOD, 2, 10.9643, 2.1112, 11),
    (GOOD, 11, 46.2802, 2.1043, 46),
    (GOOD, 46, 162.8622, 2.0975, 163),
    (GOOD, 163, 497.4472, 2.0906, 497),
    (AGAIN, 498, 6.8878, 7.3855, 7),
    (AGAIN, 0, 2.1538, 9.1258, 2),
    (GOOD, 0, 2.1538, 9.1119, 2),
    (GOOD, 2, 3.9816, 9.0981, 4),
    (HARD, 4, 5.9371, 9.3865, 6),
    (EASY, 7, 14.0006, 9.1667, 14),
]
EASILY: Vector = [
    (EASY, 0, 8.2956, 1.0, 8),
    (EASY, 8, 65.6242, 1.0, 66),
    (EASY, 50, 335.5525, 1.0, 336),
    (HARD, 300, 716.0227, 4.0106, 716),
    (AGAIN, 100, 6.518, 8.0166, 7),
    (HARD, 3, 9.0457, 8.6685, 9),
]
HARDLY: Vector = [
    (HARD, 0, 1.2931, 5.1122, 1),
    (HARD, 0, 1.2931, 6.7405, 1),
    (GOOD, 0, 1.3359, 6.7289, 1),
    (EASY, 0, 2.3691, 5.6211, 2),
    (AGAIN, 30, 0.8647, 8.5459, 1),
    (GOOD, 0, 0.9173, 8.5326, 1),
    (GOOD, 1, 2.2322, 8.5193, 2),
]
WITH_OTHERS: Vector = [
    (GOOD, 0, 1.1104, 1.0, 1),
    (GOOD, 2, 9.342, 1.0, 9),
    (GOOD, 11, 54.6614, 1.0, 55),
    (GOOD, 46, 239.653, 1.0, 240),
    (GOOD, 163, 866.9853, 1.0, 867),
    (AGAIN, 498, 9.464, 2.7476, 9),
    (AGAIN, 0, 1.1704, 4.1452, 1),
    (GOOD, 0, 2.3059, 4.0964, 2),
    (GOOD, 2, 8.9095, 4.0477, 9),
    (HARD, 4, 12.0267, 4.592, 12),
    (EASY, 7, 72.3639, 4.004, 72),
]


def history(steps: list[tuple[int, Grade, bool]]) -> list[Answer]:
    """Turn days, grades and whether it is cram into answers."""
    day, found = START, list[Answer]()
    for gap, grade, drill in steps:
        day += timedelta(days=gap)
        found.append(Answer(day, grade, drill, at=1000 + len(found)))
    return found


@pytest.mark.parametrize(
    ("vector", "weights"),
    [(MEMORY_STATE, ()), (LAPSED, ()), (EASILY, ()), (HARDLY, ()), (WITH_OTHERS, OTHER)],
    ids=["memory state", "lapsed", "easily", "hardly", "other parameters"],
)
def test_states_and_intervals_are_those_of_another_implementation(vector: Vector, weights: tuple[float, ...]) -> None:
    """Within what rounding each state to four decimals adds; the library's own unrounded ones agree to the decimal."""
    library_ = library()
    assert library_
    rated = [(grade - 1 if grade >= HARD else 1, gap) for grade, gap, *_ in vector]
    item = library_.FSRSItem([library_.FSRSReview(rating, gap) for rating, gap in rated])
    exact = [(each.stability, each.difficulty) for each in model(weights).historical_memory_states(item)]
    assert exact == [pytest.approx((s, d), abs=6e-5, rel=1e-6) for _, _, s, d, _ in vector]
    scheduler, memory, day, found = Fsrs(weights=weights), None, START, Memory(START, 1, 0, START, ())
    for grade, gap, stability, difficulty, interval in vector:
        day += timedelta(days=gap)
        step = answered(found if memory else None, grade, day, scheduler)
        assert step.state[:2] == pytest.approx((stability, difficulty), abs=2e-4, rel=2e-5)
        memory = answered(memory, grade, day, scheduler)
        assert memory.state[:2] == pytest.approx((stability, difficulty), rel=5e-4 if stability < 1 else 5e-5, abs=2e-4)
        assert memory.interval == interval
        found = Memory(memory.due, interval, 0, day, (stability, difficulty, 1, 1))


def test_the_library_is_the_one_whose_numbers_are_known() -> None:
    """The published parameters of FSRS-6; others would be another scheduler under the same name."""
    assert published() == (
        *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796),
        *(1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542),
    )
    assert all(least <= value <= most for value, (least, most) in zip(published(), BOUNDS, strict=True))


def test_the_forgetting_curve_is_that_of_another_implementation() -> None:
    """Recall after 0, 5, 10, 21 and 300 days at a stability of 10 days, as py-fsrs 6.3.2 computes it."""
    curve = [recall_after(days, 10.0, 0.1542) for days in (0, 5, 10, 21, 300)]
    assert curve == pytest.approx([1.0, 0.9403443, 0.9, 0.8416463, 0.5906334], abs=1e-6)


def test_grades_below_three_are_its_again() -> None:
    made = [answered(None, grade, START, Fsrs()).state[:2] for grade in Grade]
    assert made[0] == made[1] == made[2]
    assert len(set(made)) == 4


def test_lapses_are_those_of_sm2_whichever_the_scheduler() -> None:
    """Only a day's first answer can be one, and only of a card recalled since the last."""
    steps = [(0, GOOD), (1, AGAIN), (0, AGAIN), (0, GOOD), (1, AGAIN), (1, GOOD), (0, AGAIN), (3, AGAIN), (2, GOOD)]
    answers = history([(gap, grade, False) for gap, grade in steps])
    told = [
        [memory.lapses for n in range(1, len(answers) + 1) if (memory := each.fold(answers[:n]))]
        for each in (Sm2(), Fsrs())
    ]
    assert told[0] == told[1] == [0, 1, 1, 1, 1, 1, 1, 2, 2]


@given(HISTORIES)
def test_lapses_and_learning_are_those_of_sm2_for_every_history(steps: list[tuple[int, Grade, bool]]) -> None:
    sm2, fsrs = Sm2().fold(history(steps)), Fsrs().fold(history(steps))
    assert (sm2 is None) == (fsrs is None)
    if sm2 and fsrs:
        assert (sm2.lapses, sm2.answered_on, Sm2().learnt(sm2)) == (fsrs.lapses, fsrs.answered_on, Fsrs().learnt(fsrs))


def test_a_days_further_answers_go_through_the_same_day_step() -> None:
    first = answered(None, AGAIN, START, Fsrs())
    again = answered(first, GOOD, START, Fsrs())
    assert (first.state[0], again.state[0], again.answered_on) == (0.212, 0.2467, START)
    west = answered(again, GOOD, START - timedelta(days=1), Fsrs())
    assert (west.answered_on, west.lapses) == (START, 0)
    assert west.state[0] == answered(again, GOOD, START, Fsrs()).state[0]


@given(HISTORIES)
def test_cram_moves_nothing(steps: list[tuple[int, Grade, bool]]) -> None:
    answers = history(steps)
    memory = Fsrs().fold(answers)
    assert memory == Fsrs().fold(answer for answer in answers if not answer.drill)
    assert Fsrs().answered(memory, Answer(START, AGAIN, drill=True)) is memory


@given(HISTORIES, st.booleans(), st.sampled_from([(), OTHER]))
def test_a_fold_is_the_answers_one_by_one(
    steps: list[tuple[int, Grade, bool]], smooth: bool, weights: tuple[float, ...]
) -> None:
    scheduler = Fsrs(0.85, weights, smooth)
    assert scheduler.fold(history(steps)) == Scheduler.fold(scheduler, history(steps))


@given(HISTORIES, st.booleans())
def test_memory_is_always_sane_and_survives_being_kept(steps: list[tuple[int, Grade, bool]], smooth: bool) -> None:
    scheduler = Fsrs(smooth=smooth)
    memory = scheduler.fold(history(steps))
    if memory is None:
        return
    stability, difficulty = memory.state[:2]
    assert 0.001 <= stability <= 36_500
    assert 1 <= difficulty <= 10
    assert (stability, difficulty) == (round(stability, 4), round(difficulty, 4))
    assert memory.due == memory.answered_on + timedelta(days=memory.interval)
    assert 1 <= memory.interval <= 36_500
    assert json.loads(json.dumps(memory.state)) == list(memory.state)
    assert scheduler.recall(memory, memory.answered_on) == 1
    assert 0 < scheduler.recall(memory, memory.due + timedelta(days=1)) < 1


def test_a_lower_retention_waits_longer_and_recall_falls_to_it_on_the_due_day() -> None:
    waits = {}
    for retention in (0.7, 0.8, 0.9, 0.97):
        scheduler = Fsrs(retention)
        memory = scheduler.fold(history([(0, GOOD, False), (2, GOOD, False), (11, GOOD, False)]))
        assert memory
        waits[retention] = memory.interval
        assert scheduler.recall(memory, memory.due) == pytest.approx(retention, abs=0.005)
    assert list(waits.values()) == sorted(waits.values(), reverse=True)
    assert waits[0.9] == 46


def test_smoothing_moves_due_days_a_twentieth_at_most() -> None:
    steps = [(0, GOOD, False), (2, GOOD, False), (11, GOOD, False), (46, GOOD, False)]
    plain, moves = Fsrs().fold(history(steps)), set()
    for seed in range(200):
        answers = [Answer(each.day, each.grade, at=each.at + seed) for each in history(steps)]
        memory = Fsrs(smooth=True).fold(answers)
        assert memory
        assert plain
        assert memory.state[:3] == plain.state[:3]
        moves.add(memory.interval - plain.interval)
    assert moves == set(range(-8, 9))


def test_a_schedule_from_elsewhere_is_a_stability_and_a_difficulty() -> None:
    """An interval of 30 days is a stability of 30; a lower ease is more difficult."""
    placed = Fsrs().placed(START + timedelta(days=30), 30, 2500, 2, START)
    assert (placed.due, placed.interval, placed.lapses) == (START + timedelta(days=30), 30, 2)
    assert placed.state[0] == 30
    assert placed.answered_on == START - timedelta(days=1)
    assert Fsrs().placed(placed.due, 30, 1300, 2, START).state[1] > placed.state[1]
    assert Fsrs().shown(placed) == Shown(stability=30.0, difficulty=placed.state[1])
    assert Fsrs().learnt(placed)
    assert replay(Fsrs(), [Answer(START, GOOD), Forgotten()]) is None
    moved = replay(Fsrs(), [Answer(START, AGAIN), Schedule(START, START + timedelta(days=9), 9, 2500)])
    assert moved
    assert (moved.interval, moved.lapses) == (9, 0)


def test_the_calendar_ends_somewhere() -> None:
    memory = answered(None, EASY, date.max, Fsrs())
    assert (memory.due, memory.interval) == (date.max, 1)


def test_the_store_can_tell_whose_memories_it_keeps() -> None:
    """The version of the library is part of it: another may round otherwise."""
    told = json.loads(Fsrs(0.85, OTHER, smooth=True).parameters)
    assert told == {"library": library_version(), "parameters": list(OTHER), "retention": 0.85, "smooth": True}
    assert (Fsrs().name, Fsrs().version) == ("fsrs", 1)


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ((), ""),
        (OTHER, ""),
        (OTHER[:20], "there are 20 and not 21"),
        ((*OTHER, 1.0), "there are 22 and not 21"),
        ((float("nan"), *OTHER[1:]), "number 0 is nan and lies outside 0.001 to 100"),
        ((*OTHER[:20], 0.9), "number 20 is 0.9 and lies outside 0.1 to 0.8"),
    ],
)
def test_what_is_wrong_with_parameters_is_told(weights: tuple[float, ...], said: str) -> None:
    assert unfit(weights) == said


def test_under_sm2_the_library_is_not_loaded() -> None:
    code = "import sys, srs.history.force as force; force.in_force([]); print('fsrs_rs_python' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
    assert library() is not None
