"""What was promised against what happened, drawn; the golden pictures were looked at."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console, Group

from srs.stats.promises import Bin, Judgement
from srs.terminal.promises import figures_of, picture

GOLDEN = Path(__file__).resolve().parents[1] / "data" / "screens"
KEPT = Judgement(
    0.3821,
    0.0551,
    0.6,
    3146,
    (Bin(0.02, 0.0, 1), Bin(0.5, 1.0, 3), Bin(0.72, 0.89, 62), Bin(0.92, 0.88, 1791), Bin(1.0, 1.0, 1289)),
)


def drawn(width: int) -> str:
    """Return the pictures as text."""
    console = Console(width=width, file=io.StringIO(), color_system=None, legacy_windows=False)
    rows = [("SM-2", KEPT), ("FSRS-6, fitted to the first half", Judgement())]
    with console.capture() as capture:
        console.print(Group(figures_of(rows), *(picture(name, judgement, width) for name, judgement in rows)))
    return "\n".join(line.rstrip() for line in capture.get().split("\n"))


@pytest.mark.parametrize("width", [60, 80, 100])
def test_pictures_are_drawn_to_the_width(width: int, golden: Callable[[Path, str], None]) -> None:
    text = drawn(width)
    assert max(cell_len(line) for line in text.split("\n")) <= width
    golden(GOLDEN / f"promises-{width}.txt", text)


@pytest.mark.parametrize(("recalled", "style"), [(0.86, "green"), (0.951, "yellow"), (0.84, "yellow")])
def test_a_promise_kept_within_five_in_a_hundred_is_green(recalled: float, style: str) -> None:
    console = Console(width=80, file=io.StringIO(), record=True, color_system="standard", force_terminal=True)
    console.print(picture("SM-2", Judgement(0.1, 0.1, 0.5, 9, (Bin(0.9, recalled, 9),)), 80))
    assert {"green": "\x1b[32m", "yellow": "\x1b[33m"}[style] in console.export_text(styles=True)
