"""What a sitting does on signals: the terminal is given back, nothing that was answered is lost, and it goes on."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests import forked

if TYPE_CHECKING:
    from pathlib import Path

OpenWindow = Callable[..., Any]
pytestmark = pytest.mark.slow


def answers(surroundings: dict[str, str]) -> list[str]:
    """Return the cards that were answered."""
    lines = map(json.loads, forked.run(["log", "export", "-"], surroundings).out.splitlines())
    return [line["card"] for line in lines if "grade" in line]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_sitting_that_is_asked_to_end_gives_the_terminal_back(
    open_window: OpenWindow, surroundings: dict[str, str], number: signal.Signals
) -> None:
    window = open_window("review")
    window.until("起锚有哪 3 步")
    window.press("\r")
    window.until("Again 1d")
    window.press("3")
    window.until("一海里有多长")
    window.signal(number)
    assert window.ends() == 128 + number
    assert "1 answer in" in window.text
    assert window.plain
    assert window.raw.rfind(b"\x1b[?25h") > window.raw.rfind(b"\x1b[?25l")
    assert answers(surroundings) == ["anchor"]
    assert "All is well" in forked.run(["doctor"], surroundings).out


@pytest.mark.parametrize("command", ["review", "mock"])
@pytest.mark.parametrize("by_hand", [True, False])
def test_a_sitting_that_is_stopped_gives_the_terminal_back_until_it_goes_on(
    open_window: OpenWindow, surroundings: dict[str, str], ship: Path, command: str, *, by_hand: bool
) -> None:
    """By Ctrl-Z, and by whoever stops it; the window may have got another size meanwhile."""
    (ship / "decks/ship/talk.md").write_text('## Talk {#talk .mock}\n\n- a {cards="mile"}\n- b\n', encoding="utf-8")
    window = open_window(command)
    window.until("起锚有哪 3 步" if command == "review" else "Talk")
    if by_hand:
        window.press("\x1a")
        window.until_plain()
    else:
        window.signal(signal.SIGSTOP)
    window.until_stopped()
    window.resize(60, 20)
    window.signal(signal.SIGCONT)
    window.until("起锚有哪 3 步" if command == "review" else "Talk")
    window.until_hidden()
    if command == "review":
        window.press("\r")
        window.until("Again 1d")
        window.press("3")
        window.until("一海里有多长")
    window.press("q")
    assert window.ends() in {0, 1}
    assert window.plain
    assert answers(surroundings) == (["anchor"] if command == "review" else [])
