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


@pytest.mark.parametrize(
    ("focus", "top"),
    [
        (range(0), 0),
        (range(7), 0),  # all of it is in view
        (range(6, 7), 0),
        (range(7, 8), 4),  # the last line in view says that there is more
        (range(10, 12), 7),
        (range(29, 30), 22),
        (range(15, 21), 14),
        (range(15, 23), 14),
        (range(5, 30), 4),
    ],
)
def test_what_matters_is_in_view_and_in_the_middle_if_the_page_must_move(focus: range, top: int) -> None:
    window = screen()
    window.show(Page([Text("head")], BODY, [Text("foot")], focus))
    assert window.top == top
    seen = [str(line) for line in window.seen()]
    assert [f"line {number}" in seen for number in focus[:6]] == [True] * len(focus[:6])
    assert any("↑ more" in line for line in seen) == (top > 0)
    assert any("↓ more" in line for line in seen) == (top < 22)


def test_a_page_that_fits_is_shown_from_its_beginning() -> None:
    window = screen()
    window.show(Page([Text("head")], BODY[:8], [Text("foot")], range(7, 8)))
    assert window.top == 0


@pytest.mark.parametrize(("lines", "stays"), [(1, True), (4, True), (5, False)])
def test_a_question_stays_above_what_scrolls_where_it_leaves_half_of_the_room(lines: int, stays: bool) -> None:
    window = screen()
    question = [Text(f"question {number}") for number in range(lines)]
    window.show(Page([Text("head")], BODY, [Text("foot")], range(20, 21), question))
    seen = [str(line) for line in window.seen()]
    assert len(seen) == 10
    assert ("question 0" in seen) is stays
    assert "line 20" in seen
    for _ in range(10):
        window.scroll(-10_000)
    assert str(window.seen()[1]) == "question 0"


@pytest.mark.parametrize("height", [4, 5, 6, 10, 25])
def test_paging_passes_no_line_by(height: int) -> None:
    window = screen(height=height)
    window.show(Page([Text("head")], BODY, [Text("foot")]))
    seen: list[str] = []
    for _ in range(30):
        seen += [str(line) for line in window.seen()]
        window.scroll(10_000)
    assert {str(line) for line in BODY} <= set(seen)
    for _ in range(30):
        window.scroll(10_000)
    assert str(window.seen()[-2]) == "line 29"


def test_a_window_of_a_few_lines_gives_none_to_a_sign() -> None:
    window = screen(height=4)
    window.show(Page([Text("head")], BODY, [Text("foot")]))
    assert [str(line) for line in window.seen()] == ["head", "line 0", "line 1", "foot"]


@pytest.mark.parametrize(
    ("lines", "focus", "seen"),
    [
        (3, 0, ["head", "line 0", "line 1", "line 2", "", "foot"]),
        (4, 3, ["head", "line 0", "line 1", "line 2", "line 3", "foot"]),
        (5, 4, ["head", "  ↑ more: press ↑ or PgUp", "line 2", "line 3", "line 4", "foot"]),
        (5, 0, ["head", "line 0", "line 1", "line 2", "  ↓ more: press ↓ or PgDn", "foot"]),
    ],
)
def test_a_page_is_drawn_line_by_line_between_its_head_and_its_foot(lines: int, focus: int, seen: list[str]) -> None:
    """The last line of the window ends without a new line, which would scroll the first one out of sight."""
    drawn = screen(height=6)
    drawn.show(Page([Text("head")], BODY[:lines], [Text("foot")], range(focus, focus + 1)))
    window = pyte.Screen(80, 6)
    pyte.Stream(window).feed(drawn.console.file.getvalue().replace("\n", "\r\n"))  # type: ignore[attr-defined]
    assert [line.rstrip() for line in window.display] == seen


def test_scrolling_ends_at_both_ends_and_moves_a_windowful_at_most() -> None:
    window = screen()
    window.show(Page([Text("head")], BODY, [Text("foot")]))
    tops = []
    for lines in (-1, 1, 10_000, 10_000, -1, -10_000):
        window.scroll(lines)
        tops.append(window.top)
    assert tops == [0, 1, 7, 13, 12, 6]


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


def test_a_page_that_is_renewed_draws_only_the_lines_that_differ_and_keeps_its_place() -> None:
    drawn = screen()
    drawn.show(Page([Text("head")], BODY, [Text("foot")], range(20, 21)))
    window, before = pyte.Screen(80, 10), drawn.console.file.getvalue()  # type: ignore[attr-defined]
    stream = pyte.Stream(window)
    stream.feed(before.replace("\n", "\r\n"))
    drawn.renew(Page([Text("head")], [*BODY[:20], Text("now"), *BODY[21:]], [Text("foot", style="red")], range(20, 21)))
    new = drawn.console.file.getvalue()[len(before) :]  # type: ignore[attr-defined]
    stream.feed(new)
    assert "line 19" not in new
    assert [line.rstrip() for line in window.display] == [
        *("head", "  ↑ more: press ↑ or PgUp", "line 18", "line 19", "now", "line 21", "line 22", "line 23"),
        *("  ↓ more: press ↓ or PgDn", "foot"),
    ]
    drawn.console.height = 6
    drawn.renew(Page([Text("head")], BODY, [Text("foot")], range(20, 21)))
    assert "line 20" in [str(line) for line in drawn.seen()], "another size draws all"
    assert len(drawn.seen()) == 6
