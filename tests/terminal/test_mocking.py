"""The loop of a mock, with a keyboard and a clock that do as the test says."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from srs.collection.mocks import Spoken
from srs.terminal.keyboard import END, NOTHING, Keyboard
from srs.terminal.mocking import Mocking
from srs.terminal.screen import Screen
from tests.terminal.test_mock_pages import interview

if TYPE_CHECKING:
    from collections.abc import Callable

SHORT = '## Why? {#why .mock}\n\n- a {cards="x"}\n- b\n- c\n'


@dataclass
class Typist(Keyboard):
    """Presses keys in their order; a number lets so many seconds pass before the next, in steps of a tenth."""

    keys: list[str | float]
    now: float = 1000.0
    redrawn: int = 0
    seen: Callable[[], str] | None = None
    saw: list[str] = field(default_factory=list)

    def key(self, changed: Callable[[], bool]) -> str:
        """Press the next key, or say that what is shown has changed."""
        if self.seen:
            self.saw.append(self.seen())
        if changed():
            self.redrawn += 1
            return NOTHING
        while isinstance(self.keys[0], float):
            self.now += 0.1
            self.keys[0] -= 0.1
            if self.keys[0] <= 0:
                self.keys.pop(0)
            if changed():
                self.redrawn += 1
                return NOTHING
        return str(self.keys.pop(0))


def hold(*keys: str | float, seconds: int = 60) -> tuple[Spoken | None, Typist]:
    """Hold a mock on an outline of three lines."""
    screen = Screen(Console(file=io.StringIO(), width=80, height=24, force_terminal=True))
    typist = Typist([*keys], seen=lambda: "\n".join(map(str, screen.seen())))
    return Mocking(interview(SHORT, seconds), screen, typist, lambda: typist.now).run(), typist


def test_a_question_is_answered_timed_and_ticked_off() -> None:
    spoken, typist = hold("space", 75.25, "a", "space", "x", "enter")
    assert spoken == Spoken(75, (1, 3), (2,))
    assert typist.redrawn == 75, "once a second, and not more often"
    assert "0:00 of 1:00" in typist.saw[1]
    assert "1:15 of 1:00   0:15 over" in "".join(typist.saw)


def test_a_tick_is_taken_back() -> None:
    assert hold("space", "a", "space", "x", "u", "space", "u", "u", "x", "space", "x")[0] == Spoken(0, (2,), (1, 3))


def test_whoever_ended_the_answer_by_mistake_goes_on_speaking() -> None:
    """The time goes on from where it stood, without what was spent on the outline."""
    assert hold("space", 20.25, "a", "x", "u", 9.5, "u", 30.25, "b", "space", "space", "x")[0] == Spoken(
        50, (1, 2), (3,)
    )
    assert hold("space", "a", "u", "a", "q")[0] is None


@pytest.mark.parametrize(
    "keys",
    [("q",), (END,), ("space", END), ("space", "a", "q"), ("space", "a", "space", "space", END)],
    ids=["asked", "gone", "speaking", "first line", "last line"],
)
def test_whoever_leaves_has_held_none(keys: tuple[str, ...]) -> None:
    assert hold(*keys)[0] is None


def test_any_key_ends_the_answer() -> None:
    for key in ("q", "up", "enter", "x", "?"):
        assert hold("space", key, "space", "space", "space")[0] == Spoken(0, (1, 2, 3), ())


def test_a_resized_window_is_drawn_anew_while_the_time_runs() -> None:
    screen = Screen(Console(file=io.StringIO(), width=80, height=24, force_terminal=True))
    widths = []

    class Dragger(Typist):
        def key(self, changed: Callable[[], bool]) -> str:
            if len(self.keys) == 5 and screen.console.width == 80:
                screen.console.width = 40
            found = super().key(changed)
            widths.append(max(len(str(line)) for line in screen.seen()))
            return found

    typist = Dragger(["space", "a", "space", "space", "space"])
    typist.keys.insert(1, 0.5)
    Mocking(interview(SHORT, 60), screen, typist, lambda: typist.now).run()
    assert typist.redrawn == 1
    assert (widths[0], widths[-1]) == (79, 39)
