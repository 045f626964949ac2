"""A union under way: lines from elsewhere taken in lot by lot, and the cards that they touch folded once at the end."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Any, cast

from msgspec.structs import replace
from sqlalchemy import Connection, Table, func, select

from srs.history import Adopt, LogLine, Name, Review, Standing, Undo
from srs.history.acts import OF_A_CARD
from srs.history.force import InForce
from srs.history.plain import Plain, line_of
from srs.store.acts import write_acts
from srs.store.adding import Added, add_reviews, name_rows, rows_of
from srs.store.advancing import fold_in
from srs.store.chaining import rechain
from srs.store.folding import refold
from srs.store.indexes import put_aside
from srs.store.lots import in_lots
from srs.store.merged import Merged
from srs.store.tables import cards, reviews
from srs.store.waiting import decks_of, wait

if TYPE_CHECKING:
    import sqlite3

_FEW = 5_000  # answers that are kept to be folded on top of what was known; of more the whole histories are folded
_INSERT = (
    "INSERT INTO reviews (card_id, name_id, at, day, grade, ms, origin, counts, shared, more)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, 1, 0, '')"
)
# Of the driver itself: a row of any library takes as long as all else that is done with it.
_AT = "SELECT name_id, at FROM reviews WHERE at BETWEEN ? AND ?"
_SAME = "SELECT name_id, at, day, grade, ms, origin FROM reviews WHERE at BETWEEN ? AND ? AND more = ''"
_MANY = 50_000  # new answers after which some indexes are made anew at the end, if there were fewer before
_MORE = 4  # times as many answers in a stretch of time as are looked for there: then they are looked for by name

_Row = tuple[int, int, str, int, int, str]  # name, moment, day, grade, time, origin


class Taking:
    """Takes lines into the history, and says in the end what that did; what is known already changes nothing.

    Lines later than `until` (ms), and lines that name no deck where not just one deck has the card, wait. `keep`:
    whether the lines that changed something are wanted in the end. `alone`: nobody else asks for answers by their card
    or their day on the way, so that many of them can be written without the indexes for that.
    """

    def __init__(
        self, connection: Connection, force: InForce, until: int, *, keep: bool = False, alone: bool = False
    ) -> None:
        self._connection, self._force, self._until = connection, force, until
        self._keep, self._alone = keep, alone
        self._newest = _newest(connection, cards)
        self._newest_answer = _newest(connection, reviews)
        self._keys: dict[Name, int] = {}
        self._shown: dict[int, int] = {}
        self._answers: Counter[int] = Counter()  # those that changed something, by the rows of their names
        self._touched: set[int] = set()
        self._new: dict[int, list[LogLine]] | None = defaultdict(list)  # `None` once they are many
        self._anew: set[int] = set()
        self._lines: list[LogLine] = []
        self._kinds: Counter[str] = Counter()
        self._given = self._waiting = 0
        self._adopted = False
        self._aside: list[str] = []  # the statements that make indexes again

    def take(self, lines: Iterable[LogLine]) -> None:
        """Take in lines of any kind."""
        given = list(lines)
        self._given += len(given)
        placed, late = _placed(self._connection, given, self._until)
        done = add_reviews(self._connection, (line for line in placed if isinstance(line.act, Review)))
        others = write_acts(self._connection, [line for line in placed if not isinstance(line.act, Review)])
        name_rows(self._connection, ((line.deck, line.card) for line in others if isinstance(line.act, OF_A_CARD)))
        self._waiting += wait(self._connection, late)
        self._touched |= rows_of(self._connection, others)
        self._adopted = self._adopted or any(map(_adopts, others))
        self._kinds.update(line.act.what for line in others)
        self._lines += others if self._keep else ()
        self._answered(done)

    def take_plain(self, answers: Sequence[Plain]) -> None:
        """Do what `take` does for answers that are plain; those that are known or new are no objects here."""
        if self._connection.dialect.name != "sqlite":
            self.take(map(line_of, answers))
            return
        self._name({answer[:2] for answer in answers if answer[2] <= self._until})
        rows: dict[_Row, Plain] = {}
        apart: list[Plain] = []
        for answer in answers:
            deck, card, at, day, grade, ms, origin = answer
            if at <= self._until:
                rows[self._keys[deck, card], at, day, grade, ms, origin] = answer
            else:
                apart.append(answer)
        new: dict[_Row, Plain] = {}
        if unknown := rows.keys() - self._among(rows, _SAME):
            moments = self._among(unknown, _AT)
            for row in sorted(unknown, key=itemgetter(1)):
                if row[:2] in moments:  # told otherwise
                    apart.append(rows[row])
                else:
                    moments.add(row[:2])
                    new[row] = rows[row]
        self._given += len(answers) - len(apart)
        self._write(new)
        if apart:
            self.take(map(line_of, apart))

    def done(self) -> Merged:
        """Fold the cards that were touched, and say what it all came to."""
        connection = self._connection
        for index in self._aside:
            connection.exec_driver_sql(index)
        touched = self._touched
        if self._adopted or _newest(connection, cards) != self._newest:
            touched |= rechain(connection)
        before = _due_days(connection, touched)
        after: dict[int, Standing] = {}
        if self._new is not None:
            alone = {key: lines for key, lines in self._new.items() if key in touched and key not in self._anew}
            after = fold_in(connection, alone, self._force)
        after |= refold(connection, touched - set(after), self._force)
        loose = _without_text(connection, self._answers)
        added = self._kinds.total()
        return Merged(
            added=added,
            known=self._given - added - self._waiting,
            unknown=sum(self._answers[key] for key in loose),
            unknown_cards=tuple(sorted(set(loose.values()))),
            moved=sum(due != _due(after[key]) for key, due in before.items()),
            kinds=self._kinds,
            waiting=self._waiting,
            lines=tuple(self._lines),
        )

    def _answered(self, done: Added) -> None:
        """Count answers that changed something; of one that came in before with this merge that was counted then."""
        anew = [line for line in done.replaced if not self._came_before(line, done.keys[line.deck, line.card])]
        keys = {line: done.keys[line.deck, line.card] for line in (*done.new, *done.replaced)}
        self._count([keys[line] for line in (*done.new, *anew)])
        self._touched.update(keys.values())
        self._anew.update(keys[line] for line in done.replaced)
        self._remember([(keys[line], line) for line in done.new])
        if self._keep:
            self._lines += [*done.new, *done.replaced]

    def _came_before(self, line: LogLine, key: int) -> bool:
        here = (reviews.c.name_id == key, reviews.c.at == line.act.at)
        row: int = self._connection.execute(select(reviews.c.id).where(*here)).scalar_one()
        return row > self._newest_answer

    def _write(self, rows: Mapping[_Row, Plain]) -> None:
        """Write answers that are new."""
        if not rows:
            return
        if self._alone and not self._aside and self._answers.total() >= max(_MANY, self._newest_answer):
            self._aside = put_aside(self._connection)
        self._connection.exec_driver_sql(_INSERT, [(self._shown[row[0]], *row) for row in rows])
        keys = [row[0] for row in rows]
        self._count(keys)
        self._touched.update(keys)
        if self._new is not None:
            self._remember([(key, line_of(answer)) for key, answer in zip(keys, rows.values(), strict=True)])

    def _count(self, keys: Sequence[int]) -> None:
        self._answers.update(keys)
        self._kinds.update({Review.what: len(keys)} if keys else {})

    def _remember(self, new: Sequence[tuple[int, LogLine]]) -> None:
        """Keep what is new of each card, as long as it is not much in all."""
        if self._new is not None and self._answers.total() > _FEW:
            self._new = None
        if self._new is not None:
            for key, line in new:
                self._new[key].append(line)

    def _name(self, wanted: set[Name]) -> None:
        """Learn the rows of names; one that nobody knows gets a row."""
        if lacking := {name for name in wanted if name not in self._keys}:  # a difference looks at all keys
            found = name_rows(self._connection, lacking)
            self._keys |= {name: named.key for name, named in found.items()}
            self._shown |= found.values()

    def _among(self, rows: Collection[_Row], query: str) -> set[Any]:
        """Return what is known of answers in the stretch of time of these, or of their names in it if that is less."""
        moments = [row[1] for row in rows]
        stretch, most = (min(moments, default=0), max(moments, default=0)), _MORE * len(rows)
        raw = cast("sqlite3.Connection", self._connection.connection.dbapi_connection)
        found = raw.execute(f"{query} LIMIT ?", (*stretch, most + 1)).fetchall()
        if len(found) <= most:
            return set(found)
        return {
            row
            for some in in_lots({row[0] for row in rows})
            for row in raw.execute(f"{query} AND name_id IN ({', '.join('?' * len(some))})", (*stretch, *some))
        }


def _adopts(line: LogLine) -> bool:
    """Whether an act may change whose history a card shows; so may a card that was not known."""
    return isinstance(line.act, Adopt) or (isinstance(line.act, Undo) and line.act.act == Adopt.what)


def _newest(connection: Connection, of: Table) -> int:
    found: int | None = connection.execute(select(func.max(of.c.id))).scalar()
    return found or 0


def _placed(connection: Connection, lines: Sequence[LogLine], until: int) -> tuple[list[LogLine], list[LogLine]]:
    """Part lines into those that count and those that wait, each with its deck as far as that is known."""
    decks = decks_of(connection, {line.card for line in lines if line.lacks_deck})
    placed: list[LogLine] = []
    late: list[LogLine] = []
    for line in lines:
        found = decks.get(line.card, set()) if line.lacks_deck else {line.deck}
        named = replace(line, deck=next(iter(found))) if len(found) == 1 else line
        (placed if len(found) == 1 and line.act.at <= until else late).append(named)
    return placed, late


def _due_days(connection: Connection, keys: Iterable[int]) -> dict[int, date | None]:
    found: dict[int, date | None] = {}
    for some in in_lots(keys):
        rows = connection.execute(select(cards.c.id, cards.c.due).where(cards.c.id.in_(some)))
        found |= {row.id: row.due for row in rows}
    return found


def _due(standing: Standing) -> date | None:
    return standing.memory.due if standing.memory else None


def _without_text(connection: Connection, keys: Iterable[int]) -> dict[int, str]:
    """Return those of the cards that no deck ever had, by their rows, with their names."""
    found: dict[int, str] = {}
    for some in in_lots(keys):
        query = select(cards.c.id, cards.c.name).where(cards.c.id.in_(some), cards.c.note_id.is_(None))
        found |= {row.id: row.name for row in connection.execute(query)}
    return found
