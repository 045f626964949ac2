"""A collection: an open store, brought up to the decks and to the scheduler in force."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date, datetime, timedelta

from srs.collection import acting, answering
from srs.collection.acting import Undone
from srs.collection.chance import Draw, draw
from srs.collection.desk import Desk
from srs.collection.given_away import given_away_in_store
from srs.collection.history import open_history
from srs.collection.rules import Answered, Rules
from srs.collection.telling import Share, Tell, Working, nobody, quietly
from srs.collection.today import queue_for
from srs.deck import Folders, find_decks
from srs.due import milliseconds
from srs.errors import Problem, SrsError, UsageError
from srs.history import SCRIPT, LogLine, Place, Review, horizon
from srs.scheduler import LONGEST_INTERVAL, Grade
from srs.scheduler.sm2 import FIRST_EASE
from srs.settings import Settings
from srs.store.log import read_log
from srs.store.opening import Store
from srs.store.seen import read_card
from srs.store.settling import settle, unsettled
from srs.store.values import StoredCard
from srs.sync import Adoption, Report, sync

_DEFAULTS = Settings()

_WORTH_A_WORD = 300_000  # bytes of decks; less is read in a moment


class Collection(Desk, frozen=True):
    """An open store that is up to the decks of a folder, with the settings in force.

    `report` and `problems` are what bringing it up found. `rescheduled`: how many cards got another memory because
    another scheduler is in force than the one that made them; `None` if it is the same. `lookalikes` are notes without
    answers of their own that look like one that left the text, where notes came or went. No `news` waits to be taken
    in, as it may in a `Morning`.
    """

    store: Store
    report: Report
    problems: tuple[Problem, ...]
    rescheduled: int | None = None
    lookalikes: tuple[Adoption, ...] = ()
    news: bool = False

    @property
    def mistakes(self) -> int:
        """How many problems there are in the decks, warnings apart."""
        return sum(not problem.warning for problem in self.problems)

    def whole(self) -> "Collection":
        """Return the collection, open."""
        return self

    def due(self, now: datetime) -> list[StoredCard]:
        """Return what a sitting would ask now, in its order: within the day's limits, and one card of each note."""
        queue = queue_for(self.store, self.plan(), self.day_of(now))
        with self.store.reading() as connection:
            return [read_card(connection, card.key) for card in queue.left]

    def answer(self, name: str, grade: Grade, now: datetime, *, ms: int = 0, origin: str = SCRIPT) -> Answered:
        """Record an answer to the card of an id, given now in `ms` milliseconds; it is on disk when this returns.

        Raises SrsError for a retired card.
        """
        card = self.card(name)
        if card.retired:
            raise SrsError(f"{name} is retired: its text is gone; bring the text back to answer it")
        review = Review(milliseconds(now), self.day_of(now), grade, ms, origin)
        return answering.answer(self.store, card.key, review, self.rules)

    def undo(self, now: datetime) -> Undone | None:
        """Take back the last act given on this computer, an answer or another; `None` if there is none."""
        return acting.undo(self.store, milliseconds(now), self.rules)

    def suspend(self, names: Sequence[str], now: datetime) -> list[StoredCard]:
        """Take the cards of these ids out of the queue until they are resumed; return those that were in it."""
        at = milliseconds(now)
        return [card for card in self.cards(names) if acting.suspend(self.store, card.key, at, self.rules) is not None]

    def resume(self, names: Sequence[str], now: datetime) -> list[StoredCard]:
        """Put suspended cards back into the queue, and buried ones, too; return those that were out of it."""
        at, day = milliseconds(now), self.day_of(now)
        return [card for card in self.cards(names) if acting.resume(self.store, card.key, at, day, self.rules)]

    def bury(self, names: Sequence[str], now: datetime) -> list[StoredCard]:
        """Leave the cards of these ids out until tomorrow; return those that were not left out."""
        at, until = milliseconds(now), self.day_of(now) + timedelta(days=1)
        every = self.cards(names)
        return [card for card in every if acting.bury(self.store, card.key, at, until, self.rules) is not None]

    def flag(self, name: str, remark: str, now: datetime) -> bool:
        """Put a remark on the card of an id, or take it off with an empty one; whether that changed anything."""
        return acting.flag(self.store, self.card(name).key, remark, milliseconds(now), self.rules) is not None

    def forget(self, names: Sequence[str], now: datetime) -> list[StoredCard]:
        """Let the memory of the cards of these ids begin anew, and return those that had one; the log keeps all."""
        at, day = milliseconds(now), self.day_of(now)
        every = self.cards(names)
        return [card for card in every if acting.forget(self.store, card.key, at, day, self.rules) is not None]

    def place(self, name: str, due: date, now: datetime) -> StoredCard:
        """Set the due day of the card of an id by hand, and return the card as it then stands.

        Its interval becomes the days until then, at least one; its ease stays, or is that of a new card. Raises
        UsageError for a day further away than the longest interval.
        """
        card, today = self.card(name), self.day_of(now)
        if abs((due - today).days) > LONGEST_INTERVAL:
            raise UsageError(f"{due} is more than {LONGEST_INTERVAL:,} days from today; choose a nearer day")
        ease = self.scheduler(card.deck).shown(card.memory).ease
        interval = min(LONGEST_INTERVAL, max(1, (due - today).days))
        schedule = Place(0, today, due, interval, ease or FIRST_EASE)
        acting.place(self.store, card.key, milliseconds(now), schedule, self.rules)
        return self.card(f"{card.deck}:{card.name}")

    def log(self) -> list[LogLine]:
        """Return every line of the log, in the order of their moments."""
        with self.store.reading() as connection:
            return list(read_log(connection))


@contextmanager
def open_collection(
    folder: Folders,
    database: str,
    now: datetime,
    settings: Settings = _DEFAULTS,
    *,
    working: Working = quietly,
    draw: Draw = draw,
    tell: Tell = nobody,
) -> Iterator[Collection]:
    """Open the store at a path or a database URL, and bring it up to the decks of a folder, or of several.

    `now` is an aware moment in the learner's zone. Raises SrsError if a deck or the store cannot be opened.
    """
    find_decks(folder)  # a wrong folder is told before a store is made
    with open_history(database, settings, now, working=working, draw=draw, tell=tell) as (store, rules, moved):
        yield bring_up(store, folder, settings, now, rules, working=working, rescheduled=moved)


def bring_up(
    store: Store,
    folder: Folders,
    settings: Settings,
    now: datetime,
    rules: Rules,
    *,
    working: Working = quietly,
    rescheduled: int | None = None,
    dry_run: bool = False,
    look: bool = False,
) -> Collection:
    """Bring an open store up to the decks as they are now; a dry run only says what that would change.

    Lookalikes are found, too, where nothing changed, if asked to `look`.
    """

    def waiting(size: int) -> AbstractContextManager[Share | None]:
        return working(f"Reading {size // 1000:,} kB of decks that changed") if size >= _WORTH_A_WORD else nullcontext()

    folders, found = find_decks(folder)
    at = milliseconds(now)
    done = sync(store, folders, at, rules.force, rules.draw, dry_run=dry_run, look=look, waiting=waiting)
    with store.reading() as connection:
        given_away = given_away_in_store(connection, {folder.deck.namespace: folder.deck for folder in folders})
        late = bool(done.report.added) and not dry_run and unsettled(connection, horizon(at))
    if late:  # lines that named no deck know theirs now
        with store.writing() as connection:
            settle(connection, horizon(at))
    problems = tuple(sorted({*found, *done.problems, *given_away}))
    return Collection(folders, settings, rules, store, done.report, problems, rescheduled, done.lookalikes)
