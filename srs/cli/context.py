"""What every command works with: the decks, the store, the settings and the clock that the global options name."""

from __future__ import annotations

import sys
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from srs.errors import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager
    from datetime import date, datetime

    from srs.cli.clock import Clock
    from srs.collection.collection import Collection
    from srs.errors import Problem
    from srs.settings import Setting, Settings
    from srs.store.opening import Store


@dataclass(frozen=True, slots=True)
class Context:
    """The decks' folder, the store's address, the clock, the settings in force, and the file they are read from."""

    folder: Path
    database: str
    clock: Clock
    settings: Settings
    told: tuple[Setting, ...]
    config: Path

    def now(self) -> datetime:
        """Return the moment, in the learner's zone."""
        return self.clock.now()

    def today(self) -> date:
        """Return the study day it is now."""
        from srs.due import study_day

        return study_day(self.now(), self.settings.rollover)

    @contextmanager
    def history(self) -> Iterator[Store]:
        """Open the store without reading any decks."""
        from srs.collection.collection import open_history

        with open_history(self.database, self.settings, working=working) as (store, moved):
            _tell_rescheduled(moved)
            yield store

    @contextmanager
    def collection(self) -> Iterator[Collection]:
        """Open the collection; problems in the decks are counted on standard error."""
        from srs.collection.collection import open_collection

        with open_collection(self.folder, self.database, self.settings, self.now(), working=working) as collection:
            _tell_rescheduled(collection.rescheduled)
            if collection.mistakes:
                typer.echo(f"{counted(collection.mistakes, 'problem')} in the decks; `srs check` lists them", err=True)
            yield collection


def context_of(context: typer.Context) -> Context:
    """Return what the global options set up."""
    found = context.obj
    if not isinstance(found, Context):
        raise TypeError("a command runs under the root command, which sets the context up")
    return found


def tell_problems(problems: Iterable[Problem]) -> None:
    """Write problems to standard error, one a line."""
    for problem in problems:
        typer.echo(str(problem), err=True)


def working(what: str) -> AbstractContextManager[object]:
    """Say what is being done while it lasts, where somebody is looking."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(f"{what} …")


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


def _tell_rescheduled(moved: int | None) -> None:
    if moved is not None:
        typer.echo(f"another scheduler is in force: {counted(moved, 'card')} rescheduled from the history", err=True)
