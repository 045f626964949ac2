"""What every command works with: the decks, the store, the settings and the clock that the global options name."""

import re
import stat
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import typer
from msgspec import Struct
from platformdirs import user_config_path, user_data_path

from srs.cli.clock import Clock
from srs.collection.exchange import LOGIN
from srs.due import study_day
from srs.errors import SrsError
from srs.files import lies_in, real
from srs.settings import Setting, Settings

_SQLITE = re.compile(r"sqlite(\+\w+)?:///")


class Context(Struct, frozen=True):
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

    def pretended_day(self) -> date | None:
        """Return the study day that it is pretended to be, if it is really another."""
        really = study_day(Clock().now(), self.settings.rollover)
        return None if self.clock.pretended is None or self.today() == really else self.today()


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
    folders = named or ((here,) if _is_own_folder(here) else (shipped_decks(),))
    database = _no_device(settings.store or default_database())
    return Context(folders, database, clock, settings, told, config, shipped=not named and folders != (here,))


def _is_own_folder(decks: Path) -> bool:
    """Whether there is a folder of decks here that nobody has to name; raises SrsError for one that lies elsewhere."""
    try:
        if decks.is_dir() and not lies_in(decks, real(Path())):
            raise SrsError(
                f"the folder {decks} here is a link that leads elsewhere; if you trust it, name it: --decks {decks}"
            )
    except OSError:  # the current folder is gone, or may not be read
        return False
    return decks.is_dir()


def packed_decks() -> Path:
    """Return where an installed program keeps the decks that it brought along; a checkout has none there."""
    return Path(__file__).resolve().parents[1] / "decks"


def shipped_decks() -> Path:
    """Return the decks that come with the program: inside the package, or beside it in a checkout."""
    inside = packed_decks()
    return inside if inside.is_dir() else inside.parents[1] / "decks"


def default_database() -> str:
    """Return where the store is kept unless it is said otherwise: the user's data folder."""
    return str(_at_home(user_data_path) / "srs.db")


def default_config() -> Path:
    """Return where the settings are kept unless it is said otherwise: the user's folder of settings."""
    return _at_home(user_config_path) / "config.toml"


def account_folder() -> Path:
    """Return where the key to a sync server is kept, and the copy of the account there."""
    return _at_home(user_data_path) / "account"


def login_file() -> Path:
    """Return where the key to a sync server is kept."""
    return account_folder() / LOGIN


def has_account(settings: Settings) -> bool:
    """Whether there is an account to exchange with: a profile of Anki's in the settings, or a key to a sync server."""
    return bool(settings.anki) or login_file().exists()


def _at_home(folder: Callable[..., Path]) -> Path:
    """Return a folder of the user's; raises SrsError where nobody knows the user's home."""
    try:
        return folder("srs", appauthor=False)
    except RuntimeError as error:
        raise SrsError(
            "the home folder is not known; set HOME, or name the store with --db and the settings with --config"
        ) from error


def _no_device(database: str) -> str:
    """Return a store's address; raises SrsError for a pipe or a device, which could be waited for without end."""
    file = _SQLITE.sub("", database).partition("?")[0]
    try:
        Path(file).expanduser()
    except RuntimeError as error:
        raise SrsError(f"{database}: there is no such home folder; write the whole path") from error
    try:
        kind = 0 if "://" in file else Path(file).stat().st_mode
    except (OSError, ValueError):
        return database  # there is none yet, or the store says better what is wrong
    if stat.S_ISFIFO(kind) or stat.S_ISSOCK(kind) or stat.S_ISCHR(kind):
        raise SrsError(f"{database} is no file that a store can be kept in; name another with --db")
    return database
