"""What an answer does: the one place, for a sitting and a script alike."""

from collections.abc import Iterable

from msgspec.structs import replace
from sqlalchemy import Connection

from srs.collection.rules import Answered, Rules
from srs.errors import SrsError
from srs.history import LogLine, Review, Suspend, moment_after
from srs.history.moments import check_day
from srs.store.acts import latest_act, write_acts
from srs.store.advancing import fold_in
from srs.store.called import known_rows
from srs.store.folding import lapses_of, refold
from srs.store.given import remember
from srs.store.opening import Store
from srs.store.reviews import failures, free_moment, latest_review, write_review
from srs.store.states import CardState, card_state


def answer(store: Store, card: int, review: Review, rules: Rules) -> Answered:
    """Record a review of a card (by its row) with all that follows from it, in one transaction.

    It is on disk when this returns. Its moment is later than all that is known of the card, and no other answer has
    it. A lapse of a leech suspends the card if leeches are to be suspended. Raises SrsError if the clock is days behind
    the history.
    """
    with store.writing() as connection:
        before = card_state(connection, card)
        if before.heir is not None:
            raise SrsError(f"{before.name} goes on under another name; `srs check` says which")
        at = free_moment(connection, moment_after(review.at, latest_of(connection, card, before), rules.draw))
        check_day(at, review.day)
        written = replace(review, at=at)
        write_review(connection, card, written)
        line = LogLine(before.deck, before.name, written)
        memory = fold_in(connection, {card: [line]}, rules.force)[card].memory
        leech = rules.leeches.caught(before.standing.memory, memory)
        suspended = leech and rules.leeches.suspend
        if suspended:
            write_acts(connection, [LogLine(before.deck, before.name, Suspend(at, at))])
            refold(connection, [card], rules.force)
        key = remember(connection, line)
    return Answered(key, memory, memory == before.standing.memory, leech, suspended)


def latest_of(connection: Connection, card: int, state: CardState) -> int | None:
    """Return the latest moment (ms) known of a card under all its names; `None` if nothing is."""
    moments = (latest_review(connection, card), latest_act(connection, state.names))
    return max((at for at in moments if at is not None), default=None)


def suspend_leeches(connection: Connection, lines: Iterable[LogLine], rules: Rules) -> None:
    """Suspend the cards that answers from elsewhere, written just now, made leeches, if leeches are to be suspended."""
    if not (rules.leeches.suspend and rules.leeches.lapses):
        return
    new = {line.key for line in lines if isinstance(line.act, Review) and not line.act.grade.passed}
    shown = {each.shown for each in known_rows(connection, {key[:2] for key in new}).values()}
    # A lapse is a failure: histories with fewer of them need no replay.
    often = {key for key, times in failures(connection, shown).items() if times >= rules.leeches.lapses}
    caught = [
        line
        for line, count in lapses_of(connection, often, rules.force)
        if count >= rules.leeches.lapses and line.key in new
    ]
    write_acts(connection, [replace(line, act=Suspend(line.act.at, line.act.at), more="") for line in caught])
    refold(connection, often if caught else (), rules.force)
