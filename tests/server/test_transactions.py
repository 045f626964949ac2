"""What a store promises of its transactions, kept by a server, where others write at the same time."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, insert, select

from srs.errors import SrsError
from srs.store.opening import open_store
from srs.store.tables import chapters

if TYPE_CHECKING:
    from tests.server.student import Student

ROW = {"deck": "ship", "path": "sea.md", "title": "Sea", "size": 1, "mtime_ns": 1}
COUNT = select(func.count()).select_from(chapters)


def test_a_reader_sees_one_state_from_beginning_to_end(student: Student) -> None:
    with open_store(student.address) as store, open_store(student.address) as other:
        with store.reading() as connection:
            assert connection.execute(COUNT).scalar() == 0
            with other.writing() as writer:
                writer.execute(insert(chapters).values(**ROW))
            assert connection.execute(COUNT).scalar() == 0
        with store.reading() as connection:
            assert connection.execute(COUNT).scalar() == 1


def test_a_reader_writes_nothing(student: Student) -> None:
    with (
        open_store(student.address) as store,
        pytest.raises(SrsError, match="takes no changes"),
        store.reading() as connection,
    ):
        connection.execute(insert(chapters).values(**ROW))


def test_what_is_only_tried_or_fails_leaves_nothing(student: Student) -> None:
    with open_store(student.address) as store:
        with store.trying() as connection:
            connection.execute(insert(chapters).values(**ROW))
            assert connection.execute(COUNT).scalar() == 1
        with suppress(ZeroDivisionError), store.writing() as connection:
            connection.execute(insert(chapters).values(**ROW))
            raise ZeroDivisionError
        with store.reading() as connection:
            assert connection.execute(COUNT).scalar() == 0


def test_a_deck_with_a_character_that_a_server_cannot_keep(student: Student) -> None:
    """A file's store keeps it; here it is told, and what stood there before is as it was."""
    student.srs("answer", "mile", "good")
    student.edit("ship/sea.md", "1852 metres.", "1852\0 metres.")
    outcome = student.types("sync")
    assert (outcome.code, "cannot keep a NUL character" in outcome.err) == (1, True)
    student.edit("ship/sea.md", "1852\0 metres.", "1852 metres.")
    assert student.progress() == {"mile": (1, "2026-12-02")}
