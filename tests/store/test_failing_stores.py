"""A store that cannot be used: one sentence, exit 1, and the file as it was."""

from __future__ import annotations

import os
import sqlite3
import sys
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, insert

from srs.errors import SrsError
from srs.store.opening import open_store
from srs.store.tables import chapters

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.learner import Learner

MILE = "## How long is a mile? {#mile}\n\n1852 metres.\n"


@pytest.fixture
def studied(learner: Learner) -> Learner:
    """Somebody with one card, answered once, and a store that is closed."""
    learner.write("ship/sea.md", MILE)
    learner.srs("answer", "mile", "4")
    return learner


def foreign(file: Path) -> None:
    """Make a database of another program."""
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()


def newer(file: Path) -> None:
    """Say in a store that a later version wrote it."""
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE srs_version SET version_num = '9999'")
    connection.close()


def damaged(file: Path) -> None:
    """Overwrite the pages behind a store's first."""
    data = file.read_bytes()
    file.write_bytes(data[:4096] + os.urandom(16) * ((len(data) - 4096) // 16))


def truncated(file: Path) -> None:
    """Cut a store off in the middle of a page."""
    file.write_bytes(file.read_bytes()[:5000])


def words(file: Path) -> None:
    """Put a text file in the store's place."""
    file.write_text("Dear diary", encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (words, "is not a store of srs; name another file with --db"),
        (newer, "was written by a newer srs (schema 9999); upgrade srs to open it"),
        (damaged, "is damaged; bring back a copy made with `srs backup`"),
        (truncated, "is damaged; bring back a copy made with `srs backup`"),
    ],
)
@pytest.mark.parametrize("command", [["cards"], ["answer", "mile", "4"], ["sync"], ["doctor"], ["undo"]])
def test_a_store_that_is_not_as_it_should_be(
    studied: Learner, harm: Callable[[Path], None], said: str, command: list[str]
) -> None:
    harm(studied.store)
    before = studied.store.read_bytes()
    outcome = studied.types(*command)
    assert outcome.code == 1
    assert said in outcome.err
    assert outcome.err.count("\n") == 1
    assert studied.store.read_bytes() == before


def test_another_programs_database(learner: Learner) -> None:
    learner.write("ship/sea.md", MILE)
    foreign(learner.store)
    before = learner.store.read_bytes()
    outcome = learner.types("sync")
    assert (outcome.code, outcome.err.count("\n")) == (1, 1)
    assert "is another program's database; name another file with --db" in outcome.err
    assert learner.store.read_bytes() == before


def test_a_folder_in_the_stores_place(learner: Learner) -> None:
    learner.write("ship/sea.md", MILE)
    learner.store.mkdir()
    outcome = learner.types("sync")
    assert (outcome.code, "is a folder; name a file with --db" in outcome.err) == (1, True)


def test_a_store_in_use_by_another_program(studied: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("srs.store.opening._WAIT_SECONDS", 0.1)
    other = sqlite3.connect(studied.store, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        outcome = studied.types("answer", "mile", "4")
    finally:
        other.close()
    assert (outcome.code, outcome.err.count("\n")) == (1, 1)
    assert "is in use by another program" in outcome.err
    assert studied.cards()["mile"]["reviews"] == 1


def test_a_full_disk_loses_nothing_that_was_there(tmp_path: Path) -> None:
    """SQLite's own refusal to grow, as a full disk brings it about."""
    row = {"deck": "ship", "title": "x" * 4000, "size": 1, "mtime_ns": 1}
    with open_store(str(tmp_path / "srs.db")) as store:
        with store.writing() as connection:
            connection.execute(insert(chapters).values(path="first.md", **row))
        store.engine.dispose()
        event.listen(store.engine, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count = 20"))
        many = [{"path": f"{number}.md", **row} for number in range(100)]
        with pytest.raises(SrsError, match="found no room on the disk; free some"), store.writing() as connection:
            connection.execute(insert(chapters), many)
        with store.reading() as connection:
            assert connection.exec_driver_sql("SELECT path FROM chapters").all() == [("first.md",)]


@pytest.mark.skipif(sys.platform != "linux", reason="/proc refuses even root, and is Linux's own")
def test_a_store_where_nothing_can_be_written(learner: Learner) -> None:
    learner.write("ship/sea.md", MILE)
    outcome = learner.types("--db", "/proc/srs.db", "sync")
    assert (outcome.code, outcome.err.count("\n")) == (1, 1)
    assert "cannot be opened" in outcome.err


def test_a_store_that_may_only_be_read(studied: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may write anything, so the system's answer is given for it."""
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and allowed(path, mode))
    before = studied.store.read_bytes()
    outcome = studied.types("answer", "mile", "4")
    assert (outcome.code, "cannot be written; check its permissions" in outcome.err) == (1, True)
    assert studied.store.read_bytes() == before


@pytest.mark.parametrize(
    ("address", "said"),
    [("nosuchdb://x", "no driver for nosuchdb"), ("://", "--db takes a path or a database URL")],
)
def test_an_address_that_names_no_database(learner: Learner, address: str, said: str) -> None:
    learner.write("ship/sea.md", MILE)
    outcome = learner.types("--db", address, "sync")
    assert (outcome.code, said in outcome.err) == (2, True)


def test_a_backup_while_the_store_is_in_use(studied: Learner) -> None:
    """The copy holds what was committed, opens by itself, and the learner's own answers go on."""
    other = sqlite3.connect(studied.store, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("UPDATE cards SET lapses = 99")
    copy = studied.home / "copy.db"
    try:
        studied.srs("backup", copy)
    finally:
        other.close()
    assert studied.types("--db", str(copy), "doctor").out.endswith(
        "All is well: every memory is what its history gives.\n"
    )
    assert studied.types("backup", studied.store).code == 1
