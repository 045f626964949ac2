"""The loop of a sitting: shows a card, waits for keys, and tells the sitting what was pressed."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from srs.deck import note_from_text, split_card_id
from srs.due import milliseconds
from srs.errors import SrsError
from srs.terminal.keyboard import END, NOTHING, Keyboard
from srs.terminal.pages import Card, answer_page, card_page, grade_labels, help_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from srs.due import Queued
    from srs.scheduler import Grade
    from srs.session.sitting import Sitting
    from srs.store.cards import StoredCard
    from srs.terminal.screen import Page, Screen

_SCROLLS = {"up": -1, "down": 1, "page up": -10_000, "page down": 10_000}
_LONGEST_ANSWER_MS = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the loop takes from the outside: the clock and the calendar, the grading keys, and how to edit a card.

    `edit` opens the source of a card and brings the store up to the text; it returns what there is to say.
    """

    now: Callable[[], datetime]
    day_of: Callable[[datetime], date]
    keys: Mapping[str, Grade]
    edit: Callable[[StoredCard], str]


@dataclass(slots=True)
class Reviewing:
    """One sitting on one screen; `said` is a sentence to show once, with the next page."""

    sitting: Sitting
    screen: Screen
    around: Surroundings
    said: str = ""
    _keyboard: Keyboard = field(default_factory=Keyboard)

    def run(self) -> None:
        """Ask card after card until none is left or the learner quits; each answer is kept before the next card."""
        with ExitStack() as stack:
            stack.enter_context(self.screen)
            stack.enter_context(self._keyboard)
            while (queued := self.sitting.current) and self._ask(queued):
                pass

    def _ask(self, queued: Queued) -> bool:
        """Ask one card; false if the learner quits."""
        stored = self.sitting.read(queued)
        note = note_from_text(stored.text)
        card = Card(note, split_card_id(stored.name)[1], stored.name, stored.chapter, queued.drill)
        began = time.monotonic()
        key = self._wait(lambda: self._asked_page(card), {"space", "enter", *_SHARED})
        if key in {"space", "enter"}:
            key = self._wait(lambda: self._answer_page(card, queued), {*self.around.keys, *_SHARED})
        self.said = ""
        if key in self.around.keys:
            self._grade(queued, self.around.keys[key], began)
        elif key in {"q", END}:
            return False
        else:
            self._step(key, queued, stored)
        return True

    def _grade(self, queued: Queued, grade: Grade, began: float) -> None:
        now = self.around.now()
        took = min(_LONGEST_ANSWER_MS, round((time.monotonic() - began) * 1000))
        self.sitting.answer(queued, grade, milliseconds(now), self.around.day_of(now), took)

    def _step(self, key: str, queued: Queued, stored: StoredCard) -> None:
        now = self.around.now()
        if key == "u":
            undone = self.sitting.undo(milliseconds(now))
            self.said = (
                f"taken back: {undone}" if undone else "nothing to undo in this sitting; `srs undo` goes further"
            )
        elif key == "s":
            self.sitting.suspend(queued)
            self.said = f"suspended {stored.name}; u takes it back, `srs resume {stored.name}` does later"
        elif key == "b":
            self.sitting.bury(queued, self.around.day_of(now) + timedelta(days=1))
            self.said = f"buried {stored.name} until tomorrow; u takes it back"
        elif key == "e":
            self.said = self._edit(stored)

    def _edit(self, stored: StoredCard) -> str:
        self._keyboard.__exit__(None, None, None)
        self.screen.__exit__(None, None, None)
        try:
            said = self.around.edit(stored)
        except SrsError as error:
            said = str(error)
        finally:
            self.screen.__enter__()
            self._keyboard.__enter__()
        self.sitting.drop_missing()
        return said

    def _wait(self, page: Callable[[], Page], wanted: set[str]) -> str:
        """Show a page until one of the wanted keys is pressed; scrolling, help and a new window size are dealt with."""
        self.screen.show(page())
        while True:
            key = self._keyboard.key(self.screen.resized)
            if key in wanted:
                return key
            if key in _SCROLLS:
                self.screen.scroll(_SCROLLS[key])
            elif key == "?":
                self._help()
                self.screen.show(page())
            elif key == NOTHING:
                self.screen.show(page())

    def _help(self) -> None:
        key = NOTHING
        while key == NOTHING or key in _SCROLLS:
            if key == NOTHING:
                self.screen.show(help_page(self.screen.width, self.screen.full_width))
            else:
                self.screen.scroll(_SCROLLS[key])
            key = self._keyboard.key(self.screen.resized)

    def _asked_page(self, card: Card) -> Page:
        screen, done = self.screen, self.sitting.tally.settled
        return card_page(card, done, self.sitting.left, self.said, screen.width, screen.full_width)

    def _answer_page(self, card: Card, queued: Queued) -> Page:
        screen, done = self.screen, self.sitting.tally.settled
        futures = self.sitting.futures(queued, self.around.day_of(self.around.now()))
        labels = grade_labels(self.around.keys, futures, queued.memory)
        return answer_page(card, labels, done, self.sitting.left, "", screen.width, screen.full_width)


_SHARED = {"u", "s", "b", "e", "q", END}
