"""`srs restore`: a copy of the store put back in its place."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from srs.store.dated import backups_of

if TYPE_CHECKING:
    from tests.learner import Learner

DUMPS = Path(__file__).resolve().parents[1] / "data" / "stores"


def test_a_copy_is_put_back_and_what_it_replaced_is_kept(sailor: Learner) -> None:
    copy = sailor.home / "copy.db"
    sailor.srs("answer", "mile", "good")
    before = sailor.cards()
    sailor.srs("backup", copy)
    sailor.srs("answer", "anchor", "good")
    after = sailor.cards()
    kept = f"{sailor.store}.2026-12-01.090000.backup"
    assert sailor.srs("restore", copy) == (
        f"{sailor.store} is as {copy} was.\nWhat it held is kept in {kept}.\n"
        "What other computers, or files of a history folder, know comes back with them.\n"
    )
    assert list(sailor.home.glob("copy.db*")) == [copy]
    assert sailor.cards() == before
    assert kept in sailor.srs("backup", "--list")
    sailor.srs("restore", kept)
    assert sailor.cards() == after
    assert [str(each.file) for each in backups_of(sailor.store)] == [kept, kept.replace("090000", "090001")]


def test_a_store_that_a_program_has_open_is_put_back_with_what_it_wrote_last(sailor: Learner) -> None:
    other = sailor.home / "other.db"
    sailor.srs("--db", other, "answer", "mile", "good")
    with closing(sqlite3.connect(other)) as program:
        program.execute("SELECT count(*) FROM cards").fetchone()
        sailor.srs("--db", other, "answer", "anchor", "good")
        assert other.with_name("other.db-wal").stat().st_size
        sailor.srs("restore", other)
    assert set(sailor.progress()) == {"mile", "anchor"}


def test_a_file_may_be_named_by_a_url(sailor: Learner) -> None:
    copy, address = sailor.home / "copy.db", f"sqlite:///{sailor.store}"
    sailor.srs("answer", "mile", "good")
    sailor.srs("backup", copy)
    sailor.srs("answer", "anchor", "good")
    assert f"{sailor.store} is as {copy} was." in sailor.srs("--db", address, "restore", copy)
    assert sailor.progress() == {"mile": (1, "2026-12-02")}
    assert f"{sailor.store}.2026-12-01.090000.backup" in sailor.srs("--db", address, "backup", "--list")


def test_what_the_history_folder_holds_comes_back(sailor: Learner) -> None:
    folder, config, copy = sailor.home / "history", sailor.home / "config.toml", sailor.home / "copy.db"
    sailor.srs("--config", config, "config", "set", "history", folder)
    sailor.srs("--config", config, "answer", "mile", "good")
    sailor.srs("--config", config, "backup", copy)
    sailor.srs("--config", config, "answer", "anchor", "good")
    sailor.srs("--config", config, "restore", copy)
    assert set(sailor.progress()) == {"mile"}
    sailor.srs("--config", config, "cards")
    assert set(sailor.progress()) == {"mile", "anchor"}


@pytest.mark.parametrize("version", ["0001", "0003"])
def test_a_copy_of_an_earlier_version_opens_again(sailor: Learner, version: str) -> None:
    """It is brought up when it is opened next, and is copied before."""
    copy = sailor.home / "old.db"
    with closing(sqlite3.connect(copy)) as connection:
        connection.executescript((DUMPS / f"{version}.sql").read_text(encoding="utf-8"))
    sailor.srs("restore", copy)
    assert sailor.cards()["mile"]["reviews"] == 2
    assert len(backups_of(sailor.store)) == 1


def test_a_damaged_store_makes_room_for_a_copy(sailor: Learner) -> None:
    copy = sailor.home / "copy.db"
    sailor.srs("answer", "mile", "good")
    sailor.srs("backup", copy)
    damaged = copy.read_bytes()[:9000]
    for end in ("", "-wal", "-shm"):
        sailor.store.with_name(f"srs.db{end}").unlink(missing_ok=True)
    sailor.store.write_bytes(damaged)
    assert sailor.types("cards").code == 1
    sailor.srs("restore", copy)
    assert sailor.progress() == {"mile": (1, "2026-12-02")}
    assert backups_of(sailor.store)[0].file.read_bytes() == damaged


def test_what_is_no_copy_is_told_and_the_store_stays(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "good")
    photo = sailor.home / "photo.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0")
    for file, said in (
        (photo, "is not a copy of a store"),
        (sailor.home / "nowhere.db", "is not there"),
        (sailor.store, "is the store itself"),
    ):
        outcome = sailor.types("restore", file)
        assert (outcome.code, said in outcome.err) == (1, True)
    assert (sailor.progress(), backups_of(sailor.store)) == ({"mile": (1, "2026-12-02")}, [])


def test_a_server_is_restored_by_its_own_tool(sailor: Learner) -> None:
    outcome = sailor.types("--db", "postgresql://here/srs", "restore", sailor.home / "copy.db")
    assert (outcome.code, "psql" in outcome.err) == (1, True)
