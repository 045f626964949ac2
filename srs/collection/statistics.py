"""The figures of a collection: histories read from the store and folded."""

from collections.abc import Iterator
from datetime import date

from srs.collection.collection import Collection
from srs.stats import CardRecord, Figures, figures
from srs.store.cards import Choice
from srs.store.progress import read_progress, standing_cards


def statistics(collection: Collection, choice: Choice, today: date) -> Figures:
    """Return how it is going with the cards of a choice on a study day; reads their whole histories."""
    return figures(_records(collection, choice), collection.scheduler, today)


def _records(collection: Collection, choice: Choice) -> Iterator[CardRecord]:
    leeches = collection.rules.leeches
    with collection.store.reading() as connection:
        progress = read_progress(connection, choice.decks)
        histories = {card.key: card.history for cards in progress.values() for card in cards}
        for card in standing_cards(connection, choice):
            history = histories.get(card.key, ())
            yield CardRecord(
                card.chapter,
                card.memory,
                card.suspended,
                leeches.holds(card.memory),
                tuple(review.answer for review in history),
                tuple(review.ms for review in history),
            )
