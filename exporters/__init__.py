"""What leaves the house, and what comes back: notes for other programs, and what those programs know of them.

Every exporter takes values and a path. None of them knows the store, the clock, randomness or the screen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from srs.deck import Chapter, Deck, Note
from srs.scheduler import Grade, Memory


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """One answer of a card's history, with what it found and what it left.

    `at`: ms since 1970 UTC, `ms`: the time it took. A `drill` moved nothing. `first`: the card was new before it;
    `forgotten`: it had lapsed and not been recalled since. `interval` and `last_interval`: days, after and before it, 0
    for a new card. `ease`: permille, after it; of a scheduler without ease, what the other program has in its place.
    """

    at: int
    grade: Grade
    ms: int
    drill: bool
    first: bool
    forgotten: bool
    interval: int
    last_interval: int
    ease: int


@dataclass(frozen=True, slots=True)
class FsrsMemory:
    """What FSRS holds of a card: stability in days, difficulty from 1 to 10, and by what it schedules.

    `retention` is the recall at which it is asked, `decay` the exponent of its forgetting curve, as a positive number;
    `answered_at` the moment (ms) of the last answer that counted, `None` if a schedule was set by hand since.
    """

    stability: float
    difficulty: float
    retention: float
    decay: float
    answered_at: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How a card stands: its memory (`None` if it is new) and ease (permille), whether it is suspended, its answers.

    `fsrs`: what FSRS holds of it, where that is its scheduler.
    """

    memory: Memory | None
    ease: int = 0
    suspended: bool = False
    answers: tuple[PastAnswer, ...] = ()
    fsrs: FsrsMemory | None = None


@dataclass(frozen=True, slots=True)
class ExportNote:
    """A note with the chapter and the deck it stands in.

    `changed_s`: epoch seconds at which anything shown with this note last changed: its own text, an image in
    it, or its chapter's tags or source. A program that already holds the note keeps its copy unless this moves.
    `progress`: by part of the note; a part that is missing is exported as new. `first`: the deck and id that the note
    had first, by which other programs know it again; `None` if it never had another.
    """

    deck: Deck
    chapter: Chapter
    note: Note
    changed_s: int
    progress: Mapping[str, Progress] = field(default_factory=dict)
    first: tuple[str, str] | None = None
