"""The address of a store: a path, or a URL as SQLAlchemy takes it, and the file that it names."""

from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from srs.errors import UsageError
from srs.history.folder import placed
from srs.store import server


def url_of(address: str) -> URL:
    """Return the address of a store as a URL; raises UsageError for what is none."""
    try:
        url = make_url(address if "://" in address else f"sqlite:///{placed(address).absolute()}")
    except (ArgumentError, ValueError) as error:  # the latter of the library alone: a port that is no number
        said = address.partition("://")[0] + "://…" if "://" in address else address  # a password may stand in it
        raise UsageError(f"--db takes a path or a database URL, not {said!r}") from error
    if url.query:
        try:
            url.get_dialect()().create_connect_args(url)
        except (NoSuchModuleError, ImportError):  # told where it is opened
            pass
        except (ArgumentError, ValueError, TypeError) as error:
            raise UsageError(f"what follows ? in the address of the store is wrong: {error}") from error
    return server.with_driver(url)


def file_of(address: str) -> Path | None:
    """Return the file that a store's address names, a path or a URL of SQLite; `None` if it lives in a server."""
    return file_in(url_of(address))


def file_in(url: URL) -> Path | None:
    """Return the file that a URL of SQLite names; `None` for a server, or for a store in memory."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database)


def identity_of(file: Path) -> tuple[int, int] | None:
    """Return what tells a file from another that takes its place, `None` if it is not there."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
