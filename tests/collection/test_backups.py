"""Copies that are kept by themselves, and one put back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from srs.collection.backups import keep_daily, restore, surplus
from srs.errors import SrsError
from srs.store.dated import Backup, backups_of
from srs.store.opening import open_store

if TYPE_CHECKING:
    from pathlib import Path

FIRST = date(2026, 11, 20)
NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


def test_the_last_stay_and_the_first_of_each_month(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "srs.db")) as store:
        for days in range(30):
            keep_daily(store, FIRST + timedelta(days), 3)
    kept = [str(each.day) for each in backups_of(tmp_path / "srs.db")]
    assert kept == ["2026-11-20", "2026-12-01", "2026-12-17", "2026-12-18", "2026-12-19"]


def test_one_copy_is_kept_of_a_day(tmp_path: Path) -> None:
    """And one that was made besides, before a restore, is not the day's."""
    with open_store(str(tmp_path / "srs.db")) as store:
        (tmp_path / "srs.db.2026-11-20.080000.backup").touch()
        assert keep_daily(store, FIRST, 3) == tmp_path / "srs.db.2026-11-20.backup"
        assert keep_daily(store, FIRST, 3) is None


def test_none_are_kept_where_none_are_wanted(tmp_path: Path) -> None:
    """And those that are there stay."""
    with open_store(str(tmp_path / "srs.db")) as store:
        keep_daily(store, FIRST, 1)
        assert keep_daily(store, FIRST + timedelta(1), 0) is None
    assert len(backups_of(tmp_path / "srs.db")) == 1


def test_a_copy_that_is_no_longer_kept_is_an_old_one(tmp_path: Path) -> None:
    days = [Backup(date(2026, month, day), "", tmp_path) for month in (1, 2) for day in (3, 4, 5)]
    assert surplus(reversed(days), 1) == [days[1], days[2], days[4]]


def test_what_a_restore_replaces_is_kept_each_time(tmp_path: Path) -> None:
    """At the same second, too."""
    file, copy = tmp_path / "srs.db", tmp_path / "copy.db"
    for each in (file, copy):
        with open_store(str(each)):
            pass
    kept = [restore(copy, file, NOON), restore(copy, file, NOON)]
    assert len({*kept, None}) == 3
    assert [each.file for each in backups_of(file)] == kept
    file.unlink()
    assert restore(copy, file, NOON) is None
    with pytest.raises(SrsError, match="is the store itself"):
        restore(file, file, NOON)
