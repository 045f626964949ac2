"""A morning on which nothing changed but the day: the first card is read before the store's libraries are loaded."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from srs.collection.beside import Beside
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


class Later(Struct):
    """A store that the driver reads, until it is opened as `opening` does: beside what is shown, or to write.

    `opened_then` is called once it is open, before anything is read from it or written: what came in from elsewhere
    while it was opened may have changed what is asked, and by which rules.
    """

    glance: Glance
    opening: Callable[[], "Collection"]
    loading: Callable[[], object] = lambda: None
    opened_then: "Callable[[Collection], object] | None" = None
    _beside: "Beside[Collection] | None" = None
    _collection: "Collection | None" = None

    def reading(self) -> AbstractContextManager["Reads"]:
        """Give a connection that sees one state of the store from beginning to end."""
        return self._collection.store.reading() if self._collection else self.glance.reading()

    def opened(self) -> "Store":
        """Return the store, open."""
        return self.whole().store

    def begin(self) -> None:
        """Begin to open it, beside whatever is done meanwhile."""
        if self._beside is None and self._collection is None:
            self._beside = Beside(self.loading, self.opening)

    @property
    def is_ready(self) -> bool:
        """Whether it was opened beside, and nobody has taken notice of that yet."""
        return self._collection is None and self._beside is not None and self._beside.is_done

    def whole(self) -> "Collection":
        """Return the collection, which is opened now if it was not yet; an opening that failed is tried once more."""
        if self._collection is None:
            beside = self._beside.result() if self._beside else None
            self._collection = beside or self.opening()
            if self.opened_then:
                self.opened_then(self._collection)
        return self._collection

    def end(self) -> None:
        """Let nothing be opened any more; an opening that was begun is waited for, so that it can be closed."""
        if self._beside:
            self._beside.leave()


class Morning(Desk, frozen=True):
    """A collection of which all is known that a sitting asks first; its store is opened meanwhile, or to be written.

    `news`: other computers have put something into the history folder, which opening it takes in.
    """

    store: Later
    mistakes: int = 0
    news: bool = False

    def whole(self) -> "Collection":
        """Return the collection, open."""
        return self.store.whole()


def morning(
    folders: Folders,
    database: str,
    now: datetime,
    settings: Settings,
    opening: Callable[[], "Collection"],
    *,
    loading: Callable[[], object] = lambda: None,
    news_may_wait: bool = False,
) -> Morning | None:
    """Return a collection that `opening` would open unchanged and without a word; `None` if it may not.

    So it is where the store is a file of this version, the decks look as when they were last read, no line of the
    history counts that did not, nothing is new in the history folder or lacking there, the schedulers in force made the
    memories, and this computer has said which library of FSRS it has, if that is in force. Where `news_may_wait`, what
    others have only added to the folder is no hindrance: that is `news`.
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
            )
            news = _news(connection, settings.history) if quiet and settings.history else False
    except (SrsError, OSError):
        return None  # whoever opens the store says it
    if not quiet or news is None or (news and not news_may_wait):
        return None
    return Morning(found, settings, rules_of(settings, force), Later(seen, opening, loading), news=news)


def _is_said(connection: "Reads", force: InForce) -> bool:
    """Whether the library of FSRS is not asked for, or its version here is the one that was last said."""
    if not any(isinstance(each, Fsrs) for each in (force.everywhere, *force.own.values())):
        return True
    return (read_fact(connection, LIBRARY_SAID + host_name()) or "").partition(" ")[2] == library_version()


def _news(connection: "Reads", folder: str) -> bool | None:
    """Whether a history folder holds more than is known here.

    `None` if it is not the one that is known, lacks what is known here, or has a file that is not only longer.
    """
    place = placed(folder)
    if ask_one(connection, "unshared") or (read_id(place) or "") != read_fact(connection, FOLDER):
        return None
    known = {name: (mark.size, mark.mtime_ns) for name, mark in read_marks(connection).items()}
    there = {name: (look.st_size, look.st_mtime_ns) for name, look in scan(place).items()}
    kept = all(name in there and (there[name] == each or there[name][0] > each[0]) for name, each in known.items())
    return known != there if kept else None
