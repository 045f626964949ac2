"""Cards as they stand with their answers as bare rows, for whoever needs a whole history without an object for each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from srs.history import DRILLS, Moving
from srs.scheduler import Bare, Memory
from srs.store.lots import in_lots
from srs.store.ordinals import Ordinals
from srs.store.progress import moves_by_card
from srs.store.query import ask, ask_one, passing
from srs.store.queued import of_choice
from srs.store.values import Choice, memory_of, review_of

if TYPE_CHECKING:
    from srs.store.query import Reads


BareAnswer = tuple[int, int, Bare]
"""An answer that counts: its moment and its time (ms), and what a scheduler sees of it."""


class CardStanding(Struct, frozen=True):
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


def read_standings(connection: "Reads", choice: Choice) -> Iterator[CardStanding]:
    """Yield how the cards of a choice stand, in the order of the decks."""
    histories = _histories(connection)
    for row in of_choice(connection, "progress", choice):
        history = histories.get(row.id, ())
        yield CardStanding(row.id, row.note_id, row.deck, row.name, memory_of(row), row.suspended, history)


def read_answers(connection: "Reads", decks: Sequence[str]) -> Iterator[tuple[int, list[BareAnswer]]]:
    """Yield the cards of decks that were answered, by their rows, each with the answers that count, in order."""
    days = Ordinals()
    for key, rows in groupby(passing(connection, "timed histories", decks=list(decks)), key=itemgetter(0)):
        yield key, [(at, ms, (days[day], grade, origin in DRILLS, at)) for _, at, day, grade, ms, origin in rows]


def last_counted(connection: "Reads", decks: Iterable[str]) -> Mapping[int, int]:
    """Return the moment (ms) of the last answer of each card of some decks that is no drill, by the card's row."""
    return {row.card_id: row.at for row in ask(connection, "last counted", decks=list(decks))}


def _histories(connection: "Reads") -> dict[int, tuple[Moving, ...]]:
    """Return the histories of cards that were moved by hand, or whose answers share their moments, by their rows."""
    moves = moves_by_card(connection)
    found: dict[int, list[Moving]] = defaultdict(list)
    for some in in_lots(moves.keys() | _together(connection)):
        for row in ask(connection, "these histories", keys=some):
            found[row.card_id].append(review_of(row))
    return {key: tuple(sorted((*found[key], *moves.get(key, ())), key=_moment)) for key in found | moves}


def _moment(act: Moving) -> int:
    return act.at


def _together(connection: "Reads") -> set[int]:
    """Return the rows of cards that were answered in one millisecond, and of those that are in the way.

    Where each answer has to have a moment of its own, a later one may be moved on to the moment of the next.
    """
    found: set[int] = set()
    done = -1
    for (first,) in ask(connection, "shared moments"):
        last = first
        while first > done:
            count = ask_one(connection, "answers between", first=first, last=last)
            if first + count <= last + 1:
                found |= {row.card_id for row in ask(connection, "answered between", first=first, last=last)}
                done = last
            last = max(last, first + count - 1)
    return found
