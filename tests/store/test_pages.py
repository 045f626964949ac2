"""A copy page by page: the same rows, and nothing beside it, not even while it is made."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from srs.store.pages import copy_pages

if TYPE_CHECKING:
    from pathlib import Path


def test_a_copy_holds_the_same_and_leaves_no_journal(tmp_path: Path) -> None:
    seen: set[str] = set()

    def look(*_: object) -> int:
        seen.update(file.name for file in tmp_path.iterdir())
        return sqlite3.SQLITE_OK

    with closing(sqlite3.connect(":memory:")) as source:
        source.execute("CREATE TABLE t (a)")
        source.executemany("INSERT INTO t VALUES (?)", [("x" * 500,) for _ in range(2000)])
        source.commit()
        source.set_authorizer(look)
        copy_pages(source, tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "copy")) as copy:
        assert copy.execute("SELECT count(*) FROM t").fetchone() == (2000,)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert seen | {file.name for file in tmp_path.iterdir()} == {"copy"}
