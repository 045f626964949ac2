"""What a sitting came to, in words."""

from __future__ import annotations

import pytest

from srs.collection.sitting import Tally
from srs.due import Queue, Queued
from srs.scheduler import Grade
from srs.terminal.summary import duration, how_it_went, summary
from tests.memories import answered
from tests.terminal.test_asking import TODAY

TOMORROW = Queue((Queued(1, 1, answered(None, Grade.GOOD, TODAY)), Queued(2, 2, None), Queued(3, 3, None)))


def said(tally: Tally, left: int) -> list[str]:
    """Return the summary as text."""
    return [str(line) for line in summary(tally, left, TOMORROW)]


def test_a_sitting_without_answers_says_so() -> None:
    assert said(Tally(), 4) == ["No answers this time; the cards will wait."]


def test_a_sitting_says_what_was_done_and_what_is_left() -> None:
    tally = Tally(2, (Grade.GOOD, Grade.AGAIN), 10_000, new=1, drills=1)
    assert said(tally, 3) == [
        "2 answers in 10 s, 5 s each",
        "1 again · 0 hard · 1 good · 0 easy — 50% recalled (1 new card, 1 drill)",
        "3 cards left for today: run the same command to continue.",
        "Tomorrow: 1 due, 2 new.",
    ]
    assert said(tally, 0)[2] == "All done for today."
    assert str(summary(tally, 0, TOMORROW, "20 wait")[-1]) == "Tomorrow: 1 due, 2 new; 20 wait."


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        (0, "All done for today."),
        (1, "All of these are done; for today 1 card is left: `srs review`."),
        (7, "All of these are done; for today 7 cards are left: `srs review`."),
    ],
)
def test_a_sitting_about_some_cards_does_not_speak_for_the_others(rest: int, words: str) -> None:
    lines = [str(line) for line in summary(Tally(1, (Grade.GOOD,)), 0, TOMORROW, rest=rest, some=True)]
    assert lines[2:] == [words, "Tomorrow, of these: 1 due, 2 new."]


def test_each_grade_is_counted_and_what_is_none_is_not_told() -> None:
    grades = (Grade.BLACKOUT, Grade.NEARLY, Grade.HARD, Grade.GOOD, Grade.EASY, Grade.EASY)
    assert how_it_went(Tally(6, grades)) == "2 again · 1 hard · 1 good · 2 easy — 67% recalled"


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (400, "0 s"),
        (600, "1 s"),
        (59_000, "59 s"),
        (60_000, "1 min 0 s"),
        (200_000, "3 min 20 s"),
        (3_900_000, "1 h 5 min"),
    ],
)
def test_a_time_is_said_as_a_person_would(ms: int, words: str) -> None:
    assert duration(ms) == words
