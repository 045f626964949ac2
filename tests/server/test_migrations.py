"""A store that any version left on a server opens in this one, with its history; the steps lead to the tables."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Boolean, Connection, Date, MetaData, create_engine, insert, make_url, text
from sqlmodel import SQLModel

from srs.store import migrate
from srs.store.opening import open_store
from srs.store.server import with_driver
from srs.store.version import HEAD, VERSION_TABLE, read_version
from tests.store.test_migrations import DUMPS, VERSIONS

if TYPE_CHECKING:
    from sqlalchemy import Column

    from tests.server.student import Student

TEXT = "## Mile? {#mile}\n\n1852 m.\n\n## Red? {#red}\n\n{{c1::Port}}.\n\n## How? {#anchor}\n\nSo.\n"


def restore(version: str, address: str) -> None:
    """Make a store as a version left it: by its own steps, and with the rows of its dump."""
    engine = create_engine(with_driver(make_url(address)))
    with engine.begin() as connection:
        config = migrate._config()
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        fill(connection, version)
    engine.dispose()


def fill(connection: Connection, version: str) -> None:
    """Copy the rows of a dump, and let numbers go on after them."""
    there = MetaData()
    there.reflect(connection)
    with closing(sqlite3.connect(":memory:")) as file:
        file.row_factory = sqlite3.Row
        file.executescript((DUMPS / f"{version}.sql").read_text(encoding="utf-8"))
        for table in there.sorted_tables:
            rows = [dict(row) for row in file.execute(f"SELECT * FROM {table.name}")]
            if table.name == VERSION_TABLE or not rows:
                continue
            values = [{name: value_of(value, table.c[name]) for name, value in row.items()} for row in rows]
            connection.execute(insert(table), values)
            if "id" in table.c:
                query = "SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"
                connection.execute(text(query), {"name": table.name, "last": max(row["id"] for row in rows)})


def value_of(value: Any, column: Column[Any]) -> Any:  # noqa: ANN401 -- whatever stands in a row
    """Return a value of SQLite's as a server takes it."""
    if value is not None and isinstance(column.type, Boolean):
        return bool(value)
    return date.fromisoformat(value) if value is not None and isinstance(column.type, Date) else value


@pytest.mark.parametrize("version", VERSIONS)
def test_a_store_of_a_version_opens_with_its_history(version: str, student: Student) -> None:
    restore(version, student.address)
    student.write("ship/sea.md", TEXT)
    cards = student.cards("--retired")
    assert {name: (card["state"], card["reviews"]) for name, card in cards.items()} == {
        "mile": ("review", 2),
        "anchor": ("review", 1),
        "red/c1": ("suspended", 1),
        "old/c1": ("retired", 1),
    }
    assert "All is well" in student.srs("doctor")
    student.write("ship/sea.md", TEXT + "\n## New? {#new}\n\nYes.\n")
    student.srs("answer", "new", "good")  # what comes gets numbers that are free
    student.srs("answer", "mile", "good")
    student.srs("undo")
    assert student.progress()["new"] == (1, "2026-12-02")
    assert "All is well" in student.srs("doctor")


def test_the_steps_lead_to_the_tables_as_they_are_declared(student: Student) -> None:
    with open_store(student.address) as store, store.reading() as connection:
        assert read_version(connection) == HEAD
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, SQLModel.metadata) == []
