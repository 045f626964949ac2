"""The tables of what one store knows for itself: nothing in them is part of the history.

`waiting` are lines of the log that are not counted yet, `given` what was done on this computer, in its order. `exports`
remember what Anki was given by packages, `base_notes` and `base_cards` what an exchange with a collection there agreed
on, `files` how far the files of a history folder were read, `facts` what the store is called, and which logs it knows.
"""

from datetime import date

from sqlalchemy import BigInteger, Index, UniqueConstraint, false
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from srs.store.tables import table_of


class WaitingRow(SQLModel, table=True):
    """A line that does not count yet: it lies more than a day ahead of the clock, or names no deck that is known.

    `srs.store.waiting` sees to it that none is there twice.
    """

    __tablename__ = "waiting"
    __table_args__ = (Index("waiting_by_card", "card"),)

    id: int | None = Field(default=None, primary_key=True)
    deck: str
    card: str
    at: int = Field(sa_type=BigInteger)
    line: str
    shared: bool = False


class GivenRow(SQLModel, table=True):
    """An act given on this computer, in order: its line, and the line that would put back what stood before, if any.

    On a server several computers give acts; `computer` says which.
    """

    __tablename__ = "given"

    id: int | None = Field(default=None, primary_key=True)
    line: str
    before: str = ""
    computer: str = Field(default="", sa_column_kwargs={"server_default": sql("''")})


class ExportRow(SQLModel, table=True):
    """What Anki was last given of a note: `fields` as JSON, `ords` joined by spaces, `changed_at` in epoch seconds.

    `made_from` is a digest of everything the fields were made from, so that an export makes anew only what changed.
    `stale`: the note left the decks, and as far as is known it still stands in Anki.
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
    stale: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class BaseNoteRow(SQLModel, table=True):
    """What both sides last agreed on of a note, by the door that leads there; `nid` is its row there.

    `fields` are a JSON list in the order of the note type's fields, null where nothing was agreed; `made_from` is a
    digest of what they were made from, empty if that must not be relied on. `gone`: it was deleted there.
    """

    __tablename__ = "base_notes"
    __table_args__ = (
        UniqueConstraint("door", "guid"),
        Index("base_notes_by_row", "door", "nid"),
        Index("base_notes_by_note", "note_id"),
        Index("base_notes_by_origin", "door", "made_from"),
    )

    id: int | None = Field(default=None, primary_key=True)
    door: str
    guid: str
    nid: int = Field(sa_type=BigInteger)
    note_id: int = Field(foreign_key="notes.id")
    note_type: int = Field(sa_type=BigInteger)
    fields: str
    tags: str
    made_from: str
    gone: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class BaseCardRow(SQLModel, table=True):
    """What both sides last agreed on of a card that is out of the queue there, or has to wait; others have no row."""

    __tablename__ = "base_cards"
    __table_args__ = (UniqueConstraint("door", "guid", "place"),)

    id: int | None = Field(default=None, primary_key=True)
    door: str
    guid: str
    place: int
    suspended: bool
    buried_on: date | None = None
    waits: bool


class FactRow(SQLModel, table=True):
    """What a store knows of itself, by name: what it is called in a history folder, and the like."""

    __tablename__ = "facts"

    name: str = Field(primary_key=True)
    value: str


class FileRow(SQLModel, table=True):
    """How far a file of the history folder was read: `size` bytes; `stamp` tells whether it is still the same text."""

    __tablename__ = "files"

    name: str = Field(primary_key=True)
    size: int = Field(sa_type=BigInteger)
    mtime_ns: int = Field(sa_type=BigInteger)
    stamp: str


exports = table_of(ExportRow)
waiting = table_of(WaitingRow)
given = table_of(GivenRow)
base_notes = table_of(BaseNoteRow)
base_cards = table_of(BaseCardRow)
facts = table_of(FactRow)
files = table_of(FileRow)
