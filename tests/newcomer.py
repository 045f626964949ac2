"""Somebody who has just installed srs: an empty folder, and nothing said of decks or of the store."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from srs.cli.main import run
from tests.learner import Outcome

if TYPE_CHECKING:
    import pytest


@dataclass
class Newcomer:
    """Types commands in the current folder, in this process; what is handed in stands on standard input."""

    capture: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch

    def types(self, *words: str | Path, given: str | bytes = b"") -> Outcome:
        """Run a command, whatever comes of it."""
        data = given.encode() if isinstance(given, str) else given
        self.patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))
        self.capture.readouterr()
        code = run([str(word) for word in words])
        said = self.capture.readouterr()
        return Outcome(code, said.out, said.err)

    def srs(self, *words: str | Path, given: str | bytes = b"") -> str:
        """Run a command that must go well, and return what it printed."""
        outcome = self.types(*words, given=given)
        assert (outcome.code, outcome.err) == (0, ""), outcome
        return outcome.out


def text_of(file: str) -> str:
    """Return a file's text."""
    return Path(file).read_text(encoding="utf-8")
