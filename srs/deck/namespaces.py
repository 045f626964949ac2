"""Namespaces, which tell the ids of one deck from those of all others."""

from collections.abc import Iterable, Iterator

from srs.deck.values import DECK_FILE, Deck
from srs.errors import Problem


def shared_namespaces(decks: Iterable[Deck]) -> Iterator[Problem]:
    """Yield a mistake for each deck whose namespace another has, too: their ids could not be told apart."""
    first: dict[str, Deck] = {}
    for deck in decks:
        other = first.setdefault(deck.namespace, deck)
        if other is not deck:
            yield Problem(
                deck.root / DECK_FILE,
                1,
                f"namespace {deck.namespace!r} is taken by {other.root / DECK_FILE}; choose another",
                "shared-namespace",
            )
            yield Problem(
                other.root / DECK_FILE,
                1,
                f"namespace {deck.namespace!r} is used again by {deck.root / DECK_FILE}; choose another",
                "shared-namespace",
            )
