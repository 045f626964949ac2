"""Mathematics on a card: it can be read, and what is asked for in it is still hidden and still marked."""

from __future__ import annotations

import pytest

from srs.deck import note_from_text
from srs.deck.face import answered, asked
from srs.terminal.paint import paint, paint_inline


def lines(body: str, part: str = "c1", *, answer: bool = False) -> list[str]:
    """Return a cloze note's body as a terminal shows it."""
    note = note_from_text(f"## q {{#q}}\n\n{body}\n")
    face = (answered if answer else asked)(note, part if part in note.parts else "")
    return [line.plain for line in paint(face.body, 60)]


def test_mathematics_can_be_read_wherever_it_stands() -> None:
    note = note_from_text(
        "## Is $x_1^2$ so? {#q}\n\n$$\n\\frac{a}{b}\n$$\n\n| a |\n|---|\n| $\\alpha$ |\n\n- $\\sqrt{2}$ and `x_1`\n"
    )
    assert paint_inline(note.prompt).plain == "Is x₁² so?"
    shown = [line.plain.strip() for line in paint(answered(note, "").body, 60)]
    assert shown == ["a/b", "", "a", "─", "α", "", "•  √2 and x_1"]


@pytest.mark.parametrize(
    ("body", "question", "answer"),
    [
        (r"$f = {{c1::\cos x}} + x_1$", "f = […] + x₁", "f = cos x + x₁"),
        (r"$x^{{c1::10}}$", "x^[…]", "x^(10)"),
        (r"$\frac{ {{c1::a_1::which}} }{b}$", "[which]/b", "a₁/b"),
        ("$$\ne = {{c1::\\frac{1}{2} }}\n$$", "e = […]", "e = 1/2"),
    ],
)
def test_a_gap_in_mathematics_stays_one(body: str, question: str, answer: str) -> None:
    assert "".join(lines(body)).strip() == question
    assert "".join(lines(body, answer=True)).strip() == answer


def test_what_was_asked_for_is_marked_in_a_formula() -> None:
    note = note_from_text("## q {#q}\n\n$f = {{c1::\\cos x}} + x_1$\n")
    (line,) = paint(answered(note, "c1").body, 60)
    assert [line.plain[span.start : span.end] for span in line.spans if "green" in str(span.style)] == ["cos x"]


def test_a_gap_that_reading_would_lose_is_shown_in_the_formula_as_it_was_written() -> None:
    """TeX leaves comments out, and a gap in one with them."""
    assert [line.strip() for line in lines("$$\na_1 % {{c1::b}}\n+ c\n$$")] == ["a_1 % […]", "+ c"]


def test_a_formula_with_signs_of_our_own_is_left_as_it_is() -> None:
    assert lines("$x_1 \ue000$", answer=True) == ["x_1 \ue000"]
