"""The whole history folded anew from its bare lines: the proof of what is kept beside the cards, and its repair."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from srs.history import LogLine, Name, Standing
from srs.history.force import InForce
from srs.scheduler import Bare, Memory
from srs.store.acts import every_act
from srs.store.bare import histories_by_name
from srs.store.chaining import Link, links, misplaced, put_in_place, read_links, rechain
from srs.store.folding import Folded, Kin, by_name, fold, mark
from srs.store.lots import in_lots
from srs.store.memories import sign, standing_of, write_standings
from srs.store.tables import STANDING, cards, reviews
from srs.store.values import memory_of

_AT_ONCE = 1_000
_CARDS = select(cards.c.id, cards.c.deck, cards.c.name, *STANDING)
_EVERY = select(reviews).order_by(reviews.c.name_id, reviews.c.at)
_ALONE = Link()


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay of the whole history found: how many cards, how many reviews that count, and which cards differ."""

    cards: int
    reviews: int
    drifted: tuple[str, ...]


def replay_all(
    connection: Connection, force: InForce, *, write: bool, share: Callable[[int, int], object] | None = None
) -> Replayed:
    """Fold the whole history from its bare lines and compare it with what is kept; `write` puts right what differs.

    `share` is told how many cards are folded, and how many there are.
    Compared are how each card stands, which answers count, and which card goes on with whose history.
    """
    known, wanted = read_links(connection), links(connection)
    drifted = {key for key in known | wanted if known.get(key, _ALONE) != wanted.get(key, _ALONE)}
    acts = by_name(every_act(connection))
    apart = {key for key, link in wanted.items() if link.kin is not None}
    differ: dict[int, Standing] = {}
    wrong: dict[int, bool] = {}
    total = count = 0
    size = connection.execute(select(func.count()).select_from(cards)).scalar_one() if share else 0
    for row, answers in _every_card(connection):
        total += 1
        if share and total % _AT_ONCE == 0:
            share(total, size)
        if answers is None or row.id in apart or (row.deck, row.name) in acts:
            apart.add(row.id)
            continue
        count += len(answers)
        memory = force.of(row.deck).fold_bare(answers)
        if not _stands(row, memory):
            differ[row.id] = Standing(memory)
    for folded, rows in _folded(connection, apart, wanted, acts, force):
        differ |= {key: standing for key, standing in folded.standings.items() if standing_of(rows[key]) != standing}
        wrong |= folded.wrong
        count += folded.answers
    drifted |= set(differ) | _named(connection, wrong)
    astray = misplaced(connection)
    drifted |= astray
    if write:
        rechain(connection)
        put_in_place(connection, astray)
        mark(connection, wrong)
        write_standings(connection, differ)
    names = [(row.deck, row.name) for row in _rows(connection, drifted).values()]
    return Replayed(total, count, tuple(name for _, name in sorted(names)))


def take_over(connection: Connection, force: InForce) -> Replayed:
    """Make all memories those of the schedulers in force by replaying the whole history, and say so in the store."""
    done = replay_all(connection, force, write=True)
    sign(connection, force)
    return done


def _every_card(connection: Connection) -> Iterator[tuple[Any, list[Bare] | None]]:
    """Yield the row of every card with what was answered under its name, `None` if that is not plain."""
    histories = histories_by_name(connection)
    history = next(histories, None)
    rows = connection.execute(_CARDS.order_by(cards.c.id).execution_options(stream_results=True))
    for lot in rows.partitions(_AT_ONCE):
        for row in lot:
            while history and history.key < row.id:  # of a name that is not there: `damage` tells it
                history = next(histories, None)
            if history and history.key == row.id:
                yield row, history.answers if history.plain else None
            else:
                yield row, []


def _stands(row: Any, memory: Memory | None) -> bool:  # noqa: ANN401 -- a row of SQLAlchemy's
    """Whether a card's row holds a memory and nothing else."""
    if row.suspended or row.buried_until or row.remark:
        return False
    return row.due is None if memory is None else memory_of(row) == memory


def _folded(
    connection: Connection,
    keys: Collection[int],
    linked: Mapping[int, Link],
    acts: Mapping[Name, list[LogLine]],
    force: InForce,
) -> Iterator[tuple[Folded, dict[int, Any]]]:
    """Fold those cards that need more than a look at their answers, and yield them with the rows of all their kin."""
    members: dict[int, list[int]] = defaultdict(list)
    for key in sorted(keys):
        kin = linked.get(key, _ALONE).kin
        members[key if kin is None else kin].append(key)
    for lot in in_lots(members.values()):
        every = [key for group in lot for key in group]
        rows = _rows(connection, every)
        answers: dict[int, list[Any]] = defaultdict(list)
        for some in in_lots(every):
            for row in connection.execute(_EVERY.where(reviews.c.name_id.in_(some))).all():
                answers[row.name_id].append(row)
        for group in lot:
            heirs = {key: heir for key in group if (heir := linked.get(key, _ALONE).heir) is not None}
            names = {key: (rows[key].deck, rows[key].name) for key in group}
            yield fold(Kin(names, heirs), [row for key in group for row in answers[key]], acts, force), rows


def _rows(connection: Connection, keys: Collection[int]) -> dict[int, Any]:
    """Return the rows of cards."""
    return {
        row.id: row
        for some in in_lots(sorted(keys))
        for row in connection.execute(_CARDS.where(cards.c.id.in_(some))).all()
    }


def _named(connection: Connection, wrong: Collection[int]) -> set[int]:
    """Return the rows of the names under which some reviews were given."""
    found: set[int] = set()
    for some in in_lots(wrong):
        found |= set(connection.scalars(select(reviews.c.name_id).where(reviews.c.id.in_(some)).distinct()))
    return found
