"""A computer of a learner who has several: decks, a store, a folder that carries the history, a clock and a zone."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from srs.cli.main import run
from tests.learner import DECK_TOML, SEA, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BEGIN = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
_KILLED = """
import sys
from tests.torture.writes import install
from srs.cli.main import run

install(int(sys.argv[1]))
run(sys.argv[2:])
"""


@dataclass
class Computer:
    """Runs commands as typed in this process; its clock goes `wrong`. Without `shares` logs are carried by hand."""

    home: Path
    zone: str = "UTC"
    wrong: timedelta = timedelta()
    shares: bool = True

    @property
    def name(self) -> str:
        """What it is called."""
        return self.home.name

    @property
    def folder(self) -> Path:
        """Its copy of the history folder."""
        return self.home / "history"

    @property
    def chapter(self) -> Path:
        """Its copy of the one chapter."""
        return self.home / "decks" / "ship" / "sea.md"

    def begins(self) -> None:
        """Get decks and settings."""
        self.chapter.parent.mkdir(parents=True)
        (self.chapter.parent / "deck.toml").write_text(DECK_TOML, encoding="utf-8")
        self.chapter.write_text(SEA, encoding="utf-8")
        setting = f'history = "{self.folder.as_posix()}"\n' if self.shares else ""
        (self.home / "config.toml").write_text(setting, encoding="utf-8")

    def words(self, day: int, minute: int, *words: str | Path) -> list[str]:
        """Return a command line, given so many days and minutes after the beginning, as its clock shows them."""
        now = (BEGIN + timedelta(days=day, minutes=minute) + self.wrong).astimezone(ZoneInfo(self.zone))
        places = ["--decks", self.home / "decks", "--db", self.home / "srs.db", "--config", self.home / "config.toml"]
        return [str(word) for word in (*places, "--now", now, *words)]

    def types(self, day: int, minute: int, *words: str | Path) -> Outcome:
        """Run a command, whatever comes of it but a traceback."""
        out, err = io.StringIO(), io.StringIO()
        with _zone(self.zone), redirect_stdout(out), redirect_stderr(err):
            code = run(self.words(day, minute, *words))
        assert code in {0, 1}, (self.name, words, code, err.getvalue())
        assert "Traceback" not in err.getvalue(), (self.name, words, err.getvalue())
        return Outcome(code, out.getvalue(), err.getvalue())

    def srs(self, day: int, minute: int, *words: str | Path) -> str:
        """Run a command that must go well, and return what it printed."""
        outcome = self.types(day, minute, *words)
        assert outcome.code == 0, (self.name, words, outcome)
        return outcome.out

    def is_killed(self, day: int, minute: int, write: int, *words: str) -> bool:
        """Run a command in a process that is killed at a write of its own; whether it got so far."""
        surroundings = os.environ | {"TZ": self.zone, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        command = [sys.executable, "-c", _KILLED, str(write), *self.words(day, minute, *words)]
        done = subprocess.run(command, env=surroundings, capture_output=True, check=False)
        assert done.returncode in {0, 1, -signal.SIGKILL}, done
        return done.returncode == -signal.SIGKILL

    def cards(self, day: int, minute: int = 0) -> list[dict[str, Any]]:
        """Return the cards as they are listed, but for the folder that they lie in."""
        found = json.loads(self.srs(day, minute, "cards", "--json"))
        return [card | {"source": card["source"].removeprefix(str(self.home))} for card in found]

    def log(self, day: int, minute: int = 0) -> str:
        """Return the whole log."""
        return self.srs(day, minute, "log", "export", "-")


@contextmanager
def _zone(name: str) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = name
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()
