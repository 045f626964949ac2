"""Blocks of a card as lines for a window: what is too wide is wrapped or set otherwise, and nothing acts."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.style import Style

from srs.deck import note_from_text
from srs.deck.face import answered, asked
from srs.terminal.paint import paint, safe


def lines(body: str, width: int) -> list[str]:
    """Paint a note's body, and return its lines as text."""
    return [str(line).rstrip() for line in paint(note_from_text(f"## q {{#q}}\n\n{body}").answer, width)]


TABLE = "| side | light |\n|---|---|\n| port | red |\n| starboard | green |"


def test_a_table_that_fits_is_set_in_columns() -> None:
    assert lines(TABLE, 17) == ["side      │ light", "──────────┼──────", "port      │ red", "starboard │ green"]


def test_a_table_that_is_too_wide_is_set_a_cell_a_line() -> None:
    assert lines(TABLE, 16) == ["side: port", "light: red", "", "side: starboard", "light: green"]


@pytest.mark.parametrize("width", [20, 21, 30])
def test_items_of_lists_are_wrapped_below_their_text(width: int) -> None:
    found = lines(f"1. {'haul ' * 12}\n   - {'rope ' * 12}", width)
    assert all(cell_len(line) <= width for line in found)
    assert max(cell_len(line) for line in found) > width - 6
    assert found[0].startswith("1. haul")
    assert found[1].startswith("   haul")
    nested = next(index for index, line in enumerate(found) if "•" in line)
    assert found[nested].startswith("   •  rope")
    assert found[nested + 1].startswith("      rope")


def test_code_is_kept_as_it_is_and_set_in() -> None:
    assert lines("```\nif a:\n    b\n```", 40) == ["  if a:", "      b"]


def test_code_that_is_too_wide_is_wrapped_within_its_margin() -> None:
    assert lines("```\n" + "x" * 20 + "\n```", 10) == ["  xxxxxxxx", "  xxxxxxxx", "  xxxx"]


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("**a**", "bold"),
        ("*a*", "italic"),
        ("~~a~~", "strike"),
        ("[a](b.md)", "underline"),
        ("`a`", "cyan"),
        ("$a$", "italic cyan"),
        ("![a](b.png)", "magenta"),
    ],
)
def test_what_is_set_off_in_the_text_is_set_off_in_the_window(text: str, style: str) -> None:
    (line,) = paint(note_from_text(f"## q {{#q}}\n\n{text}").answer, 40)
    assert [span.style for span in line.spans if span.style] == [Style.parse(style)]


@pytest.mark.parametrize("body", ["`a {{c1::b}} c`", "```\na {{c1::b}} c\n```", "$a {{c1::b}} c$", "$$a {{c1::b}} c$$"])
def test_a_gap_in_code_or_mathematics_is_seen_as_one(body: str) -> None:
    """It is set off as gaps are, and what it hid as what was asked for."""
    note = note_from_text(f"## q {{#q}}\n\n{body}")
    for face, text, style in ((asked, "[…]", "yellow"), (answered, "b", "green")):
        (line,) = paint(face(note, "c1").body, 40)
        assert line.plain.strip() == f"a {text} c"
        seen = line.get_style_at_offset(Console(), line.plain.index(text))
        assert (seen.color and seen.color.name, seen.bold) == (style, True)


def test_blocks_stand_a_line_apart_and_items_do_not() -> None:
    assert lines("one\n\n- a\n- b\n\ntwo", 40) == ["one", "", "•  a", "•  b", "", "two"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("\x1b[31m", "␛[31m"), ("\x07", "␇"), ("\x7f", "␡"), ("\x9b", "�"), ("a\tb", "a    b"), ("a\u2028b", "a\nb")],
)
def test_what_would_act_on_a_terminal_is_only_shown(text: str, shown: str) -> None:
    assert safe(text) == shown
