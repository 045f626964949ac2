"""Answers from elsewhere added to those that are known, under names that may be new."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from srs.history import LogLine, Name, Review
from srs.history.fold import SAME_ANSWER
from srs.history.moments import PRIMES
from srs.store.acts import first_of
from srs.store.called import Named, known_rows
from srs.store.lots import in_lots
from srs.store.reviews import columns
from srs.store.tables import cards, reviews
from srs.store.values import review_of


@dataclass(frozen=True, slots=True)
class Added:
    """Answers that were not known, those that stand now in place of what they were told as before, and rows by name."""

    new: list[LogLine]
    replaced: list[LogLine]
    keys: dict[Name, int]


def add_reviews(connection: Connection, lines: Iterable[LogLine]) -> Added:
    """Add answers to those that are known; return those that changed something, and the rows of all names.

    Two answers of a name at a moment are one: that not read from Anki stands, else the lesser in canonical form. Each
    line names its deck; a name that nobody knows gets a card without text.
    """
    by_name: dict[Name, dict[int, LogLine]] = defaultdict(dict)
    for line in lines:
        found = by_name[line.deck, line.card]
        found[line.act.at] = first_of(line, found[line.act.at]) if line.act.at in found else line
    names = name_rows(connection, by_name)
    known = _known(connection, {names[name].key: (name, found) for name, found in by_name.items()})
    new: list[LogLine] = []
    replaced: list[LogLine] = []
    for name, found in by_name.items():
        stored = known.get(names[name].key, {})
        for at, line in found.items():
            if at not in stored:
                new.append(line)
            elif line != stored[at] and first_of(line, stored[at]) is line:
                replaced.append(line)
                here = (reviews.c.name_id == names[name].key, reviews.c.at == at)
                connection.execute(update(reviews).where(*here).values(**_columns(line), shared=False))
    rows = [
        _columns(line) | {"name_id": names[name].key, "card_id": names[name].shown, "counts": True, "shared": False}
        for line in new
        for name in ((line.deck, line.card),)
    ]
    if rows:
        connection.execute(insert(reviews), rows)
    return Added(new, replaced, {name: named.key for name, named in names.items()})


def all_rows(connection: Connection) -> dict[Name, Named]:
    """Return the rows of all names of cards, by these."""
    rows = connection.execute(select(cards.c.deck, cards.c.name, cards.c.id, cards.c.heir_id))
    return {(deck, name): Named(key, heir or key) for deck, name, key, heir in rows}


def moments_of_cards(connection: Connection) -> dict[int, tuple[int, ...]]:
    """Return what the moments of its answers come to, as PRIMES say, of each card that shows any, by its row."""
    at, (p, q) = reviews.c.at, PRIMES
    sums = func.sum(at % p), func.sum((at % p) * (at % q))
    query = select(reviews.c.card_id, func.count(), func.min(at), func.max(at), *sums).group_by(reviews.c.card_id)
    return {key: tuple(map(int, summary)) for key, *summary in connection.execute(query)}


def not_answered_yet(connection: Connection, lines: Sequence[LogLine]) -> list[LogLine]:
    """Return those answers read from Anki that are not answers which the store holds, under whatever name."""
    named = known_rows(connection, {(line.deck, line.card) for line in lines})
    shown = {name: each.shown for name, each in named.items()}
    known = held(connection, [(shown.get((line.deck, line.card)), line.act.at) for line in lines])
    return [line for line, here in zip(lines, known, strict=True) if not here]


def held(connection: Connection, answers: Sequence[tuple[int | None, int]]) -> list[bool]:
    """Return of each answer read from Anki whether the store holds it: at its moment (ms), or up to 4 ms before.

    Its card is named by the row that shows its history, if there is one.
    """
    moments: dict[int | None, list[int]] = defaultdict(list)
    first, last = (pick((at for _, at in answers), default=0) for pick in (min, max))
    for some in in_lots({key for key, _ in answers if key is not None}):
        query = select(reviews.c.card_id, reviews.c.at).where(
            reviews.c.card_id.in_(some), reviews.c.at.between(first - SAME_ANSWER, last)
        )
        for key, at in connection.execute(query.order_by(reviews.c.at)).all():
            moments[key].append(at)
    return [_is_near(at, moments[key]) for key, at in answers]


def _is_near(at: int, known: Sequence[int]) -> bool:
    place = bisect_right(known, at)
    return place > 0 and at - known[place - 1] <= SAME_ANSWER


def name_rows(connection: Connection, wanted: Iterable[Name]) -> dict[Name, Named]:
    """Return the rows of cards by their names; a name that nobody knows gets a row."""
    names = set(wanted)
    found = known_rows(connection, names)
    new = sorted(names - set(found))
    for some in in_lots(new):
        stubs: list[dict[str, Any]] = [
            {"deck": deck, "name": card, "place": 0, "retired": True, "suspended": False} for deck, card in some
        ]
        made = insert(cards).returning(cards.c.id, sort_by_parameter_order=True)
        keys = connection.execute(made, stubs).scalars()
        found |= {name: Named(key, key) for name, key in zip(some, keys, strict=True)}
    return found


def rows_of(connection: Connection, lines: Iterable[LogLine]) -> set[int]:
    """Return the rows of those cards that acts name and the store knows."""
    return {named.key for named in known_rows(connection, {(line.deck, line.card) for line in lines}).values()}


def _known(connection: Connection, wanted: Mapping[int, tuple[Name, Collection[int]]]) -> dict[int, dict[int, LogLine]]:
    """Return the answers that are known at these moments, by the rows of their names and by their moments."""
    found: dict[int, dict[int, LogLine]] = defaultdict(dict)
    for some in in_lots(wanted):
        moments = [at for key in some for at in wanted[key][1]]
        # By the stretch of time that they lie in: for pairs of a name and a moment SQLite reads every answer there is.
        among = (reviews.c.name_id.in_(some), reviews.c.at.between(min(moments), max(moments)))
        for row in connection.execute(select(reviews).where(*among)):
            name, at = wanted[row.name_id]
            if row.at in at:
                found[row.name_id][row.at] = LogLine(*name, review_of(row), row.more)
    return found


def _columns(line: LogLine) -> dict[str, Any]:
    if not isinstance(line.act, Review):
        raise TypeError(f"no answer: {line}")
    return columns(line.act) | {"more": line.more}
