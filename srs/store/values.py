"""What the store tells of cards, as values, and how its rows become such values; known before any library is loaded."""

from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct
from msgspec.json import Decoder

from srs.deck import Chapter
from srs.due import Queued
from srs.history import Review
from srs.scheduler import Grade, Memory

_STATE = Decoder(list)
_GRADES = {int(grade): grade for grade in Grade}

_SAME = (
    "deck",
    "name",
    "retired",
    "suspended",
    "buried_until",
    "remark",
    "heir_id",
    "note",
    "kind",
    "text",
    "line",
    "path",
    "reviews",
)


class Choice(Struct, frozen=True):
    """Which cards a command is about: those of these decks (namespaces), and of one tag if one is given."""

    decks: tuple[str, ...]
    tag: str | None = None


class Counts(Struct, frozen=True):
    """How many cards wait: `due` on or before a day, `new` ones, and all that are not retired."""

    due: int
    new: int
    total: int


class StoredCard(Struct, frozen=True):
    """A card with everything the store knows of it; `text` is the Markdown of its note."""

    key: int
    deck: str
    name: str
    memory: Memory | None
    retired: bool
    suspended: bool
    buried_until: date | None
    remark: str | None
    heir_id: int | None
    note: str
    kind: str
    text: str
    line: int
    path: str
    chapter: str
    tags: tuple[str, ...]
    reviews: int

    def state(self, day: date) -> str:
        """Say in one word how the card stands on a study day."""
        if self.retired:
            return "retired"
        if self.heir_id is not None:
            return "given away"
        if self.suspended:
            return "suspended"
        if self.buried_until and self.buried_until > day:
            return "buried"
        return "review" if self.memory else "new"


class StandingNote(Struct, frozen=True):
    """A note that stands in the text today, with its chapter, which is without notes; `key` is its row.

    `line` counts from 1; `changed_ms` is when its content last changed, in ms since 1970 UTC.
    """

    key: int
    name: str
    deck: str
    chapter: Chapter
    text: str
    line: int
    changed_ms: int


def memory_of(row: Any) -> Memory | None:  # noqa: ANN401 -- a row of whichever library read it
    """Return the memory in a row that holds its columns, or `None` for a new card."""
    if row.due is None:
        return None
    return Memory(row.due, row.interval, row.lapses, row.answered_on, tuple(_STATE.decode(row.state)))


def queued_of(row: Any) -> Queued:  # noqa: ANN401 -- as above
    """Return the card that waits in a row."""
    return Queued(row.id, row.note_id, memory_of(row), chapter=f"{row.deck}/{row.path}")


def stored_of(row: Any) -> StoredCard:  # noqa: ANN401 -- as above
    """Return the card with all that is known of it in a row."""
    same = {name: getattr(row, name) for name in _SAME}
    return StoredCard(
        key=row.id, chapter=row.title, memory=memory_of(row), tags=tuple(dict.fromkeys(row.tags.split())), **same
    )


def standing_note(row: Any) -> StandingNote:  # noqa: ANN401 -- as above
    """Return the note in a row that holds the columns of `srs.store.standing.STANDING_NOTE`."""
    chapter = _chapter(row.path, row.title, row.chapter_tags, row.source)
    return StandingNote(row.id, row.name, row.deck, chapter, row.text, row.line, row.changed_at)


@lru_cache(maxsize=64)  # notes come chapter by chapter, or nearly so
def _chapter(path: str, title: str, tags: str, source: str) -> Chapter:
    return Chapter(PurePosixPath(path), title, tuple(tags.split()), source)


def review_of(row: Any) -> Review:  # noqa: ANN401 -- as above
    """Return the review in a row of the table."""
    return Review(row.at, row.day, _GRADES[row.grade], row.ms, row.origin)
