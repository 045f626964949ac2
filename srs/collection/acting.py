"""What every act but an answer does, and how the last act is taken back: one place, for sittings and commands alike."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace
from sqlalchemy import Connection

from srs.collection.answering import latest_of
from srs.collection.rules import Rules
from srs.history import (
    LIFTED,
    Act,
    Adopt,
    Bury,
    Flag,
    Forget,
    LogLine,
    Mock,
    Name,
    Place,
    Resume,
    Suspend,
    Switch,
    Undo,
    Unflag,
    moment_after,
)
from srs.history.moments import check_day
from srs.scheduler import Memory
from srs.store.acts import latest_act, write_acts
from srs.store.adding import rows_of
from srs.store.chaining import rechain
from srs.store.folding import refold
from srs.store.forces import acts_of, schedulers_in_force
from srs.store.given import forget_given, last_given, remember, take_back
from srs.store.opening import Store
from srs.store.replaying import take_over
from srs.store.settling import reschedule
from srs.store.states import CardState, card_state
from srs.store.waiting import wait

Making = Callable[[int], Act]
"""Makes an act for the moment (ms) that it gets."""


@dataclass(frozen=True, slots=True)
class Undone:
    """An act that was taken back, with whom it named; `memory` is what the card has without it.

    `more` are those that had been given in one go with it.
    """

    line: LogLine
    memory: Memory | None
    more: tuple[LogLine, ...] = ()


def suspend(store: Store, card: int, now: int, rules: Rules) -> int | None:
    """Take a card (by its row) out of the queue until it is resumed; `None` if it was out, else the row given here."""
    with store.writing() as connection:
        state = card_state(connection, card)
        if state.standing.suspended:
            return None
        return _give(connection, card, state, now, rules, Suspend, Resume)


def resume(store: Store, card: int, now: int, today: date, rules: Rules) -> bool:
    """Put a suspended card back into the queue, and a buried one, too; whether it was out of it."""
    with store.writing() as connection:
        state = card_state(connection, card)
        until = state.standing.buried_until
        if until and until > today:
            _give(connection, card, state, now, rules, lambda at: Bury(at, LIFTED), lambda at: Bury(at, until))
        if state.standing.suspended:
            _give(connection, card, state, now, rules, Resume, Suspend)
        return state.standing.suspended or bool(until and until > today)


def bury(store: Store, card: int, now: int, until: date, rules: Rules) -> int | None:
    """Leave a card out until a study day comes; `None` if it is left out until then, else the row given here."""
    with store.writing() as connection:
        state = card_state(connection, card)
        if state.standing.buried_until == until:
            return None
        before = state.standing.buried_until or LIFTED
        return _give(connection, card, state, now, rules, lambda at: Bury(at, until), lambda at: Bury(at, before))


def flag(store: Store, card: int, remark: str, now: int, rules: Rules) -> int | None:
    """Put a remark on a card, or take it off with an empty one; `None` if nothing changes, else the row given here."""
    with store.writing() as connection:
        state = card_state(connection, card)
        before = state.standing.remark
        if before == remark:
            return None
        return _give(connection, card, state, now, rules, _flagging(remark), _flagging(before))


def forget(store: Store, card: int, now: int, today: date, rules: Rules) -> int | None:
    """Let a card's memory begin anew on a study day; `None` if it has none, else the row given here."""
    with store.writing() as connection:
        state = card_state(connection, card)
        if state.standing.memory is None:
            return None
        return _give(connection, card, state, now, rules, lambda at: Forget(at, today))


def place(store: Store, card: int, now: int, schedule: Place, rules: Rules) -> int:
    """Set a card's schedule by hand, and return the row given here; the moment of `schedule` is yet to come."""
    with store.writing() as connection:
        state = card_state(connection, card)
        return _give(connection, card, state, now, rules, lambda at: replace(schedule, at=at))


def adopt(store: Store, pairs: Sequence[tuple[Name, Name]], now: int, rules: Rules) -> None:
    """Let notes or cards go on as others: old names with new ones, an act each, to be taken back in one go."""
    if not pairs:
        return
    with store.writing() as connection:
        every = acts_of(connection, Adopt.what, Undo.what)
        lines = [
            LogLine(*new, Adopt(moment_after(now, _latest_adoption(every, {old, new}), rules.draw), *old))
            for old, new in pairs
        ]
        write_acts(connection, lines)
        refold(connection, rechain(connection), rules.force)
        remember(connection, lines[0], more=lines[1:])


def switch(connection: Connection, wanted: Sequence[tuple[str, Switch]], now: int, rules: Rules) -> None:
    """Put schedulers in force, each for a deck or (`""`) for all, in this order; their moments are yet to come.

    They are taken back in one go. The history is replayed unless that leaves in force what made the memories.
    """
    at, lines = _latest_switch(connection), list[LogLine]()
    for deck, act in wanted:
        at = moment_after(now, at, rules.draw)
        lines.append(LogLine(deck, "", replace(act, at=at)))
    write_acts(connection, lines)
    remember(connection, lines[0], more=lines[1:])
    reschedule(connection, schedulers_in_force(connection))


def mock(store: Store, note: Name, now: int, held: Mock, rules: Rules) -> LogLine:
    """Keep that an outline was spoken by, and return the line; the moment of `held` is yet to come.

    Raises SrsError if the clock is days behind the history.
    """
    with store.writing() as connection:
        at = moment_after(now, latest_act(connection, {note}), rules.draw)
        check_day(at, held.day)
        line = LogLine(*note, replace(held, at=at))
        write_acts(connection, [line])
        remember(connection, line)
    return line


def undo(store: Store, now: int, rules: Rules, key: int | None = None) -> Undone | None:
    """Take back an act given here: that of a row, or the last of all; `None` if there is none.

    An answer, and what else moves a memory, is cancelled by an act; other acts are taken back by a further one that
    puts back what stood here before. What followed from an answer, such as the suspension of a leech, falls with it.
    """
    with store.writing() as connection:
        found = last_given(connection, key)
        if found is None:
            return None
        if found.before:
            before = found.before.act
            _write(connection, found.line, now, rules, lambda at: replace(before, at=at))
        else:
            for line in (found.line, *found.more):
                cancel(connection, line, now, rules)
        take_back(connection, found.key)
        memory = _refolded(connection, [found.line, *found.more], rules)
    return Undone(found.line, memory, found.more)


def cancel_line(store: Store, line: LogLine, now: int, rules: Rules) -> None:
    """Cancel an act by name, whoever gave it, and whether it counts yet or not; it is one that `undo` can name."""
    with store.writing() as connection:
        cancel(connection, line, now, rules)
        forget_given(connection, line)
        _refolded(connection, [line], rules)


def cancel(connection: Connection, line: LogLine, now: int, rules: Rules) -> None:
    """Write the act that cancels another."""
    _write(connection, line, now, rules, lambda at: Undo(at, line.act.at, line.act.what))


def _write(connection: Connection, line: LogLine, now: int, rules: Rules, making: Making) -> None:
    """Write an act on the same as another is about; where that waits for its deck, this waits with it."""
    act = making(moment_after(now, _latest(connection, line, rows_of(connection, [line])), rules.draw))
    written = LogLine(line.deck, line.card, act)
    if line.card and not line.deck:
        wait(connection, [written])
    else:
        write_acts(connection, [written])


def _refolded(connection: Connection, lines: Sequence[LogLine], rules: Rules) -> Memory | None:
    """Fold anew what acts are about, and return the memory that the first of their cards has then."""
    if any(isinstance(line.act, Switch) for line in lines):
        take_over(connection, schedulers_in_force(connection))
        return None
    rows = rows_of(connection, lines)
    changed = rechain(connection) if any(isinstance(line.act, Adopt) for line in lines) else set()
    standings = refold(connection, rows | changed, rules.force)
    return next((standings[row].memory for row in rows), None)


def _give(
    connection: Connection,
    card: int,
    state: CardState,
    now: int,
    rules: Rules,
    making: Making,
    before: Making | None = None,
) -> int:
    at = moment_after(now, latest_of(connection, card, state), rules.draw)
    line = LogLine(state.deck, state.name, making(at))
    write_acts(connection, [line])
    refold(connection, [card], rules.force)
    return remember(connection, line, LogLine(state.deck, state.name, before(at)) if before else None)


def _flagging(remark: str) -> Making:
    return lambda at: Flag(at, remark) if remark else Unflag(at)


def _latest(connection: Connection, line: LogLine, rows: set[int]) -> int | None:
    if isinstance(line.act, Switch):
        return _latest_switch(connection)
    if isinstance(line.act, Mock):
        return latest_act(connection, {(line.deck, line.card)})
    if isinstance(line.act, Adopt):
        return _latest_adoption(
            acts_of(connection, Adopt.what, Undo.what), {(line.deck, line.card), (line.act.deck, line.act.card)}
        )
    return max(
        (at for row in rows if (at := latest_of(connection, row, card_state(connection, row))) is not None),
        default=None,
    )


def _latest_switch(connection: Connection) -> int | None:
    return max((line.act.at for line in acts_of(connection, Switch.what)), default=None)


def _latest_adoption(every: Iterable[LogLine], names: set[Name]) -> int | None:
    """Return the moment of the latest adoption that names one of these, or of an undo of one."""
    ends = {
        line: {(line.deck, line.card), (line.act.deck, line.act.card)} for line in every if isinstance(line.act, Adopt)
    }
    return max((line.act.at for line in every if ends.get(line, {(line.deck, line.card)}) & names), default=None)
