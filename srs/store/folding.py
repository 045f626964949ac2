"""The fold of the history, card by card: what an act, a merge or a change of text makes of the cards it touches."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from srs.history import LogLine, Name, Review, Standing, Undo, counted, standing
from srs.history.acts import READ_FROM_ANKI
from srs.history.fold import SAME_ANSWER, Counted, lapses, moving
from srs.history.force import InForce
from srs.scheduler import Bare
from srs.store.acts import acts_on
from srs.store.bare import histories_of
from srs.store.lots import in_lots
from srs.store.memories import write_standings
from srs.store.reviews import answer_of
from srs.store.tables import cards, reviews
from srs.store.values import review_of

_HISTORIES = (
    select(reviews)
    .where(reviews.c.card_id.in_(bindparam("keys", expanding=True)))
    .order_by(reviews.c.card_id, reviews.c.at)
)
_NAMES = select(cards.c.id, cards.c.deck, cards.c.name, cards.c.heir_id, cards.c.kin)
_FEW = 50  # cards that are folded as well without looking at first which are plain
_MARK = update(reviews).where(reviews.c.id == bindparam("review")).values(counts=bindparam("counted"))


@dataclass(frozen=True, slots=True)
class Kin:
    """Cards whose names adoptions connect, by row; `heirs` are the rows whose histories go on in another row."""

    names: Mapping[int, Name]
    heirs: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Folded:
    """How the cards of a kin stand, by row, and how many answers count; `wrong` are reviews marked otherwise."""

    standings: dict[int, Standing]
    answers: int
    wrong: dict[int, bool]


def lapses_of(connection: Connection, keys: Iterable[int], force: InForce) -> Iterator[tuple[LogLine, int]]:
    """Yield the answers that were lapses of cards, each with how many there had been of its card with it."""
    for kin, rows, acts in _read(connection, keys):
        found, others = _counted(kin, rows, acts)
        for key, names in _shown(kin).items():
            yield from lapses(moving(names, found, others), force.of(kin.names[key][0]))


def refold(connection: Connection, keys: Iterable[int], force: InForce) -> dict[int, Standing]:
    """Set how cards stand to what their histories give, and return it; of all that adoptions connect with them, too."""
    apart = set(keys)
    found = _refold_plain(connection, apart, force) if len(apart) > _FEW else {}
    rest: dict[int, Standing] = {}
    wrong: dict[int, bool] = {}
    for kin, rows, acts in _read(connection, apart - set(found)):
        folded = fold(kin, rows, acts, force)
        rest |= folded.standings
        wrong |= folded.wrong
    mark(connection, wrong)
    write_standings(connection, rest)
    return found | rest


def _refold_plain(connection: Connection, keys: Iterable[int], force: InForce) -> dict[int, Standing]:
    """Do what `refold` does for those of the cards that stand as their answers alone have them; return only these."""
    found: dict[int, Standing] = {}
    for some in in_lots(keys):
        rows = {row.id: row for row in connection.execute(_NAMES.where(cards.c.id.in_(some), cards.c.kin.is_(None)))}
        named = by_name(acts_on(connection, {(row.deck, row.name) for row in rows.values()}))
        alone = {key: row.deck for key, row in rows.items() if (row.deck, row.name) not in named}
        answers: dict[int, list[Bare] | None] = {key: [] for key in alone}
        for history in histories_of(connection, alone):
            answers[history.key] = history.answers if history.plain else None
        plain = {
            key: Standing(force.of(alone[key]).fold_bare(each)) for key, each in answers.items() if each is not None
        }
        write_standings(connection, plain)
        found |= plain
    return found


def fold(kin: Kin, rows: Sequence[Any], acts: Mapping[Name, Sequence[LogLine]], force: InForce) -> Folded:
    """Fold the bare rows of the reviews of a kin, and its other acts; a card that has an heir keeps nothing itself."""
    others = [line for name in kin.names.values() for line in acts.get(name, ())]
    if len(kin.names) == 1 and not others and not _told_twice(rows):
        ((key, (deck, _)),) = kin.names.items()
        memory = force.of(deck).fold(map(answer_of, rows))
        return Folded({key: Standing(memory)}, len(rows), {row.id: True for row in rows if not row.counts})
    found, _ = _counted(kin, rows, acts)
    kept = {line.key for line in found.answers}
    wrong = {
        row.id: not row.counts
        for row in rows
        if row.counts != ((*kin.names[row.name_id], row.at, Review.what, 0, "") in kept)
    }
    shown = _shown(kin)
    return Folded(
        {
            key: standing(shown[key], found, others, force.of(deck)) if key in shown else Standing()
            for key, (deck, _) in kin.names.items()
        },
        len(found.answers),
        wrong,
    )


def _read(
    connection: Connection, keys: Iterable[int]
) -> Iterator[tuple[Kin, list[Any], Mapping[Name, Sequence[LogLine]]]]:
    """Yield the kins of cards, each with the rows of its reviews, and the acts of all of them by name."""
    kins = list(_kins(connection, set(keys)))
    histories: dict[int, list[Any]] = defaultdict(list)
    for some in in_lots(key for kin in kins for key in kin.names):
        for row in connection.execute(_HISTORIES, {"keys": some}).all():
            histories[row.card_id].append(row)
    acts = by_name(acts_on(connection, {name for kin in kins for name in kin.names.values()}))
    for kin in kins:
        yield kin, [row for key in kin.names for row in histories[key]], acts


def _counted(kin: Kin, rows: Sequence[Any], acts: Mapping[Name, Sequence[LogLine]]) -> tuple[Counted, list[LogLine]]:
    others = [line for name in kin.names.values() for line in acts.get(name, ())]
    lines = [LogLine(*kin.names[row.name_id], review_of(row), row.more) for row in rows]
    return counted(lines, [line for line in others if isinstance(line.act, Undo)]), others


def _told_twice(rows: Sequence[Any]) -> bool:
    """Whether one of the reviews of a card, in order, may be another one that was read from Anki."""
    return any(
        after.origin in READ_FROM_ANKI and after.at - before.at <= SAME_ANSWER for before, after in pairwise(rows)
    )


def _shown(kin: Kin) -> dict[int, set[Name]]:
    """Return the names of the histories that cards show, by their rows."""
    shown: dict[int, set[Name]] = defaultdict(set)
    for key, name in kin.names.items():
        shown[kin.heirs.get(key, key)].add(name)
    return shown


def by_name(lines: Iterable[LogLine]) -> dict[Name, list[LogLine]]:
    """Return acts by whom they name."""
    found: dict[Name, list[LogLine]] = defaultdict(list)
    for line in lines:
        found[line.deck, line.card].append(line)
    return found


def mark(connection: Connection, wrong: Mapping[int, bool]) -> None:
    """Mark reviews as counted or not, by their rows."""
    if wrong:
        connection.execute(_MARK, [{"review": key, "counted": counts} for key, counts in wrong.items()])


def _kins(connection: Connection, keys: set[int]) -> Iterable[Kin]:
    alone: list[Any] = []
    connected: set[int] = set()
    for some in in_lots(keys):
        for row in connection.execute(_NAMES.where(cards.c.id.in_(some))):
            if row.kin is None:
                alone.append(row)
            else:
                connected.add(row.kin)
    yield from (Kin({row.id: (row.deck, row.name)}, {}) for row in alone)
    yield from kins_of(
        row for some in in_lots(connected) for row in connection.execute(_NAMES.where(cards.c.kin.in_(some)))
    )


def kins_of(rows: Iterable[Any]) -> Iterable[Kin]:
    """Return the cards of some rows by what connects them."""
    together: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        together[row.kin].append(row)
    for found in together.values():
        yield Kin(
            {row.id: (row.deck, row.name) for row in found}, {row.id: row.heir_id for row in found if row.heir_id}
        )
