"""Notes and cards with what they stand in, and which of them stand in the text: what many statements ask for."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, select

from srs.deck import Kind
from srs.store.tables import MEMORY, cards, chapters, notes, reviews, standing


def tagged(pattern: ColumnElement[str] | str) -> ColumnElement[bool]:
    """Return the condition that a chapter bears a tag, or the note itself; the pattern is that of `tag_pattern`."""
    every = literal(" ") + chapters.c.tags + literal(" ") + notes.c.tags + literal(" ")
    return every.icontains(pattern, escape="/")  # whatever its case, on a server too


def stored_cards() -> Select[Any]:
    """Return the query of cards with everything the store knows of them."""
    count = select(func.count()).where(reviews.c.card_id == cards.c.id, reviews.c.counts).scalar_subquery()
    of_card = (
        cards.c.id,
        cards.c.deck,
        cards.c.name,
        *MEMORY,
        cards.c.retired,
        cards.c.suspended,
        cards.c.buried_until,
        cards.c.remark,
        cards.c.heir_id,
    )
    of_note = (notes.c.name.label("note"), notes.c.kind, notes.c.text, notes.c.line)
    tags = (chapters.c.tags + literal(" ") + notes.c.tags).label("tags")
    of_chapter = (chapters.c.path, chapters.c.title, tags)
    return select(*of_card, *of_note, *of_chapter, count.label("reviews")).select_from(standing)


STANDING_NOTE = select(
    notes, chapters.c.path, chapters.c.title, chapters.c.tags.label("chapter_tags"), chapters.c.source
).join(chapters, notes.c.chapter_id == chapters.c.id)
"""The query of notes with their chapters."""
IS_OUTLINE = and_(notes.c.kind == Kind.MOCK, notes.c.line > 0)
"""Whether a note is an outline that stands in the text today."""


STANDS = exists().where(cards.c.note_id == notes.c.id, ~cards.c.retired, cards.c.heir_id.is_(None))
"""Whether a note has a card that its text asks for today, and that no other name goes on with."""
ANSWERED = exists().where(cards.c.note_id == notes.c.id, reviews.c.name_id == cards.c.id)
"""Whether a note was ever answered under its own name."""
SHOWN = ~exists().where(cards.c.note_id == notes.c.id, cards.c.heir_id.is_not(None))
"""Whether no other note goes on with a note's history."""
