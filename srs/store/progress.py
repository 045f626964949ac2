"""How the cards of a choice stand, and what was answered of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from srs.history import DRILLS, Forget, Moving, Place, Undo, moves_of
from srs.scheduler import Bare, Grade, Memory, Step
from srs.store.called import known_rows
from srs.store.forces import acts_of
from srs.store.lots import in_lots
from srs.store.ordinals import Ordinals
from srs.store.query import ask
from srs.store.queued import of_choice
from srs.store.values import Choice, memory_of, review_of

if TYPE_CHECKING:
    from srs.store.query import Reads


class CardProgress(NamedTuple):
    """A card that is not retired, by its row and its deck, as it stands."""

    key: int
    deck: str
    chapter: str
    memory: Memory | None
    suspended: bool


class Totals(NamedTuple):
    """Answers that count, by grade, and the time (ms) of all of them."""

    grades: dict[Grade, int]
    ms: int


class DayTotal(NamedTuple):
    """The answers of a study day that count, and their time (ms)."""

    day: date
    answers: int
    ms: int


def read_progress(connection: "Reads", choice: Choice) -> Iterator[CardProgress]:
    """Yield how the cards of a choice stand, in the order of the decks, without their text."""
    for row in of_choice(connection, "progress", choice):
        yield CardProgress(row.id, row.deck, row.title, memory_of(row), row.suspended)


def read_totals(connection: "Reads", choice: Choice) -> Totals:
    """Return what the answers of the cards of a choice come to."""
    (row,) = of_choice(connection, "answers", choice)
    every = {grade: getattr(row, f"grade_{int(grade)}") for grade in Grade}
    return Totals({grade: int(number) for grade, number in every.items() if number}, int(row.ms or 0))


def read_days(connection: "Reads", choice: Choice, since: date) -> list[DayTotal]:
    """Return what the answers of the cards of a choice come to on each study day from one on, in order."""
    rows = of_choice(connection, "answers by day", choice, day=since)
    return [DayTotal(row.day, row.answers, int(row.ms)) for row in rows]


def histories_since(
    connection: "Reads", standing: Iterable[CardProgress], since: date
) -> Iterator[tuple[int, list[Bare], Sequence[tuple[int, Step]]]]:
    """Yield those of some cards that an answer tested from a study day on, by their rows, each with its whole history.

    That is its answers that count, in order, and what else moved its memory, with the moments (ms). The last answer
    that tested a memory is the last that it knows of, unless it was set or forgotten by hand: of such, all are given.
    """
    days, moves = Ordinals(), moves_by_card(connection)
    keys = [each.key for each in standing if each.key in moves or (each.memory and each.memory.answered_on >= since)]
    for some in in_lots(keys):
        rows = ask(connection, "bare histories", keys=some)
        for key, found in groupby(rows, key=itemgetter(0)):
            answers = [(days[day], grade, origin in DRILLS, at) for _, at, day, grade, origin in found]
            yield key, answers, [(act.at, act.step) for act in moves.get(key, ())]


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
