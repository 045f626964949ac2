"""A learner's folder: decks, a store with answers, settings, a history folder, packages and logs."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from tests.learner import DECK_TOML, SEA
from tests.torture.forks import Ended, command

DUMPS = Path(__file__).resolve().parents[1] / "data" / "stores"


@dataclass(frozen=True)
class World:
    """Everything one learner has, below `top`."""

    top: Path

    def words(self, *words: str, now: str = "2026-12-05 09:00") -> list[str]:
        """A command line in this world; `@` at the start of a word is the top."""
        given = [str(self.top / word[1:]) if word.startswith("@") else word for word in words]
        return [
            "--decks",
            str(self.top / "decks"),
            "--db",
            str(self.top / "srs.db"),
            "--config",
            str(self.top / "config.toml"),
            "--now",
            now,
            *given,
        ]

    def srs(
        self,
        *words: str,
        at: int = 0,
        act: str = "kill",
        after: float | None = None,
        now: str = "2026-12-05 09:00",
        nobody: bool = False,
    ) -> Ended:
        """Run a command here."""
        return command(self.words(*words, now=now), at=at, act=act, after=after, nobody=nobody)

    def copy(self, to: Path) -> World:
        """The same, elsewhere; what stood there is gone."""
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.top, to)
        settings = to / "config.toml"
        settings.write_text(settings.read_text().replace(str(self.top), str(to)))
        return World(to)

    def files(self) -> dict[str, str]:
        """Each file with a digest; the store's own files are left out, for `doctor` reads them."""
        found = [file for file in self.top.rglob("*") if file.is_file()]
        return {
            str(file.relative_to(self.top)): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in found
            if not file.name.startswith("srs.db") and file.name != "config.toml"
        }

    def acts(self) -> list[str]:
        """The lines of the log, as it is exported."""
        ended = self.srs("log", "export", "-")
        return [line for line in ended.said.splitlines() if line.startswith("{")]


def build(top: Path, *, history: bool = True) -> World:
    """Make one with three answers, a log of somebody else's, a package and a copy of the store."""
    shutil.rmtree(top, ignore_errors=True)
    (top / "decks" / "ship").mkdir(parents=True)
    (top / "decks" / "ship" / "deck.toml").write_text(DECK_TOML)
    (top / "decks" / "ship" / "sea.md").write_text(SEA)
    (top / "history").mkdir()
    (top / "config.toml").write_text(f'history = "{top / "history"}"\n' if history else "")
    world = World(top)
    for number, card in enumerate(("mile", "red/c1", "anchor")):
        _must(world.srs("answer", card, "good", now=f"2026-12-01 09:0{number}"))
    _must(world.srs("export", "anki", "-o", "@sea.apkg", "--with-progress", now="2026-12-02 09:00"))
    _must(world.srs("backup", "@copy.db", now="2026-12-02 09:00"))
    other = World(top / "other")
    shutil.copytree(top / "decks", other.top / "decks")
    (other.top / "config.toml").write_text("")
    for number in range(5):
        _must(other.srs("answer", "red/c2", "good", now=f"2026-11-0{number + 1} 09:00"))
    _must(other.srs("log", "export", "@other.jsonl"))
    shutil.move(other.top / "other.jsonl", top / "other.jsonl")
    shutil.rmtree(other.top)
    return world


def earlier(top: Path, version: str, like: World | None = None) -> World:
    """One whose store was written by an earlier version, without a history folder; else as the one that is given."""
    world = like.copy(top) if like else build(top, history=False)
    (top / "config.toml").write_text("")
    for file in top.glob("srs.db*"):
        file.unlink()
    connection = sqlite3.connect(top / "srs.db")
    connection.executescript((DUMPS / f"{version}.sql").read_text(encoding="utf-8"))
    connection.close()
    return world


def _must(ended: Ended) -> None:
    if ended.code:
        raise AssertionError(ended.said)
