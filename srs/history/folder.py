"""A history folder: what its files say, read no further than need be, and a file of one's own that only ever grows."""

import io
import os
import stat
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from msgspec import Struct

from srs.errors import Problem, SrsError
from srs.files import is_text, read_at_most, said_by
from srs.history.acts import LogLine
from srs.history.lines import format_line, parse_line

ID_FILE = "srs-history-id"
ENDING = ".jsonl"

_EDGE = 65_536  # bytes at both ends of what was read, by which a file that grew is told from one that was rewritten
_BOM = b"\xef\xbb\xbf"
_MARKERS = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")
_MOST_OF_AN_ID = 200
_MOST_PROBLEMS = 1000  # told of a file
_MOST_AT_ONCE = 10_000_000  # bytes: of a file of any size no more is held
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class Mark(Struct, frozen=True):
    """How far a file was read: `size` bytes, all of them whole lines, when the file was last changed at `mtime_ns`.

    `stamp` tells the same text from another: checksums (CRC-32) of all of it and of its ends, as `WHOLE.ENDS`.
    """

    name: str
    size: int = 0
    mtime_ns: int = 0
    stamp: str = ""


class Reading(Struct, frozen=True):
    """What was new in a file: its lines, what is no line, and how far the file is read with them.

    `more`: the file goes on, and what follows is to be read from there.
    """

    mark: Mark
    lines: tuple[LogLine, ...]
    problems: tuple[Problem, ...]
    more: bool = False


def placed(folder: str) -> Path:
    """Return the folder that a setting names; `~` is the home folder, where that is known."""
    return Path(os.path.expanduser(folder))  # noqa: PTH111 -- pathlib's raises where it is not


def read_id(folder: Path) -> str | None:
    """Return what a folder is called by all stores that share it; `None` if it has no name yet. Raises OSError."""
    try:
        found = read_at_most(folder / ID_FILE, _MOST_OF_AN_ID, through_links=False).decode(errors="replace").split()
    except FileNotFoundError:
        if not folder.is_dir():
            raise
        return None
    return found[0] if found else None


def make_id(folder: Path, name: str) -> str:
    """Give a folder that has no name this one, and return the name it has then. Raises OSError."""
    if found := read_id(folder):
        return found
    _append(folder / ID_FILE, f"{name}\n".encode())
    return read_id(folder) or name


def make_folder(folder: Path, name: str) -> None:
    """Make a history folder, or take one that is there; it is called `name` if it has none. Raises SrsError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        make_id(folder, name)
    except OSError as error:
        raise SrsError(f"{folder} cannot be made a history folder: {said_by(error)}") from error


def scan(folder: Path) -> dict[str, os.stat_result]:
    """Return how the files of a folder look that may hold acts, by their names; a link is none. Raises OSError."""
    with os.scandir(folder) as entries:
        found = {entry.name: entry for entry in entries if entry.name.lower().endswith(ENDING)}
        files = ((name, entry) for name, entry in sorted(found.items()) if entry.is_file(follow_symlinks=False))
        looks = {name: entry.stat() for name, entry in files if is_text(name)}
    return {name: look for name, look in looks.items() if stat.S_ISREG(look.st_mode)}


def read_end(folder: Path, mark: Mark) -> Reading | None:
    """Read what a file says beyond a mark; `None` if what the mark stands for is not there any more. Raises OSError.

    The last line need not have an end; half a line is a problem, and is read again with the rest of it.
    """
    with (folder / mark.name).open("rb") as file:
        look = os.fstat(file.fileno())
        if look.st_size < mark.size or not _stands(file, mark, touched=look.st_size == mark.size):
            return None
        file.seek(mark.size)
        text = file.read(_MOST_AT_ONCE)
        taken = text.rfind(b"\n") + 1 if look.st_size > mark.size + len(text) else 0
        more = taken > 0  # else the file ends here, or in a line that is longer than any may be
        taken = taken or _whole(text)
        stamp = _stamp(file, mark, text[:taken])
        lines, problems = _parsed(text[:taken] if more else text, taken)
        above = _lines_above(file, mark.size) if problems else 0
    return Reading(
        Mark(mark.name, mark.size + taken, look.st_mtime_ns, stamp),
        tuple(lines),
        tuple(Problem(folder / mark.name, above + number, message, "log-line") for number, message in problems),
        more,
    )


def append(file: Path, lines: Iterable[LogLine]) -> None:
    """Write lines to the end of a file, which is made if need be: on the disk, or on an OSError not there.

    They begin a line of their own, whatever the file ends in, so that half a line spoils no other. No link is followed:
    whoever can write there must not choose which other file grows.
    """
    _append(file, b"".join(f"{format_line(line)}\n".encode() for line in lines))


def _append(file: Path, text: bytes) -> None:
    is_new = not file.exists()
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND | _NO_LINKS | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "r+b", buffering=0) as opened:
        size = os.fstat(handle).st_size
        if size:
            opened.seek(size - 1)
            text = text if opened.read(1) == b"\n" else b"\n" + text
        try:
            left = memoryview(text)
            while left:
                left = left[opened.write(left) :]
            os.fsync(handle)
        except OSError:
            os.ftruncate(handle, size)  # a full disk keeps no half of it
            raise
    if is_new:
        _keep_name(file.parent)


def _keep_name(folder: Path) -> None:
    """See that a new file's name is on the disk, too, where folders can be opened for that."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _stands(file: IO[bytes], mark: Mark, *, touched: bool) -> bool:
    """Whether the text that was read is there as it was; of a file that grew, its ends tell."""
    if not mark.size:
        return True
    whole, _, ends = mark.stamp.partition(".")
    if not touched:
        return _ends(file, mark.size) == ends
    checked = 0
    for piece in _pieces(file, mark.size):
        checked = zlib.crc32(piece, checked)
    return f"{checked:08x}" == whole


def _stamp(file: IO[bytes], mark: Mark, more: bytes) -> str:
    """Return the stamp of what a mark stands for with more text behind it."""
    whole = int(mark.stamp.partition(".")[0] or "0", 16)
    return f"{zlib.crc32(more, whole):08x}.{_ends(file, mark.size + len(more))}"


def _ends(file: IO[bytes], size: int) -> str:
    file.seek(0)
    first = file.read(min(size, _EDGE))
    file.seek(max(0, size - _EDGE))
    return f"{zlib.crc32(file.read(min(size, _EDGE)), zlib.crc32(first)):08x}"


def _whole(text: bytes) -> int:
    """Return how many bytes of a text are whole lines; a line of JSON is whole without its end."""
    whole = text.rfind(b"\n") + 1
    last = text[whole:]
    if not last.strip():
        return len(text)
    try:
        parse_line(last.removeprefix(_BOM).decode())
    except ValueError:
        return whole
    return len(text)


def _parsed(text: bytes, taken: int) -> tuple[list[LogLine], list[tuple[int, str]]]:
    """Return the lines of a text, and what is wrong with the others by their numbers, from 1."""
    lines: list[LogLine] = []
    problems: list[tuple[int, str]] = []
    for number, line in enumerate(_split(text[:taken]), 1):
        try:
            lines.append(parse_line(line.decode()))
        except ValueError as error:
            if line and len(problems) < _MOST_PROBLEMS:
                problems.append((number, _said(line, error)))
    if taken < len(text):
        problems.append((text.count(b"\n") + 1, "half a line; it is read again once the rest of it is there"))
    return lines, problems


def _split(text: bytes) -> Iterator[bytes]:
    for line in io.BytesIO(text.removeprefix(_BOM)):
        yield line.strip()


def _said(line: bytes, error: ValueError) -> str:
    """Say what is wrong with a line that is not empty."""
    if line.startswith(_MARKERS):
        return "a conflict marker, which is passed over; the lines around it are used"
    if isinstance(error, UnicodeDecodeError):
        return "not a line of a log: not UTF-8"
    return f"not a line of a log: {error}"


def _lines_above(file: IO[bytes], size: int) -> int:
    return sum(piece.count(b"\n") for piece in _pieces(file, size))


def _pieces(file: IO[bytes], size: int) -> Iterator[bytes]:
    """Yield the first bytes of a file, so many of them, some at a time."""
    file.seek(0)
    while size > 0 and (piece := file.read(min(size, _MOST_AT_ONCE))):
        size -= len(piece)
        yield piece
