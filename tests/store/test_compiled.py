"""The statements of a morning, as the driver of SQLite takes them, are those that SQLAlchemy runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, Date
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from srs.store.driver import COMPILED
from srs.store.statements import STATEMENTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Select


def test_the_driver_asks_what_the_statements_ask(golden: Callable[[Path, str], None]) -> None:
    """`pytest --renew tests/store` writes the file."""
    compiled = {name: _compiled(query) for name, query in STATEMENTS.items()}
    golden(COMPILED, json.dumps(compiled, indent=1) + "\n")


def _compiled(query: Select[Any]) -> dict[str, object]:
    compiled = query.compile(dialect=SQLiteDialect_pysqlite(paramstyle="named"))
    return {
        "text": " ".join(str(compiled).split()),
        "fixed": {name: value for name, value in compiled.params.items() if value is not None},
        "columns": {column.name: _kind(column.type) for column in query.selected_columns},
    }


def _kind(of: object) -> str:
    return "date" if isinstance(of, Date) else "bool" if isinstance(of, Boolean) else ""
