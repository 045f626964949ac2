"""Opening a store: what it promises to the disk; one that cannot be used is left as it was, with one sentence."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, insert, select
from sqlalchemy.exc import DBAPIError

from srs.errors import SrsError, UsageError
from srs.store.address import file_of
from srs.store.files import write_fact
from srs.store.opening import copy_store, open_store, sentences
from srs.store.tables import chapters, notes

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.learner import Learner

MILE = "## How long is a mile? {#mile}\n\n1852 metres.\n"


@pytest.fixture
def studied(learner: Learner) -> Learner:
    """Somebody with one card, answered once, and a store that is closed."""
    learner.write("ship/sea.md", MILE)
    learner.srs("answer", "mile", "4")
    return learner


CHAPTER = {"deck": "ship", "path": "sea.md", "title": "Sea", "size": 1, "mtime_ns": 1}


def pragma(file: Path, name: str) -> object:
    """Return what a connection from the store says of a setting of SQLite's."""
    with open_store(str(file)) as store, store.reading() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_an_answer_is_on_the_disk_when_it_is_said_to_be(tmp_path: Path) -> None:
    """2 is FULL: in WAL mode anything less may lose the last answers when the power fails."""
    assert pragma(tmp_path / "srs.db", "synchronous") == 2


def test_a_new_store_lets_readers_and_a_writer_work_side_by_side(tmp_path: Path) -> None:
    """The file remembers its journal mode, whoever opens it next."""
    file = tmp_path / "srs.db"
    assert pragma(file, "journal_mode") == "wal"
    with closing(sqlite3.connect(file)) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_busy_store_is_waited_for(tmp_path: Path) -> None:
    assert pragma(tmp_path / "srs.db", "busy_timeout") == 5000


@pytest.mark.parametrize("address", ["srs.db", "sqlite://"])
def test_no_row_refers_to_one_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """Not on the connection that made the tables, for which the checks were off, and not on later ones."""
    monkeypatch.chdir(tmp_path)
    orphan = {"deck": "ship", "name": "mile", "chapter_id": 99, "line": 1, "kind": "basic", "text": "", "changed_at": 0}
    for _ in range(2):
        with open_store(address) as store:
            with pytest.raises(SrsError, match="FOREIGN KEY constraint failed"), store.writing() as connection:
                connection.execute(insert(notes).values(**orphan))
            with store.reading() as connection:
                assert connection.execute(select(notes)).all() == []


def test_what_is_read_is_one_state_of_the_store(tmp_path: Path) -> None:
    """A reader sees what was there when it began to read, whatever is written meanwhile."""
    with open_store(str(tmp_path / "srs.db")) as store, open_store(str(tmp_path / "srs.db")) as other:
        with store.reading() as reading:
            assert reading.execute(select(chapters)).all() == []
            with other.writing() as writing:
                writing.execute(insert(chapters).values(**CHAPTER))
            assert reading.execute(select(chapters)).all() == []
        with store.reading() as reading:
            assert len(reading.execute(select(chapters)).all()) == 1


def test_a_writer_has_the_store_to_itself_from_the_first_moment(tmp_path: Path) -> None:
    """What it reads before it writes is still so when it writes."""
    file = tmp_path / "srs.db"
    with open_store(str(file)) as store, closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as other:
        with store.writing(), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        with store.reading():
            other.execute("BEGIN IMMEDIATE")


def test_what_fails_half_way_is_not_written_at_all(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "srs.db")) as store:

        def write_and_fail() -> None:
            with store.writing() as connection:
                connection.execute(insert(chapters).values(**CHAPTER))
                raise RuntimeError

        with pytest.raises(RuntimeError):
            write_and_fail()
        with store.reading() as connection:
            assert connection.execute(select(chapters)).all() == []


def test_a_store_is_made_with_its_folder(tmp_path: Path) -> None:
    """In place of an empty file, too; `~` is the home."""
    (tmp_path / "empty.db").touch()
    for file in (tmp_path / "a" / "b" / "srs.db", tmp_path / "empty.db"):
        with open_store(str(file)) as store:
            assert (store.file, store.name) == (file, str(file))
        assert file.read_bytes().startswith(b"SQLite format 3")
        assert not list(file.parent.glob("*before*"))
    with open_store("~/srs.db") as store:
        assert store.file == Path.home() / "srs.db"


def test_a_store_may_be_addressed_by_url(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path}/srs.db") as store:
        assert store.file == tmp_path / "srs.db"
    for address in ("sqlite://", "sqlite:///:memory:"):
        with open_store(address) as store:
            assert store.file is None
            assert store.name.startswith("sqlite://")


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("database is locked", "the store x is in use by another program; let that finish"),
        ("attempt to write a readonly database", "the store x cannot be written; check its permissions"),
        ("cannot execute INSERT in a read-only transaction", "the store x cannot be written; check its permissions"),
        ("database or disk is full", "the store x found no room on the disk; free some"),
        ("database disk image is malformed", "the store x is damaged; restore a copy"),
        ("file is not a database", "the store x is not a store of srs; name another file with --db"),
        ("unable to open database file", "the store x cannot be opened; check that its folder"),
        ("Disk I/O error", "the store x could not be read or written; check the disk"),
        ("something new", "the store x failed: something new"),
    ],
)
def test_each_failure_of_a_database_has_its_sentence(theirs: str, ours: str) -> None:
    with pytest.raises(SrsError, match=f"^{ours}"), sentences("x"):
        raise DBAPIError("SELECT", {}, sqlite3.OperationalError(theirs))
    with pytest.raises(SrsError, match=f"^{ours}"), sentences("x"):
        raise sqlite3.OperationalError(theirs)


def test_a_copy_is_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    """It takes the place of an older copy, and of what an interrupted one left."""
    target = tmp_path / "copies" / "srs.db"
    target.parent.mkdir()
    target.write_text("an older copy", encoding="utf-8")
    half = target.with_name(".srs-a1b2c3d4.part")
    half.write_text("half of a copy", encoding="utf-8")
    half.chmod(0o600)
    with open_store(str(tmp_path / "srs.db")) as store:
        with store.writing() as connection:
            connection.execute(insert(chapters).values(**CHAPTER))
        copy_store(store, target)
    assert list(target.parent.iterdir()) == [target]
    with open_store(str(target)) as copy, copy.reading() as connection:
        assert [row.path for row in connection.execute(select(chapters))] == ["sea.md"]


def test_a_copy_that_cannot_be_written_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "copies"
    target.mkdir()
    with (
        open_store(str(tmp_path / "srs.db")) as store,
        pytest.raises(SrsError, match=f"cannot write the copy {target}"),
    ):
        copy_store(store, target)
    assert [file.name for file in tmp_path.iterdir() if "part" in file.name] == []


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


def not_utf_8(file: Path) -> None:
    """Spoil a word of the schema, which SQLite then tells in its own words."""
    file.write_bytes(file.read_bytes().replace(b"CREATE TABLE", b"CREATE T\xacBLE", 1))


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
        (damaged, "is damaged; restore a copy made with `srs backup`"),
        (not_utf_8, "is damaged; restore a copy made with `srs backup`"),
        (truncated, "is damaged; restore a copy made with `srs backup`"),
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
    [
        ("nosuchdb://x", "no driver for nosuchdb"),
        ("://", "--db takes a path or a database URL"),
        ("sqlite://user:secret@host/srs.db", "--db takes a path or a database URL"),
    ],
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
    assert studied.types("--db", str(copy), "doctor").out.endswith("All is well: every card matches its history.\n")
    assert studied.types("backup", studied.store).code == 1


@pytest.mark.skipif(sys.platform == "win32", reason="permissions as Unix has them")
def test_a_store_and_its_copies_are_their_owners_alone(tmp_path: Path) -> None:
    """What one learns, and how badly, is nobody else's to read; whatever the umask, and whatever stood there before."""
    file, copy = tmp_path / "data" / "srs.db", tmp_path / "copy.db"
    copy.write_text("an older copy", encoding="utf-8")
    copy.chmod(0o644)
    with open_store(str(file)) as store:
        with store.writing() as connection:
            connection.execute(insert(chapters).values(**CHAPTER))
        copy_store(store, copy)
        made = [each for each in file.parent.iterdir() if each.name.startswith("srs.db")]
        assert len(made) == 3  # its write-ahead log and index, too
        assert {stat.S_IMODE(each.stat().st_mode) for each in [*made, copy]} == {0o600}
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.skipif(sys.platform == "win32", reason="permissions as Unix has them")
def test_a_store_of_an_earlier_version_becomes_its_owners_alone_with_its_upgrade(tmp_path: Path) -> None:
    file = tmp_path / "srs.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript((Path(__file__).parents[1] / "data/stores/0001.sql").read_text(encoding="utf-8"))
    file.chmod(0o644)
    with open_store(str(file)):
        pass
    assert {stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()} == {0o600}


def test_an_address_that_cannot_be_read_is_told_without_its_password() -> None:
    for address in ("postgresql://u:s3cret@h:x/x", "postgresql://u:s3cret@h:99999x"):
        with pytest.raises(UsageError, match=r"not 'postgresql://…'") as told:
            file_of(address)
        assert "s3cret" not in str(told.value)


def test_what_is_wrong_behind_a_question_mark_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"what follows \? in the address of the store is wrong"):
        file_of(f"sqlite:///{tmp_path}/x.db?timeout=abc")


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be taken away")
@pytest.mark.parametrize("again", [False, True])
def test_nothing_is_saved_in_a_store_that_is_not_there_any_more(tmp_path: Path, again: bool) -> None:
    """What would be written to a file that was taken away is lost, so it is not said to be saved."""
    file = tmp_path / "srs.db"
    with open_store(str(file)) as store:
        with store.writing() as connection:
            write_fact(connection, "a", "before")
        file.unlink()
        if again:
            file.touch()
        with pytest.raises(SrsError, match="deleted or replaced"), store.writing() as connection:
            write_fact(connection, "a", "after")


def test_a_day_that_is_none_is_told_as_damage_and_other_mistakes_are_not_hidden() -> None:
    with pytest.raises(SrsError, match="the store s is damaged"), sentences("s"):
        date.fromisoformat("2026-11\x7f08")
    with pytest.raises(ValueError, match="ours"), sentences("s"):
        raise ValueError("ours")
