"""What a learner can do, as values: an answer, and every other act; `docs/history.md` tells their law."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

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


@dataclass(frozen=True, slots=True)
class Review:
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


@dataclass(frozen=True, slots=True)
class Undo:
    """Cancels an answer, or the act of the kind `act`, whose moment is `of` (ms); an undo is never undone."""

    what: ClassVar[str] = "undo"

    at: int
    of: int
    act: str = ""


@dataclass(frozen=True, slots=True)
class Suspend:
    """Out of the queue until resumed; `of` is the moment of an answer if it made the card a leech."""

    what: ClassVar[str] = "suspend"

    at: int
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Resume:
    """Back into the queue."""

    what: ClassVar[str] = "resume"

    at: int


@dataclass(frozen=True, slots=True)
class Flag:
    """A remark on a card, in place of any other."""

    what: ClassVar[str] = "flag"

    at: int
    remark: str


@dataclass(frozen=True, slots=True)
class Unflag:
    """The remark taken off."""

    what: ClassVar[str] = "unflag"

    at: int


@dataclass(frozen=True, slots=True)
class Bury:
    """Out of the queue until a study day comes; `LIFTED` takes a burial back."""

    what: ClassVar[str] = "bury"

    at: int
    until: date


@dataclass(frozen=True, slots=True)
class Forget:
    """The card is new again from here on; given on a study day."""

    what: ClassVar[str] = "forget"

    at: int
    day: date

    @property
    def step(self) -> Forgotten:
        """What a scheduler sees of it."""
        return Forgotten()


@dataclass(frozen=True, slots=True)
class Place:
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


@dataclass(frozen=True, slots=True)
class Adopt:
    """The note or card of the line goes on with the history of another name, told as `DECK:ID` in a log."""

    what: ClassVar[str] = "adopt"

    at: int
    deck: str
    card: str


@dataclass(frozen=True, slots=True)
class Switch:
    """The scheduler in force from now on, for the whole history (`scheduler`); `parameters` are its own, in order."""

    what: ClassVar[str] = "scheduler"

    at: int
    name: str
    smooth: bool = False
    retention: float = 0.9
    parameters: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Mock:
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


@dataclass(frozen=True, slots=True)
class Other:
    """An act of a kind that is not known here: kept and passed on as it came. `fields` is canonical JSON."""

    at: int
    what: str
    fields: str = "{}"


Moving = Review | Forget | Place
"""What moves a memory."""
Act = Review | Undo | Suspend | Resume | Flag | Unflag | Bury | Forget | Place | Adopt | Switch | Mock | Other


OF_A_CARD = Suspend | Resume | Flag | Unflag | Bury | Forget | Place
"""What is done to a card beside answering it, and waits with it for its text."""


@dataclass(frozen=True, slots=True)
class LogLine:
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
    def from_anki(self) -> bool:
        """Whether the act was read from Anki, so that one given elsewhere goes before it."""
        if isinstance(self.act, Review):
            return self.act.origin in READ_FROM_ANKI
        return '"from":"anki' in self.more
