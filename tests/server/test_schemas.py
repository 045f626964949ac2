"""Learners who share a server, each in a schema that the address names: none sees another's cards."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.learner import MILE, SEA_CARDS
from tests.server.postgres import LEARNER

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.server.postgres import Server
    from tests.server.student import Student


def test_two_learners_in_two_schemas(student: Student, another: Callable[[str], Student]) -> None:
    other = another("other")
    other.write("ship/sea.md", MILE)
    student.srs("answer", "mile", "good")
    other.srs("answer", "mile", "again")
    other.srs("flag", "mile", "Hm")
    student.srs("switch", "sm2", "--smooth")
    assert set(student.cards()) == set(SEA_CARDS)
    assert set(other.cards()) == {"mile"}
    assert student.progress() == other.progress() == {"mile": (1, "2026-12-02")}
    other.srs("undo")
    other.srs("undo")
    assert (student.progress(), other.progress()) == ({"mile": (1, "2026-12-02")}, {})
    assert "All is well" in student.srs("doctor")
    assert "All is well" in other.srs("doctor")


def test_a_further_schema_of_the_path_is_nobody_s_store(student: Student, running: Server) -> None:
    """Tables are looked for along the path; a new learner whose path goes on to another's would share their store."""
    student.srs("answer", "mile", "good")
    running.sql(f"CREATE SCHEMA newcomer AUTHORIZATION {LEARNER}")
    schema = student.address.rpartition("%3D")[2]
    new = replace(student, address=running.url(f"newcomer,{schema}"))
    assert new.progress() == {}
    new.srs("answer", "red/c1", "good")
    assert student.progress() == {"mile": (1, "2026-12-02")}


def test_a_schema_that_is_not_there_is_not_that_after_it(student: Student, running: Server) -> None:
    for path in ("nobody", "nobody,public", "nobody,information_schema"):
        outcome = replace(student, address=running.url(path)).types("sync")
        assert outcome.code == 1
        assert outcome.err == (
            "srs: the schema 'nobody' that --db names is not in the database, or not open to this user;"
            " CREATE SCHEMA nobody makes it\n"
        )


def test_somebody_else_s_tables_are_left_alone(student: Student, running: Server) -> None:
    schema = student.address.rpartition("%3D")[2]
    running.sql(f"CREATE TABLE {schema}.cats (name text)")
    outcome = student.types("sync")
    assert (outcome.code, "another program's database" in outcome.err) == (1, True)
