"""A log in a file, read in lots: of a file of any length no more is held than a lot."""

import codecs
import io
import os
import shutil
import stat
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from srs.errors import Problem, SrsError
from srs.files import said_by
from srs.history.acts import LogLine
from srs.history.beginnings import Beginning, Prefix, longest
from srs.history.lines import LONGEST_LINE, parse_line, too_long
from srs.history.plain import Plain, read_plain

_AT_ONCE = 1_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Lot:
    """Some lines of a log: plain answers, all other acts, and what is no line; `end` is how far it is read, in bytes.

    `prefix` is how the log begins, with these lines as its last; `None` where it is not said.
    """

    answers: list[Plain]
    others: list[LogLine]
    problems: list[Problem]
    end: int
    prefix: Prefix | None

    @property
    def acts(self) -> int:
        """How many acts there are."""
        return len(self.answers) + len(self.others)


@dataclass(frozen=True, slots=True)
class Log:
    """A log that is open; it can be read more than once."""

    path: Path
    file: IO[bytes]

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return os.fstat(self.file.fileno()).st_size

    def longest(self, known: Collection[Prefix]) -> Beginning:
        """Return the longest of some prefixes that the log has. Raises SrsError if it cannot be read."""
        with self._told():
            return longest(self.file, known)

    def lots(self, passed: Beginning | None = None) -> Iterator[Lot]:
        """Yield what the log says after a beginning. Raises SrsError if it cannot be read, or is not UTF-8."""
        begun = passed.copy() if passed else Beginning()
        number = begun.lines
        with self._told():
            self.file.seek(begun.size)
            for lines, prefix in _lines(self.file, begun):
                yield self._read(lines, number, prefix)
                number += len(lines)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise SrsError(f"{self.path} cannot be read: {said_by(error)}") from error
        except UnicodeDecodeError as error:
            raise SrsError(f"{self.path} is not UTF-8; is it a log that `srs log export` wrote?") from error

    def _read(self, lines: list[str | int], above: int, prefix: Prefix | None) -> Lot:
        lot = Lot([], [], [], self.file.tell(), prefix)
        for number, line in enumerate(lines, above + 1):
            if isinstance(line, int):
                lot.problems.append(Problem(self.path, number, too_long(line), "log-line"))
            elif answer := read_plain(line):
                lot.answers.append(answer)
            elif line.strip():
                try:
                    lot.others.append(parse_line(line))
                except ValueError as error:
                    lot.problems.append(Problem(self.path, number, str(error), "log-line"))
        return lot


@contextmanager
def open_log(path: Path) -> Iterator[Log]:
    """Open a log. Raises SrsError for what cannot be read; what can be read only once is put aside first."""
    try:
        file = _opened(path)
    except OSError as error:
        raise SrsError(f"{path} cannot be read: {said_by(error)}") from error
    with file:
        yield Log(path, file)


def _opened(path: Path) -> IO[bytes]:
    if stat.S_ISCHR(path.stat().st_mode):
        raise SrsError(f"{path} is a device, not a log that `srs log export` wrote")
    file = path.open("rb")
    if file.seekable():
        return file
    aside = tempfile.TemporaryFile()  # noqa: SIM115 -- it is closed by whoever reads it
    with file:
        shutil.copyfileobj(file, aside)
    return aside


def _lines(file: IO[bytes], read: Beginning) -> Iterator[tuple[list[str | int], Prefix | None]]:
    """Yield the lines of a text in lots, without their ends; of one that is too long only its length.

    With each lot, how the file begins as far as these lines, if all above end as most systems have it.
    """
    encoding = "utf-8" if read.size else "utf-8-sig"
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(), translate=True)
    begun, dropped = "", 0  # the line that goes on, and how many characters of it were let go
    number = read.lines
    while True:
        data = file.read(_AT_ONCE)
        whole = data.rfind(b"\n") + 1
        read.go_on(data[:whole])
        prefix = read.prefix() if whole else None
        read.go_on(data[whole:])
        *ended, begun = (begun + decoder.decode(data, final=not data)).split("\n")
        lines: list[str | int] = [*ended] if data else [*ended, begun]
        if lines and dropped:
            lines[0], dropped = dropped + len(ended[0] if ended else begun), 0
        number += len(lines)
        yield lines, prefix if number == read.lines else None
        if not data:
            return
        if dropped or len(begun) > LONGEST_LINE:
            begun, dropped = "", dropped + len(begun)
