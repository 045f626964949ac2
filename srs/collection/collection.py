"""A collection: an open store, brought up to the decks and to the scheduler in force."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from srs.collection import answering
from srs.collection.answering import Answered, Leeches, Rules, Undone
from srs.collection.today import Plan, plan_for, queue_for
from srs.deck import Deck, DeckFolder, Folders, find_decks
from srs.due import milliseconds, study_day
from srs.errors import Problem, SrsError, UsageError
from srs.scheduler import Grade, Scheduler, Sm2
from srs.settings import Settings
from srs.store.cards import Choice, StoredCard, cards_called, read_card, set_buried, set_suspended
from srs.store.log import LogLine, read_log
from srs.store.memories import made_by, take_over
from srs.store.opening import Store, open_store
from srs.store.reviews import SCRIPT, Review
from srs.sync import Report, sync

Working = Callable[[str], AbstractContextManager[object]]
"""Called with what is being done, and entered while it lasts."""


_DEFAULTS = Settings()
_WORTH_A_WORD = 300_000  # bytes of decks; less is read in a moment


@dataclass(frozen=True, slots=True)
class Collection:
    """An open store that is up to the decks of a folder, with the settings in force.

    `report` and `problems` are what bringing it up found. `rescheduled`: how many cards got another memory because
    another scheduler is in force than the one that made them; `None` if it is the same.
    """

    store: Store
    folders: tuple[DeckFolder, ...]
    settings: Settings
    report: Report
    problems: tuple[Problem, ...]
    rescheduled: int | None = None

    @property
    def rules(self) -> Rules:
        """What an answer depends on beside the history."""
        return rules_of(self.settings)

    @property
    def scheduler(self) -> Scheduler:
        """What decides when a card is asked next."""
        return self.rules.scheduler

    @property
    def decks(self) -> dict[str, Deck]:
        """The decks by their namespaces."""
        return {folder.deck.namespace: folder.deck for folder in self.folders}

    @property
    def mistakes(self) -> int:
        """How many problems there are in the decks, warnings apart."""
        return sum(not problem.warning for problem in self.problems)

    def day_of(self, moment: datetime) -> date:
        """Return the study day of a moment in the learner's zone."""
        return study_day(moment, self.settings.rollover)

    def choice(self, deck: str | None = None, tag: str | None = None) -> Choice:
        """Return the cards of a deck, called by its namespace, its name or its folder, and of a tag.

        Raises UsageError if there is no such deck.
        """
        decks = self.decks.values()
        chosen = [each for each in decks if deck is None or deck in {each.namespace, each.name, each.root.name}]
        if not chosen and deck is not None:
            raise UsageError(f"no deck {deck!r}; there is {', '.join(self.decks) or 'none'}")
        return Choice(tuple(each.namespace for each in chosen), tag)

    def plan(self, deck: str | None = None, tag: str | None = None) -> Plan:
        """Return the plan of a sitting over a deck and a tag, as the settings have it."""
        return plan_for(self.choice(deck, tag), self.settings, self.decks)

    def cards(self, names: Sequence[str]) -> list[StoredCard]:
        """Return the cards of these ids, in their order; `deck:card` tells decks with the same id apart.

        Raises SrsError for an id that no card has, and UsageError for one that several decks have.
        """
        decks = self.decks
        with self.store.reading() as connection:
            found = cards_called(connection, list(decks), [_own_name(name, decks) for name in names])
        return [_the_card(name, found, decks) for name in names]

    def card(self, name: str) -> StoredCard:
        """Return the card of an id, as `cards` does."""
        return self.cards([name])[0]

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
        """Take back the latest answer, whoever gave it; `None` if there is none."""
        return answering.undo(self.store, milliseconds(now), self.rules)

    def suspend(self, names: Sequence[str]) -> None:
        """Take the cards of these ids out of the queue until they are resumed."""
        self._set_suspended(names, suspended=True)

    def resume(self, names: Sequence[str]) -> None:
        """Put suspended cards back into the queue; buried ones come back at once, too."""
        self._set_suspended(names, suspended=False)

    def log(self) -> list[LogLine]:
        """Return all reviews that stand, in the order of their moments."""
        with self.store.reading() as connection:
            return list(read_log(connection))

    def file(self, card: StoredCard) -> Path:
        """Return the file a card's note stands in."""
        return self.decks[card.deck].root / card.path

    def source(self, card: StoredCard) -> str:
        """Return where a card's note stands, as `path:line`."""
        return f"{self.file(card)}:{card.line}"

    def _set_suspended(self, names: Sequence[str], *, suspended: bool) -> None:
        keys = [card.key for card in self.cards(names)]
        with self.store.writing() as connection:
            set_suspended(connection, keys, suspended=suspended)
            if not suspended:
                for key in keys:
                    set_buried(connection, key, None)


def rules_of(settings: Settings) -> Rules:
    """Return what the settings say of answers."""
    return Rules(Sm2(settings.smooth), Leeches(settings.leech_lapses, settings.leech_action == "suspend"))


@contextmanager
def open_history(
    database: str, settings: Settings, *, working: Working = nullcontext
) -> Iterator[tuple[Store, int | None]]:
    """Open a store without any decks; the memories in it are those of the scheduler in force.

    Gives the store, and how many cards got another memory for that; `None` if they were that scheduler's before.
    """
    scheduler = rules_of(settings).scheduler
    with open_store(database) as store:
        with store.reading() as connection:
            ours = made_by(connection, scheduler)
        moved = None
        if not ours:
            with working("Replaying the history"), store.writing() as connection:
                moved = len(take_over(connection, scheduler).drifted)
        yield store, None if ours is None else moved


@contextmanager
def open_collection(
    folder: Folders, database: str, now: datetime, settings: Settings = _DEFAULTS, *, working: Working = nullcontext
) -> Iterator[Collection]:
    """Open the store at a path or a database URL, and bring it up to the decks of a folder, or of several.

    `now` is an aware moment in the learner's zone. Raises SrsError if a deck or the store cannot be opened.
    """
    find_decks(folder)  # a wrong folder is told before a store is made
    with open_history(database, settings, working=working) as (store, moved):
        yield bring_up(store, folder, settings, now, working=working, rescheduled=moved)


def bring_up(
    store: Store,
    folder: Folders,
    settings: Settings,
    now: datetime,
    *,
    working: Working = nullcontext,
    rescheduled: int | None = None,
    dry_run: bool = False,
) -> Collection:
    """Bring an open store up to the decks as they are now; a dry run only says what that would change."""

    def waiting(size: int) -> AbstractContextManager[object]:
        return working(f"Reading {size // 1000:,} kB of decks that changed") if size >= _WORTH_A_WORD else nullcontext()

    folders, found = find_decks(folder)
    done = sync(store, folders, milliseconds(now), dry_run=dry_run, waiting=waiting)
    problems = tuple(sorted({*found, *done.problems}))
    return Collection(store, folders, settings, done.report, problems, rescheduled)


def _own_name(name: str, decks: Iterable[str]) -> str:
    deck, colon, rest = name.partition(":")
    return rest if colon and deck in decks else name


def _the_card(name: str, found: Iterable[StoredCard], decks: Iterable[str]) -> StoredCard:
    bare = _own_name(name, decks)
    among = [card for card in found if card.name == bare and name in {card.name, f"{card.deck}:{card.name}"}]
    if not among:
        raise SrsError(f"no card {name}; `srs cards` lists all cards")
    if len(among) > 1:
        raise UsageError(
            f"{name} is in several decks; say which: {', '.join(f'{card.deck}:{card.name}' for card in among)}"
        )
    return among[0]
