"""The doors opened: the collection of a profile of Anki, or the copy of an account on a sync server of one's own."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from exporters.anki.exchange.account import Account
from exporters.anki.exchange.doors import COLLECTION, Login, keep_copy, library, opened, profile_file
from exporters.anki.exchange.server import Server
from srs.collection.chance import fresh_name
from srs.collection.exchange.exchanging import start_anew
from srs.collection.telling import Tell, Working, quietly
from srs.errors import SrsError
from srs.files import beside, make_private, said_by
from srs.store.base import read_marks
from srs.store.opening import Store

_NAME = "copy"


@dataclass(frozen=True, slots=True)
class ProfileDoor:
    """The Anki on this computer, which carries what is written to AnkiWeb and the phone itself."""

    name: str
    title: str
    account: Account

    def send(self, *, media: bool) -> None:
        """Leave it to Anki."""

    def complete(self) -> None:
        """Leave it to Anki."""


@dataclass(frozen=True, slots=True)
class ServerDoor:
    """A sync server of one's own."""

    name: str
    title: str
    account: Account
    server: Server

    def send(self, *, media: bool) -> None:
        """Send what was written."""
        self.server.send(media=media)

    def complete(self) -> None:
        """Send what is left to be sent, where nothing had to be written."""
        self.server.complete()


@contextmanager
def through_profile(store: Store, profile: str, copies: Path, tell: Tell, *, dry_run: bool) -> Iterator[ProfileDoor]:
    """Open the collection of a profile of Anki, of which a copy is kept in `copies` before the first exchange.

    Raises UsageError for a profile that there is not, and SrsError while Anki has it open.
    """
    library()  # who lacks it is told that, before any profile
    file, door = profile_file(profile), f"anki {profile}"
    with store.reading() as connection:
        first = not read_marks(connection, door)
    with opened(file) as collection:
        if first and not dry_run:
            copy = copies / f"anki-{''.join(sign if sign.isalnum() else '-' for sign in profile)}-before-srs.colpkg"
            if not copy.exists():
                _keep(collection, copy)
                tell(f"a copy of Anki's collection as it was is kept in {copy}")
        yield ProfileDoor(door, f"Anki's profile {profile}", Account(collection, str(file)))


@contextmanager
def through_server(
    store: Store,
    login: Login,
    folder: Path,
    *,
    upload: bool,
    fresh: bool,
    keep: Callable[[Login], None],
    working: Working = quietly,
) -> Iterator[ServerDoor]:
    """Open the copy of an account on a server, brought up to it; `fresh` throws the copy away and fetches it anew.

    `keep` is called where the server sends to another address. Raises SrsError where the server cannot be used.
    """
    door = f"server {login.user} {login.server}"
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    copy = _copy_of(folder, door)
    with opened(folder / COLLECTION, login.server) as collection:
        server = Server(login, collection)
        with working("Fetching from the sync server"):
            server.fetch(upload=upload, replaced=lambda: start_anew(store, door))
        if server.login != login:
            keep(server.login)
        yield ServerDoor(door, f"{login.server} as {login.user}", Account(collection, copy), server)


def _keep(collection: object, copy: Path) -> None:
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        with beside(copy) as part:
            keep_copy(collection, part)
            part.replace(copy)
    except OSError as error:
        raise SrsError(f"a copy of Anki's collection cannot be kept in {copy}: {said_by(error)}") from error


def _copy_of(folder: Path, door: str) -> str:
    """Return the name of a copy, by which it is told from one that was thrown away; one of another door makes room."""
    file = folder / _NAME
    try:
        name, _, whose = file.read_text(encoding="utf-8").partition("\n") if file.exists() else ("", "", "")
        if whose != door or not (folder / COLLECTION).exists():
            shutil.rmtree(folder, ignore_errors=True)
            make_private(folder / COLLECTION)
            (folder / COLLECTION).unlink()
            name = fresh_name()
            file.write_text(f"{name}\n{door}", encoding="utf-8")
    except OSError as error:
        raise SrsError(f"the copy of the account in {folder} cannot be used: {said_by(error)}") from error
    return name
