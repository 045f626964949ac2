"""A sitting: which card is asked, what an answer does, and how each step is taken back.

It puts scheduler, line and store together. It knows neither screen nor clock: moments come in as arguments.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from srs.collection.leeches import Leeches
from srs.scheduler import Answer, Grade, advance
from srs.store import cards, flags, reviews
from srs.store.reviews import CRAM, TERMINAL, Review

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from srs.due import Line, Queued
    from srs.scheduler import Memory, Scheduler
    from srs.store.cards import StoredCard
    from srs.store.opening import Store


@dataclass(frozen=True, slots=True)
class Left:
    """How many cards are still to be asked, by how they stand."""

    new: int
    due: int
    drill: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.new + self.due + self.drill


@dataclass(frozen=True, slots=True)
class Tally:
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


@dataclass(frozen=True, slots=True)
class _Done:
    """A step that can be taken back: how the line and the tally stood, and how to undo it in the store."""

    line: Line
    tally: Tally
    what: str
    take_back: Callable[[int], None]


@dataclass(slots=True)
class Sitting:
    """One sitting over a line of cards; `cram` records drills only. The line is only ever replaced, not changed."""

    store: Store
    scheduler: Scheduler
    line: Line
    cram: bool = False
    leeches: Leeches = field(default_factory=Leeches)
    tally: Tally = field(default_factory=Tally)
    _done: list[_Done] = field(default_factory=list)

    @property
    def current(self) -> Queued | None:
        """The card that is asked now, or `None` when all is done."""
        return self.line.next

    @property
    def left(self) -> Left:
        """What is still to be asked, the current card included."""
        drill = sum(card.drill for card in self.line.left)
        new = sum(card.memory is None and not card.drill for card in self.line.left)
        return Left(new, len(self.line.left) - new - drill, drill)

    def read(self, card: Queued) -> StoredCard:
        """Return what the store knows of a card."""
        with self.store.reading() as connection:
            return cards.read_card(connection, card.key)

    def futures(self, card: Queued, day: date) -> dict[Grade, Memory | None]:
        """Return the memory that each grade would leave, by the same step that recording it takes."""
        with self.store.reading() as connection:
            scheduler = self.scheduler.for_card(reviews.first_moment(connection, card.key) or 0)
        return {grade: advance(scheduler, card.memory, self._answer(grade, day)) for grade in Grade}

    def answer(self, card: Queued, grade: Grade, at: int, day: date, ms: int) -> bool:
        """Record an answer given at a moment (ms) of a study day; it is on disk when this returns.

        Returns whether the card is a leech now, which is suspended in the same step if leeches are.
        """
        review = Review(at, day, grade, ms, CRAM if self.cram else TERMINAL)
        with self.store.writing() as connection:
            recorded = reviews.record(connection, card.key, review, self.scheduler)
            leech = self.leeches.deal_with(connection, card.key, card.memory, recorded.memory)
        suspended = leech and self.leeches.suspend

        def take_back(moment: int) -> None:
            with self.store.writing() as connection:
                reviews.undo(connection, recorded.review_key, moment, self.scheduler)
                if suspended:
                    cards.set_suspended(connection, [card.key], suspended=False)

        self._remember(grade.name.capitalize(), take_back)
        after = replace(card, memory=recorded.memory)
        self.line = self.line.answered(after, again=grade.needs_drill and not suspended)
        self.tally = Tally(
            self.tally.answers + 1,
            (*self.tally.grades, grade),
            self.tally.ms + ms,
            self.tally.new + (card.memory is None and not card.drill),
            self.tally.drills + card.drill,
        )
        return leech

    def flag(self, card: Queued, remark: str, at: int) -> None:
        """Put a remark on a card, or take it off with an empty one."""
        before = self.flag_of(card)

        def take_back(moment: int) -> None:
            with self.store.writing() as connection:
                flags.set_flag(connection, card.key, before, moment)

        with self.store.writing() as connection:
            flags.set_flag(connection, card.key, remark, at)
        self._remember("flag", take_back)

    def flag_of(self, card: Queued) -> str:
        """Return the remark on a card, or nothing."""
        with self.store.reading() as connection:
            return flags.flag_of(connection, card.key)

    def suspend(self, card: Queued) -> None:
        """Take a card out of the queue for good, until it is resumed."""

        def take_back(_: int) -> None:
            with self.store.writing() as connection:
                cards.set_suspended(connection, [card.key], suspended=False)

        with self.store.writing() as connection:
            cards.set_suspended(connection, [card.key], suspended=True)
        self._remember("suspend", take_back)
        self.line = self.line.without(card)

    def bury(self, card: Queued, tomorrow: date) -> None:
        """Leave a card out until tomorrow."""
        before = self.read(card).buried_until

        def take_back(_: int) -> None:
            with self.store.writing() as connection:
                cards.set_buried(connection, card.key, before)

        with self.store.writing() as connection:
            cards.set_buried(connection, card.key, tomorrow)
        self._remember("bury", take_back)
        self.line = self.line.without(card)

    def undo(self, at: int) -> str | None:
        """Take back the last step of this sitting, and say which it was; `None` if there is none."""
        if not self._done:
            return None
        last = self._done.pop()
        last.take_back(at)
        self.line, self.tally = last.line, last.tally
        return last.what

    def drop_missing(self) -> None:
        """Leave out the cards that the text no longer holds, after it was edited."""
        with self.store.reading() as connection:
            gone = [card for card in self.line.left if cards.read_card(connection, card.key).retired]
        for card in gone:
            self.line = self.line.without(card)

    def _answer(self, grade: Grade, day: date) -> Answer:
        return Answer(day, grade, drill=self.cram)

    def _remember(self, what: str, take_back: Callable[[int], None]) -> None:
        self._done.append(_Done(self.line, self.tally, what, take_back))
