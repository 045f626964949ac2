"""How the copies of a store are called that are kept beside it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from srs.store.dated import Backup, backups_of, of_day, of_moment

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


def test_copies_of_this_store_alone_are_found_the_oldest_first(tmp_path: Path) -> None:
    """Whatever its name; a day that there is not is no copy's."""
    file = tmp_path / "my[1].db"
    made = [of_moment(file, NOON), of_day(file, date(2026, 12, 2)), of_day(file, date(2026, 12, 1))]
    others = [
        "my1.db.2026-12-01.backup",
        "my[1].db.2026-13-99.backup",
        "my[1].db.backup",
        "my[1].db.old.2026-12-01.backup",
    ]
    for each in (*made, *(tmp_path / name for name in others)):
        each.touch()
    assert backups_of(file) == [
        Backup(date(2026, 12, 1), "", made[2]),
        Backup(date(2026, 12, 1), "120000", made[0]),
        Backup(date(2026, 12, 2), "", made[1]),
    ]
    assert backups_of(tmp_path / "away" / "srs.db") == []


def test_a_copy_of_a_moment_is_in_no_others_way(tmp_path: Path) -> None:
    first = of_moment(tmp_path / "srs.db", NOON)
    first.touch()
    assert of_moment(tmp_path / "srs.db", NOON).name == "srs.db.2026-12-01.120001.backup"
