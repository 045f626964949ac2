"""From a package, of whatever version of Anki, to the collection in it as a file of its own; knows no tables."""

import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from zstandard import ZstdDecompressionReader, ZstdDecompressor, ZstdError

from srs.errors import SrsError
from srs.files import read_at_most

LARGEST = 2 * 1024**3
_CHUNK = 1024 * 1024
_SQLITE = b"SQLite format 3\x00"
# The newest comes first: where it stands, the older ones hold only a note that asks to update Anki.
_MEMBERS = ("collection.anki21b", "collection.anki21", "collection.anki2")

# Encrypted, compressed oddly, cut off, or with sizes and places in it that cannot be.
_DAMAGED = (
    *(RuntimeError, NotImplementedError, EOFError, ValueError, OverflowError),
    *(struct.error, zlib.error, lzma.LZMAError, ZstdError),
)


def unpack(path: Path, target: Path) -> None:
    """Write the newest collection in a package to a file of its own; nothing else of it is touched.

    Raises SrsError for whatever is no package, or unpacks to more than LARGEST bytes; OSError as the system has it.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise SrsError(f"{path} is not a file; export a package with File › Export in Anki")
    with _sentences(path), zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        member = next((name for name in _MEMBERS if name in names), None)
        if member is None:
            raise SrsError(f"{path} holds no collection; export one with File › Export in Anki")
        with archive.open(member) as packed, target.open("wb") as out:
            compressed = member.endswith("b")
            _copy(ZstdDecompressor(max_window_size=2**27).stream_reader(packed) if compressed else packed, out, path)
    with target.open("rb") as file:
        if file.read(len(_SQLITE)) != _SQLITE:
            raise SrsError(f"{path} holds something else than a collection under the name {member}")


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    """Turn what the libraries say of an archive that is none, or of one they cannot unpack, into a sentence."""
    try:
        yield
    except zipfile.BadZipFile as error:
        raise SrsError(
            f"{path} is {_what(path)}, not an Anki package; export one with File › Export in Anki"
        ) from error
    except _DAMAGED as error:
        raise SrsError(f"{path} cannot be unpacked: {error}") from error


def _what(path: Path) -> str:
    """Say what a file is that is no archive."""
    begin = read_at_most(path, _CHUNK // 1024)
    if begin.startswith(_SQLITE):
        return "a database, such as Anki keeps for itself"
    if not begin:
        return "empty"
    return "a file of other data" if b"\0" in begin or b"\xff" in begin else "text"


def _copy(source: IO[bytes] | ZstdDecompressionReader, target: IO[bytes], path: Path) -> None:
    size = 0
    while data := source.read(_CHUNK):
        size += len(data)
        if size > LARGEST:
            raise SrsError(f"{path} unpacks to more than {LARGEST // 1024**2:,} MB; no collection is that large")
        target.write(data)
