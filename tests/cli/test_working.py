"""What takes long says what it does, and after a second how much of it is left."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from srs.cli import working
from srs.cli.working import bar


def drawn(monkeypatch: pytest.MonkeyPatch, soon: float, *, told: bool) -> str:
    """Return what a terminal is shown of work that is half done."""
    monkeypatch.setattr(working, "_SOON", soon)
    screen = io.StringIO()
    with bar("Writing [b]a.apkg\x1b", Console(file=screen, force_terminal=True, width=80)) as share:
        if told:
            share(1, 2)
    return screen.getvalue()


def test_work_is_named_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Writing [b]a.apkg␛ …" in drawn(monkeypatch, 0, told=False)


@pytest.mark.parametrize(("soon", "told", "there"), [(0, True, True), (60, True, False), (0, False, False)])
def test_a_bar_is_there_once_it_takes_long_and_is_known(
    monkeypatch: pytest.MonkeyPatch, soon: float, told: bool, there: bool
) -> None:
    assert ("━" in drawn(monkeypatch, soon, told=told)) is there
