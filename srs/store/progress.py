"""How the cards of a choice stand, with their whole histories."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from srs.history import Forget, Moving, Place, Undo, moves_of
from srs.scheduler import Memory
from srs.store.called import known_rows
from srs.store.forces import acts_of
from srs.store.query import ask
from srs.store.queued import of_choice
from srs.store.values import Choice, memory_of, review_of

if TYPE_CHECKING:
    from srs.store.query import Reads


@dataclass(frozen=True, slots=True)
class CardProgress:
    """A card that is not retired, by its note's row and its id, with the acts that moved its memory, in order."""

    note: int
    deck: str
    name: str
    chapter: str
    memory: Memory | None
    suspended: bool
    history: tuple[Moving, ...]


def read_progress(connection: "Reads", choice: Choice) -> list[CardProgress]:
    """Return how the cards of a choice stand, in the order of the decks, without their text."""
    histories = _histories(connection, ask(connection, "histories of decks", decks=choice.decks))
    return [
        CardProgress(
            row.note_id, row.deck, row.name, row.title, memory_of(row), row.suspended, histories.get(row.id, ())
        )
        for row in of_choice(connection, "progress", choice)
    ]


def read_histories(connection: "Reads") -> list[tuple[Moving, ...]]:
    """Return the history of every card that has one, of those without text, too."""
    return list(_histories(connection, ask(connection, "histories")).values())


def _histories(connection: "Reads", rows: Iterable[Any]) -> dict[int, tuple[Moving, ...]]:
    """Return what moved the memories of cards, by their rows, in order."""
    histories: dict[int, tuple[Moving, ...]] = {
        key: tuple(map(review_of, found)) for key, found in groupby(rows, key=lambda row: row.card_id)
    }
    for key, moves in moves_by_card(connection).items():
        histories[key] = tuple(sorted((*histories.get(key, ()), *moves), key=lambda act: act.at))
    return histories


def moves_by_card(connection: "Reads") -> dict[int, list[Moving]]:
    """Return what was set or forgotten by hand, by the row of the card that shows it."""
    lines = acts_of(connection, Forget.what, Place.what)
    moves = moves_of([*lines, *(acts_of(connection, Undo.what) if lines else ())])
    rows = known_rows(connection, {(line.deck, line.card) for line in moves})
    found: dict[int, list[Moving]] = defaultdict(list)
    for line in moves:
        if isinstance(line.act, Moving):
            found[rows[line.deck, line.card].shown].append(line.act)
    return found
