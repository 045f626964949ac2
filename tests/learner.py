"""A learner at the command line: decks of their own, a store of their own, a moment of their own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from srs.cli.main import run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

DECK_TOML = 'name = "Ship"\nnamespace = "ship"\n'
MILE = """\
## How long is a mile? {#mile}

1852 metres.

> Since 1929.
"""
SEA = f"""\
---
title: Sea
tags: [sea, exam]
source: A log book
---

## How to anchor? {{#anchor}}

1. Heave to {{#c1}}
2. Let go {{#c2}}
3. Make fast {{#c3}}

{MILE}
## Where is the red light? {{#red}}

To {{{{c1::port::which side}}}}; green to {{{{c2::starboard}}}}.
"""
SEA_CARDS = ("anchor", "anchor/c1", "anchor/c2", "anchor/c3", "mile", "red/c1", "red/c2")


@dataclass(frozen=True)
class Outcome:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


@dataclass
class Learner:
    """Runs commands as typed, in this process; `now` is the moment that the program believes in."""

    home: Path
    capture: pytest.CaptureFixture[str]
    now: str = "2026-12-01 09:00"

    @property
    def decks(self) -> Path:
        """The folder of decks."""
        return self.home / "decks"

    @property
    def store(self) -> Path:
        """The store."""
        return self.home / "srs.db"

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file below the decks; a deck gets its deck.toml with its first chapter."""
        file = self.decks / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if not any((folder / "deck.toml").exists() for folder in file.parents) and file.name != "deck.toml":
            (file.parent / "deck.toml").write_text(DECK_TOML.replace("ship", file.parent.name), encoding="utf-8")
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def edit(self, path: str, old: str, new: str) -> Path:
        """Replace a text that stands in a file below the decks."""
        text = (self.decks / path).read_text(encoding="utf-8")
        assert old in text
        return self.write(path, text.replace(old, new))

    def types(self, *arguments: str | Path) -> Outcome:
        """Run a command, whatever comes of it."""
        self.capture.readouterr()
        code = run(["--decks", str(self.decks), "--db", str(self.store), "--now", self.now, *map(str, arguments)])
        said = self.capture.readouterr()
        return Outcome(code, said.out, said.err)

    def srs(self, *arguments: str | Path) -> str:
        """Run a command that must go well, and return what it printed."""
        outcome = self.types(*arguments)
        assert outcome.code == 0, outcome
        return outcome.out

    def reads(self, *arguments: str | Path) -> Any:  # noqa: ANN401 -- whatever JSON the command prints
        """Run a command with --json, and return what it printed as values."""
        return json.loads(self.srs(*arguments, "--json"))

    def cards(self, *arguments: str) -> dict[str, dict[str, Any]]:
        """Return the cards by their ids."""
        return {card["id"]: card for card in self.reads("cards", *arguments)}

    def progress(self, *arguments: str) -> dict[str, tuple[int, Any]]:
        """Return how many reviews each answered card has, and when it is due."""
        return {
            name: (card["reviews"], card["due"]) for name, card in self.cards(*arguments).items() if card["reviews"]
        }
