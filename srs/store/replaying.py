"""The whole history folded anew from its bare lines: the proof of what is kept beside the cards, and its repair."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select

from srs.history import Name, Standing
from srs.history.force import InForce
from srs.store.acts import every_act
from srs.store.chaining import Link, links, misplaced, put_in_place, read_links, rechain
from srs.store.folding import Kin, by_name, fold, mark
from srs.store.memories import STANDING, sign, standing_of, write_standings
from srs.store.tables import cards, reviews

_COLUMNS = ("id", "name_id", "at", "day", "grade", "ms", "origin", "counts", "more")
_EVERY = select(*(reviews.c[name] for name in _COLUMNS)).order_by(reviews.c.name_id, reviews.c.at)
_EVERY = _EVERY.execution_options(yield_per=10_000)
_ALONE = Link()


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay of the whole history found: how many cards, how many reviews that count, and which cards differ."""

    cards: int
    reviews: int
    drifted: tuple[str, ...]


def replay_all(connection: Connection, force: InForce, *, write: bool) -> Replayed:
    """Fold the whole history from its bare lines and compare it with what is kept; `write` puts right what differs.

    Compared are how each card stands, which answers count, and which card goes on with whose history.
    """
    known, wanted = read_links(connection), links(connection)
    drifted = {key for key in known | wanted if known.get(key, _ALONE) != wanted.get(key, _ALONE)}
    rows: dict[int, Any] = {
        row.id: row for row in connection.execute(select(cards.c.id, cards.c.deck, cards.c.name, *STANDING))
    }
    acts = by_name(every_act(connection))
    names = {key: (row.deck, row.name) for key, row in rows.items()}
    should: dict[int, Standing] = {}
    wrong: dict[int, bool] = {}
    count = 0
    for kin, found in _kins(connection, names, wanted):
        folded = fold(kin, found, acts, force)
        should |= folded.standings
        wrong |= folded.wrong
        drifted |= {row.name_id for row in found if row.id in folded.wrong} if folded.wrong else set()
        count += folded.answers
    differ = {key: standing for key, standing in should.items() if standing_of(rows[key]) != standing}
    astray = misplaced(connection)
    drifted |= set(differ) | astray
    if write:
        rechain(connection)
        put_in_place(connection, astray)
        mark(connection, wrong)
        write_standings(connection, differ)
    return Replayed(len(rows), count, tuple(name for _, name in sorted(names[key] for key in drifted)))


def take_over(connection: Connection, force: InForce) -> Replayed:
    """Make all memories those of the schedulers in force by replaying the whole history, and say so in the store."""
    done = replay_all(connection, force, write=True)
    sign(connection, force)
    return done


def _kins(
    connection: Connection, names: Mapping[int, Name], linked: Mapping[int, Link]
) -> Iterator[tuple[Kin, list[Any]]]:
    """Yield every card with the rows of its reviews, those that adoptions connect together."""
    together: dict[int, list[Any]] = defaultdict(list)
    members: dict[int, list[int]] = defaultdict(list)
    for key, link in linked.items():
        if link.kin is not None:
            members[link.kin].append(key)
    bare = set(names)
    for key, found in groupby(connection.execute(_EVERY), key=lambda row: row.name_id):
        bare.discard(key)
        kin = linked.get(key, _ALONE).kin
        if kin is None:
            yield Kin({key: names[key]}, {}), list(found)
        else:
            together[kin] += found
    for least, keys in members.items():
        bare.difference_update(keys)
        heirs = {key: heir for key in keys if (heir := linked[key].heir) is not None}
        yield Kin({key: names[key] for key in keys}, heirs), together[least]
    for key in bare:
        yield Kin({key: names[key]}, {}), []
