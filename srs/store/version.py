"""Which schema a store has, told without loading the migrations."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

VERSION_TABLE = "srs_version"
READ_VERSION = f"SELECT version_num FROM {VERSION_TABLE}"  # noqa: S608 -- our own name
HEAD = "0012"


def read_version(connection: "Connection") -> str | None:
    """Return the schema's version; `None` for a database that holds nothing yet, `""` for somebody else's."""
    from sqlalchemy import inspect, text  # noqa: PLC0415 -- who only wants to know HEAD waits for no library

    tables = inspect(connection).get_table_names()
    if VERSION_TABLE not in tables:
        return "" if tables else None
    return connection.execute(text(READ_VERSION)).scalar() or ""
