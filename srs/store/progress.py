"""How the cards of a choice stand, with their whole histories, for other programs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select

from srs.scheduler import Memory
from srs.store.cards import IN_ORDER, Choice, chosen
from srs.store.memories import memory_of
from srs.store.reviews import Review, review_of
from srs.store.tables import cards, chapters, reviews, standing


@dataclass(frozen=True, slots=True)
class CardProgress:
    """A card by its row and id, its memory, whether it is suspended, and its reviews that stand, in order."""

    key: int
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
            found[row.note_id].append(CardProgress(row.id, row.name, memory_of(row), row.suspended, history))
    return dict(found)


@dataclass(frozen=True, slots=True)
class StandingCard:
    """A card that is not retired, as far as its chapter and memory go; ids may be the same in two decks."""

    key: int
    chapter: str
    memory: Memory | None
    suspended: bool


def standing_cards(connection: Connection, choice: Choice) -> list[StandingCard]:
    """Return the cards of a choice in the order of the decks, without their text."""
    query = select(cards, chapters.c.title).select_from(standing)
    rows: Sequence[Any] = connection.execute(query.where(*chosen(choice), ~cards.c.retired).order_by(*IN_ORDER)).all()
    return [StandingCard(row.id, row.title, memory_of(row), row.suspended) for row in rows]
