"""What deck text says once it is read: decks, chapters, notes, and the cards made from a note."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath

from markdown_it.token import Token
from msgspec import Struct

from srs.errors import Problem

DECK_FILE = "deck.toml"
MOST_STEPS = 20
MOST_CLOZES = 500
BACK = "back"
"""The part of a note that asks its heading."""


class Kind(StrEnum):
    """How a note asks; it follows from the shape of its body unless the heading says it."""

    BASIC = "basic"
    STEPS = "steps"
    SET = "set"
    CLOZE = "cloze"
    BOTH = "both"
    MOCK = "mock"


class Step(Struct, frozen=True):
    """One item of a steps note.

    `part` is its number as written (`c3`), or a provisional one made from its text; `provisional` is always the
    latter. `line` is the line of the file on which the item begins.
    """

    part: str
    provisional: str
    line: int

    @property
    def numbered(self) -> bool:
        """Whether the item carries its own number in the text."""
        return self.part != self.provisional


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an outline: its text as inline tokens, how long it may take (seconds), and the cards behind it.

    `line` is the line of the file on which it begins.
    """

    text: Sequence[Token] = field(compare=False, repr=False)
    seconds: int | None
    cards: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Outline:
    """An outline to speak by: the question as it is put to one, as block tokens, and the lines of the answer.

    The question may be missing; then the heading asks. `filled`: not all of its lines are `…`.
    """

    question: Sequence[Token] = field(compare=False, repr=False)
    lines: tuple[Line, ...]
    filled: bool


@dataclass(frozen=True, slots=True)
class Note:
    """One piece of knowledge as written: a heading that asks and a body that answers.

    `text` is the note's Markdown, heading included, with LF line ends; the same text always makes the same note.
    `parts` are what is asked of it, in the order of study; `""` is the whole note. `typed`: its answers are to be
    typed. `tags` are its own, beside its chapter's; `rank` says how early it is studied, the lower the earlier.
    `outline` is what a note has that is spoken by and not asked. `prompt` holds the heading's inline tokens, `answer`
    and `extra` block tokens, all from one parse.
    """

    id: str
    provisional: str
    kind: Kind
    text: str
    line: int
    steps: tuple[Step, ...] = ()
    parts: tuple[str, ...] = ("",)
    typed: bool = False
    tags: tuple[str, ...] = ()
    rank: int | None = None
    outline: Outline | None = None
    prompt: Sequence[Token] = field(default=(), compare=False, repr=False)
    answer: Sequence[Token] = field(default=(), compare=False, repr=False)
    extra: Sequence[Token] = field(default=(), compare=False, repr=False)

    @property
    def identified(self) -> bool:
        """Whether the heading carries an id."""
        return self.id != self.provisional

    @property
    def cards(self) -> tuple[str, ...]:
        """The ids of the note's cards, siblings of one another, in the order of study."""
        return tuple(card_id(self.id, part) for part in self.parts)


class Mistake(Struct, frozen=True):
    """Something wrong in a file of a deck: what was found, and what to do.

    `line` and `column` count from 1, and `rule` names what was broken, as in `Problem`. A `warning` leaves the note
    usable.
    """

    line: int
    message: str
    rule: str
    column: int = 1
    warning: bool = False

    def of(self, file: Path) -> Problem:
        """Return the mistake with the file that it is in."""
        return Problem(file, self.line, self.message, self.rule, self.column, self.warning)


class Place(Struct, frozen=True):
    """Where a note stands."""

    file: Path
    line: int


class Silence(Struct, frozen=True):
    """A piece of advice on style that a chapter's author has decided against for one note, with the reason."""

    note: str
    rule: str
    reason: str
    line: int


class Chapter(Struct, frozen=True):
    """One Markdown file; `path` is relative to its deck's folder."""

    path: PurePosixPath
    title: str
    tags: tuple[str, ...] = ()
    source: str = ""
    notes: tuple[Note, ...] = ()
    silences: tuple[Silence, ...] = ()


class Deck(Struct, frozen=True):
    """A folder with a `deck.toml`; `namespace` tells its ids, and its Anki guids, from every other deck's.

    `new` and `reviews` are its own daily limits, where it has any. `order` says what is studied first: tags
    (`tag:core`) and chapters, as they are called.
    """

    namespace: str
    name: str
    root: Path
    language: str = ""
    author: str = ""
    source: str = ""
    licence: str = ""
    new: int | None = None
    reviews: int | None = None
    order: tuple[str, ...] = ()


def card_id(note: str, part: str) -> str:
    """Return the id of a card, which reads as a path: `e2-steps` asks the whole note, `e2-steps/c3` one part."""
    return f"{note}/{part}" if part else note


def split_card_id(card: str) -> tuple[str, str]:
    """Return the note and the part that a card id names; the opposite of `card_id`."""
    note, _, part = card.partition("/")
    return note, part
