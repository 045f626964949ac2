"""A morning on which nothing changed but the day: the first card is read before the store's libraries are loaded."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from srs.collection.desk import Desk
from srs.collection.rules import rules_of
from srs.deck import Folders, find_decks
from srs.due import milliseconds
from srs.errors import SrsError
from srs.history import horizon
from srs.history.folder import placed, read_id, scan
from srs.history.force import InForce
from srs.scheduler import Fsrs
from srs.scheduler.fsrs import library_version
from srs.settings import Settings
from srs.store.computer import host_name
from srs.store.driver import Glance, glance
from srs.store.forces import made_by, schedulers_in_force
from srs.store.fresh import changed_files, order_changed
from srs.store.marks import FOLDER, LIBRARY_SAID, read_fact, read_marks
from srs.store.query import ask_one

if TYPE_CHECKING:
    from srs.collection.collection import Collection
    from srs.store.opening import Store
    from srs.store.query import Reads


@dataclass(slots=True)
class Later:
    """A store that the driver reads, until it is opened as `opening` does: once, and by then everything is loaded."""

    glance: Glance
    opening: Callable[[], "Collection"]
    _collection: "Collection | None" = field(default=None, init=False)

    def reading(self) -> AbstractContextManager["Reads"]:
        """Give a connection that sees one state of the store from beginning to end."""
        return self._collection.store.reading() if self._collection else self.glance.reading()

    def opened(self) -> "Store":
        """Return the store, open."""
        return self.whole().store

    def whole(self) -> "Collection":
        """Return the collection, which is opened now if it was not yet."""
        if self._collection is None:
            self._collection = self.opening()
        return self._collection


@dataclass(frozen=True, slots=True)
class Morning(Desk):
    """A collection of which all is known that a sitting asks first; its store is opened when something is done."""

    store: Later
    mistakes: int = 0

    def whole(self) -> "Collection":
        """Return the collection, open."""
        return self.store.whole()


def morning(
    folders: Folders, database: str, now: datetime, settings: Settings, opening: Callable[[], "Collection"]
) -> Morning | None:
    """Return a collection that `opening` would open unchanged and without a word; `None` if it may not.

    So it is where the store is a file of this version, the decks look as when they were last read, no line of the
    history counts that did not, nothing is new in the history folder or lacking there, the schedulers in force made the
    memories, and this computer has said which library of FSRS it has, if that is in force.
    """
    seen = glance(database)
    if seen is None or settings.smooth:
        return None
    try:
        found, problems = find_decks(folders)
        with seen.reading() as connection:
            force = schedulers_in_force(connection)
            quiet = (
                not problems
                and not (force.stands_in or force.unfit)
                and made_by(connection, force) is True
                and _is_said(connection, force)
                and not ask_one(connection, "late", until=horizon(milliseconds(now)))
                and not ask_one(connection, "waiting")
                and not ask_one(connection, "heirs")
                and not any(order_changed(connection, each) or any(changed_files(connection, each)) for each in found)
                and (not settings.history or _is_known(connection, settings.history))
            )
    except (SrsError, OSError):
        return None  # whoever opens the store says it
    return Morning(found, settings, rules_of(settings, force), Later(seen, opening)) if quiet else None


def _is_said(connection: "Reads", force: InForce) -> bool:
    """Whether the library of FSRS is not asked for, or its version here is the one that was last said."""
    if not any(isinstance(each, Fsrs) for each in (force.everywhere, *force.own.values())):
        return True
    return (read_fact(connection, LIBRARY_SAID + host_name()) or "").partition(" ")[2] == library_version()


def _is_known(connection: "Reads", folder: str) -> bool:
    """Whether a history folder is the one that is known, and holds what is known here, no less and no more."""
    if ask_one(connection, "unshared"):
        return False
    place = placed(folder)
    known = {name: (mark.size, mark.mtime_ns) for name, mark in read_marks(connection).items()}
    there = {name: (look.st_size, look.st_mtime_ns) for name, look in scan(place).items()}
    return read_id(place) is not None and read_id(place) == read_fact(connection, FOLDER) and known == there
