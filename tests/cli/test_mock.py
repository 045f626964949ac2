"""`srs mock` as typed: what it needs, a whole one in a window, one that is killed, and what is kept of both."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

import pytest

from srs.store.dated import backups_of
from tests.terminal.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.learner import Learner

TALK = """\
## A minute on miles {#talk .mock}

They ask: how long is a mile, and why?

1. A mile first (20 s) {cards="mile red/c1"}
2. Then knots (40 s) {cards="anchor"}

## Are you sure? {#sure tags="answer-back"}

Yes.

## Who says so? {#who tags="answer-back"}

The log.
"""
HELD = (
    '{"what":"mock","card":"talk","at":"2026-12-01T07:00:00.000Z","day":"2026-12-01","seconds":%d,"said":[1],'
    '"missed":[2],"drills":["anchor"],"deck":"ship"}'
)


@pytest.fixture
def speaker(sailor: Learner) -> Learner:
    """Somebody who can speak of miles."""
    sailor.write("ship/talk.md", TALK)
    return sailor


@pytest.fixture
def open_mock(speaker: Learner) -> Iterator[Callable[..., Window]]:
    """Opens a mock in a window, and closes it when the test is over."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SRS_", "XDG_", "LINES", "COL"))}
    kept |= {"SRS_DECKS": str(speaker.decks), "SRS_DB": str(speaker.store), "SRS_NOW": speaker.now}
    kept |= {"PYTHONPATH": os.pathsep.join(sys.path), "TERM": "xterm-256color"}
    opened: list[Window] = []

    def open_one(*options: str) -> Window:
        opened.append(Window(["mock", *options], kept))
        return opened[-1]

    yield open_one
    for window in opened:
        window.close()


def log(learner: Learner) -> list[dict[str, Any]]:
    """Return the lines of the log."""
    return [json.loads(line) for line in learner.srs("log", "export", "-").splitlines()]


def test_a_whole_mock(speaker: Learner, open_mock: Callable[..., Window]) -> None:
    window = open_mock("--minutes", "2", "--seed", "1")
    window.until("They ask: how long is a mile, and why?", "You have 2 minutes", "space begin to speak")
    assert "knots" not in window.text
    window.press(" ")
    window.until("0:00 of 2:00", "╵", "any key ends your answer")
    window.press("x")
    window.until("▸ A mile first  0:40", "Line 1 of 2")
    window.press(" ")
    window.until("✓ A mile first", "▸ Then knots  1:20")
    window.press("x")
    window.until("0 done · 2 left", "They go on asking.", "space show answer")
    window.press(" ")
    window.until("Good 1d")
    window.press("1")
    window.until("0 done · 1 left", "space show answer")
    window.press(" ")
    window.until("Good 1d")
    window.press("3")
    assert window.ends() == 0
    window.until("1 of 2 lines said", "✓ A mile first", "✗ Then knots", "50% recalled", "1 card behind what was left")
    assert len(backups_of(speaker.store)) == 1, "as after any sitting"
    first, second, held = log(speaker)
    assert {first["card"], second["card"]} == {"sure", "who"}
    assert (first["grade"], second["grade"]) == (1, 4)
    assert {key: held[key] for key in ("what", "card", "day", "said", "missed", "drills", "deck")} == {
        "what": "mock",
        "card": "talk",
        "day": "2026-12-01",
        "deck": "ship",
        "said": [1],
        "missed": [2],
        "drills": ["anchor"],
    }
    listed = [line.split("\t")[0] for line in speaker.srs("review", "--list", "--new", "0").splitlines()]
    assert sorted(listed) == sorted([first["card"], "anchor"])


def test_of_a_mock_that_is_killed_the_grades_given_are_kept(speaker: Learner, open_mock: Callable[..., Window]) -> None:
    window = open_mock("talk")
    window.until("You have 1 minute.")
    window.press("  ")
    window.until("Line 1 of 2")
    window.press("xx")
    window.until("They go on asking.")
    window.press(" ")
    window.until("Good 1d")
    window.press("3")
    window.until("1 done · 1 left", "space show answer")
    window.kill()
    (line,) = log(speaker)
    assert line["grade"] == 4
    assert speaker.types("mock", "--history").out == ""


def test_follow_ups_are_left_out_by_quitting_and_nothing_is_kept_of_what_was_left_before(
    speaker: Learner, open_mock: Callable[..., Window]
) -> None:
    window = open_mock("talk")
    window.until("You have 1 minute.")
    window.press("  q")
    assert window.ends() == 0
    window.until("Left; nothing of it is kept.")
    assert log(speaker) == []
    window = open_mock("talk")
    window.until("You have 1 minute.")
    window.press("    ")
    window.until("They go on asking.")
    window.press("q")
    assert window.ends() == 0
    window.until("2 of 2 lines said")
    assert [(line["what"], line["said"]) for line in log(speaker)] == [("mock", [1, 2])]


def test_without_a_terminal_it_says_so(speaker: Learner) -> None:
    outcome = speaker.types("mock")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("srs: mock needs a terminal; `srs show` prints an outline")
    assert speaker.types("mock", "--json").code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "there is no outline to speak by; write one: a note with a list of what you say, such as `## Tell me"),
        (["sky"], "there is no outline to speak by"),
    ],
)
def test_a_deck_without_an_outline_says_how_to_write_one(
    sailor: Learner, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    outcome = sailor.types("mock", *words)
    assert (outcome.code, outcome.out) == (1, "")
    assert said in outcome.err


def test_the_last_ten_are_drawn_with_their_times_and_shares(speaker: Learner) -> None:
    assert speaker.types("mock", "--history").err == "No mock was held yet; `srs mock` holds one.\n"
    assert speaker.reads("mock", "--history") == []
    file = speaker.home / "log.jsonl"
    lines = [(HELD % (60 + n)).replace("T07:00", f"T07:{n:02}") for n in range(11)]
    file.write_text("\n".join(lines), encoding="utf-8")
    speaker.srs("log", "merge", file)
    drawn = speaker.srs("mock", "--history").splitlines()
    assert len(drawn) == 10
    assert drawn[-1].endswith("talk    1:10  █████░░░░░  1 of 2 said")
    told = speaker.reads("mock", "--history", "--deck", "ship")
    assert [each["seconds"] for each in told] == list(range(61, 71))
    assert told[0] == {"id": "talk", "at": "2026-12-01T07:01:00.000Z", "seconds": 61, "said": [1], "missed": [2]}


def test_a_mock_held_elsewhere_is_drilled_here_until_it_is_undone(speaker: Learner) -> None:
    file = speaker.home / "log.jsonl"
    file.write_text(HELD % 171, encoding="utf-8")
    speaker.srs("sync")
    speaker.srs("log", "merge", file)
    assert speaker.srs("log", "show").endswith("  talk: spoken in 171 s on 2026-12-01: 2 lines, left out 2\n")
    assert speaker.srs("review", "--list", "--new", "0") == "anchor\tnew\t-\t-\tHow to anchor?\n"
    assert "0 due, 4 new, 1 drill to go" in speaker.srs()
    assert "All is well" in speaker.srs("doctor")
    assert speaker.types("undo").code == 1, "it was not given here"
    speaker.srs("undo", "talk", "--at", "2026-12-01T07:00:00.000Z", "--act", "mock")
    assert speaker.srs("review", "--list", "--new", "0") == ""
    assert speaker.reads("mock", "--history") == []
