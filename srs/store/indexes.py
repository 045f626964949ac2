"""Indexes put aside while so much is written that making them anew is quicker than keeping them."""

from sqlalchemy import Connection, column, select, table

_REMADE = ("reviews_by_card", "reviews_by_day", "reviews_to_share")
"""Indexes of which none is asked on the way."""
_SCHEMA = table("sqlite_master", column("type"), column("name"), column("sql"))


def put_aside(connection: Connection) -> list[str]:
    """Drop indexes that slow writing down, in this transaction alone; return the statements that make them again."""
    query = select(_SCHEMA.c.sql).where(_SCHEMA.c.type == "index", _SCHEMA.c.name.in_(_REMADE))
    made = list(connection.scalars(query))
    for name in _REMADE:
        connection.exec_driver_sql(f"DROP INDEX IF EXISTS {name}")
    return made
