"""Acts from files taken into the history; a copy is kept before they take away."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from srs.collection.telling import Share, Working, quietly
from srs.deck.uncollected import uncollected
from srs.due import milliseconds
from srs.errors import Problem, SrsError, counted
from srs.history import Adopt, Forget, Place, Switch, Undo, horizon
from srs.history.beginnings import Beginning, Prefix
from srs.history.force import InForce
from srs.history.log_file import Log, Lot
from srs.store.dated import of_moment
from srs.store.known_logs import read_known, write_known
from srs.store.merged import Merged
from srs.store.opening import Store, copy_store
from srs.store.taking import Taking

TAKING = frozenset({Undo.what, Forget.what, Place.what, Adopt.what, Switch.what})
"""The kinds of acts that change what earlier answers came to."""
_TAKING = "Taking in the history"


@dataclass(frozen=True, slots=True)
class Merging:
    """Logs to be taken into a store, read anew each time; lines later than a day ahead of `now` wait.

    What a log begins with is passed over if it was merged before.
    `wrong` is given whatever in them is no line; while there is any nothing is taken in. `working` shows how far it is.
    """

    store: Store
    logs: tuple[Log, ...]
    force: InForce
    now: datetime
    wrong: Callable[[Problem], None]
    working: Working = quietly

    def would(self) -> Merged:
        """Return what `merge` would do; the store stays as it is. Raises SrsError if there are lines that are none."""
        with self.working(_TAKING) as share, uncollected(), self.store.trying() as connection:
            return self._taken(connection, share)

    def merge(self, ready: Callable[[Merged], None]) -> Merged:
        """Take the logs in, and return what that did. Raises SrsError if there are lines that are none.

        Before acts come in that take something away `ready` is called with what is about to be done, while the store is
        nobody's; whatever it raises leaves the store as it was.
        """
        try:
            with self.working(_TAKING) as share, uncollected(), self.store.writing() as connection:
                return self._taken(connection, share, unasked=True)
        except _NotYetError as error:
            ready(error.merged)
        with self.working(_TAKING) as share, uncollected(), self.store.writing() as connection:
            return self._taken(connection, share)

    def _taken(self, connection: Connection, share: Share | None, *, unasked: bool = False) -> Merged:
        """Take the logs in, and return what that did; raises if it takes something away, or may later, `unasked`."""
        taking = Taking(connection, self.force, horizon(milliseconds(self.now)), alone=True)
        known = read_known(connection)
        begun = [_Begun.of(log, known) for log in self.logs]
        passed, problems, kinds = sum(each.acts for each in begun), 0, set[str]()
        for each, lot in self._lots(begun, share):
            for problem in lot.problems:
                self.wrong(problem)
            problems += len(lot.problems)
            if not problems:
                taking.take_plain(lot.answers)
                taking.take(lot.others)
                each.go_on(lot)
                kinds.update(line.act.what for line in lot.others)
        if problems:
            raise SrsError(f"{counted(problems, 'line')} cannot be read; nothing was merged")
        merged = taking.done()
        if unasked and (TAKING & merged.kinds.keys() or (merged.waiting and TAKING & kinds)):
            raise _NotYetError(merged)
        for each in begun:
            if each.known:
                write_known(connection, *each.known, instead=each.passed.prefix())
        return replace(merged, known=merged.known + passed)

    def _lots(self, begun: Sequence["_Begun"], share: Share | None) -> Iterator[tuple["_Begun", Lot]]:
        size, above = sum(log.size for log in self.logs), 0
        for each in begun:
            for lot in each.log.lots(each.passed):
                if share:
                    share(above + lot.end, size)
                yield each, lot
            above += each.log.size


@dataclass(slots=True)
class _Begun:
    """A log under way: what of it was `passed` over, how many `acts` were read with it, and how it will be `known`.

    It is known as far as nothing can change when its lines come in once more. A line that lacks its deck gets it from
    the decks of the day on which it comes in, so with the first of these it ends.
    """

    log: Log
    passed: Beginning
    acts: int
    known: tuple[Prefix, int] | None = None
    _sure: bool = True

    @classmethod
    def of(cls, log: Log, known: Mapping[Prefix, int]) -> "_Begun":
        """Pass over what is known."""
        passed = log.longest(known)
        return cls(log, passed, known.get(passed.prefix(), 0))

    def go_on(self, lot: Lot) -> None:
        """Count what was taken in."""
        self.acts += lot.acts
        self._sure = self._sure and not any(line.lacks_deck for line in lot.others)
        if self._sure and lot.prefix:
            self.known = lot.prefix, self.acts


class _NotYetError(Exception):
    """What was tried is taken back, for somebody has to be asked first."""

    def __init__(self, merged: Merged) -> None:
        super().__init__()
        self.merged = merged


def keep_copy(store: Store, now: datetime) -> Path | None:
    """Copy the store beside itself, as before every change that takes away; `None` where it lives in a server.

    Raises SrsError if the copy cannot be written.
    """
    if store.file is None:
        return None
    target = of_moment(store.file, now)
    copy_store(store, target)
    return target
