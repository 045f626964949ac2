"""A PostgreSQL server as the store: how a connection and a transaction begin there, and what its errors mean."""

import re
import shlex
from typing import Any

from sqlalchemy import URL, Connection, Engine, event

from srs.errors import SrsError

POSTGRESQL = "postgresql"
_DRIVER = "postgresql+psycopg"
_CONNECT_SECONDS = 10
_WAIT_SECONDS = 60
_LOST = (
    "lost its connection to the server; try again: what was saved before is kept, `srs log show` tells the last of it"
)
_AWAY = "cannot be reached; check that its server runs, and host and port in --db"
SENTENCES = (
    ("password", "is not opened with this name and password; check both in --db, or in ~/.pgpass"),
    ("pg_hba.conf", "is not opened to this name from this computer; the server's pg_hba.conf says who may"),
    ('role "', "has no such user; check the name in --db"),
    ('database "', "is in no such database; check the name in --db, or make it with createdb"),
    ("permission denied for", "may not be changed by this user; give them a schema of their own and name it in --db"),
    ("read-only transaction", "takes no changes; it is a copy that follows another server, so name that one in --db"),
    ("lock timeout", f"has been written by another program for {_WAIT_SECONDS} seconds; try again when that is done"),
    ("no space left", "found no room on the server's disk; what was answered before is kept"),
    ("too many clients", "has no connection free; try again, or let its server have more (max_connections)"),
    ("remaining connection slots", "has no connection free; try again, or let its server have more (max_connections)"),
    ("nul (0x00)", "cannot keep a NUL character (\\0), which only a file can; take it out of the deck, or the log"),
    ("index row", "cannot keep so long an id, or a line so long before its day; shorten it in the deck, or the log"),
    ("terminating connection", _LOST),
    ("server closed the connection", _LOST),
    ("connection is lost", _LOST),
    ("connection is closed", _LOST),
    ("starting up", "is not ready: its server is starting; try again"),
    ("shutting down", "is not there: its server is being stopped; try again when it runs"),
    ("connection failed", _AWAY),
    ("connection is bad", _AWAY),
    ("connection timeout", _AWAY),
    ("failed to resolve host", _AWAY),
)
"""Parts of what PostgreSQL and its driver say when they fail, with what a user is told; the first that fits is said."""

# Whoever writes waits for the one before: no two transactions that change a schema's store run at once, so none
# conflicts. The lock is taken before anything is read, and falls with the transaction.
_WRITE = (
    f"SELECT set_config('lock_timeout', '{_WAIT_SECONDS}s', true),"
    " pg_advisory_xact_lock(hashtext('srs'), hashtext(current_schema()))"
)
_READ = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


def with_driver(url: URL) -> URL:
    """Return an address as servers' own tools write it with the driver that srs brings for it."""
    return url.set(drivername=_DRIVER) if url.drivername in {POSTGRESQL, "postgres"} else url


def connect_arguments(url: URL) -> dict[str, Any]:
    """Return what a connection is made with beside the address; what that says itself stays."""
    if url.drivername != _DRIVER:
        return {}
    ours = {"connect_timeout": _CONNECT_SECONDS, "application_name": "srs"}
    return {name: value for name, value in ours.items() if name not in url.query}


def arrange(engine: Engine) -> None:
    """See to it that every connection uses one schema, and that each transaction is what `Store` promises."""
    event.listen(engine, "connect", _keep_to_one_schema)
    event.listen(engine, "begin", _on_begin)


def pg_dump(url: URL, target: object) -> str:
    """Return the command that copies a store of PostgreSQL; it holds no password."""
    plain = URL.create(POSTGRESQL, url.username, None, url.host, url.port, url.database, url.query)
    plain = plain.difference_update_query(["options"])
    schema = re.search(r"search_path=([^ ,]+)", str(url.query.get("options", "")))
    of_schema = [f"--schema={schema[1]}"] if schema else []
    return shlex.join(["pg_dump", *of_schema, f"--file={target}", plain.render_as_string()])


def _keep_to_one_schema(connection: Any, _record: object) -> None:  # noqa: ANN401 -- whatever driver the URL names
    """Let no table be found in a further schema of the path: two learners would melt into one for ever."""
    before, connection.autocommit = connection.autocommit, True
    cursor = connection.cursor()
    cursor.execute("SELECT current_schema(), current_setting('search_path')")
    schema, path = cursor.fetchone()
    named = [name for name in map(_plain, path.split(",")) if name and name != "$user"]
    if schema is None or (named and schema != named[0] and "$user" not in path):
        cursor.close()
        connection.close()
        missing = named[0] if named else path
        raise SrsError(
            f"the schema {missing!r} that --db names is not in the database, or not open to this user;"
            f" CREATE SCHEMA {missing} makes it"
        )
    cursor.execute("SELECT set_config('search_path', quote_ident(current_schema()), false)")
    cursor.close()
    connection.autocommit = before


def _plain(name: str) -> str:
    name = name.strip()
    return name[1:-1].replace('""', '"') if name.startswith('"') else name.lower()


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("srs_writes", False)
    connection.exec_driver_sql(_WRITE if writes else _READ)
