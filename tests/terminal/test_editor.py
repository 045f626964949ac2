"""The learner's own editor, opened at a line, each in its own way of saying so."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from srs.errors import SrsError
from srs.terminal.editor import editor_command

FILE = Path("sea.md")


@pytest.mark.skipif(sys.platform == "win32", reason="names and quotes are others there")
@pytest.mark.parametrize(
    ("environment", "command"),
    [
        ({}, ["vi", "+7", "sea.md"]),
        ({"EDITOR": "nano"}, ["nano", "+7", "sea.md"]),
        ({"EDITOR": "nano", "VISUAL": "vim -u NONE"}, ["vim", "-u", "NONE", "+7", "sea.md"]),
        ({"EDITOR": "code"}, ["code", "--wait", "--goto", "sea.md:7"]),
        ({"EDITOR": "/opt/bin/subl"}, ["/opt/bin/subl", "--wait", "sea.md:7"]),
        ({"EDITOR": "  ", "VISUAL": " "}, ["vi", "+7", "sea.md"]),
        ({"EDITOR": "nano", "VISUAL": " "}, ["nano", "+7", "sea.md"]),
        ({"EDITOR": "hx"}, ["hx", "sea.md:7"]),
    ],
)
def test_the_editor_that_was_chosen_opens_at_the_line(environment: dict[str, str], command: list[str]) -> None:
    assert editor_command(FILE, 7, environment) == command


@pytest.mark.skipif(sys.platform == "win32", reason="names and quotes are others there")
def test_a_quote_that_is_not_closed_is_no_command() -> None:
    with pytest.raises(SrsError, match="the editor vim 'x is no command"):
        editor_command(FILE, 7, {"EDITOR": "vim 'x"})
