"""How logs begin, by which one that was read before is known again, even if it has grown since."""

from collections.abc import Collection
from hashlib import sha256
from typing import IO, NamedTuple

_AT_ONCE = 1_000_000  # bytes


class Prefix(NamedTuple):
    """The first so many bytes of a file, told from any other by their SHA-256: a stranger makes no two alike."""

    size: int
    digest: str


class Beginning:
    """A file as far as it was read: `size` bytes, in which `lines` end."""

    def __init__(self) -> None:
        self.size = self.lines = 0
        self._digest = sha256()

    def go_on(self, data: bytes) -> None:
        """Take in what comes next."""
        self.size += len(data)
        self.lines += data.count(b"\n")
        self._digest.update(data)

    def prefix(self) -> Prefix:
        """Return what was read so far as a value."""
        return Prefix(self.size, self._digest.hexdigest())

    def copy(self) -> "Beginning":
        """Return the same, to go on otherwise."""
        other = Beginning()
        other.size, other.lines, other._digest = self.size, self.lines, self._digest.copy()
        return other


def longest(file: IO[bytes], known: Collection[Prefix]) -> Beginning:
    """Return the longest of some prefixes that a file begins with; if with none, nothing of it. Raises OSError."""
    found, read = Beginning(), Beginning()
    file.seek(0)
    for size in sorted({prefix.size for prefix in known}):
        while read.size < size and (data := file.read(min(size - read.size, _AT_ONCE))):
            read.go_on(data)
        if read.prefix() in known:
            found = read.copy()
    return found
