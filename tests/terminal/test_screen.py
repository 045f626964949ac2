"""The window of a sitting: what of a page is in view, drawn into memory."""

from __future__ import annotations

import io

import pyte
import pytest
from rich.console import Console
from rich.text import Text

from srs.terminal.screen import WIDEST, Page, Screen

BODY = [Text(f"line {number}") for number in range(30)]


def screen(width: int = 80, height: int = 10) -> Screen:
    """Return a window of a size, over a page of thirty lines with one line of head and foot."""
    console = Console(file=io.StringIO(), width=width, height=height, force_terminal=True)
    return Screen(console)


@pytest.mark.parametrize(("focus", "top"), [(0, 0), (3, 3), (22, 22), (29, 22)])
def test_a_page_is_shown_from_what_matters_and_never_past_its_end(focus: int, top: int) -> None:
    window = screen()
    window.show(Page([Text("head")], BODY, [Text("foot")], focus))
    assert window.top == top


def test_a_page_that_fits_is_shown_from_its_beginning() -> None:
    window = screen()
    window.show(Page([Text("head")], BODY[:8], [Text("foot")], 7))
    assert window.top == 0


@pytest.mark.parametrize(
    ("lines", "focus", "seen"),
    [
        (3, 0, ["head", "line 0", "line 1", "line 2", "", "foot"]),
        (4, 3, ["head", "line 0", "line 1", "line 2", "line 3", "foot"]),
        (5, 4, ["head", "line 1", "line 2", "line 3", "line 4", "foot"]),
        (5, 0, ["head", "line 0", "line 1", "line 2", "  ↓ more: press ↓ or PgDn", "foot"]),
    ],
)
def test_a_page_is_drawn_line_by_line_between_its_head_and_its_foot(lines: int, focus: int, seen: list[str]) -> None:
    """The last line of the window ends without a new line, which would scroll the first one out of sight."""
    drawn = screen(height=6)
    drawn.show(Page([Text("head")], BODY[:lines], [Text("foot")], focus))
    window = pyte.Screen(80, 6)
    pyte.Stream(window).feed(drawn.console.file.getvalue().replace("\n", "\r\n"))  # type: ignore[attr-defined]
    assert [line.rstrip() for line in window.display] == seen


def test_scrolling_ends_at_both_ends_and_moves_a_windowful_at_most() -> None:
    window = screen()
    window.show(Page([Text("head")], BODY, [Text("foot")]))
    tops = []
    for lines in (-1, 1, 10_000, 10_000, 10_000, -1, -10_000):
        window.scroll(lines)
        tops.append(window.top)
    assert tops == [0, 1, 9, 17, 22, 21, 13]


@pytest.mark.parametrize(
    ("width", "text", "full"), [(10, 20, 20), (24, 20, 24), (25, 21, 25), (92, 88, 92), (200, 88, 200)]
)
def test_text_takes_the_window_less_its_margins_and_no_more_than_is_easy_to_read(
    width: int, text: int, full: int
) -> None:
    window = screen(width)
    assert (window.width, window.full_width) == (text, full)
    assert WIDEST == 88


def test_the_first_screen_and_the_cursor_are_back_when_it_is_over() -> None:
    window = screen()
    with window:
        assert window.console.file.getvalue() == "\x1b[?1049h\x1b[H\x1b[?25l"  # type: ignore[attr-defined]
    assert window.console.file.getvalue().endswith("\x1b[?25h\x1b[?1049l")  # type: ignore[attr-defined]
