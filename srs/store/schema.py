"""The tables of a new store in a file, made at once instead of step by step."""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

SCHEMA = Path(__file__).with_name("schema.sql")
"""What an empty store holds once every step was taken; `pytest --renew tests/store/test_migrations.py` writes it."""


def make_tables(connection: "Connection") -> None:
    """Make in an empty SQLite database what the steps would make, within the transaction that is open."""
    statement = ""
    for line in SCHEMA.read_text(encoding="utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.exec_driver_sql(statement)
            statement = ""
