"""What makes two lines one act, and which of them were read from Anki."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from srs.history import ANKI_CRAM, CRAM, Flag, LogLine, Resume, Suspend, Undo, parse_line
from tests.history.told import NOON, answer, does, from_anki


@pytest.mark.parametrize(
    "other",
    [
        answer(card="knot"),
        replace(answer(), deck="boat"),
        answer(ms=1),
        does(Suspend(NOON)),
        does(Undo(NOON, NOON - 1)),
        does(Undo(NOON, NOON - 2)),
        does(Undo(NOON, NOON - 1, "set")),
    ],
    ids=str,
)
def test_acts_differ_by_deck_card_moment_and_kind(other: LogLine) -> None:
    """Undos differ by what they cancel, too: two cards of one moment may both be undone."""
    every = [answer(), does(Undo(NOON, NOON - 3)), does(Resume(NOON))]
    assert other.key not in {line.key for line in every}


def test_lines_that_say_the_same_act_otherwise_are_one_act() -> None:
    assert answer().key == answer(grade=1).key == from_anki(answer(), days=1).key
    assert does(Flag(NOON, "a")).key == does(Flag(NOON, "b")).key
    assert does(Suspend(NOON)).key == does(Suspend(NOON, NOON)).key


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (answer(), False),
        (answer(origin=CRAM), False),
        (from_anki(answer()), True),
        (answer(origin=ANKI_CRAM), True),
        (does(Suspend(NOON, NOON)), False),
        (parse_line('{"what":"suspend","card":"a","at":"2026-12-01T12:00:00Z","from":"anki","deck":"ship"}'), True),
    ],
    ids=str,
)
def test_an_act_says_whether_it_was_read_from_anki(line: LogLine, expected: bool) -> None:
    assert line.from_anki == expected
