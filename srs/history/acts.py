"""What a learner can do, as values: an answer, and every other act; `docs/history.md` tells their law."""

from datetime import date
from typing import ClassVar

from msgspec import Struct

from srs.scheduler import Answer, Forgotten, Grade, Schedule

TERMINAL = "terminal"
SCRIPT = "script"
CRAM = "cram"
ANKI = "anki"
ANKI_CRAM = "anki-cram"
DRILLS = (CRAM, ANKI_CRAM)
LEECH = "leech"
LIFTED = date(2000, 1, 1)
"""The day until which a card is buried that is to be asked at once."""
READ_FROM_ANKI = frozenset({ANKI, ANKI_CRAM})


class Review(Struct, frozen=True):
    """One graded answer: `at` in ms since 1970 UTC, `ms` the time it took, `origin` where it was given.

    `day` is the study day it was given on. An answer of origin `cram` or `anki-cram` is a drill on any day.
    """

    what: ClassVar[str] = ""

    at: int
    day: date
    grade: Grade
    ms: int = 0
    origin: str = TERMINAL

    @property
    def drill(self) -> bool:
        """Whether it was never meant to move the schedule."""
        return self.origin in DRILLS

    @property
    def step(self) -> Answer:
        """What a scheduler sees of it."""
        return Answer(self.day, self.grade, self.drill, self.at)


class Undo(Struct, frozen=True):
    """Cancels an answer, or the act of the kind `act`, whose moment is `of` (ms); an undo is never undone."""

    what: ClassVar[str] = "undo"

    at: int
    of: int
    act: str = ""


class Suspend(Struct, frozen=True):
    """Out of the queue until resumed; `of` is the moment of an answer if it made the card a leech."""

    what: ClassVar[str] = "suspend"

    at: int
    of: int | None = None


class Resume(Struct, frozen=True):
    """Back into the queue."""

    what: ClassVar[str] = "resume"

    at: int


class Flag(Struct, frozen=True):
    """A remark on a card, in place of any other."""

    what: ClassVar[str] = "flag"

    at: int
    remark: str


class Unflag(Struct, frozen=True):
    """The remark taken off."""

    what: ClassVar[str] = "unflag"

    at: int


class Bury(Struct, frozen=True):
    """Out of the queue until a study day comes; `LIFTED` takes a burial back."""

    what: ClassVar[str] = "bury"

    at: int
    until: date


class Forget(Struct, frozen=True):
    """The card is new again from here on; given on a study day."""

    what: ClassVar[str] = "forget"

    at: int
    day: date

    @property
    def step(self) -> Forgotten:
        """What a scheduler sees of it."""
        return Forgotten()


class Place(Struct, frozen=True):
    """A schedule set by hand on a study day: the due day, the interval in days, the ease in permille (`set`)."""

    what: ClassVar[str] = "set"

    at: int
    day: date
    due: date
    interval: int
    ease: int

    @property
    def step(self) -> Schedule:
        """What a scheduler sees of it."""
        return Schedule(self.day, self.due, self.interval, self.ease)


class Adopt(Struct, frozen=True):
    """The note or card of the line goes on with the history of another name, told as `DECK:ID` in a log."""

    what: ClassVar[str] = "adopt"

    at: int
    deck: str
    card: str


class Switch(Struct, frozen=True):
    """The scheduler in force from now on, for the whole history (`scheduler`); `parameters` are its own, in order."""

    what: ClassVar[str] = "scheduler"

    at: int
    name: str
    smooth: bool = False
    retention: float = 0.9
    parameters: tuple[float, ...] = ()


class Mock(Struct, frozen=True):
    """The outline of the line was spoken by on a study day, in so many seconds.

    `said` and `missed` are its lines by their numbers, from 1. `drills` are the cards behind those that were missed, of
    the line's deck: they are drills of that study day until they are answered well.
    """

    what: ClassVar[str] = "mock"

    at: int
    day: date
    seconds: int
    said: tuple[int, ...] = ()
    missed: tuple[int, ...] = ()
    drills: tuple[str, ...] = ()


class Other(Struct, frozen=True):
    """An act of a kind that is not known here: kept and passed on as it came. `fields` is canonical JSON."""

    at: int
    what: str
    fields: str = "{}"


Moving = Review | Forget | Place
"""What moves a memory."""
Act = Review | Undo | Suspend | Resume | Flag | Unflag | Bury | Forget | Place | Adopt | Switch | Mock | Other


OF_A_CARD = Suspend | Resume | Flag | Unflag | Bury | Forget | Place
"""What is done to a card beside answering it, and waits with it for its text."""


class LogLine(Struct, frozen=True):
    """One act with whom it names: a card's id, for some acts a note's, for some none; `deck` is a namespace.

    `deck` is empty if the line names none. `more` holds the keys that are not known here, as canonical JSON.
    """

    deck: str
    card: str
    act: Act
    more: str = ""

    @property
    def key(self) -> tuple[str, str, int, str, int, str]:
        """What makes two lines one act: deck, card, moment and kind; for an undo what it cancels, too."""
        act = self.act
        cancelled = (act.of, act.act) if isinstance(act, Undo) else (0, "")
        return self.deck, self.card, act.at, act.what, *cancelled

    @property
    def lacks_deck(self) -> bool:
        """Whether it is told by the decks of the day which deck's card or note it names."""
        return not self.deck and bool(self.card)

    @property
    def from_anki(self) -> bool:
        """Whether the act was read from Anki, so that one given elsewhere goes before it."""
        if isinstance(self.act, Review):
            return self.act.origin in READ_FROM_ANKI
        return '"from":"anki' in self.more
