"""A learner's own Anki collection, read and written with Anki's own library: values in, values out.

The package `anki` is asked for when a collection is opened, and nowhere else. Only rows that changed are read, and
nothing is written but what is given; the schema of the collection never changes. `there` makes values of what it holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from exporters.anki.note_types import BOTH_ID, CLOZE_ID, ORDINARY_ID

T = TypeVar("T")
OURS = (ORDINARY_ID, CLOZE_ID, BOTH_ID)
NEW, LEARNING, REVIEW, RELEARNING = 0, 1, 2, 3
ALL, NONE = "1", "0"
"""Conditions that all rows of a table fulfil, and none does."""
_GRAVE_OF_NOTE = 1
_AT_ONCE = 500
_UNSENT = "usn < 0"  # it is -1, but SQLite scans for a number that it counts to be the same in most rows
_SLACK = 86_400  # s by which a clock may have been wrong when a row was changed here
_DAY = timedelta(days=1)


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
class Touched:
    """The rows of `notes` that may have changed, and of those of which only `cards` or their log may have.

    `fresh` is a condition that all rows of the log (`r`) fulfil that may be new.
    """

    notes: frozenset[int] = frozenset()
    cards: frozenset[int] = frozenset()
    fresh: str = NONE

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.notes or self.cards)


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

    def changed(self, since: Marks) -> Touched | None:
        """Return the notes that may have changed since, or whose cards may have; `None`: any of them may.

        What came from a server has a `usn` from then on; what was changed on this computer and has not been sent has
        none, and is found by its moment and, in the log, by its number.
        """
        now = self.marks()
        if (now.copy, now.scm) != (since.copy, since.scm) or now.usn < since.usn or now.mod < since.mod - _SLACK * 1000:
            return None
        if now == since:
            return Touched()
        least = since.mod // 1000 - _SLACK
        words = self._ids("SELECT id FROM notes WHERE usn >= ?", since.usn)
        words |= self._ids(f"SELECT id FROM notes WHERE {_UNSENT} AND mod >= ?", least)  # noqa: S608 -- words of ours
        cards = self._ids("SELECT nid FROM cards WHERE usn >= ?", since.usn)
        cards |= self._ids(f"SELECT nid FROM cards WHERE {_UNSENT} AND mod >= ?", least)  # noqa: S608 -- words of ours
        ((count,),) = self.rows("SELECT count() FROM revlog WHERE id > ? AND usn = -1", since.last)
        # Where there are more, rows with old moments came in, as with a package; a sync leaves none that was there.
        some_are_old = now.usn != since.usn or now.unsent > since.unsent + count
        unsent = f"r.{_UNSENT}" if some_are_old else f"r.usn = -1 AND r.id > {since.last}"
        sent = f"r.usn >= {since.usn}"
        of_log = "SELECT c.nid FROM revlog r JOIN cards c ON c.id = r.cid WHERE "
        cards |= self._ids(of_log + sent) | self._ids(of_log + unsent)
        return Touched(frozenset(words), frozenset(cards - words), f"({sent} OR {unsent})")

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
        wanted = json.dumps(sorted(set(guids)))
        found = f"SELECT id FROM notes WHERE mid IN {OURS} AND guid IN (SELECT value FROM json_each(?))"  # noqa: S608 -- numbers of ours
        return self._ids(found, wanted) if wanted != "[]" else set()

    def due_in(self, day: date) -> int:
        """Return a day as the collection counts it."""
        return self._elapsed + (day - self.today).days

    def date_of(self, due: int) -> date:
        """Return the day that the collection counts so."""
        ordinal = self.today.toordinal() + due - self._elapsed
        return date.fromordinal(min(max(1, ordinal), date.max.toordinal()))

    def day_of(self, moment: int) -> date:
        """Return the account's day of a moment (epoch seconds)."""
        return (datetime.fromtimestamp(moment) - self._rollover).date()  # noqa: DTZ006 -- on the clock of the user's zone

    def _ids(self, query: str, *values: str | int) -> set[int]:
        return {row[0] for row in self.rows(query, *values)}


def lots(keys: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut a list into pieces that a query takes."""
    return (keys[begin : begin + _AT_ONCE] for begin in range(0, len(keys), _AT_ONCE))
