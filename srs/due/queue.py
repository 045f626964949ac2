"""What is asked today, and in which order: values in, values out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from srs.scheduler import Memory

CARDS_BEFORE_DRILL = 6


class Queued(Struct, frozen=True):
    """A card that waits to be asked. `key` and `note` are the store's numbers; siblings share their `note`.

    `memory` is `None` for a new card. `drill`: it was answered today already, and is asked again until it sits.
    `chapter` sorts as the chapters stand in their decks.
    """

    key: int
    note: int
    memory: Memory | None
    drill: bool = False
    chapter: str = ""


class Limits(Struct, frozen=True):
    """How much a study day takes: first answers of new cards, and answers of cards that were due."""

    new: int
    reviews: int


class Today(Struct, frozen=True):
    """What a study day has seen so far, in every sitting: the limits hold across them."""

    day: date
    new_done: int = 0
    reviews_done: int = 0
    notes_seen: frozenset[int] = frozenset()


class Queue(Struct, frozen=True):
    """The cards of a sitting in their order; every step makes a new queue, so that each can be taken back.

    `drills` hold the number of answers (`asked`) after which each is asked again at the earliest.
    """

    waiting: tuple[Queued, ...] = ()
    drills: tuple[tuple[int, Queued], ...] = ()
    asked: int = 0

    @property
    def next(self) -> Queued | None:
        """The card to ask now: a drill whose time has come, else the first that waits, else the first drill."""
        if self.drills and (self.drills[0][0] <= self.asked or not self.waiting):
            return self.drills[0][1]
        return self.waiting[0] if self.waiting else None

    @property
    def left(self) -> tuple[Queued, ...]:
        """All cards still to be asked."""
        return (*self.waiting, *(card for _, card in self.drills))

    @property
    def order(self) -> Iterator[Queued]:
        """Yield all cards still to be asked as they come if none of them is missed."""
        asked, drills = self.asked, deque(self.drills)
        for card in self.waiting:
            while drills and drills[0][0] <= asked:
                yield drills.popleft()[1]
                asked += 1
            yield card
            asked += 1
        yield from (card for _, card in drills)

    def answered(self, card: Queued, *, again: bool) -> Queue:
        """Return the queue after an answer; `again` sends the card back as a drill, some cards further down."""
        rest = self.without(card)
        if not again:
            return replace(rest, asked=self.asked + 1)
        drill = (self.asked + 1 + CARDS_BEFORE_DRILL, replace(card, drill=True))
        return replace(rest, asked=self.asked + 1, drills=(*rest.drills, drill))

    def without(self, card: Queued) -> Queue:
        """Return the queue without a card, as when it is buried or suspended."""
        return replace(
            self,
            waiting=tuple(each for each in self.waiting if each.key != card.key),
            drills=tuple(each for each in self.drills if each[1].key != card.key),
        )


def todays_queue(
    due: Iterable[Queued], new: Iterable[Queued], drills: Iterable[Queued], today: Today, limits: Limits
) -> Queue:
    """Return the queue for a sitting: due cards as given, then new ones, both within what is left of the day.

    Of siblings only the first is asked, and none if one was answered today, or is a drill. Drills left over from an
    earlier sitting come when their turn comes, and count against no limit; one that is due today is asked as that.
    """
    kept = {card.key: card for card in drills}
    held = {card.note for card in kept.values()}
    seen = set(today.notes_seen)
    own = (card for card in due if card.key in kept or card.note not in held)
    reviews = _first_of_each_note(own, seen, limits.reviews - today.reviews_done)
    fresh = _first_of_each_note((card for card in new if card.note not in held), seen, limits.new - today.new_done)
    asked = {card.key for card in reviews}
    left_over = tuple(
        (CARDS_BEFORE_DRILL, replace(card, drill=True)) for card in kept.values() if card.key not in asked
    )
    return Queue((*reviews, *fresh), left_over)


def _first_of_each_note(cards: Iterable[Queued], seen: set[int], room: int) -> tuple[Queued, ...]:
    return tuple(_taken(cards, seen, room))


def _taken(cards: Iterable[Queued], seen: set[int], room: int) -> Iterator[Queued]:
    for card in cards:
        if room <= 0:
            return
        if card.note not in seen:
            seen.add(card.note)
            room -= 1
            yield card
