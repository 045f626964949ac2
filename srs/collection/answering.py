"""What an answer does, and what taking it back does: the one place, for a sitting and a script alike."""

from dataclasses import dataclass

from srs.scheduler import Memory, Scheduler
from srs.store.cards import card_state, set_suspended
from srs.store.memories import replay_cards
from srs.store.opening import Store
from srs.store.reviews import Review, mark_undone, read_review, write_review


@dataclass(frozen=True, slots=True)
class Leeches:
    """How many lapses make a card a leech (0: never), and whether a leech is suspended."""

    lapses: int = 0
    suspend: bool = True

    def holds(self, memory: Memory | None) -> bool:
        """Whether a card with this memory is a leech."""
        return memory is not None and 0 < self.lapses <= memory.lapses

    def caught(self, before: Memory | None, after: Memory | None) -> bool:
        """Whether the answer between these two memories was a lapse of a leech."""
        return after is not None and after.lapses > (before.lapses if before else 0) and self.holds(after)


@dataclass(frozen=True, slots=True)
class Rules:
    """What an answer depends on beside the history: the scheduler in force, and what becomes of leeches."""

    scheduler: Scheduler
    leeches: Leeches


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer did.

    `drill`: it was recorded and moved nothing. `leech`: it was a lapse of a leech. `suspended`: for that the card is
    out of the queue now.
    """

    review_key: int
    memory: Memory | None
    drill: bool
    leech: bool
    suspended: bool


@dataclass(frozen=True, slots=True)
class Undone:
    """An answer that was taken back, its card's id, and the memory the card has without it."""

    card: str
    review: Review
    memory: Memory | None


def answer(store: Store, card: int, review: Review, rules: Rules) -> Answered:
    """Record a review of a card (by its row) with all that follows from it, in one transaction.

    It is on disk when this returns. A lapse of a leech suspends the card if leeches are to be suspended.
    """
    with store.writing() as connection:
        before = card_state(connection, card)
        key = write_review(connection, card, review)
        memory = replay_cards(connection, [card], rules.scheduler)[card]
        leech = rules.leeches.caught(before.memory, memory)
        suspended = leech and rules.leeches.suspend
        if suspended:
            set_suspended(connection, [card], suspended=True)
    return Answered(key, memory, memory == before.memory, leech, suspended)


def undo(store: Store, at: int, rules: Rules, key: int | None = None) -> Undone | None:
    """Take back an answer at a moment (ms): the one of a row, or the latest of all; `None` if there is none.

    A card that the answer suspended as a leech is asked again.
    """
    with store.writing() as connection:
        found = read_review(connection, key)
        if found is None:
            return None
        before = card_state(connection, found.card)
        mark_undone(connection, found.key, at)
        memory = replay_cards(connection, [found.card], rules.scheduler)[found.card]
        if before.suspended and rules.leeches.suspend and rules.leeches.caught(memory, before.memory):
            set_suspended(connection, [found.card], suspended=False)
    return Undone(before.name, found.review, memory)
