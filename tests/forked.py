"""The program in processes of its own, each forked from one that has loaded it: a start costs hundredths of a second.

What a true start must do, which modules it loads and when, is tested where `sys.executable` is started.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import sys
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from multiprocessing.context import ForkServerProcess

_LOADED = ["srs.cli.main", "srs.cli.review", "srs.cli.mock", "srs.cli.opening", "srs.cli.today", "srs.cli.cards"]
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(_LOADED)
_PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


def start_in(terminal: str, arguments: Sequence[str], environment: Mapping[str, str]) -> ForkServerProcess:
    """Start `srs` in a terminal that is named by its device."""
    process = _FORKS.Process(target=_in_terminal, args=(terminal, list(arguments), dict(environment)), daemon=True)
    process.start()
    return process


def start(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    streams: Sequence[str] = (os.devnull,) * 3,
    folder: Path | None = None,
) -> ForkServerProcess:
    """Start `srs` with files as its streams: what it reads, what it prints, what it says went wrong."""
    words = (list(streams), str(folder or Path.cwd()), list(arguments), dict(environment))
    process = _FORKS.Process(target=_with_streams, args=words, daemon=True)
    process.start()
    return process


def run(arguments: Sequence[str], environment: Mapping[str, str], folder: Path | None = None) -> Ran:
    """Run `srs` to its end, with nothing to read."""
    with TemporaryDirectory() as place:
        out, err = Path(place, "out"), Path(place, "err")
        process = start(arguments, environment, (os.devnull, str(out), str(err)), folder)
        process.join(_PATIENCE)
        code = process.exitcode
        process.kill()
        assert code is not None, f"still running: srs {' '.join(arguments)}"
        return Ran(code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))


def _in_terminal(terminal: str, arguments: list[str], environment: dict[str, str]) -> None:
    os.login_tty(os.open(terminal, os.O_RDWR))
    _become(arguments, environment)


def _with_streams(streams: Sequence[str], folder: str, arguments: list[str], environment: dict[str, str]) -> None:
    os.chdir(folder)
    for number, name in enumerate(streams):
        opened = os.open(name, os.O_RDWR | os.O_CREAT, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    _become(arguments, environment)


def _become(arguments: list[str], environment: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.stdin, sys.stdout, sys.stderr = (
        io.TextIOWrapper(io.FileIO(number, mode, closefd=False), encoding="utf-8", line_buffering=True)
        for number, mode in enumerate("rww")
    )
    sys.argv = ["srs", *arguments]
    import_module("srs.cli.main").main()
