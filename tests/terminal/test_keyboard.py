"""Keys as names, read from a terminal of the test's own."""

from __future__ import annotations

import os
import pty
import termios
from typing import TYPE_CHECKING

import pytest

from srs.terminal.keyboard import END, NOTHING, TEXT, Keyboard

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def typist(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The end of a terminal at which somebody types; the other is standard input."""
    typed, read = pty.openpty()
    with os.fdopen(read, encoding="utf-8") as inside:
        monkeypatch.setattr("sys.stdin", inside)
        yield typed
    os.close(typed)


def test_the_terminal_is_as_it_was_when_the_sitting_is_over(typist: int) -> None:
    before = termios.tcgetattr(typist)
    with Keyboard():
        assert termios.tcgetattr(typist)[3] & (termios.ECHO | termios.ICANON) == 0
    assert termios.tcgetattr(typist) == before


def test_keys_come_one_by_one_as_names(typist: int) -> None:
    """What is pasted, or typed while a page is drawn, is not lost."""
    with Keyboard() as keyboard:
        os.write(typist, "a\r中\x1b[A\x1bOB\x7f\x1b[24~\x04".encode())
        keys = [keyboard.key(lambda: False) for _ in range(8)]
    assert keys == ["a", "enter", "中", "up", "down", "backspace", "unknown", END]


def test_where_no_text_is_wanted_what_comes_in_one_go_is_no_key(typist: int) -> None:
    """Single keys that were typed ahead are; a page that takes text again gets each sign."""
    with Keyboard() as keyboard:
        keyboard.takes_text = False
        for typed, named in (
            ("seed users\r", [TEXT]),
            ("灰度", [TEXT]),
            (" x x\r", ["space", "x", "space", "x", "enter"]),
        ):
            os.write(typist, typed.encode())
            assert [keyboard.key(lambda: False) for _ in named] == named
            assert keyboard.key(lambda: True) == NOTHING
        keyboard.takes_text = True
        os.write(typist, b"se")
        assert [keyboard.key(lambda: False) for _ in "se"] == ["s", "e"]


def test_a_window_that_changes_ends_the_wait(typist: int) -> None:
    assert typist
    with Keyboard() as keyboard:
        assert keyboard.key(lambda: True) == NOTHING


def test_work_is_done_once_while_a_key_is_waited_for_and_never_before_keys_that_were_typed(typist: int) -> None:
    done: list[str] = []
    with Keyboard(lambda: done.append("first")) as keyboard:
        keyboard.meanwhile(lambda: done.append("never"))
        keyboard.meanwhile(lambda: done.append("second"))
        os.write(typist, b"ab")
        assert keyboard.key(lambda: False) == "a"
        assert done == ["first", "second"]
        keyboard.meanwhile(lambda: done.append("third"))
        assert keyboard.key(lambda: False) == "b"
        assert done == ["first", "second"]
        assert keyboard.key(lambda: True) == NOTHING
        assert done == ["first", "second", "third"]
