"""Which schema a store has, told without loading the migrations."""

from sqlalchemy import Connection, inspect, text

VERSION_TABLE = "srs_version"
HEAD = "0012"


def read_version(connection: Connection) -> str | None:
    """Return the schema's version; `None` for a database that holds nothing yet, `""` for somebody else's."""
    tables = inspect(connection).get_table_names()
    if VERSION_TABLE not in tables:
        return "" if tables else None
    return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar() or ""  # noqa: S608 -- our own name
