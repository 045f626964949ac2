"""A copy of a store put back in its place, whatever stands there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from srs.errors import SrsError
from srs.store import copying
from srs.store.copying import check_copy, replace_store, version_of
from srs.store.files import write_fact
from srs.store.marks import read_fact
from srs.store.opening import open_store
from srs.store.version import HEAD

if TYPE_CHECKING:
    from pathlib import Path


def make(file: Path, word: str) -> Path:
    """Make a store that holds a word."""
    with open_store(str(file)) as store, store.writing() as connection:
        write_fact(connection, "word", word)
    return file


def word_of(file: Path) -> str | None:
    """Return the word that a store holds."""
    with open_store(str(file)) as store, store.reading() as connection:
        return read_fact(connection, "word")


def test_a_program_that_has_the_store_open_goes_on_with_the_new_one(tmp_path: Path) -> None:
    file, copy, kept = make(tmp_path / "srs.db", "now"), make(tmp_path / "copy.db", "then"), tmp_path / "kept.db"
    with open_store(str(file)) as store:
        with store.reading() as connection:
            assert read_fact(connection, "word") == "now"
        replace_store(copy, file, kept)
        with store.writing() as connection:
            assert read_fact(connection, "word") == "then"
            write_fact(connection, "word", "later")
    assert [word_of(each) for each in (file, copy, kept)] == ["later", "then", "now"]


def test_a_store_that_is_damaged_is_set_aside_as_it_is(tmp_path: Path) -> None:
    """The sentence that tells of the damage says to restore a copy."""
    copy = make(tmp_path / "copy.db", "then")
    for name, damage in (("text.db", b"no database at all" * 100), ("torn.db", copy.read_bytes()[:9000])):
        file, kept = tmp_path / name, tmp_path / f"{name}.kept"
        file.write_bytes(damage)
        replace_store(copy, file, kept)
        assert (word_of(file), kept.read_bytes()) == ("then", damage)


def test_a_store_that_somebody_writes_is_told_to_be_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "_WAIT_SECONDS", 0)
    file, copy, kept = make(tmp_path / "srs.db", "now"), make(tmp_path / "copy.db", "then"), tmp_path / "kept.db"
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(SrsError, match="in use by another program"):
            replace_store(copy, file, kept)
    assert (word_of(file), kept.exists()) == ("now", False)


def test_what_is_no_copy_of_a_store_is_told_to_be_none(tmp_path: Path) -> None:
    text, other, newer = tmp_path / "a.txt", tmp_path / "b.db", make(tmp_path / "c.db", "new")
    text.write_text("no database at all" * 100, encoding="utf-8")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE songs (name)")
    with closing(sqlite3.connect(newer)) as connection, connection:
        connection.execute("UPDATE srs_version SET version_num = '9999'")
    assert [version_of(each) for each in (text, other, newer, tmp_path)] == [None, None, "9999", None]
    for file, said in ((text, "is not a copy"), (tmp_path, "is not a copy"), (tmp_path / "x", "is not there")):
        with pytest.raises(SrsError, match=said):
            check_copy(file)
    with pytest.raises(SrsError, match="written by a newer srs"):
        check_copy(newer)
    assert version_of(make(tmp_path / "d.db", "")) == HEAD
    check_copy(tmp_path / "d.db")
