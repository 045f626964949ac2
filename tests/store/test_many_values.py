"""No statement takes more values than a database allows, however many names a stranger's log or deck has."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from srs.store.lots import AT_ONCE, in_lots

if TYPE_CHECKING:
    from tests.learner import Learner

LOT = 40
LIMIT = 2 * LOT + 20
"""A lot of pairs, and what else a statement needs; SQLite's own limit is 32,766, or whatever its build says."""
MANY = LIMIT + 50
COMMANDS = [
    *([], ["cards"], ["stats"], ["doctor"], ["review", "--list"], ["undo"], ["suspend", "n1"], ["answer", "d0:a", "4"]),
    *(["export", "anki", "-o", "OUT"], ["export", "anki", "-o", "OUT"], ["adopt", "n2", "n3"]),
]


@pytest.fixture
def few_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SQLite take few values to a statement, and lots be small in proportion."""
    connect = sqlite3.dbapi2.connect

    def limited(*words: Any, **options: Any) -> sqlite3.Connection:  # noqa: ANN401 -- whatever a connection takes
        connection: sqlite3.Connection = connect(*words, **options)
        connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, LIMIT)
        return connection

    assert in_lots.__defaults__ == (AT_ONCE,)
    monkeypatch.setattr(in_lots, "__defaults__", (LOT,))
    monkeypatch.setattr("sqlite3.connect", limited)
    monkeypatch.setattr("sqlite3.dbapi2.connect", limited)


def adopted(number: int) -> dict[str, object]:
    """Return the line by which a deck's card goes on as that of the next deck."""
    at = f"2026-11-0{1 + number // 1000}T10:{number // 60 % 60:02}:{number % 60:02}.000Z"
    return {"deck": f"d{number + 1}", "card": "a", "at": at, "what": "adopt", "of": f"d{number}:a"}


def answered(number: int) -> dict[str, object]:
    """Return the line of an answer in a deck of its own."""
    told = {"at": "2026-10-01T10:00:00.000Z", "day": "2026-10-01", "grade": 4, "ms": 1, "from": "terminal"}
    return {"deck": f"d{number}", "card": "a"} | told


@pytest.mark.slow
@pytest.mark.usefixtures("few_values")
def test_a_log_of_many_decks_and_a_deck_of_many_notes_are_asked_for_in_lots(learner: Learner) -> None:
    learner.write("ship/a.md", "\n\n".join(f"## Question {n}? {{#n{n}}}\n\nAnswer {n}." for n in range(MANY)))
    learner.write("d0/a.md", "## First? {#a}\n\nYes.\n")
    lines = [*map(answered, range(MANY)), *map(adopted, range(MANY))]
    log = learner.home / "log.jsonl"
    log.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    learner.srs("sync")
    learner.srs("log", "merge", "--yes", log)
    for command in COMMANDS:
        outcome = learner.types(*(word.replace("OUT", str(learner.home / "out.apkg")) for word in command))
        assert outcome.code in {0, 1}, (command, outcome)
        assert "SQL variables" not in outcome.out + outcome.err, command
