"""Writing files that are whole or not there."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from srs.errors import SrsError


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that takes the place of `path` once all of it is written and on the disk.

    It keeps the permissions of the file it replaces, and goes through a link to what it points to. On any error
    `path` is as it was; an OSError becomes an SrsError.
    """
    target = path.resolve()
    if target.is_dir():
        raise SrsError(f"cannot write {path}: is a directory")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)
    except OSError as error:
        raise SrsError(f"cannot write {path}: {said_by(error)}") from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other programs that ask for the same lock waiting; a system without such locks keeps nobody."""
    try:
        import fcntl  # noqa: PLC0415 -- Windows has none
    except ImportError:
        yield
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise SrsError(f"{folder} cannot be read: {said_by(error)}") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def said_by(error: OSError) -> str:
    """Return what the system says of a failure, as the end of a sentence."""
    return (error.strerror or str(error)).lower()
