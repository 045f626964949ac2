"""The history brought up to the clock and the schedulers in force, when a store is opened."""

from sqlalchemy import Connection, select

from srs.history.force import InForce
from srs.store.chaining import rechain
from srs.store.folding import refold
from srs.store.forces import made_by, schedulers_in_force
from srs.store.log import merge
from srs.store.own_tables import waiting
from srs.store.query import ask_one
from srs.store.replaying import Replayed, take_over
from srs.store.sharing import mark_shared
from srs.store.waiting import decks_of, take_waiting, withdraw


def unsettled(connection: Connection, until: int) -> bool:
    """Whether a line counts that is later than a moment (ms), or one waits that is not; quick, whatever there is."""
    if ask_one(connection, "late", until=until):
        return True
    bare = select(waiting.c.card).where(waiting.c.at <= until, waiting.c.deck == "", waiting.c.card != "").distinct()
    names = list(connection.scalars(bare))
    return any(len(decks) == 1 for decks in decks_of(connection, names).values()) if names else False


def settle(connection: Connection, until: int) -> None:
    """Let the lines count that are not later than a moment (ms) and know their deck, and the others wait."""
    force = schedulers_in_force(connection)
    touched = withdraw(connection, until)
    for shared in (False, True):
        lines = take_waiting(connection, until, shared=shared)
        merge(connection, lines, force, until)
        if shared:
            mark_shared(connection, lines)
    refold(connection, touched | rechain(connection), schedulers_in_force(connection))


def reschedule(connection: Connection, force: InForce) -> Replayed | None:
    """Replay the whole history if other schedulers made the memories than those in force; `None` if they did."""
    return None if made_by(connection, force) else take_over(connection, force)
