"""Lines that lie more than a day ahead of the clock, and lines that are to be cancelled by their moment."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from srs.characters import typed
from srs.collection import acting
from srs.collection.rules import Rules
from srs.due import milliseconds
from srs.errors import SrsError, UsageError
from srs.history import Adopt, Forget, LogLine, Mock, Place, Review, Switch, Undo, horizon
from srs.history.told import written
from srs.store.forces import acts_of
from srs.store.log import read_span
from srs.store.opening import Store
from srs.store.waiting import read_waiting

CANCELLED = (Review, Forget, Place, Adopt, Switch, Mock)
"""What an undo can name."""
KINDS = {
    "answer": Review.what,
    "forget": Forget.what,
    "set": Place.what,
    "adopt": Adopt.what,
    "scheduler": Switch.what,
    "mock": Mock.what,
}
"""How the kinds of these acts are typed, with what a line of the log says."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A line that does not count yet; `undo` is the command that cancels it, if one can."""

    line: LogLine
    undo: str = ""


def ahead(store: Store, now: datetime) -> list[Ahead]:
    """Return the lines more than a day ahead of the clock that are not cancelled, in the order of their moments."""
    with store.reading() as connection:
        late = [line for line in read_waiting(connection) if line.act.at > horizon(milliseconds(now))]
        gone = _cancelled(connection) if late else set()
    return [Ahead(line, _command(line)) for line in late if _told(line) not in gone]


def named(store: Store, card: str | None, at: int, kind: str | None, *, span: int = 1) -> LogLine:
    """Return the line at a moment (ms), of a card or a note (`id` or `deck:id`) and of a kind if these are said.

    A moment that is told less exactly spans more milliseconds.

    Raises SrsError if there is none, if it was cancelled already, or if an undo cannot cancel it, and UsageError if
    there are several.
    """
    with store.reading() as connection:
        there = read_span(connection, at, at + span, card)
        gone = _cancelled(connection)
    of, when = f" of {card}" if card else "", written(at)
    if not there:
        raise SrsError(f"the log has no line{of} at {when}; `srs log export -` shows all with their moments")
    fit = [each for each in there if isinstance(each.act, CANCELLED) and (kind is None or each.act.what == KINDS[kind])]
    if not fit and kind is None:
        kinds = ", ".join(sorted({each.act.what for each in there}))
        raise SrsError(f"an undo cannot cancel what stands{of} at {when} ({kinds}); a further act outdoes it")
    found = [each for each in fit if _told(each) not in gone]
    if not found:
        raise SrsError(f"that line{of} at {when} is cancelled already" if fit else f"no {kind}{of} at {when}")
    if len(found) > 1:
        raise UsageError(f"several lines stand at {when}; say which: {'; '.join(map(_command, found))}")
    return found[0]


def cancel(store: Store, line: LogLine, now: datetime, rules: Rules) -> None:
    """Cancel a line, whoever gave it, and whether it counts yet or not."""
    acting.cancel_line(store, line, milliseconds(now), rules)


def _cancelled(connection: Connection) -> set[tuple[str, str, int, str]]:
    """Return what undos name, those among them that wait for their deck; one that is ahead itself does not count."""
    undos = [*acts_of(connection, Undo.what), *(line for line in read_waiting(connection) if not line.deck)]
    return {(line.deck, line.card, line.act.of, line.act.act) for line in undos if isinstance(line.act, Undo)}


def _told(line: LogLine) -> tuple[str, str, int, str]:
    return line.deck, line.card, line.act.at, line.act.what


def _command(line: LogLine) -> str:
    if not isinstance(line.act, CANCELLED):
        return ""
    kind = next(name for name, what in KINDS.items() if what == line.act.what)
    whom = f"{line.deck}:{line.card}" if line.deck and line.card else line.card
    return typed("undo", "--at", written(line.act.at), "--act", kind, names=[whom] if whom else [])
