"""The doors to a learner's own collection: the Anki on this computer, and a sync server of one's own.

AnkiWeb lets no other programs in, so srs never talks to it.
"""

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exporters.anki.exchange.addresses import sent_on
from exporters.anki.exchange.talking import QUICK, talk
from srs.errors import SrsError, UsageError
from srs.files import said_by

INSTALL = (
    "this takes Anki's own library, which is not installed: `pip install 'srs[anki]'` (with uv or pipx: `--with anki`)"
)
COLLECTION = "collection.anki2"
_CODE = re.compile(r'^HttpError \{ code: ([0-9]+), context: "(.*)", source: .* \}$', re.DOTALL)
_NOT_PROFILES = {"addons21", "logs", "crash_reports"}


def anki_folder(environment: dict[str, str], platform: str = sys.platform, home: Path | None = None) -> Path:
    """Return where Anki keeps its profiles: as Anki finds it on each system; `ANKI_BASE` moves it."""
    if base := environment.get("ANKI_BASE"):
        return Path(base)
    home = home or Path.home()
    if platform == "win32":
        return Path(environment.get("APPDATA") or home / "AppData" / "Roaming") / "Anki2"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "Anki2"
    return Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share") / "Anki2"


def profiles(folder: Path) -> list[str]:
    """Return the profiles that Anki has in its folder."""
    if not folder.is_dir():
        return []
    return sorted(
        each.name for each in folder.iterdir() if (each / COLLECTION).is_file() and each.name not in _NOT_PROFILES
    )


def profile_file(name: str, folder: Path | None = None) -> Path:
    """Return the collection of a profile. Raises UsageError for an unknown one, with those that are there."""
    place = folder or anki_folder(dict(os.environ))
    known = profiles(place)
    if name not in known:
        there = (
            f"there is {', '.join(known)}" if known else f"there is none in {place}; start Anki once, or set ANKI_BASE"
        )
        raise UsageError(f"Anki has no profile {name!r}; {there}")
    return place / name / COLLECTION


def library() -> Any:  # noqa: ANN401 -- a class of Anki's, which need not be installed
    """Return Anki's class of collections. Raises SrsError, with what to install, where it is not installed."""
    try:
        from anki.collection import Collection  # noqa: PLC0415 -- an optional extra that takes half a second
    except ImportError as error:
        raise SrsError(INSTALL) from error
    return Collection


@contextmanager
def opened(file: Path, server: str = "") -> Iterator[Any]:
    """Open a collection, maybe one of a server, and close it at the end. Raises SrsError where it is open elsewhere."""
    with sentences(file):
        try:
            collection = library()(str(file))
        except OSError as error:
            raise SrsError(f"{file} cannot be opened: {said_by(error)}") from error
    try:
        with sentences(file, server):
            yield collection
    finally:
        collection.close()


@contextmanager
def sentences(file: Path, server: str = "") -> Iterator[None]:
    """Turn what Anki's library says when it fails into one sentence for its user."""
    library()
    from anki.errors import AnkiException, DBError, NetworkError, SyncError, SyncErrorKind  # noqa: PLC0415 -- an optional extra

    try:
        yield
    except DBError as error:
        if "already open" in str(error):
            raise SrsError(
                f"{file} is open in Anki, or another srs works with it; close that, and run again"
            ) from error
        raise SrsError(
            f"Anki's collection {file} cannot be used: {_line(error)}; Tools › Check Database may mend it"
        ) from error
    except NetworkError as error:
        raise SrsError(
            f"the sync server {server} cannot be reached: {_line(error)}; nothing is lost, run again later"
        ) from error
    except SyncError as error:
        if error.kind == SyncErrorKind.AUTH:
            raise SrsError(
                "the sync server refuses this name and password, or the key expired: `srs login --server URL USER`"
            ) from error
        raise SrsError(f"the sync server says: {_line(error)}; run again") from error
    except AnkiException as error:
        raise SrsError(f"Anki's library says: {_line(error)}") from error


def _line(error: Exception) -> str:
    text = _CODE.sub(r"\2 (\1)", str(error).replace("\u2068", "").replace("\u2069", ""))
    return " ".join(
        text.removeprefix("A network error occurred.").replace("Error details:", "").replace(" for url ()", "").split()
    ).rstrip(".")


def keep_copy(collection: Any, target: Path) -> None:  # noqa: ANN401 -- a collection of Anki's
    """Keep a copy of a whole collection as a package, without its media, which Anki's File › Import puts back."""
    try:
        collection.export_collection_package(str(target), include_media=False, legacy=False)
    finally:
        collection.reopen()


@dataclass(frozen=True, slots=True)
class Login:
    """A sync server of one's own, and the key that it gave to a user."""

    server: str
    user: str
    key: str
    endpoint: str


NO_DEFAULT = (
    "AnkiWeb lets no other programs in, so there is no server to begin with: start one of your own"
    " (`python -m anki.syncserver`, see README) and name it with --server; or let the Anki on this computer"
    " carry the exchange: `srs sync --anki PROFILE`"
)


def log_in(server: str, user: str, password: str) -> Login:
    """Ask a server for a key, and where it wants to be asked from then on; the password is not kept.

    Raises SrsError if it gives no key, or sends on to where its user did not log in.
    """
    from anki.sync_pb2 import SyncAuth  # noqa: PLC0415 -- an optional extra

    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / COLLECTION, server) as collection:
        auth = talk(collection, QUICK, lambda: collection.sync_login(user, password, server))
        endpoint = sent_on(server, auth.endpoint or server)
        known = SyncAuth(hkey=auth.hkey, endpoint=endpoint)
        asked = talk(collection, QUICK, lambda: collection.sync_collection(known, False))  # an empty one: it only asks
        return Login(server, user, auth.hkey, sent_on(server, asked.new_endpoint or endpoint))
