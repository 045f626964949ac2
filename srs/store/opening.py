"""Opening a store: the connection, its promises to the disk, and a clear sentence for each way it can fail."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from srs.errors import SrsError, UsageError
from srs.files import PRIVATE, beside, make_private, said_by
from srs.store import server
from srs.store.address import file_in, identity_of, url_of
from srs.store.dated import of_moment
from srs.store.pages import copy_pages
from srs.store.schema import make_tables
from srs.store.version import HEAD, read_version

_HEADER = b"SQLite format 3\x00"
_WAIT_SECONDS = 5
CACHE = 64_000  # kB of pages that SQLite keeps at most: with its own 2,000 a long merge takes half as long again
_DAMAGED = "is damaged; restore a copy made with `srs backup`, or start a new one and merge a log into it"
_SENTENCES = (
    ("database is locked", "is in use by another program; let that finish, or close it, and try again"),
    ("readonly database", "cannot be written; check its permissions and its folder's"),
    ("read-only", "cannot be written; check its permissions and its folder's"),
    ("disk is full", "found no room on the disk; free some and try again, what was answered before is kept"),
    ("malformed", _DAMAGED),
    ("not a database", "is not a store of srs; name another file with --db"),
    ("unable to open", "cannot be opened; check that its folder is there and may be written"),
    ("disk i/o error", "could not be read or written; check the disk, and its permissions"),
)


@dataclass(frozen=True, slots=True)
class Store:
    """An open store. Read and write through `reading` and `writing`, each of which is one transaction."""

    engine: Engine
    name: str
    identity: tuple[int, int] | None = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the store from beginning to end."""
        with sentences(self.name), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are on disk, all of them, when the block ends; on an error none are."""
        with sentences(self.name), self.engine.execution_options(srs_writes=True).begin() as connection:
            yield connection
            self._check_that_it_is_there()

    def _check_that_it_is_there(self) -> None:
        """Raise SrsError if the store's file is not the one that was opened: what is written to that is lost."""
        if self.file and self.identity and self.identity != identity_of(self.file):
            raise SrsError(
                f"the store {self.name} was deleted or replaced while it was open, so nothing is saved in it"
            )

    @contextmanager
    def trying(self) -> Iterator[Connection]:
        """Give a connection like `writing`, whose changes are taken back when the block ends."""
        with sentences(self.name), self.engine.execution_options(srs_writes=True).connect() as connection:
            transaction = connection.begin()
            yield connection
            transaction.rollback()

    def opened(self) -> "Store":
        """Return the store, open."""
        return self

    @property
    def file(self) -> Path | None:
        """The file the store lives in, or `None` if it lives in a server."""
        return file_in(self.engine.url)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


@contextmanager
def open_store(address: str) -> Iterator[Store]:
    """Open the store at a path or an SQLAlchemy URL, making it if it is new and upgrading it if it is old.

    A store of an older schema is first copied, to one of the dated copies that are kept beside it. Raises SrsError,
    with the file as it was, if the store is of a newer version, damaged, locked, not to be written, or no store at all.
    """
    url = url_of(address)
    file = file_in(url)
    store = Store(_engine(url), str(file or url.render_as_string(hide_password=True)))
    try:
        if file:
            _look(file)
        with sentences(store.name):
            _bring_up(store)
        yield replace(store, identity=identity_of(file)) if file else store
    finally:
        store.close()


@contextmanager
def sentences(name: str) -> Iterator[None]:
    """Turn what a database says when it fails into one sentence for its user."""
    try:
        yield
    except UnicodeDecodeError as error:  # in what SQLite says of a damaged file are bytes of it
        raise SrsError(f"the store {name} {_DAMAGED}") from error
    except ValueError as error:  # a day that is none, as a damaged page holds it
        if not str(error).startswith("Invalid isoformat string"):
            raise
        raise SrsError(f"the store {name} {_DAMAGED}") from error
    except (DBAPIError, sqlite3.Error) as error:
        origin = (error.orig or error) if isinstance(error, DBAPIError) else error
        said = " ".join(str(origin).split())
        known = _SENTENCES if isinstance(origin, sqlite3.Error) else server.SENTENCES
        sentence = next((ours for theirs, ours in known if theirs in said.lower()), f"failed: {said}")
        raise SrsError(f"the store {name} {sentence}") from error


def _engine(url: URL) -> Engine:
    in_file = url.get_backend_name() == "sqlite"
    arguments = {"timeout": _WAIT_SECONDS} if in_file else server.connect_arguments(url)
    try:
        # A server may have been started anew since the last answer: a connection is tried before it is used again.
        engine = create_engine(url, connect_args=arguments, pool_pre_ping=not in_file)
    except (NoSuchModuleError, ImportError) as error:
        beside = "srs[postgres]" if url.get_backend_name() == server.POSTGRESQL else "it beside srs"
        raise UsageError(f"no driver for {url.drivername} is installed; install {beside}: {error}") from error
    except ArgumentError as error:
        raise UsageError(f"--db takes a path or a database URL; {url.render_as_string()} names none") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
    elif engine.dialect.name == server.POSTGRESQL:
        server.arrange(engine)
    return engine


def _on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 -- whatever driver the URL names
    # The driver's own transactions leave schema changes outside; we begin each one ourselves instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA cache_size = -{CACHE}")
    cursor.execute("PRAGMA synchronous = FULL")  # in WAL mode, NORMAL may lose the last answers with the power
    cursor.close()


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("srs_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _look(file: Path) -> None:
    """Refuse what is no SQLite file before SQLite touches it; make a store that is new, and its folder, private."""
    try:
        if file.is_dir():
            raise SrsError(f"the store {file} is a folder; name a file with --db")
        if not file.exists():
            make_private(file)
            return
        with file.open("rb") as opened:
            head = opened.read(len(_HEADER))
    except OSError as error:
        raise SrsError(f"the store {file} cannot be opened: {said_by(error)}") from error
    if head not in (b"", _HEADER):
        raise SrsError(f"the store {file} is not a store of srs; name another file with --db")
    if not os.access(file, os.W_OK):
        raise SrsError(f"the store {file} cannot be written; check its permissions and its folder's")


def _bring_up(store: Store) -> None:
    with store.reading() as connection:
        version = read_version(connection)
    if version == HEAD:
        return
    if version == "":
        raise SrsError(f"the store {store.name} is another program's database; name another file with --db")
    if version is None and store.engine.dialect.name == "sqlite":
        _use_write_ahead_log(store.engine)
        with store.writing() as connection:
            if read_version(connection) is None:  # another process may have been quicker
                make_tables(connection)
        return
    from srs.store.migrate import knows, upgrade  # noqa: PLC0415 -- half a second that only a schema change costs

    if version and not knows(version):
        raise SrsError(f"the store {store.name} was written by a newer srs (schema {version}); upgrade srs to open it")
    if version and store.file:
        written = datetime.fromtimestamp(store.file.stat().st_mtime).astimezone()  # the day that the copy is of
        copy_store(store, of_moment(store.file, written))
    with _changing_tables(store) as connection:
        if read_version(connection) == version:  # another process may have been quicker
            upgrade(connection)
    if version and store.file:
        store.file.chmod(PRIVATE)  # earlier versions left it to everybody to read


@contextmanager
def _changing_tables(store: Store) -> Iterator[Connection]:
    """Give a connection like `writing`, on which a table that others refer to can be replaced by its copy."""
    with store.engine.execution_options(srs_writes=True).connect() as connection:
        if connection.dialect.name == "sqlite":
            _check_references(connection, "OFF")
        try:
            with connection.begin():
                yield connection
        finally:
            if connection.dialect.name == "sqlite":
                _check_references(connection, "ON")


def _check_references(connection: Connection, on: str) -> None:
    """Switch the checks of foreign keys, which SQLite only does while no transaction is open."""
    connection.connection.cursor().execute(f"PRAGMA foreign_keys = {on}")


def _use_write_ahead_log(engine: Engine) -> None:
    """Let readers and a writer work side by side; the file remembers it, and no transaction may be open."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()


def copy_store(store: Store, target: Path) -> None:
    """Write a consistent copy of the store to a file, while it may be in use; the file is whole or not there.

    Like the store it is its owner's alone, whatever stood there before.
    """
    if store.engine.dialect.name != "sqlite":
        command = server.pg_dump(store.engine.url, target)
        raise SrsError(f"a server keeps its own backups; of PostgreSQL this writes one: {command}")
    if target.is_dir():
        raise SrsError(f"cannot write the copy {target}: is a directory")
    try:
        with beside(target) as part:
            with store.reading() as connection:
                copy_pages(cast("sqlite3.Connection", connection.connection.dbapi_connection), part)
            part.replace(target)
    except OSError as error:
        raise SrsError(f"cannot write the copy {target}: {said_by(error)}") from error
