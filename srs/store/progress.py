"""How the cards of a choice stand, with their whole histories."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import ColumnElement, Connection, select

from srs.history import Forget, Moving, Place, Undo, moves_of
from srs.scheduler import Memory
from srs.store.adding import known_rows
from srs.store.cards import chosen
from srs.store.forces import acts_of
from srs.store.order import IN_ORDER
from srs.store.reviews import review_of
from srs.store.tables import cards, chapters, reviews, standing
from srs.store.values import Choice, memory_of


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


def read_progress(connection: Connection, choice: Choice) -> list[CardProgress]:
    """Return how the cards of a choice stand, in the order of the decks, without their text."""
    histories = _histories(connection, cards.c.deck.in_(choice.decks), ~cards.c.retired)
    wanted = select(cards, chapters.c.title).select_from(standing)
    wanted = wanted.where(*chosen(choice), ~cards.c.retired, cards.c.heir_id.is_(None))
    return [
        CardProgress(
            row.note_id, row.deck, row.name, row.title, memory_of(row), row.suspended, histories.get(row.id, ())
        )
        for row in connection.execute(wanted.order_by(*IN_ORDER)).all()
    ]


def read_histories(connection: Connection) -> list[tuple[Moving, ...]]:
    """Return the history of every card that has one, of those without text, too."""
    return list(_histories(connection).values())


def _histories(connection: Connection, *wanted: ColumnElement[bool]) -> dict[int, tuple[Moving, ...]]:
    """Return what moved the memories of cards, by their rows, in order."""
    query = select(reviews).join(cards, reviews.c.card_id == cards.c.id).where(*wanted, reviews.c.counts)
    rows = connection.execute(query.order_by(reviews.c.card_id, reviews.c.at)).all()
    histories: dict[int, tuple[Moving, ...]] = {
        key: tuple(map(review_of, found)) for key, found in groupby(rows, key=lambda row: row.card_id)
    }
    for key, moves in _moves(connection).items():
        histories[key] = tuple(sorted((*histories.get(key, ()), *moves), key=lambda act: act.at))
    return histories


def _moves(connection: Connection) -> dict[int, list[Moving]]:
    """Return what was set or forgotten by hand, by the row of the card that shows it."""
    lines = acts_of(connection, Forget.what, Place.what)
    moves = moves_of([*lines, *(acts_of(connection, Undo.what) if lines else ())])
    named = known_rows(connection, {(line.deck, line.card) for line in moves})
    found: dict[int, list[Moving]] = defaultdict(list)
    for line in moves:
        if isinstance(line.act, Moving):
            found[named[line.deck, line.card].shown].append(line.act)
    return found
