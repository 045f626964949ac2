"""A copy of a store put back in its place."""

import sqlite3
from contextlib import closing
from pathlib import Path

from srs.errors import SrsError
from srs.files import beside, make_private, replacing, said_by
from srs.store.opening import sentences
from srs.store.pages import copy_pages
from srs.store.version import HEAD, VERSION_TABLE

_WAIT_SECONDS = 5
_BESIDE = ("-wal", "-shm")  # what SQLite keeps beside a file that is open


def check_copy(file: Path) -> None:
    """Raise SrsError unless a file is a store of srs, of a version that this one can open."""
    if not file.exists():
        raise SrsError(f"{file} is not there; `srs backup --list` lists the copies that are kept")
    version = version_of(file)
    if version is None:
        raise SrsError(f"{file} is not a copy of a store; `srs backup --list` lists those that are kept")
    from srs.store.migrate import knows  # noqa: PLC0415 -- half a second that only a restore costs

    if version != HEAD and not knows(version):
        raise SrsError(f"{file} was written by a newer srs (schema {version}); upgrade srs to use it")


def version_of(file: Path) -> str | None:
    """Return the version of the tables in a file; `None` if it is no store."""
    if not file.is_file():
        return None
    try:
        with closing(_opened(file)) as connection:
            row = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()  # noqa: S608 -- our own word
            return str(row[0]) if row else None
    except (sqlite3.Error, UnicodeDecodeError):  # it is no database at all, or not one of ours
        return None


def replace_store(copy: Path, file: Path, kept: Path | None) -> None:
    """Let a store's file hold what a copy holds, in one transaction; what it held before goes to `kept`, if said.

    Both are their owner's alone. A program that has the store open goes on with the new one. A file that is no database
    any more is kept as it is and makes room. Raises SrsError if either cannot be done.
    """
    with sentences(str(file)):
        if kept and not _keep(file, kept):
            _set_aside(file, kept)
        try:
            make_private(file)
        except OSError as error:
            raise SrsError(f"{file.parent} cannot be made: {said_by(error)}") from error
        with closing(sqlite3.connect(file, timeout=_WAIT_SECONDS)) as store, closing(_opened(copy)) as source:
            _wait_for(store)
            source.backup(store)


def _keep(file: Path, kept: Path) -> bool:
    """Copy what a store holds, and return whether it could be read."""
    try:
        with closing(sqlite3.connect(file, timeout=_WAIT_SECONDS)) as store:
            _wait_for(store)
            with beside(kept) as part:
                copy_pages(store, part)
                part.replace(kept)
            return True
    except sqlite3.OperationalError:  # locked, or not to be written: told as it is
        raise
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False


def _set_aside(file: Path, kept: Path) -> None:
    """Move a damaged store out of the way, byte by byte as it is, and what SQLite keeps beside it."""
    with replacing(kept) as target:
        target.write(file.read_bytes())
    for name in (file.name, *(f"{file.name}{end}" for end in _BESIDE)):
        file.with_name(name).unlink(missing_ok=True)


def _wait_for(store: sqlite3.Connection) -> None:
    """Wait until nobody writes, for so long as every other command waits; a copy by itself would wait without end."""
    store.execute("BEGIN IMMEDIATE")
    store.rollback()


def _opened(file: Path) -> sqlite3.Connection:
    """Open a copy to be read; one that no program has open is read as it lies, so that nothing is made beside it."""
    file = file.resolve()
    how = "mode=ro" if file.with_name(f"{file.name}{_BESIDE[0]}").exists() else "immutable=1"
    return sqlite3.connect(f"{file.as_uri()}?{how}", uri=True)
