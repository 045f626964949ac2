"""A mock interview on a screen: the question, the time while the learner speaks, and the outline ticked off."""

from collections.abc import Callable
from dataclasses import dataclass

from srs.collection.mocks import Spoken
from srs.terminal.frame import Size
from srs.terminal.keyboard import END, NOTHING, Keyboard
from srs.terminal.mock_pages import BACK, BEGIN, LEAVE, LEFT_OUT, Interview, question_page, speaking_page, ticking_page
from srs.terminal.pressing import pressed
from srs.terminal.screen import Page, Screen

_GONE = {LEAVE.name, END}
_ON = {BEGIN.name, "enter"}


@dataclass(slots=True)
class Mocking:
    """One mock on a screen and a keyboard that are entered; `seconds` is a clock that only runs forward."""

    interview: Interview
    screen: Screen
    keyboard: Keyboard
    seconds: Callable[[], float]

    def run(self) -> Spoken | None:
        """Ask, keep the time, and have the outline ticked off; `None` if the learner leaves before the end."""
        if self._pressed(lambda: question_page(self.interview, self._size), _ON | _GONE) in _GONE:
            return None
        ticked: list[bool] | None = []
        spoken = 0
        while not ticked:  # whoever ended the answer by mistake goes on speaking
            if (now := self._speak(spoken)) is None or (ticked := self._tick()) is None:
                return None
            spoken = now
        numbers = {said: tuple(n for n, each in enumerate(ticked, 1) if each is said) for said in (True, False)}
        return Spoken(spoken, numbers[True], numbers[False])

    @property
    def _size(self) -> Size:
        return Size(self.screen.width, self.screen.full_width, self.screen.height)

    def _pressed(self, page: Callable[[], Page], wanted: set[str]) -> str:
        return pressed(self.screen, self.keyboard, page, wanted)

    def _speak(self, before: int) -> int | None:
        """Show the time until any key is pressed; return the seconds until then, with those spoken before."""
        began = self.seconds() - before

        def passed() -> int:
            return int(self.seconds() - began)

        self.screen.show(speaking_page(self.interview, shown := before, self._size))
        while (key := self.keyboard.key(lambda: passed() != shown or self.screen.resized())) == NOTHING:
            self.screen.renew(speaking_page(self.interview, shown := passed(), self._size))
        return None if key == END else passed()

    def _tick(self) -> list[bool] | None:
        """Have each line ticked off as said or left out; none is, where the learner would rather go on speaking."""
        ticked: list[bool] = []
        while len(ticked) < len(self.interview.question.outline.lines):
            wanted = _ON | _GONE | {LEFT_OUT.name, BACK.name}
            key = self._pressed(lambda: ticking_page(self.interview, ticked, self._size), wanted)
            if key in _GONE:
                return None
            if key == BACK.name and not ticked:
                return []
            if key == BACK.name:
                ticked.pop()
            else:
                ticked.append(key != LEFT_OUT.name)
        return ticked
