"""A learner's own Anki collection, read and written with Anki's own library: values in, values out.

The package `anki` is asked for when a collection is opened, and nowhere else. Only rows that changed are read, and
nothing is written but what is given; the schema of the collection never changes.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from exporters.anki.exchange.values import RETIRED_TAG, CardThere, Key, NoteThere, Row, Side, Timing
from exporters.anki.note_types import BOTH_ID, CLOZE_ID, ORDINARY_ID, field_names

T = TypeVar("T")
OURS = (ORDINARY_ID, CLOZE_ID, BOTH_ID)
NEW, LEARNING, REVIEW, RELEARNING = 0, 1, 2, 3
SUSPENDED, BURIED = -1, -3
_GRAVE_OF_NOTE = 1
_AT_ONCE = 500
_UNSENT = "usn < 0"  # it is -1, but SQLite scans for a number that it counts to be the same in most rows
_SLACK = 86_400  # s by which a clock may have been wrong when a row was changed here
_DAY = timedelta(days=1)
_OF_OURS = f"n.mid IN {OURS} AND "
_NOTES = f"SELECT n.id, n.guid, n.mid, n.mod, n.tags, n.flds FROM notes n WHERE {_OF_OURS}"  # noqa: S608 -- numbers of ours
_CARDS = (
    "SELECT c.id, c.nid, c.ord, c.mod, c.type, c.queue, c.due, c.ivl, c.factor, c.lapses, c.odue, c.odid, c.data"  # noqa: S608 -- numbers of ours
    f" FROM cards c JOIN notes n ON n.id = c.nid WHERE {_OF_OURS}"
)
_LOG = (
    "SELECT r.cid, r.id, r.ease, r.ivl, r.factor, r.time, r.type"  # noqa: S608 -- numbers of ours
    f" FROM cards c JOIN notes n ON n.id = c.nid CROSS JOIN revlog r ON r.cid = c.id WHERE {_OF_OURS}"
)


@dataclass(frozen=True, slots=True)
class Marks:
    """How far a collection was looked at, to find what has changed in it since.

    `copy` names the file, `scm` (ms) its schema, which a one-way sync replaces; `usn` counts syncs; `mod` (ms) is when
    anything in it last changed; `last` is its latest review and `unsent` how many never went to a server.
    """

    copy: str = ""
    scm: int = 0
    usn: int = 0
    mod: int = 0
    last: int = 0
    unsent: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """Notes of ours and their cards as they stand there; `nids` and `cids` are their rows, `types` the note types."""

    side: Side[NoteThere, CardThere] = field(default_factory=Side)
    nids: Mapping[str, int] = field(default_factory=dict)
    cids: Mapping[Key, int] = field(default_factory=dict)
    types: Mapping[str, int] = field(default_factory=dict)


class Account:
    """An open collection; `days` and rows count in its own days."""

    def __init__(self, collection: Any, copy: str) -> None:  # noqa: ANN401 -- Anki's own, which need not be installed
        self.collection = collection
        self.copy = copy
        timing = collection._backend.sched_timing_today()  # noqa: SLF001 -- the one place that knows the account's day
        self._elapsed = int(timing.days_elapsed)
        next_day = datetime.fromtimestamp(int(timing.next_day_at)).astimezone()
        self._rollover = timedelta(hours=next_day.hour)
        self.today: date = next_day.date() - _DAY

    def rows(self, query: str, *values: str | float) -> list[Any]:
        """Ask the collection's database."""
        return list(self.collection.db.all(query, *values))

    def marks(self) -> Marks:
        """Return how far the collection has come by now."""
        ((scm, usn, mod),) = self.rows("SELECT scm, usn, mod FROM col")
        ((last, unsent),) = self.rows(
            f"SELECT (SELECT coalesce(max(id), 0) FROM revlog), (SELECT count() FROM revlog WHERE {_UNSENT})"  # noqa: S608 -- words of ours
        )
        return Marks(self.copy, scm, usn, mod, last, unsent)

    def changed(self, since: Marks) -> set[int] | None:
        """Return the rows of the notes that may have changed since, or whose cards may have; `None`: any of them may.

        What came from a server has a `usn` from then on; what was changed on this computer and has not been sent has
        none, and is found by its moment and, in the log, by its number.
        """
        now = self.marks()
        if (now.copy, now.scm) != (since.copy, since.scm) or now.usn < since.usn or now.mod < since.mod - _SLACK * 1000:
            return None
        if now == since:
            return set()
        least = since.mod // 1000 - _SLACK
        found = self._ids("SELECT id FROM notes WHERE usn >= ?", since.usn)
        found |= self._ids(f"SELECT id FROM notes WHERE {_UNSENT} AND mod >= ?", least)  # noqa: S608 -- words of ours
        found |= self._ids("SELECT nid FROM cards WHERE usn >= ?", since.usn)
        found |= self._ids(f"SELECT nid FROM cards WHERE {_UNSENT} AND mod >= ?", least)  # noqa: S608 -- words of ours
        of_log = "SELECT c.nid FROM revlog r JOIN cards c ON c.id = r.cid WHERE"
        found |= self._ids(f"{of_log} r.usn >= ?", since.usn)
        fresh = self._ids(f"{of_log} r.usn = -1 AND r.id > ?", since.last)
        ((count,),) = self.rows("SELECT count() FROM revlog WHERE id > ? AND usn = -1", since.last)
        if now.unsent > since.unsent + count:  # rows with old moments came in, as with a package
            fresh = self._ids(f"{of_log} r.{_UNSENT}")
        return found | fresh

    def brought(self, since: Marks, until: Marks) -> set[int]:
        """Return the rows of the notes that came while ours were sent: a sync gives what it sends the last number."""
        between = (since.usn, until.usn - 1)
        found = self._ids("SELECT id FROM notes WHERE usn >= ? AND usn < ?", *between)
        found |= self._ids("SELECT nid FROM cards WHERE usn >= ? AND usn < ?", *between)
        found |= self._ids("SELECT oid FROM graves WHERE usn >= ? AND usn < ?", *between)
        of_log = "SELECT c.nid FROM revlog r JOIN cards c ON c.id = r.cid WHERE r.usn >= ? AND r.usn < ?"
        return found | self._ids(of_log, *between)

    def deleted(self, since: Marks | None) -> set[int]:
        """Return the rows of the notes that were deleted there; with marks, of those that were deleted since."""
        if since is None:
            return self._ids("SELECT oid FROM graves WHERE type = ?", _GRAVE_OF_NOTE)
        query = "SELECT oid FROM graves WHERE type = ? AND (usn >= ? OR usn = -1)"
        return self._ids(query, _GRAVE_OF_NOTE, since.usn)

    def find(self, guids: Iterable[str]) -> set[int]:
        """Return the rows of the notes of ours that bear one of these guids."""
        wanted = set(guids)
        if not wanted:
            return set()
        return {nid for nid, guid in self.rows(f"SELECT id, guid FROM notes WHERE mid IN {OURS}") if guid in wanted}  # noqa: S608 -- numbers of ours

    def read(self, nids: Iterable[int] | None) -> Found:
        """Return those notes of ours, or (`None`) all, with their cards and the rows of their review log."""
        if nids is None:
            return self._found(["1"])
        return self._found([f"n.id IN ({','.join(map(str, some))})" for some in lots(sorted(nids))])

    def due_in(self, day: date) -> int:
        """Return a day as the collection counts it."""
        return self._elapsed + (day - self.today).days

    def _found(self, conditions: Sequence[str]) -> Found:
        notes: dict[str, NoteThere] = {}
        nids: dict[str, int] = {}
        types: dict[str, int] = {}
        guids: dict[int, str] = {}
        marked: set[int] = set()
        cards: list[Any] = []
        logs: dict[int, list[Row]] = defaultdict(list)
        for where in conditions:
            for nid, guid, mid, mod, tags, text in self.rows(_NOTES + where):
                fields = dict(zip(field_names(mid), text.split("\x1f"), strict=False))
                every = frozenset(tags.split())
                notes[guid] = NoteThere(fields, every, mod)
                nids[guid], types[guid], guids[nid] = nid, mid, guid
                marked |= {nid} if RETIRED_TAG in every else set()
            cards += self.rows(_CARDS + where)
            for row in self.rows(f"{_LOG}{where} ORDER BY r.id"):
                logs[row[0]].append(Row._make(row[1:]))
        side = {
            (guids[row[1]], row[2]): self._card(row, tuple(logs.get(row[0], ())), marked=row[1] in marked)
            for row in cards
        }
        cids = {(guids[row[1]], row[2]): row[0] for row in cards}
        return Found(Side(notes, side), nids, cids, types)

    def _card(self, row: Sequence[Any], log: tuple[Row, ...], *, marked: bool) -> CardThere:
        _, _, _, mod, kind, queue, due, interval, ease, lapses, home_due, home, data = row
        learning = kind in (LEARNING, RELEARNING)
        last = max((each.at for each in log if each.button), default=0) if learning else 0
        timing = Timing(self._date(home_due if home else due), interval, ease, lapses) if kind == REVIEW else None
        return CardThere(
            timing=timing,
            learning=learning,
            suspended=queue == SUSPENDED,
            buried=queue == BURIED,
            answered_on=self._day_of(last // 1000) if last else None,
            changed_at=mod * 1000,
            changed_on=self._day_of(mod),
            remembers=_remembers(data),
            marked=marked,
            rows=log,
        )

    def _date(self, due: int) -> date:
        """Return the day that the collection counts so."""
        ordinal = self.today.toordinal() + due - self._elapsed
        return date.fromordinal(min(max(1, ordinal), date.max.toordinal()))

    def _day_of(self, moment: int) -> date:
        """Return the account's day of a moment (epoch seconds)."""
        return (datetime.fromtimestamp(moment) - self._rollover).date()  # noqa: DTZ006 -- on the clock of the user's zone

    def _ids(self, query: str, *values: int) -> set[int]:
        return {row[0] for row in self.rows(query, *values)}


def _remembers(data: str) -> bool:
    """Whether a card's data holds what FSRS knows of it."""
    try:
        found = json.loads(data) if data else {}
    except ValueError:
        return False
    return isinstance(found, dict) and not {"s", "d", "lrt"}.isdisjoint(found)


def lots(keys: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut a list into pieces that a query takes."""
    return (keys[begin : begin + _AT_ONCE] for begin in range(0, len(keys), _AT_ONCE))
