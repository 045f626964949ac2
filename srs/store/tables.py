"""The store's tables, as they are now. A change here is a migration beside it; the check constraints are its law.

`chapters` remember which files were read and how they looked; `notes` and `cards` what they said; `reviews` are
the history, append-only, and the truth: the memory kept in `cards` is only what a replay of them gives by the
scheduler that `scheduler` names. `exports` remember what Anki was given.
"""

from datetime import date
from typing import cast

from sqlalchemy import BigInteger, CheckConstraint, Index, Table, UniqueConstraint
from sqlmodel import Field, SQLModel

NOWHERE = -1


class ChapterRow(SQLModel, table=True):
    """A chapter file as it was last read; `tags` are joined by spaces."""

    __tablename__ = "chapters"
    __table_args__ = (UniqueConstraint("deck", "path"),)

    id: int | None = Field(default=None, primary_key=True)
    deck: str
    path: str
    title: str
    tags: str = ""
    source: str = ""
    size: int = Field(sa_type=BigInteger)
    mtime_ns: int = Field(sa_type=BigInteger)


class NoteRow(SQLModel, table=True):
    """A note as last read: `text` is its whole Markdown; `changed_at` (ms) is when its content last changed."""

    __tablename__ = "notes"
    __table_args__ = (UniqueConstraint("deck", "name"), Index("notes_by_chapter", "chapter_id", "line"))

    id: int | None = Field(default=None, primary_key=True)
    deck: str
    name: str
    chapter_id: int = Field(foreign_key="chapters.id")
    line: int
    kind: str
    text: str
    changed_at: int = Field(sa_type=BigInteger)


class EarlierTextRow(SQLModel, table=True):
    """What a note said `until` a moment (ms), kept while a card of it was last answered under that text."""

    __tablename__ = "earlier_texts"
    __table_args__ = (Index("earlier_texts_by_note", "note_id", "until"),)

    id: int | None = Field(default=None, primary_key=True)
    note_id: int = Field(foreign_key="notes.id")
    text: str
    until: int = Field(sa_type=BigInteger)


class CardRow(SQLModel, table=True):
    """A card and its memory, which is whole or, for a new card, absent; `state` is a JSON list of numbers.

    `place` is where it stands among its note's cards; NOWHERE while the note's text has no such part, though the card
    is not retired yet. `note_id` is empty while a card is known only from a history that was merged; `retired` cards
    have left the text, or were never in it, and wait for it with their history.
    """

    __tablename__ = "cards"
    __table_args__ = (
        UniqueConstraint("deck", "name"),
        CheckConstraint(
            "(due IS NULL) = (interval IS NULL) AND (due IS NULL) = (lapses IS NULL)"
            " AND (due IS NULL) = (answered_on IS NULL) AND (due IS NULL) = (state IS NULL)",
            name="memory_is_whole",
        ),
        CheckConstraint("due IS NULL OR (interval >= 1 AND lapses >= 0)", name="memory_is_sane"),
        CheckConstraint("retired OR note_id IS NOT NULL", name="asked_cards_have_text"),
        Index("cards_by_due", "due"),
        Index("cards_by_note", "note_id", "place"),
    )

    id: int | None = Field(default=None, primary_key=True)
    deck: str
    name: str
    note_id: int | None = Field(default=None, foreign_key="notes.id")
    place: int = 0
    retired: bool = False
    suspended: bool = False
    buried_until: date | None = None
    due: date | None = None
    interval: int | None = None
    lapses: int | None = None
    answered_on: date | None = None
    state: str | None = None


class ReviewRow(SQLModel, table=True):
    """One graded answer. (card, `at`) is its natural key; `at` is in ms since 1970 UTC, `day` the study day.

    `origin` says where it was given (terminal, script, cram, anki); an undone review is marked with when, never
    deleted.
    """

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("card_id", "at"),
        CheckConstraint("grade BETWEEN 0 AND 5", name="grade_is_sm2"),
        CheckConstraint("ms >= 0", name="time_runs_forward"),
        Index("reviews_by_day", "day", "card_id"),
        Index("reviews_by_moment", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    card_id: int = Field(foreign_key="cards.id")
    at: int = Field(sa_type=BigInteger)
    day: date
    grade: int
    ms: int
    origin: str
    undone_at: int | None = Field(default=None, sa_type=BigInteger)


class ExportRow(SQLModel, table=True):
    """What Anki was last given of a note: `fields` as JSON, `ords` joined by spaces, `changed_at` in epoch seconds.

    `made_from` is a digest of everything the fields were made from, so that an export makes anew only what changed.
    """

    __tablename__ = "exports"
    __table_args__ = (UniqueConstraint("guid"), Index("exports_by_note", "note_id"))

    id: int | None = Field(default=None, primary_key=True)
    guid: str
    note_id: int = Field(foreign_key="notes.id")
    note_type: int = Field(sa_type=BigInteger)
    anki_deck: str
    tags: str
    fields: str
    ords: str
    changed_at: int = Field(sa_type=BigInteger)
    made_from: str


class FlagRow(SQLModel, table=True):
    """A remark on a card, one at most, made at a moment (ms)."""

    __tablename__ = "flags"
    __table_args__ = (UniqueConstraint("card_id"),)

    id: int | None = Field(default=None, primary_key=True)
    card_id: int = Field(foreign_key="cards.id")
    remark: str
    at: int = Field(sa_type=BigInteger)


class SchedulerRow(SQLModel, table=True):
    """The scheduler that made the memories in `cards`: the one row there is, or none while nothing was replayed."""

    __tablename__ = "scheduler"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    version: int
    parameters: str


def _table(row: type[SQLModel]) -> Table:
    return cast("Table", row.__table__)  # type: ignore[attr-defined]


chapters = _table(ChapterRow)
notes = _table(NoteRow)
earlier_texts = _table(EarlierTextRow)
cards = _table(CardRow)
reviews = _table(ReviewRow)
exports = _table(ExportRow)
flags = _table(FlagRow)
scheduler = _table(SchedulerRow)
standing = cards.join(notes, cards.c.note_id == notes.c.id).join(chapters, notes.c.chapter_id == chapters.c.id)
"""Cards with the note and the chapter they stand in; a card known only from a merged history is not among them."""
