"""What keeps cards from being asked today, and which limit would ask them."""

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from srs.collection.today import Plan, queue_for
from srs.due import Limits, Queue
from srs.store import queued, seen
from srs.store.query import Readable
from srs.store.values import Counts

if TYPE_CHECKING:
    from srs.store.query import Reads

_ENDLESS = 1_000_000
_MORE_DUE, _MORE_NEW = 50, 10  # as many are advised at once; the same advice, given again, asks more


class More(Struct, frozen=True):
    """Cards that wait for a higher limit: how many, how many of them `limit` would ask, and that limit."""

    waiting: int
    asked: int
    limit: int


class Held(Struct, frozen=True):
    """Cards that are due or new and yet not asked: for the limits, for a card of the same note, or suspended."""

    due: More
    new: More
    siblings: int
    suspended: int


def held_of(store: Readable, plan: Plan, day: date) -> Held:
    """Return what a sitting by a plan does not ask on a study day, and why."""
    now = queue_for(store, plan, day)
    wide = queue_for(store, replace(plan, limits=Limits(_ENDLESS, _ENDLESS), own={}), day)
    with store.reading() as connection:
        counts = _counts(connection, plan, day)
        done, _ = seen.read_today(connection, day, plan.choice.decks)
        suspended = queued.suspended_cards(connection, plan.choice)
    new, new_wide = _new(now), _new(wide)
    due, due_wide = len(now.waiting) - new, len(wide.waiting) - new_wide
    return Held(
        _more(due_wide - due, due + done.reviews_done, _MORE_DUE),
        _more(new_wide - new, new + done.new_done, _MORE_NEW),
        max(0, counts.due + counts.new - len(wide.waiting) - _asked_as_drills(wide, day)),
        len(suspended if plan.only is None else suspended & plan.only),
    )


def _more(waiting: int, had: int, step: int) -> More:
    return More(max(0, waiting), max(0, min(waiting, step)), had + step)


def _asked_as_drills(queue: Queue, day: date) -> int:
    """Count the cards that are due or new, and asked as drills since a mock missed them."""
    return sum(card.memory is None or card.memory.due <= day for _, card in queue.drills)


def _new(queue: Queue) -> int:
    return sum(card.memory is None for card in queue.waiting)


def _counts(connection: "Reads", plan: Plan, day: date) -> Counts:
    if plan.only is None:
        return queued.count_cards(connection, plan.choice, day)
    found = [card for card in queued.all_cards(connection, plan.choice, day) if card.key in plan.only]
    due = sum(card.memory is not None and card.memory.due <= day for card in found)
    return Counts(due, sum(card.memory is None for card in found), len(plan.only))
