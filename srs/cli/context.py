"""What every command works with: the decks, the store, the settings and the clock that the global options name."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import typer
from platformdirs import user_config_path, user_data_path

from srs.cli.clock import Clock
from srs.due import study_day
from srs.settings import Setting, Settings


@dataclass(frozen=True, slots=True)
class Context:
    """The decks' folders, the store's address, the clock, the settings in force, and the file they are read from.

    `shipped`: nobody named a folder of decks and none is here, so the decks are those that came with srs.
    """

    folders: tuple[Path, ...]
    database: str
    clock: Clock
    settings: Settings
    told: tuple[Setting, ...]
    config: Path
    shipped: bool = False

    def now(self) -> datetime:
        """Return the moment, in the learner's zone."""
        return self.clock.now()

    def today(self) -> date:
        """Return the study day it is now."""
        return study_day(self.now(), self.settings.rollover)


def context_of(context: typer.Context) -> Context:
    """Return what the global options set up."""
    found = context.obj
    if not isinstance(found, Context):
        raise TypeError("a command runs under the root command, which sets the context up")
    return found


def context_with(settings: Settings, told: tuple[Setting, ...], config: Path, clock: Clock) -> Context:
    """Return the context of some settings; what they leave open is `./decks`, else the decks of srs, and its store."""
    named = tuple(Path(folder) for folder in settings.decks)
    here = Path("decks")
    folders = named or ((here,) if here.is_dir() else (shipped_decks(),))
    database = settings.store or default_database()
    return Context(folders, database, clock, settings, told, config, shipped=not named and folders != (here,))


def packed_decks() -> Path:
    """Return where an installed program keeps the decks that it brought along; a checkout has none there."""
    return Path(__file__).resolve().parents[1] / "decks"


def shipped_decks() -> Path:
    """Return the decks that come with the program: inside the package, or beside it in a checkout."""
    inside = packed_decks()
    return inside if inside.is_dir() else inside.parents[1] / "decks"


def default_database() -> str:
    """Return where the store is kept unless it is said otherwise: the user's data folder."""
    return str(user_data_path("srs", appauthor=False) / "srs.db")


def default_config() -> Path:
    """Return where the settings are kept unless it is said otherwise: the user's folder of settings."""
    return user_config_path("srs", appauthor=False) / "config.toml"
