"""The loop of a sitting: shows a card, waits for keys, and tells the sitting what was pressed."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date, datetime, timedelta
from functools import lru_cache, partial

from msgspec import Struct, field

from srs.characters import typed
from srs.collection.sitting import Sitting
from srs.deck import Note, note_from_text, split_card_id
from srs.deck.face import learnt_otherwise
from srs.due import Queued, milliseconds
from srs.errors import SrsError
from srs.scheduler import Grade
from srs.store.values import StoredCard
from srs.terminal.asking import Asking
from srs.terminal.frame import Standing
from srs.terminal.keyboard import Keyboard
from srs.terminal.keys import BURY, EDIT, FLAG, LEAVE, SUSPEND, UNDO
from srs.terminal.pages import Card, remark_page
from srs.terminal.screen import Screen

_LONGEST_ANSWER_MS = 60_000  # who takes longer was away
_ENOUGH_TO_TELL = 3

_note = lru_cache(maxsize=32)(note_from_text)  # the next card is read ahead, and one that was missed comes again


class Surroundings(Struct, frozen=True):
    """What the loop takes from the outside: the clock and the calendar, the grading keys, and how to edit a card.

    `edit` opens the source of a card and brings the store up to the text, `view` opens a picture by its address in the
    chapter of a card; each returns what there is to say. `decks` are the names of decks by their namespaces.
    `typing`: every answer that can be is to be typed. `space_is_good`: space grades a shown answer Good. `between` is
    called before each card, with the sitting, and returns what there is to say.
    """

    now: Callable[[], datetime]
    day_of: Callable[[datetime], date]
    keys: Mapping[str, Grade]
    edit: Callable[[StoredCard], str]
    view: Callable[[StoredCard, str], str] | None = None
    decks: Mapping[str, str] = field(default_factory=dict)
    typing: bool = False
    space_is_good: bool = False
    between: Callable[[Sitting], str] | None = None


class Reviewing(Struct):
    """One sitting on one screen; `said` is a sentence to show once, with the next page."""

    sitting: Sitting
    screen: Screen
    around: Surroundings
    said: str = ""
    keyboard: Keyboard = field(default_factory=Keyboard)

    def run(self) -> None:
        """Ask card after card until none is left or the learner quits; each answer is kept before the next card."""
        with ExitStack() as stack:
            stack.enter_context(self.screen)
            stack.enter_context(self.keyboard)
            self.go_on()

    def go_on(self) -> None:
        """Do so on a screen and a keyboard that are entered already."""
        while self._is_asked():
            pass

    def _is_asked(self) -> bool:
        """Ask the next card; false if none is left, or the learner quits."""
        if self.around.between:
            self.said = self.around.between(self.sitting) or self.said
        queued = self.sitting.current
        return queued is not None and self._ask(queued)

    def _ask(self, queued: Queued) -> bool:
        """Ask one card; false if the learner quits."""
        stored, learnt = self.sitting.read_to_ask(queued)
        note, part = _note(stored.text), split_card_id(stored.name)[1]
        if part not in note.parts:  # another window brought the store up to another text
            self.sitting.leave_out(queued)
            self.said = f"{stored.name} is no longer in the text"
            return True
        self.keyboard.meanwhile(partial(self._read_ahead, queued))
        asking = self._asking(queued, stored, note, part, learnt)
        now = self.around.now()
        futures = self.sitting.futures(queued, milliseconds(now), self.around.day_of(now))
        began = time.monotonic()
        typing = self.around.typing or note.typed
        while (key := asking.answer(futures, queued.memory, typing=typing)) == FLAG.name:
            began += self._flag(queued, asking)
        self.said = ""
        if key in self.around.keys:
            self._grade(queued, stored, self.around.keys[key], began)
        elif key in LEAVE:
            return False
        else:
            self._step(key, queued, stored, asking)
        return True

    def _read_ahead(self, queued: Queued) -> None:
        """Parse the note that is asked after this card if it is known, while the learner reads."""
        after = self.sitting.queue.answered(queued, again=False).next
        if after:
            _note(self.sitting.read(after).text)

    def _asking(self, queued: Queued, stored: StoredCard, note: Note, part: str, learnt: str) -> Asking:
        around = self.around
        card = Card(
            note,
            part,
            stored.name,
            stored.chapter,
            queued.drill,
            stored.remark or "",
            around.decks.get(stored.deck, stored.deck),
            learnt_otherwise(note, part, learnt),
        )
        view = partial(around.view, stored) if around.view else None
        return Asking(self.screen, self.keyboard, card, around.keys, self._standing(), view, around.space_is_good)

    def _standing(self) -> Standing:
        tally, left = self.sitting.tally, self.sitting.left
        pace = tally.ms // tally.answers if tally.answers >= _ENOUGH_TO_TELL else None
        return Standing(tally.settled, left, None if pace is None else pace * left.total, self.said)

    def _grade(self, queued: Queued, stored: StoredCard, grade: Grade, began: float) -> None:
        now = self.around.now()
        took = min(_LONGEST_ANSWER_MS, round((time.monotonic() - began) * 1000))
        done = self.sitting.answer(queued, grade, milliseconds(now), self.around.day_of(now), took)
        if done.leech:
            suspended = " and suspended" if done.suspended else ""
            self.said = f"{stored.name} is a leech{suspended}; `srs cards --leeches`"

    def _step(self, key: str, queued: Queued, stored: StoredCard, asking: Asking) -> None:
        now = self.around.now()
        if key == UNDO.name:
            undone = self.sitting.undo(milliseconds(now))
            hidden = "the answer is hidden again; nothing else" if asking.told else "nothing"
            nothing = f"{hidden} to undo in this sitting; `srs undo` goes back further"
            self.said = f"undone: {undone}" if undone else nothing
        elif key == SUSPEND.name:
            self.sitting.suspend(queued, milliseconds(now))
            self.said = f"suspended {stored.name}; u undoes it, {typed('resume', names=[stored.name])} does so later"
        elif key == BURY.name:
            self.sitting.bury(queued, milliseconds(now), self.around.day_of(now) + timedelta(days=1))
            self.said = f"buried {stored.name} until tomorrow; u undoes it"
        elif key == EDIT.name:
            self.said = self._edit(stored)

    def _flag(self, queued: Queued, asking: Asking) -> float:
        """Ask for a remark on a card that stays as it is shown; return the seconds that took, no time of the answer."""
        began = time.monotonic()
        remark = asking.line(remark_page, asking.card.flag)
        if remark is not None:
            remark = remark.strip()
            self.sitting.flag(queued, remark, milliseconds(self.around.now()))
            asking.remark(remark, "flagged; `srs cards --flagged` lists it" if remark else "flag removed")
        return time.monotonic() - began

    def _edit(self, stored: StoredCard) -> str:
        with _paused(self.screen, self.keyboard):
            try:
                said = self.around.edit(stored)
            except SrsError as error:
                said = str(error)
        self.sitting.drop_missing()
        return said


@contextmanager
def _paused(*entered: AbstractContextManager[object]) -> Iterator[None]:
    """Leave what was entered for a while, as the screen and the keyboard to another program."""
    for each in reversed(entered):
        each.__exit__(None, None, None)
    try:
        yield
    finally:
        for each in entered:
            each.__enter__()
