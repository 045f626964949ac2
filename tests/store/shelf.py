"""A store in memory that is filled card by card, for tests of what is read from it."""

from __future__ import annotations

import atexit
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace
from sqlalchemy import delete, insert, select, update
from sqlmodel import SQLModel

from srs.due import milliseconds
from srs.history import SCRIPT, Review
from srs.scheduler import Grade
from srs.store.opening import open_store
from srs.store.reviews import write_review
from srs.store.tables import cards, chapters, notes, reviews

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from srs.store.opening import Store

DAY = date(2026, 12, 1)
_OPEN = ExitStack()
_IDLE: list[Store] = []
atexit.register(_OPEN.close)


@contextmanager
def empty_store() -> Iterator[Store]:
    """Give an empty store in memory; to make one takes longer than most tests, so each is emptied and used again."""
    store = _IDLE.pop() if _IDLE else _OPEN.enter_context(open_store("sqlite://"))
    try:
        yield store
    finally:
        with store.writing() as connection:
            for table in reversed(SQLModel.metadata.sorted_tables):
                connection.execute(delete(table))
        _IDLE.append(store)


def days(number: int) -> date:
    """Return a day counted from the study day of these tests."""
    return DAY + timedelta(days=number)


def moment(day: date, hour: int = 12, minute: int = 0) -> int:
    """Return a moment of a day in UTC, in ms since 1970."""
    return milliseconds(datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC))


@dataclass(frozen=True)
class Shelf:
    """A connection to a store, and short words to fill it."""

    connection: Connection

    def note(
        self, name: str, *, deck: str = "ship", path: str = "sea.md", line: int = 1, tags: str = "", asks: str = ""
    ) -> int:
        """Put a note into a chapter, which is made if need be; return the note's row. It asks its name, or as said."""
        here = (chapters.c.deck == deck, chapters.c.path == path)
        chapter = self.connection.execute(select(chapters.c.id).where(*here)).scalar()
        if chapter is None:
            values = {"deck": deck, "path": path, "title": path.title(), "tags": tags, "size": 1, "mtime_ns": 1}
            chapter = self.connection.execute(insert(chapters).values(**values).returning(chapters.c.id)).scalar_one()
        text = f"## {asks or name}? {{#{name}}}\n\nText."
        values = {"deck": deck, "name": name, "chapter_id": chapter, "line": line, "kind": "basic", "text": text}
        made = insert(notes).values(**values, changed_at=0).returning(notes.c.id)
        key: int = self.connection.execute(made).scalar_one()
        return key

    def card(
        self,
        name: str,
        *,
        due: int | None = None,
        note: int | None = None,
        place: int = 0,
        deck: str = "ship",
        path: str = "sea.md",
        line: int = 1,
        tags: str = "",
    ) -> int:
        """Put a card, due some days from now or new, into a note of its own or into one that is there."""
        memory: dict[str, object] = {}
        if due is not None:
            memory = {
                "due": days(due),
                "interval": 5,
                "lapses": 0,
                "answered_on": days(due - 5),
                "state": "[2, 2500, 1]",
            }
        row = note or self.note(name, deck=deck, path=path, line=line, tags=tags)
        values = {"deck": deck, "name": name, "note_id": row, "place": place, "retired": False, "suspended": False}
        made = insert(cards).values(**values, **memory).returning(cards.c.id)
        key: int = self.connection.execute(made).scalar_one()
        return key

    def change(self, card: int, **values: object) -> int:
        """Set columns of a card, and return its row."""
        self.connection.execute(update(cards).where(cards.c.id == card).values(**values))
        return card

    def answer(
        self, card: int, day: int = 0, grade: int = 4, *, minute: int = 0, ms: int = 1000, origin: str = SCRIPT
    ) -> int:
        """Write an answer given some days from now, and return its row."""
        review = Review(moment(days(day), minute=minute), days(day), Grade(grade), ms, origin)
        taken = set(self.connection.scalars(select(reviews.c.at).where(reviews.c.name_id == card)))
        while review.at in taken:
            review = replace(review, at=review.at + 1)
        write_review(self.connection, card, review)
        here = (reviews.c.name_id == card, reviews.c.at == review.at)
        key: int = self.connection.execute(select(reviews.c.id).where(*here)).scalar_one()
        return key

    def undone(self, review: int) -> None:
        """Mark an answer as one that does not count."""
        self.connection.execute(update(reviews).where(reviews.c.id == review).values(counts=False))


@contextmanager
def shelf() -> Iterator[Shelf]:
    """Open a store in memory, with a transaction to fill and read it in."""
    with empty_store() as store, store.writing() as connection:
        yield Shelf(connection)
