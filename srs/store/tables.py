"""The store's tables, as they are now. A change here is a migration beside it; the check constraints are its law.

`decks` remember in which order they are studied, `chapters` which files were read and how they looked; `notes` and
`cards` what they said. `reviews` and `acts` are the history, append-only, and the truth: what `cards` keep beside a
name (memory, suspension and so on) is only what a fold of them gives by the schedulers that `schedulers` names.
"""

from datetime import date
from typing import cast

from sqlalchemy import BigInteger, CheckConstraint, Index, Table, UniqueConstraint
from sqlalchemy import text as sql
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


class DeckRow(SQLModel, table=True):
    """What the positions of a deck's notes were made from: the `study_order` of its deck.toml, an entry a line."""

    __tablename__ = "decks"
    __table_args__ = (UniqueConstraint("deck"),)

    id: int | None = Field(default=None, primary_key=True)
    deck: str
    study_order: str


class NoteRow(SQLModel, table=True):
    """A note as last read: `text` is its whole Markdown; `changed_at` (ms) is when its content last changed.

    `tags`, joined by spaces, are its own, beside its chapter's. Notes are studied by their `position` and, where that
    is the same, in the order of the text. An outline that has left the text stands on no `line` (0). `revision` grows
    with whatever happens to its text, in it or out of it.
    """

    __tablename__ = "notes"
    __table_args__ = (
        UniqueConstraint("deck", "name"),
        Index("notes_by_chapter", "chapter_id", "line"),
        Index("notes_by_revision", "revision"),
    )

    id: int | None = Field(default=None, primary_key=True)
    deck: str
    name: str
    chapter_id: int = Field(foreign_key="chapters.id")
    line: int
    kind: str
    text: str
    tags: str = Field(default="", sa_column_kwargs={"server_default": sql("''")})
    position: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": sql("0")})
    changed_at: int = Field(sa_type=BigInteger)
    revision: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": sql("0")})


class EarlierTextRow(SQLModel, table=True):
    """What a note said `until` a moment (ms), kept while a card of it was last answered under that text."""

    __tablename__ = "earlier_texts"
    __table_args__ = (Index("earlier_texts_by_note", "note_id", "until"),)

    id: int | None = Field(default=None, primary_key=True)
    note_id: int = Field(foreign_key="notes.id")
    text: str
    until: int = Field(sa_type=BigInteger)


class CardRow(SQLModel, table=True):
    """A card's name and its memory, which is whole or, for a new card, absent; `state` is a JSON list of numbers.

    `place` is where it stands among its note's cards; NOWHERE while the note's text has no such part, though the card
    is not retired yet. `note_id` is empty while a card is known only from a history that was merged; `retired` cards
    have left the text, or were never in it, and wait for it with their history. `heir_id` is the card that goes on with
    its history under a later name, `kin` the least row of all that adoptions, standing or not, connect; both are mostly
    empty. `revision` grows whenever the card stands otherwise.
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
        Index("cards_by_kin", "kin", sqlite_where=sql("kin IS NOT NULL")),
        Index("cards_by_revision", "revision"),
    )

    id: int | None = Field(default=None, primary_key=True)
    deck: str
    name: str
    note_id: int | None = Field(default=None, foreign_key="notes.id")
    place: int = 0
    retired: bool = False
    suspended: bool = False
    buried_until: date | None = None
    remark: str | None = None
    heir_id: int | None = None
    kin: int | None = None
    due: date | None = None
    interval: int | None = None
    lapses: int | None = None
    answered_on: date | None = None
    state: str | None = None
    revision: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": sql("0")})


class ReviewRow(SQLModel, table=True):
    """One graded answer. The name it was given under (`name_id`) and `at` (ms since 1970 UTC) are its natural key.

    `card_id` is the card whose history it is in now, `day` the study day; `origin` says where it was given (terminal,
    script, cram, anki). It `counts` unless it was undone, or is another answer read back from Anki. `more` are keys of
    its line that are not known here, as JSON; `shared`: some file of the history folder holds it.
    """

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("name_id", "at"),
        CheckConstraint("grade BETWEEN 0 AND 5", name="grade_is_sm2"),
        CheckConstraint("ms >= 0", name="time_runs_forward"),
        Index("reviews_by_card", "card_id", "at"),
        Index("reviews_by_day", "day", "card_id"),
        Index("reviews_by_moment", "at"),
        Index("reviews_to_share", "shared", sqlite_where=sql("NOT shared")),
    )

    id: int | None = Field(default=None, primary_key=True)
    card_id: int = Field(foreign_key="cards.id")
    name_id: int = Field(foreign_key="cards.id")
    at: int = Field(sa_type=BigInteger)
    day: date
    grade: int
    ms: int
    origin: str
    counts: bool = True
    shared: bool = False
    more: str = ""


class ActRow(SQLModel, table=True):
    """An act that is no answer; `undoes` tells undos of one moment apart, `line` is its line of the log."""

    __tablename__ = "acts"
    __table_args__ = (
        UniqueConstraint("deck", "card", "at", "what", "undoes"),
        Index("acts_by_moment", "at"),
        Index("acts_by_kind", "what"),
        Index("acts_to_share", "shared", sqlite_where=sql("NOT shared")),
    )

    id: int | None = Field(default=None, primary_key=True)
    deck: str
    card: str
    at: int = Field(sa_type=BigInteger)
    what: str
    undoes: str = ""
    line: str
    shared: bool = False


class SchedulerRow(SQLModel, table=True):
    """The scheduler that made the memories in `cards`: of a deck, or (`""`) of all that have no row of their own."""

    __tablename__ = "schedulers"
    __table_args__ = (UniqueConstraint("deck"),)

    id: int | None = Field(default=None, primary_key=True)
    deck: str = ""
    name: str
    version: int
    parameters: str


def table_of(row: type[SQLModel]) -> Table:
    """Return the table that a class of rows declares."""
    return cast("Table", row.__table__)  # type: ignore[attr-defined]


decks = table_of(DeckRow)
chapters = table_of(ChapterRow)
notes = table_of(NoteRow)
earlier_texts = table_of(EarlierTextRow)
cards = table_of(CardRow)
reviews = table_of(ReviewRow)
acts = table_of(ActRow)
schedulers = table_of(SchedulerRow)
standing = cards.join(notes, cards.c.note_id == notes.c.id).join(chapters, notes.c.chapter_id == chapters.c.id)
"""Cards with the note and the chapter they stand in; a card known only from a merged history is not among them."""
MEMORY = (cards.c.due, cards.c.interval, cards.c.lapses, cards.c.answered_on, cards.c.state)
"""What a memory is made of."""
STANDING = (*MEMORY, cards.c.suspended, cards.c.buried_until, cards.c.remark)
"""How a card stands."""
