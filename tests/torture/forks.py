"""Run commands in children of one warm process, each with a deadline and a memory limit of its own."""

from __future__ import annotations

import codecs
import io
import os
import resource
import select
import signal
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from srs.cli.edge import prepare, told
from srs.cli.main import COMMANDS, _Lazy, run
from tests.learner import DECK_TOML, SEA
from tests.torture.writes import install

MEMORY = 500 * 1024 * 1024
DEADLINE = 20
"""Seconds of the processor that a command may take."""
_PATIENCE = 120.0  # seconds that one may wait for something else, on a machine with other work
NOBODY = 65534
_WARMING = (
    "cards",
    "answer mile good",
    "sync",
    "check --fix",
    "check",
    "export anki -o @sea.apkg",
    "export html -o @sea.html",
    "import anki @sea.apkg --apply",
    "config set new 3",
    "log export @one.jsonl",
    "log merge @one.jsonl",
    "stats",
    "doctor",
    "backup @copy.db",
    "restore @copy.db",
    "cards nothing",
)


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code (negative: the signal), what it said, how often it wrote."""

    code: int
    said: str
    writes: int
    late: bool

    @property
    def complaint(self) -> str:
        """What no command may do, whatever it is given."""
        if self.late or self.code == -signal.SIGXCPU:
            return "it hung"
        if "Traceback" in self.said or "MemoryError" in self.said:
            return "a traceback: " + self.said.strip().splitlines()[-1]
        if self.code not in (0, 1, 2, -signal.SIGKILL):
            return f"it ended with {self.code}"
        return ""


def command(
    words: Sequence[str],
    *,
    at: int = 0,
    act: str = "kill",
    after: float | None = None,
    nobody: bool = False,
    first: Callable[[], None] | None = None,
) -> Ended:
    """Run `srs` with these words; killed at the `at`-th write, or `after` seconds.

    `nobody`: as a user whom permissions bind, should this be root. `first`: what its process does before.
    """
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as figures:
        child = os.fork()
        if child == 0:
            if first:
                first()
            _be(words, said.fileno(), figures.fileno(), at, act, nobody)
        in_time = _ends(child, _PATIENCE if after is None else after)
        if not in_time:
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        late = not in_time and after is None
        said.seek(0)
        figures.seek(0)
        return Ended(
            os.waitstatus_to_exitcode(status), said.read().decode(errors="replace"), int(figures.read() or 0), late
        )


def _ends(child: int, seconds: float) -> bool:
    """Whether a child ends by itself within so many seconds."""
    watched = os.pidfd_open(child)
    try:
        return bool(select.select([watched], [], [], seconds)[0])
    finally:
        os.close(watched)


def _be(words: Sequence[str], said: int, figures: int, at: int, act: str, nobody: bool) -> None:
    """Be the command; never return."""
    code = 99
    try:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (DEADLINE, DEADLINE + 1))
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(said, 1)
        os.dup2(said, 2)
        time.tzset()
        outlet = prepare()
        _Lazy.outlet = outlet
        if nobody and os.getuid() == 0:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        plain = os.write
        writes = install(at, act)
        try:
            code = told(run(list(words)), outlet)
        finally:
            plain(figures, str(writes.seen).encode())
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    except BaseException:  # noqa: BLE001 -- this is what is looked for
        os.writev(2, [traceback.format_exc().encode(errors="replace")])
    finally:
        os._exit(code)


def seen_by_nobody(file: Path) -> bool:
    """Whether the user whom permissions bind can read a file."""
    child = os.fork()
    if child == 0:
        if os.getuid() == 0:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        os._exit(not os.access(file, os.R_OK))
    return os.waitpid(child, 0)[1] == 0


def warm(folder: Path) -> None:
    """Load what commands load, by running them once here, so that no child has to, and one without rights can."""
    home = folder / "warm"
    (home / "decks" / "ship").mkdir(parents=True)
    (home / "decks" / "ship" / "deck.toml").write_text(DECK_TOML)
    (home / "decks" / "ship" / "sea.md").write_text(SEA)
    (home / "config.toml").write_text(f'history = "{home}"\n')
    places = ["--decks", str(home / "decks"), "--db", str(home / "srs.db"), "--config", str(home / "config.toml")]
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        for name in COMMANDS:
            run([*places, name, "--help"])
        for words in _WARMING:
            run([*places, "--now", "2026-12-01 09:00", *words.replace("@", f"{home}/").split()])
    for encoding in ("utf-8-sig", "utf-16", "latin-1", "idna", "unicode_escape"):
        codecs.lookup(encoding)
