"""How the cards of a choice stand, with their whole histories, for other programs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import select

from srs.store.cards import memory_of
from srs.store.reviews import Review, review_of
from srs.store.tables import cards, reviews

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from srs.scheduler import Memory


@dataclass(frozen=True, slots=True)
class CardProgress:
    """A card by its id, its memory, whether it is suspended, and its reviews that stand, in order."""

    name: str
    memory: Memory | None
    suspended: bool
    history: tuple[Review, ...]


def read_progress(connection: Connection, decks: Sequence[str]) -> dict[int, list[CardProgress]]:
    """Return the standing cards of these decks (namespaces) that are not new and untouched, by their note's row."""
    of_decks = cards.c.deck.in_(decks)
    query = select(reviews).join(cards, reviews.c.card_id == cards.c.id)
    query = query.where(of_decks, ~cards.c.retired, reviews.c.undone_at.is_(None))
    rows = connection.execute(query.order_by(reviews.c.card_id, reviews.c.at)).all()
    histories = {key: tuple(map(review_of, found)) for key, found in groupby(rows, key=lambda row: row.card_id)}
    found: dict[int, list[CardProgress]] = defaultdict(list)
    for row in connection.execute(select(cards).where(of_decks, ~cards.c.retired)).all():
        history = histories.get(row.id, ())
        if history or row.suspended:
            found[row.note_id].append(CardProgress(row.name, memory_of(row), row.suspended, history))
    return dict(found)
