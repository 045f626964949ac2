"""Outlines to speak by: what stands in the decks of them, of which there are no cards."""

from srs.collection.collection import Collection
from srs.store.texts import StandingNote, outlines


def outline_called(collection: Collection, name: str) -> StandingNote | None:
    """Return the outline of an id, or `None`; `deck:id` tells decks apart, and without a deck the first one counts."""
    with collection.store.reading() as connection:
        found = [
            each for each in outlines(connection, collection.decks) if name in {each.name, f"{each.deck}:{each.name}"}
        ]
    return found[0] if found else None
