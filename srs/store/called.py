"""Cards by the ids that they bear, notes as they stand in the text, and the history of one card."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from srs.history import Name, Review
from srs.store.lots import in_lots
from srs.store.query import ask
from srs.store.queued import of_choice
from srs.store.values import Choice, StandingNote, StoredCard, review_of, standing_note, stored_of

if TYPE_CHECKING:
    from srs.store.query import Reads


def cards_called(connection: "Reads", decks: Sequence[str], names: Sequence[str]) -> list[StoredCard]:
    """Return the cards of these decks that bear one of these ids, retired ones included."""
    return list(map(stored_of, ask(connection, "called", decks=list(decks), names=list(names))))


def standing_notes(connection: "Reads", choice: Choice, *, studied: bool = False) -> Iterator[StandingNote]:
    """Yield the notes of a choice that have a card today, as the decks are written, or in the order of study."""
    return map(standing_note, of_choice(connection, "notes to study" if studied else "notes", choice))


def outlines(connection: "Reads", decks: Iterable[str]) -> list[StandingNote]:
    """Return the outlines that stand in these decks today, as the decks are written."""
    return list(map(standing_note, ask(connection, "outlines", decks=list(decks))))


class Named(NamedTuple):
    """The row of a card's name, and the row of the card that shows its history."""

    key: int
    shown: int


def known_rows(connection: "Reads", names: Collection[Name]) -> dict[Name, Named]:
    """Return the rows of those names that the store knows."""
    by_deck: dict[str, list[str]] = defaultdict(list)
    for deck, card in set(names):
        by_deck[deck].append(card)
    return {
        (deck, row.name): Named(row.id, row.heir_id or row.id)
        for deck, every in by_deck.items()
        for some in in_lots(every)
        for row in ask(connection, "named", deck=deck, names=some)
    }


def card_history(connection: "Reads", card: int) -> list[Review]:
    """Return the reviews of a card (by its row) that stand, in the order of their moments."""
    return list(map(review_of, ask(connection, "history", key=card)))
