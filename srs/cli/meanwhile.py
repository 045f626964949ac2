"""An exchange beside a sitting, in a process of its own: the sitting never waits for a network."""

import subprocess
import sys
import tempfile
from datetime import date
from typing import IO

from msgspec import Struct

from srs.cli.context import Context, has_account
from srs.collection.sitting import Sitting
from srs.store.values import Choice

_MOST = 2000  # bytes of what went wrong
THIS_PROGRAM = (sys.executable, "-P", "-m", "srs")
"""How this program is started again: without the current folder, whose modules are whoever's wrote it."""


class Meanwhile(Struct):
    """The exchange that was started with a sitting over a choice of cards, on a study day; `said` gets its errors."""

    command: list[str]
    choice: Choice
    day: date
    process: "subprocess.Popen[bytes] | None" = None
    said: "IO[bytes] | None" = None

    def begin(self) -> None:
        """Start the exchange, and let the first card be asked."""
        self.said = tempfile.TemporaryFile()  # noqa: SIM115 -- it lives as long as the process that writes it
        self.process = self._start(self.said)

    def between(self, sitting: Sitting) -> str:
        """Take in what came home, once it has; return what went wrong, if anything did."""
        if self.process is None or self.process.poll() is None:
            return ""
        failed, self.process = self.process.returncode != 0, None
        sitting.take_in(self.choice, self.day)
        error = self._error()
        return f"not exchanged: {error}" if failed else ""

    def end(self) -> None:
        """Let what was answered go out; nobody waits for it, and it waits for the exchange before it."""
        self.process = self._start(subprocess.DEVNULL)

    def _start(self, errors: "IO[bytes] | int") -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # noqa: S603 -- this program itself
            self.command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors, start_new_session=True
        )

    def _error(self) -> str:
        if self.said is None:
            return ""
        with self.said as said:
            said.seek(0)
            lines = said.read(_MOST).decode(errors="replace").strip().split("\n")
        return lines[-1].removeprefix("srs: ")


def begin_meanwhile(here: Context, choice: Choice) -> Meanwhile | None:
    """Start the exchange, if the settings want it beside a sitting and an account is set; a pretended day has none."""
    if not here.settings.sync_sittings or here.pretended_day() or not has_account(here.settings):
        return None
    options = ["--db", here.database, "--config", str(here.config)]
    options += ["--decks", str(here.folders[0])] if len(here.folders) == 1 else []
    meanwhile = Meanwhile([*THIS_PROGRAM, *options, "sync", "--json"], choice, here.today())
    meanwhile.begin()
    return meanwhile
