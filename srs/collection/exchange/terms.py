"""What an exchange goes by, and what it gives back."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from exporters.anki.edits import Edit
from exporters.anki.exchange.account import Account
from exporters.anki.record import Record
from srs.collection.rules import Rules
from srs.deck import Deck
from srs.history import LogLine, Name, Review
from srs.store.sides import StoredNote


class Door(Protocol):
    """A way to an account that is open for an exchange."""

    @property
    def name(self) -> str:
        """What it is called in the store."""

    @property
    def title(self) -> str:
        """What its learner calls it."""

    @property
    def account(self) -> Account:
        """The open collection."""

    def send(self, *, media: bool) -> None:
        """Send what was written, where it does not stay on this computer."""

    def complete(self) -> None:
        """Send what is left to be sent, where nothing had to be written."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What an exchange goes by: decks by namespace, the rules of acts, the study day of a moment, the moment now (ms).

    `deletes`: a note that left the decks is removed there, and not only marked. `images` tells how the images of the
    decks are now from how they were.
    """

    decks: Mapping[str, Deck]
    rules: Rules
    day_of: Callable[[int], date]
    now: int
    deletes: bool = False
    images: str = ""


@dataclass(frozen=True, slots=True)
class NoteEdits:
    """What was edited there of a note that stands here; `given` is what both last agreed on, if that is known."""

    note: StoredNote
    edits: tuple[Edit, ...]
    given: Record | None


@dataclass(frozen=True, slots=True)
class Lost:
    """A note that was deleted there: its deck and id, where it stands here, and its heading."""

    name: Name
    file: Path
    line: int
    heading: str


@dataclass(slots=True)
class Exchanged:
    """What went which way.

    Notes `made`, `changed` and `retired` there, by deck and id, and those `deleted` there; `scheduled`: cards whose
    schedule moved there, `far` of them by more than a tenth of their interval, `otherwise` of them though nothing known
    here had moved them; `states`: how many were suspended, buried or put back (asked) there; `sent`: answers that went
    there. `home`: lines that came home; `edits`: what was edited there; `added`: what notes say first that stand
    there and are not ours. `looks`: names of note types that got new looks.
    """

    made: list[Name] = field(default_factory=list)
    changed: list[Name] = field(default_factory=list)
    retired: list[Name] = field(default_factory=list)
    deleted: list[Lost] = field(default_factory=list)
    scheduled: int = 0
    far: int = 0
    otherwise: int = 0
    states: Counter[str] = field(default_factory=Counter)
    sent: int = 0
    home: list[LogLine] = field(default_factory=list)
    edits: dict[str, NoteEdits] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    looks: list[str] = field(default_factory=list)

    @property
    def reviews(self) -> int:
        """How many answers came home."""
        return sum(isinstance(line.act, Review) for line in self.home)

    @property
    def acts(self) -> Counter[str]:
        """How many acts of each other kind came home."""
        return Counter(line.act.what for line in self.home if not isinstance(line.act, Review))

    @property
    def nothing(self) -> bool:
        """Whether both sides agreed already."""
        lists = (self.made, self.changed, self.retired, self.deleted, self.home, self.looks)
        return not (any(lists) or self.scheduled or self.states or self.sent)
