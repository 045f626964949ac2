"""A server that is not there, does not let in, or goes away in the middle: one sentence, and nothing lost."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest

from srs import open_collection
from srs.errors import SrsError
from srs.scheduler import Grade
from srs.store import server
from srs.store.opening import open_store
from srs.store.tables import cards
from tests.learner import SEA
from tests.server.postgres import LEARNER
from tests.server.student import Student

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from srs.store.opening import Store
    from tests.server.postgres import Server


def said(one: Student, address: str) -> str:
    """Return the one sentence in which a command fails at an address."""
    outcome = replace(one, address=address).types("answer", "mile", "good")
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (1, "", 1), outcome
    assert "let" not in outcome.err.replace("let its server", ""), "a password is nobody's to see"
    return outcome.err


def test_a_server_that_is_not_there(student: Student, running: Server) -> None:
    with socket.socket() as taken:
        taken.bind(("localhost", 0))
        nowhere = running.url(port=taken.getsockname()[1])
        assert "cannot be reached; check that its server runs" in said(student, nowhere)
    assert "cannot be reached" in said(student, "postgresql://learner@/cards?host=/nowhere")


@pytest.mark.parametrize("password", ["wrong", None])
def test_a_wrong_password(student: Student, running: Server, password: str | None) -> None:
    assert "is not opened with this name and password" in said(student, running.url(password=password))


def test_a_user_and_a_database_that_are_not_there(student: Student, running: Server) -> None:
    assert "is not opened with this name and password" in said(student, running.url(user="nobody"))
    assert "is in no such database" in said(student, running.url().replace("/cards", "/nothing"))


def test_a_schema_in_which_nothing_may_be_made(student: Student, running: Server) -> None:
    running.sql("CREATE SCHEMA closed; GRANT USAGE ON SCHEMA closed TO " + LEARNER)
    assert "may not be changed by this user" in said(student, running.url("closed"))


def test_a_writer_that_never_ends_is_not_waited_for_without_end(
    student: Student, monkeypatch: pytest.MonkeyPatch
) -> None:
    student.srs("sync")
    monkeypatch.setattr(server, "_WRITE", server._WRITE.replace("60s", "50ms"))
    with open_store(student.address) as store, store.writing():
        outcome = student.types("answer", "mile", "good")
    assert (outcome.code, "has been written by another program" in outcome.err) == (1, True)
    assert student.progress() == {}


def test_a_connection_that_is_lost_in_the_middle(student: Student, running: Server) -> None:
    student.srs("sync")
    ours = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'srs'"
    with open_store(student.address) as store:
        with pytest.raises(SrsError, match=r"lost its connection .* what was saved before is kept"):
            _write_half(store, partial(running.sql, ours))
        with store.reading() as connection:  # the next one connects anew
            assert set(connection.scalars(cards.select().with_only_columns(cards.c.remark))) == {None}


def _write_half(store: Store, then: Callable[[], object]) -> None:
    with store.writing() as connection:
        connection.execute(cards.update().values(remark="half done"))
        then()
        connection.execute(cards.update().values(remark="not done"))


def test_a_server_that_stops_and_comes_back_during_a_sitting(
    own_server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own_server.sql(f"CREATE SCHEMA {LEARNER} AUTHORIZATION {LEARNER}")
    one = Student(tmp_path / "student", capsys, address=own_server.url())
    one.home.mkdir()
    one.write("ship/sea.md", SEA)
    now = datetime.fromisoformat("2026-12-01T09:00:00+00:00")
    with open_collection(one.decks, one.address, now) as collection:
        collection.answer("mile", Grade.GOOD, now)
        own_server.stop()
        with pytest.raises(SrsError, match=r"lost its connection|cannot be reached"):
            collection.answer("red/c1", Grade.GOOD, now)
        own_server.start()
        collection.answer("red/c2", Grade.GOOD, now)
        own_server.stop()
        own_server.start()
        collection.answer("anchor", Grade.GOOD, now)
    assert set(one.progress()) == {"mile", "red/c2", "anchor"}
    assert "All is well" in one.srs("doctor")
