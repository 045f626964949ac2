"""Count what a process writes, and let the n-th write fail or be its last.

Seen are SQLite's own system calls (through its VFS), files opened by Python, and `os.write`, `fsync`, `replace`,
`rename`, `unlink`. What goes to the streams 0 to 2 is not counted.
"""

from __future__ import annotations

import _sqlite3
import builtins
import ctypes
import errno
import io
import os
import signal
from collections.abc import Callable
from typing import Any

_CALLS = {"write": 3, "pwrite": 4, "pwrite64": 4, "ftruncate": 2, "unlink": 1}
_KEPT: list[Any] = []
_Method = ctypes.c_void_p


class _Vfs(ctypes.Structure):
    _fields_ = (
        ("version", ctypes.c_int),
        ("size", ctypes.c_int),
        ("longest", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        *((f"method{number}", _Method) for number in range(13)),
        ("set", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)),
        ("get", ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)),
    )


class Writes:
    """A counter of writes; `at`: the one that fails or kills, 0 for none.

    `act`: `kill`, `full` (the disk), or `forbid:FOLDER`, from when on nothing in it may be opened.
    """

    def __init__(self, at: int, act: str) -> None:
        self.at, self.act, self.seen = at, act, 0

    def reached(self) -> bool:
        """Count one more write; whether it must fail. A full disk stays full."""
        self.seen += 1
        if self.act == "kill" and self.seen == self.at:
            os.kill(os.getpid(), signal.SIGKILL)
        what, _, top = self.act.partition(":")
        if what == "forbid" and self.seen == self.at:
            for folder, _, files in os.walk(top, topdown=False):
                for name in (*files, "."):
                    os.chmod(f"{folder}/{name}", 0)  # noqa: PTH101 -- as little as can be done within a write
        return self.act == "full" and 0 < self.at <= self.seen

    def check(self) -> None:
        """Count one more write; raise if it must fail."""
        if self.reached():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def install(at: int = 0, act: str = "kill") -> Writes:
    """Put a counter under everything that this process writes from now on."""
    writes = Writes(at, act)
    _python(writes)
    _sqlite(writes)
    return writes


def _python(writes: Writes) -> None:  # noqa: C901 -- two closures over one counter
    def counted(plain: Callable[..., Any], *, takes_space: bool) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:  # noqa: ANN401 -- whatever the call takes
            if not (given and isinstance(given[0], int) and given[0] <= 2):
                if takes_space:
                    writes.check()
                elif writes.act == "kill":
                    writes.reached()
            return plain(*given, **named)

        return call

    for name, takes_space in (
        ("write", True),
        ("fsync", True),
        ("replace", False),
        ("rename", False),
        ("unlink", False),
        ("link", True),
    ):
        setattr(os, name, counted(getattr(os, name), takes_space=takes_space))

    class Counting(io.FileIO):
        def write(self, data: Any, /) -> int:  # noqa: ANN401 -- any buffer
            if self.fileno() > 2:
                writes.check()
            return super().write(data)

    plain_open = io.open

    def opened(
        file: Any,  # noqa: ANN401 -- as open takes it
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        closefd: bool = True,
        opener: Any = None,  # noqa: ANN401 -- as open takes it
    ) -> Any:  # noqa: ANN401 -- as open
        if not set(mode) & set("wax+") or "+" in mode or isinstance(file, int):
            return plain_open(file, mode, buffering, encoding, errors, newline, closefd, opener)
        raw = Counting(os.fspath(file), mode.replace("b", "").replace("t", ""), closefd, opener)
        if buffering == 0:
            return raw
        buffered = io.BufferedWriter(raw)
        return buffered if "b" in mode else io.TextIOWrapper(buffered, encoding or "utf-8", errors, newline)

    builtins.open = io.open = opened


def _sqlite(writes: Writes) -> None:
    library = ctypes.CDLL(_sqlite3.__file__, use_errno=True)
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    library.sqlite3_vfs_find.argtypes = (ctypes.c_char_p,)
    vfs = library.sqlite3_vfs_find(None)
    for name, arguments in _CALLS.items():
        plain_at = vfs.contents.get(vfs, name.encode())
        if not plain_at:
            continue
        kind = _kind(name, arguments)
        plain = kind(plain_at)

        def call(*given: Any, plain: Any = plain, name: str = name) -> int:  # noqa: ANN401 -- as the system call
            spared = name == "unlink" and writes.act != "kill"  # a full disk lets files go
            if not spared and writes.reached():
                ctypes.set_errno(errno.ENOSPC)
                return -1
            return int(plain(*given))

        callback = kind(call)
        _KEPT.append(callback)
        vfs.contents.set(vfs, name.encode(), ctypes.cast(callback, ctypes.c_void_p))


def _kind(name: str, arguments: int) -> Any:  # noqa: ANN401 -- a ctypes prototype
    long = ctypes.c_ssize_t
    if name == "unlink":
        return ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, use_errno=True)
    if name == "ftruncate":
        return ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_int64, use_errno=True)
    rest = (ctypes.c_int64,) if arguments == 4 else ()
    return ctypes.CFUNCTYPE(long, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, *rest, use_errno=True)
