"""Another scheduler in force, and what that moves."""

from dataclasses import dataclass
from datetime import datetime

from srs.collection import acting
from srs.collection.collection import Collection
from srs.due import milliseconds
from srs.history import Switch
from srs.history.force import SCHEDULERS, InForce
from srs.scheduler import Sm2
from srs.store.cards import due_days


@dataclass(frozen=True, slots=True)
class Switched:
    """The act that put a scheduler in force, or would, and how many cards are due on another day by it.

    `already`: it was in force, and no act was written.
    """

    act: Switch
    moved: int = 0
    already: bool = False


def switch(
    collection: Collection, name: str, deck: str, smooth: bool | None, now: datetime, *, dry_run: bool = False
) -> Switched:
    """Put a scheduler in force, for the deck of a namespace or (`""`) for all; a dry run writes nothing.

    Where `smooth` is not said it stays as it is. What is in force already is left alone.
    """
    act = Switch(0, name, _smooth(collection.rules.force, deck) if smooth is None else smooth)
    if _is_in_force(collection.rules.force, deck, act):
        return Switched(act, already=True)
    with collection.store.reading() as connection:
        before = due_days(connection)
    with collection.store.trying() if dry_run else collection.store.writing() as connection:
        acting.switch(connection, deck, act, milliseconds(now), collection.rules)
        after = due_days(connection)
    return Switched(act, sum(before[key] != day for key, day in after.items()))


def _is_in_force(force: InForce, deck: str, act: Switch) -> bool:
    """Whether an act would change nothing: for all decks, if none has a scheduler of its own that differs."""
    schedulers = [force.of(deck)] if deck else [force.everywhere, *force.own.values()]
    return not force.unknown and all(each == SCHEDULERS[act.name](act) for each in schedulers)


def _smooth(force: InForce, deck: str) -> bool:
    scheduler = force.of(deck)
    return isinstance(scheduler, Sm2) and scheduler.smooth
