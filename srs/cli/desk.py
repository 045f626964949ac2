"""What every command works with: the decks, the store and the clock that the global options name."""

from __future__ import annotations

import sys
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from srs.due import study_day
from srs.errors import SrsError, UsageError, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from datetime import date, datetime

    from srs.cli.clock import Clock
    from srs.collection.leeches import Leeches
    from srs.deck import Deck, DeckFolder
    from srs.errors import Problem
    from srs.scheduler import Scheduler
    from srs.settings import Settings
    from srs.store.cards import Choice, StoredCard
    from srs.store.opening import Store
    from srs.sync import Synced

_WORTH_A_WORD = 300_000


@dataclass(frozen=True, slots=True)
class Desk:
    """The decks' folder, the store's address, the clock, the settings, and the file that they are from."""

    folder: Path
    database: str
    clock: Clock
    settings: Settings
    config: Path

    def now(self) -> datetime:
        """Return the moment, in the learner's zone."""
        return self.clock.now()

    def at(self) -> int:
        """Return the moment as milliseconds since 1970 in UTC."""
        from srs.due import milliseconds

        return milliseconds(self.now())

    @property
    def scheduler(self) -> Scheduler:
        """What decides when a card is asked next."""
        from srs.scheduler import Sm2, Smoothed

        return Smoothed() if self.settings.smooth else Sm2()

    @property
    def leeches(self) -> Leeches:
        """Which cards are leeches, and what happens to them."""
        from srs.collection.leeches import Leeches

        return Leeches(self.settings.leech_lapses, self.settings.leech_action == "suspend")

    def day_of(self, moment: datetime) -> date:
        """Return the study day of a moment."""
        return study_day(moment, self.settings.rollover)

    def today(self) -> date:
        """Return the study day it is now."""
        return self.day_of(self.now())

    def store(self) -> AbstractContextManager[Store]:
        """Open the store."""
        from srs.store.opening import open_store

        return open_store(self.database)

    @contextmanager
    def synced(self) -> Iterator[Study]:
        """Open the store and bring it up to the decks first; their problems are counted on standard error."""
        from srs.deck import find_decks

        folders, problems = find_decks(self.folder)
        with self.store() as store:
            done = self.sync(store, folders)
            wrong = sum(not problem.warning for problem in {*problems, *done.problems})
            if wrong:
                typer.echo(f"{counted(wrong, 'problem')} in the decks; `srs check` lists them", err=True)
            yield Study(store, folders, wrong)

    def sync(self, store: Store, folders: Sequence[DeckFolder], *, dry_run: bool = False) -> Synced:
        """Bring the store up to the decks, with a word while a long reading lasts."""
        from srs.sync import sync

        return sync(store, folders, self.at(), dry_run=dry_run, waiting=_reading)


@dataclass(frozen=True, slots=True)
class Study:
    """An open store that is up to the decks, the decks, and how many problems they have."""

    store: Store
    folders: tuple[DeckFolder, ...]
    problems: int

    def choice(self, deck: str | None = None, tag: str | None = None) -> Choice:
        """Return the cards that options name; a deck is called by its namespace, its name or its folder."""
        from srs.store.cards import Choice

        decks = [folder.deck for folder in self.folders]
        chosen = [each for each in decks if deck is None or deck in {each.namespace, each.name, each.root.name}]
        if not chosen and deck is not None:
            raise UsageError(f"no deck {deck!r}; there is {', '.join(each.namespace for each in decks) or 'none'}")
        return Choice(tuple(each.namespace for each in chosen), tag)

    def cards(self, names: Sequence[str]) -> list[StoredCard]:
        """Return the cards called by these ids, in their order; `deck:card` tells decks with the same id apart."""
        from srs.store.cards import cards_called

        decks = {folder.deck.namespace for folder in self.folders}
        with self.store.reading() as connection:
            found = cards_called(connection, list(decks), [_own_name(name, decks) for name in names])
        return [_the_card(name, found, decks) for name in names]

    @property
    def decks(self) -> dict[str, Deck]:
        """The decks by their namespaces."""
        return {folder.deck.namespace: folder.deck for folder in self.folders}

    def source(self, card: StoredCard) -> str:
        """Return where a card's note stands, as `path:line`."""
        return f"{self.file(card)}:{card.line}"

    def file(self, card: StoredCard) -> Path:
        """Return the file a card's note stands in."""
        root = next(folder.deck.root for folder in self.folders if folder.deck.namespace == card.deck)
        return root / card.path


def desk_of(context: typer.Context) -> Desk:
    """Return what the global options set up."""
    desk = context.obj
    if not isinstance(desk, Desk):
        raise TypeError("a command runs under the root command, which sets the desk up")
    return desk


def tell_problems(problems: Iterable[Problem]) -> None:
    """Write problems to standard error, one a line."""
    for problem in problems:
        typer.echo(str(problem), err=True)


def packed_decks() -> Path:
    """Return where an installed program keeps the decks that it brought along; a checkout has none there."""
    return Path(__file__).resolve().parents[1] / "decks"


def shipped_decks() -> Path:
    """Return the decks that come with the program: inside the package, or beside it in a checkout."""
    inside = packed_decks()
    return inside if inside.is_dir() else inside.parents[1] / "decks"


def default_database() -> str:
    """Return where the store is kept unless it is said otherwise: the user's data folder."""
    from platformdirs import user_data_path

    return str(user_data_path("srs", appauthor=False) / "srs.db")


def default_config() -> Path:
    """Return where the settings are kept unless it is said otherwise: the user's folder of settings."""
    from platformdirs import user_config_path

    return user_config_path("srs", appauthor=False) / "config.toml"


def _own_name(name: str, decks: Iterable[str]) -> str:
    deck, colon, rest = name.partition(":")
    return rest if colon and deck in decks else name


def _the_card(name: str, found: Iterable[StoredCard], decks: Iterable[str]) -> StoredCard:
    bare = _own_name(name, decks)
    among = [card for card in found if card.name == bare and name in {card.name, f"{card.deck}:{card.name}"}]
    if not among:
        raise SrsError(f"no card {name}; `srs cards` lists those there are")
    if len(among) > 1:
        raise UsageError(
            f"{name} is in several decks; say which: {', '.join(f'{card.deck}:{card.name}' for card in among)}"
        )
    return among[0]


def working(what: str) -> AbstractContextManager[object]:
    """Say what is being done while it lasts, where somebody is looking."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(f"{what} …")


def _reading(size: int) -> AbstractContextManager[object]:
    if size < _WORTH_A_WORD:
        return nullcontext()
    return working(f"Reading {size // 1000:,} kB of decks that changed")
