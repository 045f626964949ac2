"""Answers later than all that is known of their cards: folded on top of how these stand, however long that took."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection

from srs.history import LogLine, Review, Standing
from srs.history.fold import SAME_ANSWER
from srs.history.force import InForce
from srs.store.acts import acts_on
from srs.store.folding import refold
from srs.store.lots import in_lots
from srs.store.memories import standing_of, write_standings
from srs.store.query import ask


def fold_in(connection: Connection, new: Mapping[int, Sequence[LogLine]], force: InForce) -> dict[int, Standing]:
    """Set how cards stand after answers that were added just now, by their rows, and return it.

    The work is that of the answers where they are the latest of their card, else that of its whole history.
    """
    found = advance(connection, new, force)
    return found | refold(connection, set(new) - set(found), force)


def advance(connection: Connection, new: Mapping[int, Sequence[LogLine]], force: InForce) -> dict[int, Standing]:
    """Fold answers that were added just now, by the rows of their cards, on top of how those stand; return how they do.

    Only where that is what a fold of the whole history gives: the answers are the latest of their card, none of them
    may be another one read from Anki, and neither an adoption nor an act of another kind has a say. The other cards
    are left as they are.
    """
    found: dict[int, Standing] = {}
    for some in in_lots(new):
        for row in _simple(connection, {key: new[key] for key in some}):
            steps = (line.act.step for line in _in_time(new[row.id]) if isinstance(line.act, Review))
            before = standing_of(row)
            found[row.id] = replace(before, memory=force.of(row.deck).fold(steps, before.memory))
    write_standings(connection, found)
    return found


def _simple(connection: Connection, new: Mapping[int, Sequence[LogLine]]) -> list[Any]:
    found = ask(connection, "states", keys=list(new))
    rows = [row for row in found if row.kin is None and _apart(new[row.id])]
    named = {(line.deck, line.card) for line in acts_on(connection, {(row.deck, row.name) for row in rows})}
    latest = _latest(connection, new)
    return [row for row in rows if (row.deck, row.name) not in named and latest[row.id] == _moments(new[row.id])]


def _latest(connection: Connection, new: Mapping[int, Sequence[LogLine]]) -> dict[int, set[int]]:
    """Return the moments of all answers of the cards from the first new one of each on, and of what may be that one."""
    first = {key: min(_moments(lines)) - SAME_ANSWER for key, lines in new.items()}
    found: dict[int, set[int]] = defaultdict(set)
    for key, at in ask(connection, "answers since", keys=list(new), since=min(first.values())):
        if at >= first[key]:
            found[key].add(at)
    return found


def _apart(lines: Sequence[LogLine]) -> bool:
    """Whether no answer may be another of them that was read from Anki."""
    return not any(
        after.from_anki and after.act.at - before.act.at <= SAME_ANSWER for before, after in pairwise(_in_time(lines))
    )


def _moments(lines: Iterable[LogLine]) -> set[int]:
    return {line.act.at for line in lines}


def _in_time(lines: Iterable[LogLine]) -> list[LogLine]:
    return sorted(lines, key=lambda line: line.act.at)
