"""A sitting: which card is asked, what an answer does, and how each step is taken back.

It puts scheduler, queue and store together. It knows neither screen nor clock: moments come in as arguments.
"""

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from srs.collection.desk import Shelf
from srs.collection.rules import Answered, Rules
from srs.due import Queue, Queued
from srs.history import CRAM, TERMINAL, Review
from srs.scheduler import Answer, Grade, Memory
from srs.store import queued, seen
from srs.store.values import Choice, StoredCard

if TYPE_CHECKING:
    from srs.store.opening import Store


class Left(Struct, frozen=True):
    """How many cards are still to be asked, by how they stand."""

    new: int
    due: int
    drill: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.new + self.due + self.drill


class Tally(Struct, frozen=True):
    """What a sitting did so far: its answers in order, the time they took (ms), and how many were new or drills."""

    answers: int = 0
    grades: tuple[Grade, ...] = ()
    ms: int = 0
    new: int = 0
    drills: int = 0

    @property
    def settled(self) -> int:
        """How many answers were good enough to be done with their card for today."""
        return sum(not grade.needs_drill for grade in self.grades)


class _Done(Struct, frozen=True):
    """A step that can be undone: how the queue and the tally stood, and its row among the acts given here."""

    queue: Queue
    tally: Tally
    what: str
    given: int


class Sitting(Struct):
    """One sitting over a queue of cards; `cram` records drills only, `once` asks no card again.

    The queue is only ever replaced, not changed.
    """

    store: Shelf
    rules: Rules
    queue: Queue
    cram: bool = False
    tally: Tally = field(default_factory=Tally)
    once: bool = False
    _done: list[_Done] = field(default_factory=list)

    @property
    def current(self) -> Queued | None:
        """The card that is asked now, or `None` when all is done."""
        return self.queue.next

    @property
    def left(self) -> Left:
        """What is still to be asked, the current card included."""
        drill = sum(card.drill for card in self.queue.left)
        new = sum(card.memory is None and not card.drill for card in self.queue.left)
        return Left(new, len(self.queue.left) - new - drill, drill)

    def read(self, card: Queued) -> StoredCard:
        """Return what the store knows of a card."""
        with self.store.reading() as connection:
            return seen.read_card(connection, card.key)

    def read_to_ask(self, card: Queued) -> tuple[StoredCard, str]:
        """Return what the store knows of a card, and what its note said when it was last answered, if that differs."""
        with self.store.reading() as connection:
            learnt = seen.learnt_text(connection, card.key) if card.memory else ""
            return seen.read_card(connection, card.key), learnt

    def futures(self, card: Queued, at: int, day: date) -> dict[Grade, Memory | None]:
        """Return the memory that each grade would leave at a moment (ms) of a study day."""
        answered = self.rules.force.of(card.chapter.partition("/")[0]).answered
        return {grade: answered(card.memory, Answer(day, grade, self.cram, at)) for grade in Grade}

    def answer(self, card: Queued, grade: Grade, at: int, day: date, ms: int) -> Answered:
        """Record an answer given at a moment (ms) of a study day; it is on disk when this returns."""
        from srs.collection import answering  # noqa: PLC0415 -- the first card is on the screen before the store is open

        review = Review(at, day, grade, ms, CRAM if self.cram else TERMINAL)
        store, rules = self._opened()
        done = answering.answer(store, card.key, review, rules)

        self._remember(grade.name.capitalize(), done.given)
        self.queue = self.queue.answered(
            replace(card, memory=done.memory), again=grade.needs_drill and not (done.suspended or self.once)
        )
        self.tally = Tally(
            self.tally.answers + 1,
            (*self.tally.grades, grade),
            self.tally.ms + ms,
            self.tally.new + (card.memory is None and not card.drill),
            self.tally.drills + card.drill,
        )
        return done

    def flag(self, card: Queued, remark: str, at: int) -> None:
        """Put a remark on a card, or take it off with an empty one."""
        from srs.collection import acting  # noqa: PLC0415 -- the first card is on the screen before the store is open

        store, rules = self._opened()
        given = acting.flag(store, card.key, remark, at, rules)
        if given is not None:
            self._remember("flag", given)

    def suspend(self, card: Queued, at: int) -> None:
        """Take a card out of the queue for good, until it is resumed."""
        from srs.collection import acting  # noqa: PLC0415 -- the first card is on the screen before the store is open

        store, rules = self._opened()
        given = acting.suspend(store, card.key, at, rules)
        if given is not None:
            self._remember("suspend", given)
        self.queue = self.queue.without(card)

    def bury(self, card: Queued, at: int, tomorrow: date) -> None:
        """Leave a card out until tomorrow."""
        from srs.collection import acting  # noqa: PLC0415 -- the first card is on the screen before the store is open

        store, rules = self._opened()
        given = acting.bury(store, card.key, at, tomorrow, rules)
        if given is not None:
            self._remember("bury", given)
        self.queue = self.queue.without(card)

    def undo(self, at: int) -> str | None:
        """Take back the last step of this sitting, and say which it was; `None` if there is none."""
        from srs.collection import acting  # noqa: PLC0415 -- as above

        if not self._done:
            return None
        last = self._done.pop()
        store, rules = self._opened()
        acting.undo(store, at, rules, last.given)
        self.queue, self.tally = last.queue, last.tally
        self.drop_missing()  # the text may have lost cards that were in the queue then
        return last.what

    def take_in(self, choice: Choice, day: date) -> None:
        """Bring the queue up to what was done elsewhere: what was answered or put away there is asked no more."""
        with self.store.reading() as connection:
            found = queued.these_cards(connection, choice, day, [card.key for card in self.queue.left])
        now = {card.key: card.memory for card in found}
        for card in self.queue.left:
            if card.key not in now or (now[card.key] != card.memory and not self.cram):
                self.leave_out(card)

    def go_on_by(self, rules: Rules, queue: Queue) -> None:
        """Go on by other rules and another queue, since a store that was opened only now brought them."""
        self.rules, self.queue = rules, queue

    def leave_out(self, card: Queued) -> None:
        """Ask a card no more, without a trace."""
        self.queue = self.queue.without(card)

    def drop_missing(self) -> None:
        """Leave out the cards that the text no longer holds, after it was edited."""
        with self.store.reading() as connection:
            gone = seen.without_text(connection)
        for card in self.queue.left:
            if card.key in gone:
                self.leave_out(card)

    def _opened(self) -> "tuple[Store, Rules]":
        """Return the store, open, and the rules by which acts are written into it; opening it may bring others."""
        store = self.store.opened()
        return store, self.rules

    def _remember(self, what: str, given: int) -> None:
        self._done.append(_Done(self.queue, self.tally, what, given))
