"""The log as the store holds it: every line there is, in order, and the union with lines from elsewhere."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from msgspec.structs import replace
from sqlalchemy import Connection, func, select

from srs.history import Adopt, LogLine, Name, Review, Standing, Undo, canonical
from srs.history.acts import OF_A_CARD
from srs.history.force import InForce
from srs.store.acts import acts_on, every_act, write_acts
from srs.store.adding import Added, add_reviews, name_rows, rows_of
from srs.store.advancing import fold_in
from srs.store.chaining import rechain
from srs.store.folding import refold
from srs.store.lots import in_lots
from srs.store.tables import cards, reviews
from srs.store.values import review_of
from srs.store.waiting import decks_of, read_waiting, wait


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: acts `added` and already `known`, and of the answers added those for `unknown` cards.

    `kinds` counts the acts added by kind, an answer being `""`. `unknown_cards` are kept with their history until a
    deck brings them; `moved` counts cards whose due day is another now; `waiting` are lines that do not count
    yet; `lines` are those that changed something.
    """

    added: int = 0
    known: int = 0
    unknown: int = 0
    unknown_cards: tuple[str, ...] = ()
    moved: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    waiting: int = 0
    lines: tuple[LogLine, ...] = field(default=(), repr=False, compare=False)


def read_log(connection: Connection, card: tuple[int, Collection[Name]] | None = None) -> Iterator[LogLine]:
    """Yield every line there is, in the order of moments and then of canonical form.

    Lines that do not count, and those that wait, are among them. With a card (its row, and all its names) only those
    of its history.
    """
    key, names = card or (None, None)
    lines = heapq.merge(
        _reviews(connection, None if key is None else [key]), _others(connection, names), key=lambda line: line.act.at
    )
    together: list[LogLine] = []
    for line in lines:
        if together and together[0].act.at != line.act.at:
            yield from sorted(together, key=canonical) if len(together) > 1 else together
            together = []
        together.append(line)
    yield from sorted(together, key=canonical) if len(together) > 1 else together


def merge(connection: Connection, lines: Iterable[LogLine], force: InForce, until: int) -> Merged:
    """Take acts into the history, and fold the cards they touch; what is known already changes nothing.

    Lines later than `until` (ms), and lines that name no deck where not just one deck has the card, wait.
    """
    given = list(lines)
    newest = _newest_card(connection)
    placed, late = _placed(connection, given, until)
    done = add_reviews(connection, (line for line in placed if isinstance(line.act, Review)))
    answers, keys = [*done.new, *done.replaced], done.keys
    others = write_acts(connection, [line for line in placed if not isinstance(line.act, Review)])
    name_rows(connection, ((line.deck, line.card) for line in others if isinstance(line.act, OF_A_CARD)))
    waiting_now = wait(connection, late)
    touched = {keys[line.deck, line.card] for line in answers} | rows_of(connection, others)
    if any(_adopts(line) for line in others) or _newest_card(connection) != newest:
        touched |= rechain(connection)
    before = _due_days(connection, touched)
    alone = {key: lines for key, lines in _by_row(done).items() if key in touched}
    after = fold_in(connection, alone, force)
    after |= refold(connection, touched - set(after), force)
    loose = _without_text(connection, {keys[line.deck, line.card] for line in answers})
    unknown = [line for line in answers if keys[line.deck, line.card] in loose]
    return Merged(
        added=len(answers) + len(others),
        known=len(given) - len(answers) - len(others) - waiting_now,
        unknown=len(unknown),
        unknown_cards=tuple(sorted({line.card for line in unknown})),
        moved=sum(due != _due(after[key]) for key, due in before.items()),
        kinds=Counter(line.act.what for line in (*answers, *others)),
        waiting=waiting_now,
        lines=(*answers, *others),
    )


def _adopts(line: LogLine) -> bool:
    """Whether an act may change whose history a card shows; so may a card that was not known."""
    return isinstance(line.act, Adopt) or (isinstance(line.act, Undo) and line.act.act == Adopt.what)


def _newest_card(connection: Connection) -> int | None:
    found: int | None = connection.execute(select(func.max(cards.c.id))).scalar()
    return found


def _placed(connection: Connection, lines: Iterable[LogLine], until: int) -> tuple[list[LogLine], list[LogLine]]:
    """Part lines into those that count and those that wait, each with its deck as far as that is known."""
    given = list(lines)
    decks = decks_of(connection, {line.card for line in given if line.card and not line.deck})
    placed: list[LogLine] = []
    late: list[LogLine] = []
    for line in given:
        found = decks.get(line.card, set()) if line.card and not line.deck else {line.deck}
        named = replace(line, deck=next(iter(found))) if len(found) == 1 else line
        (placed if len(found) == 1 and line.act.at <= until else late).append(named)
    return placed, late


def _by_row(added: Added) -> dict[int, list[LogLine]]:
    """Return the answers that were not known by the rows of their names, those apart of which one was told anew."""
    found: dict[int, list[LogLine]] = defaultdict(list)
    for line in added.new:
        found[added.keys[line.deck, line.card]].append(line)
    for line in added.replaced:
        found.pop(added.keys[line.deck, line.card], None)
    return found


def _due_days(connection: Connection, keys: Iterable[int]) -> dict[int, date | None]:
    found: dict[int, date | None] = {}
    for some in in_lots(keys):
        rows = connection.execute(select(cards.c.id, cards.c.due).where(cards.c.id.in_(some)))
        found |= {row.id: row.due for row in rows}
    return found


def _due(standing: Standing) -> date | None:
    return standing.memory.due if standing.memory else None


def _without_text(connection: Connection, keys: Iterable[int]) -> set[int]:
    """Return those of the cards that no deck ever had."""
    found: set[int] = set()
    for some in in_lots(keys):
        found |= set(connection.scalars(select(cards.c.id).where(cards.c.id.in_(some), cards.c.note_id.is_(None))))
    return found


def _reviews(connection: Connection, keys: Sequence[int] | None) -> Iterator[LogLine]:
    query = select(reviews, cards.c.deck, cards.c.name).join(cards, reviews.c.name_id == cards.c.id)
    if keys is not None:
        query = query.where(reviews.c.card_id.in_(keys))
    for row in connection.execute(query.order_by(reviews.c.at).execution_options(yield_per=10_000)):
        yield LogLine(row.deck, row.name, review_of(row), row.more)


def _others(connection: Connection, names: Collection[Name] | None) -> list[LogLine]:
    found = [*every_act(connection), *read_waiting(connection)] if names is None else acts_on(connection, names)
    return sorted(found, key=lambda line: line.act.at)
