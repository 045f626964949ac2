"""Computers that differ in the library of FSRS: told by the doctor, and by a replay of what another version made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from srs.collection import history, libraries
from srs.history import LogLine, Other
from srs.scheduler import fsrs
from tests.history.told import NOON

if TYPE_CHECKING:
    from pathlib import Path

    from tests.learner import Learner


@pytest.fixture
def folder(sailor: Learner, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is carried about, as the environment names it."""
    place = sailor.home / "carried"
    place.mkdir()
    monkeypatch.setenv("SRS_HISTORY", str(place))
    return place


def upgraded(monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    """Let the library here be of another version."""
    for room in (fsrs, libraries, history):
        monkeypatch.setattr(room, "library_version", lambda: version)


def said(folder: Path) -> list[str]:
    """Return the lines of the folder by which computers said which version they have."""
    lines = [line for file in folder.glob("*.jsonl") for line in file.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if '"library"' in line and '"version"' in line]


@pytest.mark.usefixtures("folder")
def test_another_version_replays_the_history_with_a_word(sailor: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    sailor.srs("switch", "fsrs")
    sailor.srs("answer", "mile", "good")
    assert sailor.types("cards").err == ""
    before = fsrs.library_version()
    upgraded(monkeypatch, "0.9.9")
    assert sailor.types("cards").err == (
        f"fsrs-rs-python is 0.9.9 here, and {before} made the memories:"
        " the history is replayed by the one that is here\n"
        "the scheduler has changed: 0 cards rescheduled from the history\n"
    )
    assert sailor.types("cards").err == ""


def test_a_doctor_says_where_computers_differ(sailor: Learner, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each says its version once; a computer that is upgraded says it anew, and then all is one again."""
    sailor.srs("switch", "fsrs")
    sailor.srs("cards")
    sailor.srs("cards")
    assert len(said(folder)) == 1
    assert sailor.types("doctor").err == ""
    first, sailor.home = sailor.home, sailor.home / "other"
    (sailor.home / "decks").mkdir(parents=True)
    sailor.write("ship/sea.md", (first / "decks/ship/sea.md").read_bytes())
    with monkeypatch.context() as other:
        upgraded(other, "0.9.9")
        sailor.srs("cards")
        assert len(said(folder)) == 2
        told = sailor.types("doctor").err
        assert told.startswith("computers differ in fsrs-rs-python: ")
        assert told.endswith("; due days may differ by it, until all have the same version\n")
        assert (told.count("0.9.9 on "), told.count(" on ")) == (1, 2)
    sailor.home = first
    assert sailor.types("doctor").err.count(" on ") == 2
    upgraded(monkeypatch, "0.9.9")
    assert "computers differ" not in sailor.types("doctor").err


def test_under_sm2_nobody_says_which_library_they_have(sailor: Learner, folder: Path) -> None:
    sailor.srs("answer", "mile", "good")
    sailor.srs("cards")
    assert said(folder) == []


def test_the_last_word_of_a_computer_counts_and_odd_ones_do_not() -> None:
    def line(at: int, fields: str) -> LogLine:
        return LogLine("", "", Other(NOON + at, "library", fields))

    lines = [
        line(2, '{"from": "a", "name": "fsrs-rs-python", "version": "2"}'),
        line(1, '{"from": "a", "name": "fsrs-rs-python", "version": "1"}'),
        line(3, '{"from": "a", "name": "another", "version": "3"}'),
        line(4, '{"from": 5, "name": "fsrs-rs-python", "version": "3"}'),
        line(5, "{}"),
    ]
    assert libraries.versions(lines) == {"a": "2"}
