"""One card from its question to the key that settles it, with keys handed in and the screen in memory."""

from __future__ import annotations

import io
from collections import deque
from datetime import date
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from rich.console import Console

from srs.collection.sitting import Left
from srs.deck import note_from_text
from srs.scheduler import Grade
from srs.terminal.asking import Asking
from srs.terminal.frame import Standing
from srs.terminal.grades import FOUR_GRADES
from srs.terminal.keyboard import NOTHING, Keyboard
from srs.terminal.pages import Card, remark_page
from srs.terminal.screen import Page, Screen
from tests.memories import answered

if TYPE_CHECKING:
    from collections.abc import Callable

BASIC = "## How long is a mile? {#q}\n\n1852 m"
STEPS = "## How to anchor? {#q}\n\n1. tighten {#c1}\n2. haul {#c2}\n3. fasten {#c3}"
SET = "## Which lights? {#q}\n\n- red"
TODAY = date(2026, 12, 1)
FUTURES = {grade: answered(None, grade, TODAY) for grade in Grade}


class Typist(Keyboard):
    """Gives the keys of a list, one after the other."""

    def __init__(self, *keys: str) -> None:
        super().__init__()
        self.keys = deque(keys)
        self.took_text: list[bool] = []

    def key(self, changed: Callable[[], bool]) -> str:
        """Return the next key."""
        assert not changed()
        self.took_text.append(self.takes_text)
        return self.keys.popleft()


class Watched(Screen):
    """Keeps what it was asked to show, and how it was scrolled."""

    def __init__(self) -> None:
        super().__init__(Console(file=io.StringIO(), width=80, height=12, force_terminal=True))
        self.shown: list[str] = []
        self.scrolled: list[int] = []

    def show(self, page: Page) -> None:
        """Keep the page as text."""
        super().show(page)
        self.shown.append("\n".join(str(line) for line in (*page.head, *page.question, *page.body, *page.foot)))

    def scroll(self, lines: int) -> None:
        """Keep the step."""
        super().scroll(lines)
        self.scrolled.append(lines)


def asking(text: str, *keys: str, part: str = "") -> Asking:
    """Return a card about to be asked, with the keys that will be pressed."""
    name = f"q/{part}" if part else "q"
    card = Card(note_from_text(text), part, name, "Sea", drill=False)
    return Asking(Watched(), Typist(*keys), card, FOUR_GRADES, Standing(0, Left(1, 0, 0), said="said once"))


def settled(one: Asking, *, typing: bool = False) -> tuple[str, list[str]]:
    """Ask the card, and return the key that settles it with all that was shown."""
    key = one.answer(FUTURES, None, typing=typing)
    assert isinstance(one.screen, Watched)
    assert isinstance(one.keyboard, Typist)
    assert not one.keyboard.keys, "not all keys were taken"
    return key, one.screen.shown


@pytest.mark.parametrize("shows", ["space", "enter"])
def test_a_question_waits_for_its_answer_to_be_shown(shows: str) -> None:
    key, (question, answer) = settled(asking(BASIC, "1", "9", shows, "x", "3"))
    assert key == "3"
    assert "1852" not in question
    assert "said once" in question
    assert "1852" in answer
    assert "said once" not in answer


@pytest.mark.parametrize("key", ["q", "s", "b", "e", "f", "u", "end"])
def test_a_question_can_be_left_by_what_does_something_else(key: str) -> None:
    assert settled(asking(BASIC, key))[0] == key
    assert settled(asking(STEPS, key))[0] == key
    assert settled(asking(BASIC, "space", key))[0] == key


def test_a_card_that_was_left_for_a_remark_goes_on_where_it_was() -> None:
    """Neither the marks of a recital nor what was typed nor the answer are lost with it."""
    recited = asking(STEPS, "space", "x", "space", "f", "enter", "f", "enter")
    assert recited.answer(FUTURES, None, typing=False) == "f"
    recited.remark("too long", "flagged")
    assert recited.answer(FUTURES, None, typing=False) == "f"
    key, shown = settled(recited)
    assert key == "2", "one step was missed, so Enter takes Hard"
    assert ["✗ tighten" in page for page in shown] == [False, False, True, True, True, True, True]
    assert ["flagged" in page for page in shown] == [False, False, False, False, True, False, False]
    assert "⚑ too long" in shown[-1]

    typed = asking(BASIC, "1", "8", "enter", "f", "3")
    assert typed.answer(FUTURES, None, typing=True) == "f"
    key, shown = settled(typed, typing=True)
    assert key == "3"
    assert "✗ 18" in shown[-1]


def test_scrolling_keeps_the_page_and_a_new_size_draws_it_again() -> None:
    one = asking(BASIC, "up", "down", "page up", "page down", NOTHING, "space", "3")
    assert len(settled(one)[1]) == 3
    assert isinstance(one.screen, Watched)
    assert one.screen.scrolled == [-1, 1, -10_000, 10_000]


def test_help_shows_until_another_key_and_is_drawn_again_in_a_new_size() -> None:
    one = asking(BASIC, "?", NOTHING, "down", "x", "space", "3")
    _, shown = settled(one)
    assert ["Keys" in page for page in shown] == [False, True, True, False, False]
    assert isinstance(one.screen, Watched)
    assert one.screen.scrolled == [1]


def test_a_list_is_recited_step_by_step() -> None:
    key, shown = settled(asking(STEPS, "space", "space", "space", "enter"))
    assert key == "3"
    assert [[word in page for word in ("tighten", "haul", "fasten")] for page in shown[:4]] == [
        [False, False, False],
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]
    assert "said once" in shown[0]
    assert "said once" not in shown[1]


def test_enter_shows_all_steps_at_once() -> None:
    key, shown = settled(asking(STEPS, "enter", "enter"))
    assert key == "3"
    assert "fasten" in shown[1]


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        (("x", "space", "space", "space", "enter"), "3"),
        (("space", "x", "space", "space", "enter"), "2"),
        (("space", "x", "x", "space", "space", "enter"), "3"),
        (("space", "x", "space", "x", "space", "enter"), "1"),
        (("space", "x", "space", "space", "x", "enter"), "1"),
        (("space", "space", "space", "x", "x", "enter"), "3"),
    ],
)
def test_what_was_missed_suggests_the_grade(keys: tuple[str, ...], key: str) -> None:
    assert settled(asking(STEPS, *keys))[0] == key


def test_undo_takes_back_the_step_shown_last_with_its_mark() -> None:
    key, shown = settled(asking(STEPS, "space", "space", "x", "u", "space", "space", "enter"))
    assert key == "3"
    assert "haul" not in shown[4]
    assert settled(asking(STEPS, "space", "u", "u"))[0] == "u"


def test_one_step_is_asked_like_any_card() -> None:
    key, shown = settled(asking(STEPS, "space", "4", part="c2"))
    assert key == "4"
    assert "haul" not in shown[0]
    assert "tighten" in shown[0]


def test_an_answer_is_typed_sign_by_sign_and_compared() -> None:
    key, shown = settled(
        asking(BASIC, "9", "clear", *"185", "3", "backspace", "2", "space", "m", "enter", "3"), typing=True
    )
    assert key == "3"
    assert "▸ 1852 m" in shown[-2]
    assert "✓ as typed" in shown[-1]


def test_what_is_typed_otherwise_is_shown_beside_the_answer() -> None:
    shown = settled(asking(BASIC, *"1851", "enter", "3"), typing=True)[1]
    assert "✗ 1851" in shown[-1]
    assert "→ 1852" in shown[-1]
    assert "as typed" not in shown[-1]


@pytest.mark.parametrize("leaves", ["escape", "end"])
def test_typing_can_be_left_without_comparing(leaves: str) -> None:
    shown = settled(asking(BASIC, "1", leaves, "3"), typing=True)[1]
    assert "▸ 1" not in shown[-1]
    assert "as typed" not in shown[-1]


@pytest.mark.parametrize(
    ("text", "told"),
    [(SET, "this one is not typed"), ("## What? {#q}\n\none\n\ntwo", "not typed"), (STEPS, "recited, not typed")],
)
def test_what_is_no_one_line_is_not_typed_and_says_so(text: str, told: str) -> None:
    """What is typed all the same is not taken for keys, until the answer is shown."""
    one = asking(text, "a", "enter", "3")
    key, shown = settled(one, typing=True)
    assert key == "3"
    assert told in shown[0]
    assert "said once" in shown[0]
    assert told not in shown[-1]
    assert isinstance(one.keyboard, Typist)
    assert one.keyboard.took_text == [False, False, True]


def test_it_is_said_once_where_a_card_is_asked_for_again() -> None:
    one = asking(SET, "f", "enter", "3")
    assert one.answer(FUTURES, None, typing=True) == "f"
    assert [page.count("not typed") for page in settled(one, typing=True)[1]] == [1, 1, 0]


def test_of_typing_nothing_is_told_where_it_is_not_wished_or_can_be_done() -> None:
    for text, typing in ((SET, False), (STEPS, False), (BASIC, True)):
        one = asking(text, "enter", "3")
        assert not any("not typed" in page for page in settled(one, typing=typing)[1])
        assert isinstance(one.keyboard, Typist)
        assert one.keyboard.took_text == [True, True]


def test_a_remark_is_written_over_the_one_before() -> None:
    one = asking(BASIC, "backspace", "!", "page up", "enter")
    assert one.line(remark_page, "so") == "s!"
    assert asking(BASIC, "a", "escape").line(remark_page) is None


@pytest.mark.parametrize("presses", ["space", "enter"])
def test_space_after_an_answer_says_what_to_press(presses: str) -> None:
    key, shown = settled(asking(BASIC, "space", presses, "3"))
    assert key == "3"
    assert "press 1 Again, 2 Hard, 3 Good or 4 Easy" in shown[-1]


@pytest.mark.parametrize("presses", ["space", "enter"])
def test_space_takes_good_where_that_is_wished(presses: str) -> None:
    one = asking(BASIC, "space", presses)
    one.space_is_good = True
    key, shown = settled(one)
    assert key == "3"
    assert "space takes Good" in shown[-1]


def test_what_a_list_suggests_comes_before_the_wish_for_good() -> None:
    one = asking(STEPS, "space", "x", "space", "space", "space")
    one.space_is_good = True
    key, shown = settled(one)
    assert key == "2"
    assert "space takes" not in shown[-1]


def test_space_once_too_often_grades_no_list() -> None:
    key, shown = settled(asking(STEPS, "space", "space", "x", "space", "space", "x", "4"))
    assert key == "4"
    assert "press Enter for Hard, 1 Again, 2 Hard, 3 Good or 4 Easy" in shown[-2]
    assert "press Enter" not in shown[-1]


PICTURED = "## Which flag? {#q}\n\n![a](a.png) and ![b](b%20c.png)"


def test_pictures_are_opened_one_after_the_other_once_they_may_be_seen() -> None:
    opened: list[str] = []

    def view(address: str) -> str:
        opened.append(address)
        return f"opened {address}"

    one = asking(PICTURED, "o", "space", "o", "o", "o", "3")
    one.view = view
    shown = settled(one)[1]
    assert opened == ["a.png", "b c.png", "a.png"]
    assert ["o picture" in page for page in shown] == [False, True, True, True, True]
    assert "opened a.png" in shown[-1]


def test_an_answer_that_was_learnt_otherwise_says_so_where_it_is_seen() -> None:
    one = asking(BASIC, "space", "3")
    one.card = replace(one.card, before=note_from_text("## Q {#q}\n\n1853 m").answer)
    question, answer = settled(one)[1]
    assert "1853" not in question
    assert "changed" not in question
    assert "the answer has changed since you learnt it" in answer
    assert "▎ 1853 m" in answer


def test_nothing_gives_the_answer_away() -> None:
    """Of where a card comes from, its deck alone is told before the answer; a remark is told with it, too."""
    for text, keys in ((BASIC, ("space", "3")), (STEPS, ("space", "space", "space", "enter"))):
        one = asking(text, *keys)
        one.card = replace(one.card, deck="Navigation", name="q-1852", chapter="Miles of 1852", flag="1852!")
        *questions, answer = settled(one)[1]
        for question in questions:
            assert "Navigation" in question
            assert not [given for given in ("q-1852", "Miles", "1852!") if given in question]
        assert "Miles of 1852 › q-1852" in answer
        assert "⚑ 1852!" in answer
