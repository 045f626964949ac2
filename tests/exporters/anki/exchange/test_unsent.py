"""Whether pictures wait to be sent: seen without a lock, since a thread of Anki's library may still hold its list."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from exporters.anki.exchange.server import may_wait

NAME = "collection.media.db2"


def media_list(folder: Path, *, dirty: bool, ended: bool) -> Path:
    """Return the library's list of media, as it lies while somebody works in it, or after."""
    work, left = folder / "work", folder / "left"
    work.mkdir()
    left.mkdir()
    with closing(sqlite3.connect(work / NAME)) as database:
        database.executescript("PRAGMA journal_mode = wal; CREATE TABLE media (fname TEXT, dirty INTEGER)")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with database:
            database.execute("INSERT INTO media VALUES ('a.png', ?)", (dirty,))
        if ended:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for file in work.iterdir():
            shutil.copyfile(file, left / file.name)
    return left / NAME


@pytest.mark.parametrize("dirty", [True, False])
def test_a_list_that_nobody_holds_says_whether_something_waits(tmp_path: Path, dirty: bool) -> None:
    assert may_wait(media_list(tmp_path, dirty=dirty, ended=True)) is dirty


@pytest.mark.parametrize("ended", [True, False])
def test_a_list_that_somebody_holds_is_left_alone(tmp_path: Path, ended: bool) -> None:
    """SQLite's index of a log is emptied by whom no lock holds back: whoever has it mapped dies of that."""
    file = media_list(tmp_path, dirty=True, ended=ended)
    held = {place.name: place.read_bytes() for place in file.parent.iterdir()}
    held[f"{NAME}-shm"] = b"\x07" * 32_768
    (file.parent / f"{NAME}-shm").write_bytes(held[f"{NAME}-shm"])
    assert may_wait(file)
    assert {place.name: place.read_bytes() for place in file.parent.iterdir()} == held
