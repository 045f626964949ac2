"""Notes and cards of the store as an exchange compares them, with the whole histories of those cards and no others."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Row, Select, String, cast, func, select

from srs.deck import Kind
from srs.history import Forget, LogLine, Moving, Name, Place, Review, Standing, Suspend, Undo, moves_of
from srs.history.fold import SAME_ANSWER
from srs.scheduler import Answer, Step
from srs.store.acts import acts_on
from srs.store.folding import by_name
from srs.store.lots import in_lots
from srs.store.memories import standing_of
from srs.store.reviews import answers_since
from srs.store.standing import STANDING_NOTE, STANDS
from srs.store.tables import NOWHERE, STANDING, cards, notes, reviews
from srs.store.values import StandingNote, standing_note

_CARDS: Select[Any] = select(
    cards.c.id, cards.c.deck, cards.c.name, cards.c.note_id, cards.c.retired, cards.c.place, cards.c.kin, *STANDING
).where(cards.c.heir_id.is_(None))


@dataclass(frozen=True, slots=True)
class StoredNote:
    """A note with its kind, whether its text stands in the decks today, and its place in its deck's order of study."""

    note: StandingNote
    kind: Kind
    stands: bool
    position: int


@dataclass(frozen=True, slots=True)
class CardSide:
    """A card that shows a history: how it stands, and when what was done to it.

    `key` is its row, `names` all names of its history. `retired`: no text asks for it. `answers` are the moments (ms)
    of those that count, `moments` of all, `moves` of all that was set or forgotten by hand, undone ones included.
    `deleted`: it was suspended because its note was deleted somewhere else.
    """

    key: int
    name: Name
    names: tuple[Name, ...]
    note: int
    standing: Standing
    retired: bool
    answers: frozenset[int]
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
        for row in connection.execute(each).all():
            yield StoredNote(standing_note(row), Kind(row.kind), bool(row.stands), row.position)


def card_sides(connection: Connection, keys: Collection[int]) -> list[CardSide]:
    """Return the cards of some notes (by their rows) that show a history, retired ones included."""
    rows = [row for some in in_lots(keys) for row in connection.execute(_CARDS.where(cards.c.note_id.in_(some))).all()]
    names = _names(connection, rows)
    lines = by_name(acts_on(connection, {name for each in names.values() for name in each}))
    moments = _moments(connection, [row.id for row in rows])
    unsure = [row.id for row in rows if _some_may_not_count(row, moments[row.id], lines)]
    idle = _idle(connection, unsure)
    return [_card_side(row, names[row.id], moments[row.id], idle[row.id], lines) for row in rows]


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved the memory of a card, in order: the steps before a moment, and from then on the acts themselves."""

    earlier: Sequence[Step]
    told: Sequence[Moving]


def histories_of(connection: Connection, sides: Collection[CardSide], since: Mapping[int, int]) -> dict[int, Moved]:
    """Return what moved the memories of cards, by their rows, told from a moment (ms) of each on."""
    lines = by_name(acts_on(connection, {name for side in sides for name in side.names if side.moves}))
    answers = answers_since(connection, since)
    return {
        side.key: _with_moves(
            *answers[side.key], [line for name in side.names for line in lines.get(name, ())], since[side.key]
        )
        for side in sides
    }


def _with_moves(earlier: list[Answer], told: list[Review], lines: list[LogLine], since: int) -> Moved:
    moves = [line.act for line in moves_of(lines) if isinstance(line.act, Forget | Place)]
    if not moves:
        return Moved(earlier, told)
    early = sorted([*earlier, *(act for act in moves if act.at < since)], key=lambda step: step.at)
    late = sorted([*told, *(act for act in moves if act.at >= since)], key=lambda act: act.at)
    return Moved([step if isinstance(step, Answer) else step.step for step in early], late)


def _moments(connection: Connection, keys: Collection[int]) -> dict[int, list[int]]:
    """Return the moments of all answers of cards, in order; one row for each card, since rows take longest."""
    found: dict[int, list[int]] = {key: [] for key in keys}
    every = func.aggregate_strings(cast(reviews.c.at, String), ",")
    for some in in_lots(keys):
        query = select(reviews.c.card_id, every).where(reviews.c.card_id.in_(some)).group_by(reviews.c.card_id)
        found |= {key: sorted(map(int, moments.split(","))) for key, moments in connection.execute(query).all()}
    return found


def _some_may_not_count(row: Row[Any], moments: list[int], lines: Mapping[Name, list[LogLine]]) -> bool:
    """Whether an answer of a card may have been undone, or be another one read from Anki."""
    if row.kin is not None or any(after - before <= SAME_ANSWER for before, after in pairwise(moments)):
        return True
    return any(isinstance(line.act, Undo) for line in lines.get((row.deck, row.name), ()))


def _idle(connection: Connection, keys: Collection[int]) -> dict[int, set[int]]:
    """Return the moments of the answers of cards that do not count."""
    found: dict[int, set[int]] = defaultdict(set)
    for some in in_lots(keys):
        query = select(reviews.c.card_id, reviews.c.at).where(reviews.c.card_id.in_(some), ~reviews.c.counts)
        for key, at in connection.execute(query).all():
            found[key].add(at)
    return found


def _card_side(
    row: Row[Any], names: list[Name], moments: list[int], idle: set[int], lines: Mapping[Name, list[LogLine]]
) -> CardSide:
    acts = [line for name in names for line in lines.get(name, ())]
    standing = standing_of(row)
    return CardSide(
        key=row.id,
        name=(row.deck, row.name),
        names=tuple(names),
        note=row.note_id,
        standing=standing,
        retired=row.retired or row.place == NOWHERE,
        answers=frozenset(moments) - idle,
        moments=frozenset(moments),
        moves=frozenset(line.act.at for line in acts if isinstance(line.act, Forget | Place)),
        deleted=standing.suspended and any(isinstance(line.act, Suspend) and DELETED in line.more for line in acts),
    )


def _names(connection: Connection, rows: Iterable[Row[Any]]) -> dict[int, list[Name]]:
    """Return all names of the histories that cards show, by the rows of the cards."""
    found = {row.id: [(row.deck, row.name)] for row in rows}
    for some in in_lots(row.id for row in rows if row.kin is not None):
        query = select(cards.c.deck, cards.c.name, cards.c.heir_id).where(cards.c.heir_id.in_(some))
        for row in connection.execute(query):
            found[row.heir_id].append((row.deck, row.name))
    return found
