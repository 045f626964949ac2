"""Cards as they stand with their answers as bare rows, for whoever needs a whole history without an object for each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, String, func, select, type_coerce

from srs.history import DRILLS, Moving
from srs.scheduler import Bare, Memory
from srs.store.lots import in_lots
from srs.store.ordinals import Ordinals
from srs.store.progress import moves_by_card
from srs.store.queued import of_choice
from srs.store.tables import cards, reviews
from srs.store.values import Choice, memory_of, review_of

_IN_A_LOT = 10_000
_COLUMNS = (reviews.c.card_id, reviews.c.at, type_coerce(reviews.c.day, String), *reviews.c["grade", "ms", "origin"])
_ANSWERS = (
    select(*_COLUMNS)
    .join(cards, reviews.c.card_id == cards.c.id)
    .where(reviews.c.counts, ~cards.c.retired)
    .order_by(reviews.c.card_id, reviews.c.at)
    .execution_options(yield_per=_IN_A_LOT)
)


BareAnswer = tuple[int, int, Bare]
"""An answer that counts: its moment and its time (ms), and what a scheduler sees of it."""


@dataclass(frozen=True, slots=True)
class CardStanding:
    """A card that is not retired, by its row and its note's.

    `history` is the whole of it, in order, where answers one by one do not say it: the memory was moved by hand, too,
    or other cards were answered in the same millisecond.
    """

    key: int
    note: int
    deck: str
    name: str
    memory: Memory | None
    suspended: bool
    history: tuple[Moving, ...] = ()


def read_standings(connection: Connection, choice: Choice) -> Iterator[CardStanding]:
    """Yield how the cards of a choice stand, in the order of the decks."""
    histories = _histories(connection)
    for row in of_choice(connection, "progress", choice):
        history = histories.get(row.id, ())
        yield CardStanding(row.id, row.note_id, row.deck, row.name, memory_of(row), row.suspended, history)


def read_answers(connection: Connection, decks: Sequence[str]) -> Iterator[tuple[int, list[BareAnswer]]]:
    """Yield the cards of decks that were answered, by their rows, each with the answers that count, in order."""
    days = Ordinals()
    current: int | None = None
    answers: list[BareAnswer] = []
    for lot in connection.execute(_ANSWERS.where(cards.c.deck.in_(decks))).partitions():
        for key, at, day, grade, ms, origin in lot:
            if key != current:
                if current is not None:
                    yield current, answers
                current, answers = key, []
            answers.append((at, ms, (days[day], grade, origin in DRILLS, at)))
    if current is not None:
        yield current, answers


def last_counted(connection: Connection, decks: Iterable[str]) -> Mapping[int, int]:
    """Return the moment (ms) of the last answer of each card of some decks that is no drill, by the card's row."""
    query = select(reviews.c.card_id, func.max(reviews.c.at).label("at")).join(cards, reviews.c.card_id == cards.c.id)
    query = query.where(cards.c.deck.in_(list(decks)), reviews.c.counts, reviews.c.origin.not_in(DRILLS))
    return {row.card_id: row.at for row in connection.execute(query.group_by(reviews.c.card_id))}


def _histories(connection: Connection) -> dict[int, tuple[Moving, ...]]:
    """Return the histories of cards that were moved by hand, or whose answers share their moments, by their rows."""
    moves = moves_by_card(connection)
    found: dict[int, list[Moving]] = defaultdict(list)
    for some in in_lots(moves.keys() | _together(connection)):
        query = select(reviews).where(reviews.c.card_id.in_(some), reviews.c.counts)
        for row in connection.execute(query.order_by(reviews.c.at)):
            found[row.card_id].append(review_of(row))
    return {key: tuple(sorted((*found[key], *moves.get(key, ())), key=_moment)) for key in found | moves}


def _moment(act: Moving) -> int:
    return act.at


def _together(connection: Connection) -> set[int]:
    """Return the rows of cards that were answered in one millisecond, and of those that are in the way.

    Where each answer has to have a moment of its own, a later one may be moved on to the moment of the next.
    """
    at = reviews.c.at
    found: set[int] = set()
    done = -1
    for first in connection.scalars(select(at).group_by(at).having(func.count() > 1).order_by(at)).all():
        last = first
        while first > done:
            count = connection.execute(select(func.count()).where(at.between(first, last))).scalar_one()
            if first + count <= last + 1:
                found |= set(connection.scalars(select(reviews.c.card_id).where(at.between(first, last))))
                done = last
            last = max(last, first + count - 1)
    return found
