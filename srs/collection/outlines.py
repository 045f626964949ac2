"""Outlines to speak by: what stands in the decks of them, of which there are no cards."""

from srs.collection.desk import Desk
from srs.store.called import outlines
from srs.store.values import StandingNote


def outline_called(desk: Desk, name: str) -> StandingNote | None:
    """Return the outline of an id, or `None`; `deck:id` tells decks apart, and without a deck the first one counts."""
    with desk.store.reading() as connection:
        found = [each for each in outlines(connection, desk.decks) if name in {each.name, f"{each.deck}:{each.name}"}]
    return found[0] if found else None
