"""Notes and cards of the store as an exchange compares them, with the whole histories of those cards and no others."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from srs.deck import Kind
from srs.history import Forget, LogLine, Moving, Name, Place, Standing, Suspend, moves_of
from srs.store.acts import acts_on
from srs.store.folding import by_name
from srs.store.lots import in_lots
from srs.store.memories import STANDING, standing_of
from srs.store.reviews import review_of
from srs.store.tables import NOWHERE, cards, notes, reviews
from srs.store.texts import STANDING_NOTE, STANDS, StandingNote, standing_note

_CARDS: Select[Any] = select(
    cards.c.id, cards.c.deck, cards.c.name, cards.c.note_id, cards.c.retired, cards.c.place, cards.c.kin, *STANDING
).where(cards.c.heir_id.is_(None))


@dataclass(frozen=True, slots=True)
class StoredNote:
    """A note with its kind, and whether its text stands in the decks today."""

    note: StandingNote
    kind: Kind
    stands: bool


@dataclass(frozen=True, slots=True)
class CardSide:
    """A card that shows a history: how it stands, and that history.

    `retired`: no text asks for it. `history` is what moved its memory, in order; `moments` (ms) are those of all
    answers, `moves` those of all that was set or forgotten by hand, undone ones included. `deleted`: it was suspended
    because its note was deleted somewhere else.
    """

    name: Name
    note: int
    standing: Standing
    retired: bool
    history: tuple[Moving, ...]
    moments: frozenset[int]
    moves: frozenset[int]
    deleted: bool


DELETED = '"from":"anki-deleted"'
"""What the line of an act says that suspends a card because its note was deleted in Anki."""


def stored_notes(connection: Connection, keys: Iterable[int] | None, decks: Collection[str]) -> Iterator[StoredNote]:
    """Yield some notes by their rows; without rows those that stand in some decks (namespaces)."""
    query = STANDING_NOTE.add_columns(STANDS.label("stands"))
    if keys is None:
        lots = [query.where(notes.c.deck.in_(decks), STANDS)]
    else:
        lots = [query.where(notes.c.id.in_(some)) for some in in_lots(keys)]
    for each in lots:
        for row in connection.execute(each):
            yield StoredNote(standing_note(row), Kind(row.kind), bool(row.stands))


def card_sides(connection: Connection, keys: Collection[int]) -> list[CardSide]:
    """Return the cards of some notes (by their rows) that show a history, retired ones included."""
    rows = [row for some in in_lots(keys) for row in connection.execute(_CARDS.where(cards.c.note_id.in_(some)))]
    names = _names(connection, rows)
    lines = by_name(acts_on(connection, {name for each in names.values() for name in each}))
    answers: dict[int, list[Row[Any]]] = defaultdict(list)
    for some in in_lots(row.id for row in rows):
        for row in connection.execute(select(reviews).where(reviews.c.card_id.in_(some)).order_by(reviews.c.at)):
            answers[row.card_id].append(row)
    return [
        _card_side(row, answers[row.id], [line for name in names[row.id] for line in lines.get(name, ())])
        for row in rows
    ]


def _card_side(row: Row[Any], answers: list[Row[Any]], lines: list[LogLine]) -> CardSide:
    reviews_of_it: list[Moving] = [review_of(each) for each in answers if each.counts]
    moves = [line.act for line in moves_of(lines) if isinstance(line.act, Forget | Place)]
    history = sorted([*reviews_of_it, *moves], key=lambda act: act.at) if moves else reviews_of_it
    standing = standing_of(row)
    return CardSide(
        name=(row.deck, row.name),
        note=row.note_id,
        standing=standing,
        retired=row.retired or row.place == NOWHERE,
        history=tuple(history),
        moments=frozenset(each.at for each in answers),
        moves=frozenset(line.act.at for line in lines if isinstance(line.act, Forget | Place)),
        deleted=standing.suspended and any(isinstance(line.act, Suspend) and DELETED in line.more for line in lines),
    )


def _names(connection: Connection, rows: Iterable[Row[Any]]) -> dict[int, list[Name]]:
    """Return all names of the histories that cards show, by the rows of the cards."""
    found = {row.id: [(row.deck, row.name)] for row in rows}
    for some in in_lots(row.id for row in rows if row.kin is not None):
        query = select(cards.c.deck, cards.c.name, cards.c.heir_id).where(cards.c.heir_id.in_(some))
        for row in connection.execute(query):
            found[row.heir_id].append((row.deck, row.name))
    return found
