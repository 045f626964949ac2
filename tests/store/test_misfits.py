"""A store with values that srs never writes is told by whatever reads it, and by doctor; never by a traceback."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from srs.store.misfits import misfits, spoiled_is_told

if TYPE_CHECKING:
    from pathlib import Path

    from tests.learner import Learner

SPOILED = {
    "chapters.title": "X'C3'",
    "chapters.tags": "X'C3'",
    "chapters.source": "X'C3'",
    "notes.text": "X'C3'",
    "notes.tags": "X'C3'",
    "notes.kind": "X'C3'",
    "cards.name": "X'C3' || id",
    "cards.state": "X'5B'",
    "cards.interval": "'many'",
    "cards.due": "'2026-02-31'",
    "reviews.day": "'soon'",
    "reviews.origin": "X'C3'",
    "acts.line": "X'C3'",
    "given.line": "X'C3'",
}
COMMANDS = (
    "cards --json", "", "stats", "show mile", "review --list", "export text -o out.csv", "log export out.jsonl --force",
    "log show", "answer mile 4", "undo", "sync", "check", "doctor", "export anki -o out.apkg --with-progress",
)  # fmt: skip


def spoil(store: Path, column: str, value: str) -> None:
    """Put a value into a column of every row."""
    table, _, name = column.partition(".")
    with closing(sqlite3.connect(store)) as raw, raw:
        value = f"CAST({value} AS BLOB)" if "||" in value else value
        raw.execute(f"UPDATE {table} SET {name} = {value} WHERE {name} IS NOT NULL")


def tried(learner: Learner, column: str, commands: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Run commands on a store with one spoiled column: each goes well, or says in a sentence what is wrong."""
    monkeypatch.chdir(learner.home)
    learner.srs("answer", "mile", "4")
    learner.srs("suspend", "anchor")
    learner.srs("export", "anki", "-o", "first.apkg")
    spoil(learner.store, column, SPOILED[column])
    outcome = learner.types("doctor")
    assert column in outcome.err or "is damaged" in outcome.err, outcome
    for command in commands:
        outcome = learner.types(*command.split())
        assert outcome.code in {0, 1}, (command, outcome)
        assert outcome.code == 0 or "srs: " in outcome.err, (command, outcome)


@pytest.mark.parametrize("column", ["chapters.title", "cards.interval", "notes.text"])
def test_a_spoiled_store_is_told(sailor: Learner, column: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tried(sailor, column, ("cards --json", "stats", "show mile"), monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("column", SPOILED)
def test_every_command_tells_a_spoiled_store(sailor: Learner, column: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tried(sailor, column, COMMANDS, monkeypatch)


def test_a_sound_store_has_no_misfits_and_a_mistake_of_ours_stays_one(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "4")
    with closing(sqlite3.connect(sailor.store)) as raw:
        assert list(misfits(raw.execute)) == []
    with pytest.raises(TypeError, match="ours"), spoiled_is_told(lambda: str(sailor.store)):
        raise TypeError("ours")
