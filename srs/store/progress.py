"""How the cards of a choice stand, with their whole histories."""

from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection, select

from srs.scheduler import Memory
from srs.store.cards import IN_ORDER, Choice, chosen
from srs.store.memories import memory_of
from srs.store.reviews import Review, review_of
from srs.store.tables import cards, chapters, reviews, standing


@dataclass(frozen=True, slots=True)
class CardProgress:
    """A card that is not retired, by its note's row and its id, with its reviews that stand, in order."""

    note: int
    name: str
    chapter: str
    memory: Memory | None
    suspended: bool
    history: tuple[Review, ...]


def read_progress(connection: Connection, choice: Choice) -> list[CardProgress]:
    """Return how the cards of a choice stand, in the order of the decks, without their text."""
    query = select(reviews).join(cards, reviews.c.card_id == cards.c.id)
    query = query.where(cards.c.deck.in_(choice.decks), ~cards.c.retired, reviews.c.undone_at.is_(None))
    rows = connection.execute(query.order_by(reviews.c.card_id, reviews.c.at)).all()
    histories = {key: tuple(map(review_of, found)) for key, found in groupby(rows, key=lambda row: row.card_id)}
    wanted = select(cards, chapters.c.title).select_from(standing).where(*chosen(choice), ~cards.c.retired)
    return [
        CardProgress(row.note_id, row.name, row.title, memory_of(row), row.suspended, histories.get(row.id, ()))
        for row in connection.execute(wanted.order_by(*IN_ORDER)).all()
    ]
