"""Anki's own sync server on loopback, and learners who log in there, at one computer or at several."""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.exchange.devices import free_port, start_server, wait_for
from tests.learner import Learner, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from subprocess import Popen


@dataclass
class Place:
    """Where a sync server is, and how it is stopped and started; it knows u1 and u2."""

    folder: Path
    port: int
    process: Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        """Start it, and wait until it listens."""
        self.process = start_server(self.folder, 2, self.port)
        wait_for(self.port)

    def stop(self) -> None:
        """Stop it at once."""
        if self.process:
            self.process.kill()
            self.process.wait()


@contextmanager
def serving(folder: Path) -> Iterator[Place]:
    """Start a server, and stop it at the end."""
    place = Place(folder, free_port())
    place.start()
    try:
        yield place
    finally:
        place.stop()


def log_in(learner: Learner, *words: str, typed: str = "secret") -> Outcome:
    """Log in, with a password on standard input."""
    standard, sys.stdin = sys.stdin, io.StringIO(f"{typed}\n")
    try:
        return learner.types("login", *words, "--password-stdin")
    finally:
        sys.stdin = standard


def later(learner: Learner, seconds: int) -> None:
    """Let a learner's clock go on."""
    moment = datetime.fromisoformat(learner.now) + timedelta(seconds=seconds)
    learner.now = moment.isoformat(sep=" ", timespec="seconds")


@dataclass
class AtHome(Learner):
    """A learner at a computer with a home of its own, where keys and copies of accounts are kept."""

    def types(self, *arguments: str | Path) -> Outcome:
        """Run a command in that home, whatever comes of it."""
        before = os.environ["HOME"]
        os.environ["HOME"] = str(self.home / "home")
        try:
            return super().types(*arguments)
        finally:
            os.environ["HOME"] = before


def at_computers(learner: Learner, *names: str) -> Iterator[AtHome]:
    """Yield a learner at several computers, each with the same decks, on the real clock, as Anki is."""
    for name in names:
        home = learner.home / name
        for file in learner.decks.rglob("*.*"):
            copy = home / "decks" / file.relative_to(learner.decks)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
        yield AtHome(home, learner.capture, datetime.now().astimezone().isoformat(sep=" ", timespec="seconds"))
