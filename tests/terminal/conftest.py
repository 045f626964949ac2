"""A small deck, a store of its own, and windows to open on them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from tests.terminal.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

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
        window.close()
