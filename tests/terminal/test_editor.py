"""The learner's own editor, opened at a line, each in its own way of saying so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from srs.errors import SrsError
from srs.terminal.editor import edit, editor_command

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


@pytest.mark.parametrize("name", ["-c!touch owned.md", "+!touch owned.md", "--help.md"])
def test_no_files_name_is_an_option_to_the_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_text("## q\n\na\n", encoding="utf-8")
    seen: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        seen.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr("subprocess.run", run)
    for editor in ("vi", "code", "hx", "notepad"):
        monkeypatch.setenv("VISUAL", editor)
        edit(Path(name), 3)
    assert all(str(tmp_path / name) in command[-1] for command in seen)
    assert not any(word.startswith(("-c", "+!", "--help")) for command in seen for word in command)


@pytest.mark.skipif(sys.platform == "win32", reason="names and quotes are others there")
def test_a_quote_that_is_not_closed_is_no_command() -> None:
    with pytest.raises(SrsError, match="the editor vim 'x is no command"):
        editor_command(FILE, 7, {"EDITOR": "vim 'x"})
