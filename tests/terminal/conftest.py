"""A window with a program in it: a pseudo-terminal, and a terminal in memory that shows what a person would see."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

import pexpect
import pyte
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATIENCE = 20.0


class Window:
    """A program in a terminal of a given size."""

    def __init__(self, arguments: list[str], environment: dict[str, str], width: int = 80, height: int = 24) -> None:
        self.screen = pyte.Screen(width, height)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "srs", *arguments],
            env=environment,
            dimensions=(height, width),
            timeout=PATIENCE,
        )

    @property
    def text(self) -> str:
        """What is seen now, a line a line."""
        # A wide character takes two cells, and the second of them is empty.
        return "\n".join(line.rstrip() for line in self.screen.display)

    def until(self, *wanted: str, gone: str | None = None) -> str:
        """Wait until all these texts are seen (and one is not), and return what is seen."""
        end = time.monotonic() + PATIENCE
        while not (all(each in self.text for each in wanted) and (gone is None or gone not in self.text)):
            alive = self.child.isalive()
            assert time.monotonic() < end, f"waited for {wanted} without {gone!r}, saw:\n{self.text}"
            assert self._read() or alive, f"ended without {wanted}, saw:\n{self.text}"
        return self.text

    def press(self, keys: str) -> None:
        """Type keys."""
        self.child.send(keys)

    def resize(self, width: int, height: int) -> None:
        """Make the window another size."""
        self.screen.resize(height, width)
        self.child.setwinsize(height, width)

    def ends(self) -> int:
        """Wait for the program to end; return its exit code."""
        end = time.monotonic() + PATIENCE
        while self.child.isalive() or self._read():
            assert time.monotonic() < end, f"still running, saw:\n{self.text}"
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else -self.child.signalstatus)

    def kill(self) -> None:
        """Kill the program as a power cut would: at once, with nothing tidied up."""
        self.child.kill(9)
        self.child.close(force=True)

    def _read(self) -> bool:
        try:
            data = self.child.read_nonblocking(65536, timeout=0.05)
        except pexpect.TIMEOUT:
            return False
        except pexpect.EOF:
            return False
        self.raw += data
        self._stream.feed(data)
        return True


DECK = """\
---
title: 海上
tags: [sea]
source: 航海志
---

## 起锚有哪 3 步？ {#anchor}

1. 收紧锚链 {#c1}
2. 绞起船锚 {#c2}
3. 固定锚机 {#c3}

> 先紧，再绞，后固定。

## 一海里有多长？ {#mile}

**1852** 米。

## 红灯在哪一舷？ {#lights}

红灯在 {{c1::左舷}}，绿灯在 {{c2::右舷::哪一舷}}。
"""


@pytest.fixture
def ship(tmp_path: Path) -> Path:
    """A folder with one small deck in it."""
    deck = tmp_path / "decks" / "ship"
    deck.mkdir(parents=True)
    (deck / "deck.toml").write_text('name = "Ship"\nnamespace = "ship"\n', encoding="utf-8")
    (deck / "sea.md").write_text(DECK, encoding="utf-8")
    return tmp_path


@pytest.fixture
def surroundings(ship: Path) -> dict[str, str]:
    """An environment in which the program finds that deck, and a store of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SRS_", "XDG_"))}
    kept |= {"PYTHONPATH": os.pathsep.join(sys.path), "TERM": "xterm-256color", "HOME": str(ship / "home")}
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "VISUAL"):
        kept.pop(name, None)
    return kept | {"SRS_DECKS": str(ship / "decks"), "SRS_DB": str(ship / "srs.db"), "SRS_NOW": "2026-12-01 09:00"}


@pytest.fixture
def open_window(surroundings: dict[str, str]) -> Iterator[Callable[..., Window]]:
    """Opens windows, and closes them when the test is over."""
    opened: list[Window] = []

    def open_one(*arguments: str, width: int = 80, height: int = 24, **environment: str) -> Window:
        window = Window(list(arguments), surroundings | environment, width, height)
        opened.append(window)
        return window

    yield open_one
    for window in opened:
        window.child.close(force=True)
