"""Writing files that are whole or not there, by names that nobody can know before."""

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from srs.errors import SrsError

PRIVATE = 0o600
_PRIVATE_FOLDER = 0o700
_PREFIX, _SUFFIX = ".srs-", ".part"
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that takes the place of `path` once all of it is written and on the disk.

    It keeps the permissions of the file it replaces, a new file has those that the umask leaves, and it goes through
    a link to what it points to. On any error `path` is as it was; an OSError becomes an SrsError.
    """
    target = real(path)
    if target.is_dir():
        raise SrsError(f"cannot write {path}: is a directory")
    try:
        with beside(target) as part:
            with part.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                shutil.copymode(target, part)
            else:
                part.chmod(0o666 & ~_umask())
            part.replace(target)
    except OSError as error:
        raise SrsError(f"cannot write {path}: {said_by(error)}") from error


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """Give a new empty file in the folder of `target`, for its owner alone; it is gone when the block ends.

    The system makes it under a name of its own choice and opens nothing that stood there before, so a link that waits
    under some name leads nowhere. What an interrupted run left in the folder goes, too.
    """
    _sweep(target.parent)
    number, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=target.parent)
    part = Path(name)
    held = _hold(number)
    if not held:  # where nothing can be held, an open file could not be moved either
        os.close(number)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)
        if held:
            os.close(number)


def _sweep(folder: Path) -> None:
    """Remove what nobody holds any more of the files that `beside` made in a folder, those nearly in place too."""
    for left in folder.glob(f"{_PREFIX}????????{_SUFFIX}"):
        with suppress(OSError):
            status = left.lstat()
            if stat.S_ISREG(status.st_mode) and status.st_uid == _own_number():
                number = os.open(left, os.O_RDONLY | _NO_FOLLOW | _NO_WAIT)
                try:
                    if _hold(number):
                        left.unlink()
                finally:
                    os.close(number)


def _own_number() -> int:
    """Return the number under which this user's files are kept; where there are none, all have 0."""
    return os.geteuid() if hasattr(os, "geteuid") else 0


def _hold(number: int) -> bool:
    """Whether an open file is held by this process now, until it is closed; False where another one holds it."""
    try:
        import fcntl  # noqa: PLC0415 -- not on every system
    except ImportError:
        return False
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def make_private(file: Path) -> None:
    """Make an empty file, and the folders it lacks, for their owner alone; what is there already stays as it is."""
    target = real(file)
    for folder in reversed([each for each in target.parents if not each.exists()]):
        folder.mkdir(_PRIVATE_FOLDER, exist_ok=True)
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
    except FileExistsError:  # another process was quicker
        return


def read_at_most(file: Path, most: int, *, through_links: bool = True) -> bytes:
    """Return the first bytes of a file, `most` of them; raises OSError for pipes and devices, which may never end."""
    # Without waiting: a pipe that took the file's place a moment ago must not be waited for.
    follow = 0 if through_links else _NO_FOLLOW
    number = os.open(file, os.O_RDONLY | _NO_WAIT | follow | getattr(os, "O_BINARY", 0))
    with os.fdopen(number, "rb") as opened:
        kind = os.fstat(number).st_mode
        if not stat.S_ISREG(kind):
            raise OSError("it is a pipe" if stat.S_ISFIFO(kind) else "it is no file")
        return opened.read(most)


def read_inside(file: Path, folder: Path, most: int) -> bytes:
    """Return the bytes of a stranger's file; raises OSError if there are more than `most`, or if it is not in a folder.

    It may be swapped for a link at any moment: what was read is what lies in the folder before and afterwards.
    """
    target = real(file)
    number = os.open(target, os.O_RDONLY | _NO_WAIT | _NO_FOLLOW | getattr(os, "O_BINARY", 0))
    with os.fdopen(number, "rb") as opened:
        status = os.fstat(number)
        data = opened.read(most + 1) if stat.S_ISREG(status.st_mode) else None
    if data is None or len(data) > most:
        raise OSError("it is no file, or too large")
    after = real(file)
    if not (target.is_relative_to(real(folder)) and after == target and os.path.samestat(after.stat(), status)):
        raise OSError("it changed while it was read")
    return data


def is_text(name: str) -> bool:
    """Whether a file's name is UTF-8; another could be neither told nor stored."""
    try:
        return bool(name.encode())
    except UnicodeEncodeError:
        return False


def real(path: Path) -> Path:
    """Return a path with every link in it followed, as far as they lead; a link to itself stays.

    Raises OSError where the system does not say where a link leads, or where there are more of them than it follows.
    """
    try:
        return Path(os.path.realpath(path))
    except RecursionError as error:
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from error


def lies_in(path: Path, folder: Path) -> bool:
    """Whether a stranger's path lies in a folder once its links are followed; where they cannot be, it does not."""
    try:
        path.stat()
    except OSError as error:
        if error.errno == errno.ELOOP:  # a chain of links, on which the system gives up sooner than `real` would
            return _names_itself(path)
    try:
        return real(path).is_relative_to(folder)
    except OSError:
        return False


def _names_itself(link: Path) -> bool:
    """Whether a link names nothing but itself, and so leads nowhere else."""
    with suppress(OSError):
        return link.readlink() in {link, Path(link.name)}
    return False


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


def _umask() -> int:
    """Return what this process takes away from the permissions of new files; it can only be asked by setting it."""
    umask = os.umask(0o077)
    os.umask(umask)
    return umask
