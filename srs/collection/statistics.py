"""The figures of a collection: histories read from the store and folded."""

from collections.abc import Iterator
from datetime import date

from srs.collection.desk import Desk
from srs.history import Review
from srs.stats.figures import CardRecord, Figures, figures
from srs.store.progress import read_progress
from srs.store.values import Choice


def statistics(desk: Desk, choice: Choice, today: date) -> Figures:
    """Return how it is going with the cards of a choice on a study day; reads their whole histories."""
    return figures(_records(desk, choice), desk.scheduler, today)


def _records(desk: Desk, choice: Choice) -> Iterator[CardRecord]:
    leeches = desk.rules.leeches
    with desk.store.reading() as connection:
        for card in read_progress(connection, choice):
            yield CardRecord(
                card.chapter,
                card.memory,
                card.suspended,
                leeches.holds(card.memory),
                tuple(act.step for act in card.history),
                tuple(act.ms if isinstance(act, Review) else 0 for act in card.history),
                card.deck,
            )
