"""One run of an exchange, from the door that is set to what can be told of it."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from srs.collection.collection import Collection, bring_up
from srs.collection.exchange import LOGIN
from srs.collection.exchange.applying import edited_notes
from srs.collection.exchange.exchanging import exchange
from srs.collection.exchange.keys import read_login, write_login
from srs.collection.exchange.opening import through_profile, through_server
from srs.collection.exchange.terms import Door, Exchanged, Terms
from srs.collection.importing import EditedNote
from srs.collection.telling import Tell, Working, nobody, quietly
from srs.deck.media import images_stamp
from srs.due import milliseconds, moment_of
from srs.errors import SrsError
from srs.files import locked
from srs.store.opening import copy_store, open_store

_COPY = "copy"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a learner wants of an exchange.

    `profile` is that of Anki on this computer, `typed` if it was named for this once; without one it is the server that
    `folder` holds a key to. `copies` is where a copy of Anki's collection is kept.
    """

    profile: str
    typed: bool
    folder: Path
    copies: Path
    apply: bool = False
    dry_run: bool = False
    upload: bool = False
    fresh: bool = False


def run_exchange(
    collection: Collection,
    now: datetime,
    wishes: Wishes,
    *,
    refusal: Callable[[Path], str],
    working: Working = quietly,
    tell: Tell = nobody,
) -> tuple[str, Exchanged, tuple[EditedNote, ...]]:
    """Exchange through the door that is set; return its name, what went which way, and what was edited there.

    Edits that are written into the decks are agreed on at once. Raises SrsError where the door cannot be used.
    """
    if wishes.dry_run and collection.store.file:
        with _tried(collection, now) as tried:
            return _run(tried, now, wishes, refusal, working, tell)
    return _run(collection, now, wishes, refusal, working, tell)


@contextmanager
def _tried(collection: Collection, now: datetime) -> Iterator[Collection]:
    """Give a collection that is up to its decks, on a copy of the store, of which nothing stays."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "srs.db"
        copy_store(collection.store, copy)
        with open_store(str(copy)) as store:
            yield bring_up(store, _roots(collection), collection.settings, now, collection.rules)


def _roots(collection: Collection) -> list[Path]:
    return [folder.deck.root for folder in collection.folders]


def _run(
    collection: Collection, now: datetime, wishes: Wishes, refusal: Callable[[Path], str], working: Working, tell: Tell
) -> tuple[str, Exchanged, tuple[EditedNote, ...]]:
    decks = collection.decks
    terms = Terms(
        decks,
        collection.rules,
        lambda at: collection.day_of(moment_of(at).astimezone()),
        milliseconds(now),
        deletes=collection.settings.anki_retired == "delete",
        images=images_stamp(_roots(collection)),
    )
    wishes.folder.mkdir(parents=True, exist_ok=True)
    with locked(wishes.folder), _door(collection, wishes, working, tell) as door:
        with working("Exchanging"):
            done = exchange(collection.store, door, terms, dry_run=wishes.dry_run)
        writes = wishes.apply and not wishes.dry_run
        edited = tuple(edited_notes(done.edits.values(), decks, refusal, apply=writes))
        if any(each.written for each in edited):
            bring_up(collection.store, _roots(collection), collection.settings, now, collection.rules)
            exchange(collection.store, door, terms)
        return door.title, done, edited


def _door(collection: Collection, wishes: Wishes, working: Working, tell: Tell) -> AbstractContextManager[Door]:
    login = None if wishes.profile and wishes.typed else read_login(wishes.folder / LOGIN)
    if wishes.profile and login:
        raise SrsError(
            f"two doors are set, the profile {wishes.profile} of Anki (setting anki) and the server {login.server}, and"
            ' there is one at a time: `srs logout`, or `srs config set anki ""`'
        )
    if wishes.profile:
        if wishes.upload or wishes.fresh:
            raise SrsError("--upload and --fresh are for a sync server; the Anki on this computer has no use for them")
        return through_profile(collection.store, wishes.profile, wishes.copies, tell, dry_run=wishes.dry_run)
    if login is None:
        raise SrsError("no account is set: `srs sync --anki PROFILE`, or `srs login --server URL USER` first")
    return through_server(
        collection.store,
        login,
        wishes.folder / _COPY,
        upload=wishes.upload,
        fresh=wishes.fresh,
        keep=lambda new: write_login(wishes.folder / LOGIN, new),
        working=working,
    )
