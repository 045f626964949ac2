"""Notes and cards as the store has them, as the collection has them, and as both last agreed on them: plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from exporters import FsrsMemory, PastAnswer
from srs.history import Act

Note = TypeVar("Note")
Card = TypeVar("Card")
Key = tuple[str, int]
"""A card: its note's guid, and its place among its siblings."""
RETIRED_TAG = "srs-retired"
"""The tag of a note there whose text is gone here; its suspension is ours."""


@dataclass(frozen=True, slots=True)
class Days:
    """The account's day, and the study day here of a moment (ms)."""

    today: date
    day_of: Callable[[int], date]


@dataclass(frozen=True, slots=True)
class Timing:
    """The schedule of a card that is not new; `ease` in permille, `None` where the scheduler has no notion of it."""

    due: date
    interval: int
    ease: int | None
    lapses: int

    def same_as(self, other: Timing | None) -> bool:
        """Whether another schedule asks the same of a learner; an ease that one of them lacks is no difference."""
        if other is None:
            return False
        eases = {self.ease, other.ease} - {None}
        mine, theirs = (self.due, self.interval, self.lapses), (other.due, other.interval, other.lapses)
        return mine == theirs and len(eases) <= 1


class Row(NamedTuple):
    """A row of the account's review log: `at` is its id (ms), `button` 0 for what was set by hand; `kind` as in Anki.

    `interval` in days (negative: seconds), `ease` in permille, `ms` the time it took. There are so many of them that a
    tuple's speed counts.
    """

    at: int
    button: int
    interval: int
    ease: int
    ms: int
    kind: int


@dataclass(frozen=True, slots=True)
class CardHere:
    """A card as the store has it; `timing` is `None` while it is new.

    `answers` are the moments (ms) of those that count, `moments` of all that were ever given, `moves` those at which it
    was set or forgotten by hand, undone ones included. `retired`: the text does not ask for it.
    """

    timing: Timing | None = None
    suspended: bool = False
    buried_until: date | None = None
    retired: bool = False
    answers: frozenset[int] = frozenset()
    moments: frozenset[int] = frozenset()
    moves: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class CardThere:
    """A card as the collection has it; `timing` is `None` while it is new, and while it is in its steps.

    `learning`: it is in its (re)learning steps. `answered_on`: the account's day of its last answer. `changed_at` (ms)
    and `changed_on` say when its row last changed. `remembers`: it holds a memory state of FSRS. `marked`: its note
    bears RETIRED_TAG. `rows` are those of its log that may be new here, `older` the moments of others.
    """

    timing: Timing | None = None
    learning: bool = False
    suspended: bool = False
    buried: bool = False
    answered_on: date | None = None
    changed_at: int = 0
    changed_on: date = date.min
    remembers: bool = False
    marked: bool = False
    rows: tuple[Row, ...] = ()
    older: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class CardBase:
    """What both last agreed on of a card: that it is suspended there, and on which of the account's days it was buried.

    `waits`: what the store holds could not be written yet, because the card was in its steps.
    """

    suspended: bool = False
    buried_on: date | None = None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class NoteHere:
    """A note as the store has it: fields by name, its tags, when its content last changed (epoch seconds).

    `retired`: its text is gone. `deleted`: an act says that it was deleted there.
    """

    fields: Mapping[str, str]
    tags: frozenset[str] = frozenset()
    changed_s: int = 0
    retired: bool = False
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class NoteThere:
    """A note as the collection has it: fields by name, its tags, when it last changed there (epoch seconds)."""

    fields: Mapping[str, str]
    tags: frozenset[str] = frozenset()
    changed_s: int = 0


@dataclass(frozen=True, slots=True)
class NoteBase:
    """What both last agreed on of a note; `gone`: it was deleted there, and is not made again."""

    fields: Mapping[str, str]
    tags: frozenset[str] = frozenset()
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Side(Generic[Note, Card]):
    """The notes by guid, and their cards, as one side has them; `deleted` are notes that it says were deleted."""

    notes: Mapping[str, Note] = field(default_factory=dict)
    cards: Mapping[Key, Card] = field(default_factory=dict)
    deleted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Coming:
    """An act that comes home, of which card; `deleted`: it stands for a note that was deleted there."""

    key: Key
    act: Act
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """A field that differs there from what both agreed on, and from what is here; `told`: in its words."""

    guid: str
    name: str
    old: str
    new: str
    told: bool = True


@dataclass(frozen=True, slots=True)
class NoteOut:
    """What is written of a note there: fields by name, and its tags if they change."""

    fields: Mapping[str, str] = field(default_factory=dict)
    tags: frozenset[str] | None = None

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.fields) or self.tags is not None


@dataclass(frozen=True, slots=True)
class Looks:
    """How a note type looked when it was last seen there.

    `given` is a digest of the looks that both agreed on, empty while there were none; `at` (epoch seconds) is when the
    note type there last changed, `stamp` which looks of ours it was held against.
    """

    given: str = ""
    at: int = 0
    stamp: int = 0


@dataclass(frozen=True, slots=True)
class Past:
    """What a card's history says of its answers, in order, and what FSRS holds of it, where that is its scheduler."""

    answers: tuple[PastAnswer, ...] = ()
    fsrs: FsrsMemory | None = None


@dataclass(frozen=True, slots=True)
class CardOut:
    """What is written of a card there.

    `timing`: the schedule, `None` for new, if `schedules`. `state`: asked, suspended or buried, if that changes.
    `sent` are the moments (ms) of answers for its log. `forgets`: a memory state of FSRS is taken out. `far`: by more
    than a tenth of its interval it moves.
    """

    schedules: bool = False
    timing: Timing | None = None
    state: str = ""
    sent: tuple[int, ...] = ()
    forgets: bool = False
    far: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return self.schedules or bool(self.state) or bool(self.sent)
