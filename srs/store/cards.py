"""Reading cards by what they are called, and all that there are."""

from datetime import date

from sqlalchemy import ColumnElement, Connection, select

from srs.store.queued import tag_pattern
from srs.store.standing import tagged
from srs.store.tables import cards, notes
from srs.store.values import Choice


def card_names(connection: Connection, deck: str) -> frozenset[str]:
    """Return every card and note id that a deck ever had."""
    ever = [
        *connection.scalars(select(cards.c.name).where(cards.c.deck == deck)),
        *connection.scalars(select(notes.c.name).where(notes.c.deck == deck)),
    ]
    return frozenset(ever)


def due_days(connection: Connection) -> dict[int, date | None]:
    """Return the due day of every card, by its row."""
    return {row.id: row.due for row in connection.execute(select(cards.c.id, cards.c.due))}


def chosen(choice: Choice) -> list[ColumnElement[bool]]:
    """Return the conditions that a card, with its note and chapter, is of a choice."""
    wanted: list[ColumnElement[bool]] = [cards.c.deck.in_(choice.decks)]
    if choice.tag:
        wanted.append(tagged(tag_pattern(choice.tag)))
    return wanted
