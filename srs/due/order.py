"""The order of a sitting's cards, once it is known which they are."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

from srs.due.queue import Queue, Queued

DUE_FIRST, NEW_FIRST, MIXED, RANDOM = "due-first", "new-first", "mixed", "random"
ORDERS = (DUE_FIRST, NEW_FIRST, MIXED, RANDOM)


class Order(Struct, frozen=True):
    """Which cards come first, due or new; `by_chapter` keeps those of a chapter together.

    The random order has due cards first, both shuffled by `seed`: the same seed gives the same order.
    """

    first: str = DUE_FIRST
    by_chapter: bool = False
    seed: int = 0


def joined(queues: Iterable[Queue], order: Order) -> Queue:
    """Return one queue of several, of which each kept its own limits: the longest overdue first, new ones as given."""
    every = list(queues)
    waiting = [card for queue in every for card in queue.waiting]
    due = [card for _, card in sorted(((card.memory.due, card) for card in waiting if card.memory), key=itemgetter(0))]
    new = [card for card in waiting if card.memory is None]
    drills = tuple(drill for queue in every for drill in queue.drills)
    return Queue(tuple(arranged(due, new, order)), drills)


def arranged(due: Sequence[Queued], new: Sequence[Queued], order: Order) -> list[Queued]:
    """Return due and new cards in an order; mixed spreads the new ones evenly over the due ones."""
    if order.first == NEW_FIRST:
        cards = [*new, *due]
    elif order.first == MIXED:
        places = [((index + 0.5) / len(group), card) for group in (due, new) for index, card in enumerate(group)]
        cards = [card for _, card in sorted(places, key=lambda pair: pair[0])]
    elif order.first == RANDOM:
        cards = [*shuffled(due, order.seed), *shuffled(new, order.seed)]
    else:
        cards = [*due, *new]
    return sorted(cards, key=lambda card: card.chapter) if order.by_chapter else cards


def shuffled(cards: Iterable[Queued], seed: int) -> list[Queued]:
    """Return cards in an order that a seed and nothing else decides: that of digests of their rows."""
    return sorted(cards, key=lambda card: sha256(f"{seed} {card.key}".encode()).digest())


def drilled(cards: Iterable[Queued]) -> Queue:
    """Return a queue of cards that were answered today already, to be asked once more."""
    return Queue(tuple(replace(card, drill=True) for card in cards))
