"""Eight programs that answer at once, each again and again: what was acknowledged is there, once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.learner import DECK_TOML

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.server.student import Student

WRITERS = 8
ANSWERS = int(os.environ.get("SRS_TESTS_ANSWERS", "6"))
"""How many answers each of them gives; to cards that others answer, too."""
CARDS = max(3, ANSWERS // 8)
"""Few enough that they meet, and so many that none is answered further and further ahead of the clock."""
_WRITER = """
import sys
from srs.cli.main import run

decks, store, number, answers, cards = sys.argv[1:]
for each in range(int(answers)):
    card = f"card{(each + int(number)) % int(cards)}"
    words = [["answer", card, ("good", "again", "easy")[each % 3]]]
    words += [["flag", card, f"{number}, {each}"], ["undo"]] if each % 4 == 3 else []
    for command in words:
        print("code", run(["--decks", decks, "--db", store, *command]), flush=True)
"""


def started(one: Student, number: int) -> subprocess.Popen[str]:
    """Start a writer."""
    words = [str(one.decks), one.address, str(number), str(ANSWERS), str(CARDS)]
    return subprocess.Popen(
        [sys.executable, "-c", _WRITER, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def said(writers: Sequence[subprocess.Popen[str]]) -> list[tuple[str, str]]:
    """Return what the writers said, once they have ended."""
    return [writer.communicate(timeout=60 + 10 * ANSWERS) for writer in writers]


def log_of(one: Student, file: Path) -> list[dict[str, object]]:
    """Return the lines of the log."""
    one.srs("log", "export", file)
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_eight_writers_begin_a_store_and_answer_at_once(student: Student, tmp_path: Path) -> None:
    """The store is new: all of them want to make its tables, and to read the deck into it.

    What an undo takes back is whatever was given last, by whomever.
    """
    student.write("ship/deck.toml", DECK_TOML)
    student.write("ship/sea.md", "\n".join(f"## Card {n}? {{#card{n}}}\n\nYes.\n" for n in range(CARDS)))
    outcomes = said([started(student, number) for number in range(WRITERS)])
    for out, err in outcomes:
        assert err == ""
        assert out.count("code 0") == out.count("code") == ANSWERS + ANSWERS // 4 * 2
    log = log_of(student, tmp_path / "log.jsonl")
    answers = [line for line in log if "grade" in line]
    undone = [line for line in log if line.get("what") == "undo" and "act" not in line]
    assert len(answers) == WRITERS * ANSWERS
    assert len({(line["card"], line["at"]) for line in answers}) == WRITERS * ANSWERS
    assert sum(card["reviews"] for card in student.cards().values()) == len(answers) - len(undone)
    assert "All is well" in student.srs("doctor")
