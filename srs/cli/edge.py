r"""The edge of the process: its streams and its surroundings, made such that no command has to think of them.

Any text can be written, whatever the stream's encoding: a character that it lacks is written as JSON would, `\u4e2d`.
A stream that cannot be written never stops what a command does; it is told once, when the command has ended.
"""

import codecs
import errno
import io
import os
import re
import sys
from typing import Any, TextIO

from srs.files import said_by

_ERRORS = "srs-escape"
_SIZE = re.compile(r"[1-9][0-9]{0,3}")
_STREAMS = 3


class Outlet(io.FileIO):
    """A file that takes what it is given, and remembers why it could not be written.

    `patient`: whether a reader that has gone away (`| head`) is no reason to stop, either.
    """

    def __init__(self, handle: int, *, closed: bool) -> None:
        super().__init__(handle, "w", closefd=False)
        self.patient = False
        self.failure: OSError | None = None
        self._closed_before = OSError(errno.EBADF, os.strerror(errno.EBADF)) if closed else None

    def write(self, data: Any, /) -> int:  # noqa: ANN401 -- any buffer, as FileIO takes it
        """Write as much as can be written; say that it was all if it cannot be."""
        self.failure = self.failure or self._closed_before
        try:
            return super().write(data)
        except BrokenPipeError:
            if not self.patient:
                raise
        except OSError as error:
            self.failure = self.failure or error
        return memoryview(data).nbytes


def prepare() -> Outlet | None:
    """Make streams and surroundings safe to use; returns what standard output goes to, where that can be replaced."""
    codecs.register_error(_ERRORS, _escaped)
    for name in ("COLUMNS", "LINES"):  # Rich believes any number, and Python cannot read every digit
        if name in os.environ and not _SIZE.fullmatch(os.environ[name]):
            del os.environ[name]
    if os.environ.get("HOME") == "":
        del os.environ["HOME"]
    while (handle := os.open(os.devnull, os.O_RDWR)) < _STREAMS:
        pass  # a file that a command opens must not take the place of a stream that was closed
    os.close(handle)
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 -- a handle, open until the end
    if os.name == "nt":
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors=_ERRORS)
        return None
    sys.stderr, _ = _replaced(sys.stderr, 2)
    sys.stdout, outlet = _replaced(sys.stdout, 1)
    return outlet


def told(code: int, outlet: Outlet | None) -> int:
    """Flush the streams, and return the exit code.

    It is that of the command where the command did something; one that only shows has failed if nobody could see it.
    """
    if outlet is None:
        return code
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is left goes nowhere, without a word
        return code or 1
    if outlet.failure is not None:
        sys.stderr.write(f"srs: standard output cannot be written: {said_by(outlet.failure)}\n")
        sys.stderr.flush()
        return code if outlet.patient else code or 1
    return code


def reason(error: OSError) -> str:
    """Say what the system refused, as one sentence."""
    try:
        os.getcwd()  # noqa: PTH109 -- Path.cwd() is the same
    except FileNotFoundError:
        return "the current folder is not there any more; change to one that is"
    except OSError:
        return "the current folder cannot be read; change to one that can"
    return f"{error.filename or 'the system'}: {said_by(error)}"


def typed_text(word: str) -> str:
    """Return a word of the command line as text: its bytes are UTF-8, whatever the locale takes them for."""
    try:
        return word.encode(errors="surrogateescape").decode()
    except UnicodeError:
        return word


def _replaced(stream: TextIO | None, handle: int) -> tuple[TextIO, Outlet]:
    """Return a stream over the same handle that never raises; ASCII alone becomes UTF-8, as Python has it by itself."""
    outlet = Outlet(handle, closed=stream is None)
    encoding = "utf-8" if stream is None or codecs.lookup(stream.encoding).name == "ascii" else stream.encoding
    lines = handle == 2 or outlet.isatty()  # noqa: PLR2004 -- standard error
    return io.TextIOWrapper(io.BufferedWriter(outlet), encoding, _ERRORS, line_buffering=lines), outlet


def _escaped(error: UnicodeError) -> tuple[str, int]:
    r"""Write what an encoding lacks as JSON does: `\u` and four digits, twice beyond the first plane."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    units = lacking.encode("utf-16-be", "surrogatepass")
    pairs = (units[place : place + 2] for place in range(0, len(units), 2))
    return "".join(f"\\u{int.from_bytes(pair):04x}" for pair in pairs), error.end
