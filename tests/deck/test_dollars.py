"""Dollars: mathematics or money, in text, in clozes, and at the edges of both."""

from __future__ import annotations

import pytest

from srs.deck.dollars import reads_as_money
from srs.deck.face import recalled
from srs.deck.layout import Paragraph, lay_out, plain
from tests.deck.test_clozes import read
from tests.learner import Learner


def formulas(body: str) -> list[str]:
    """Return what a body of one paragraph holds of mathematics."""
    note, told = read(body)
    assert told == ()
    (block,) = lay_out(note.answer)
    assert isinstance(block, Paragraph)
    return [span.text for span in block.spans if "math" in span.styles]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("$x^2$", ["x^2"]),
        ("$x$ is 5", ["x"]),
        ("$x$ ends in \\", ["x"]),
        ("a$b$c", ["b"]),
        ("$a\\$b$", ["a\\$b"]),
        ("$a$ and $b$", ["a", "b"]),
        ("the sum $$x_1 + x_2$$ here", ["x_1 + x_2"]),
        ("[$x$](https://example.org)", ["x"]),
        ("$5", []),
        ("$5 and $6", []),
        ("$5–$10", []),
        ("US$ 6 and US$ 7", []),
        ("5$ and 6$", []),
        ("$ 5 $", []),
        ("\\$5 or 6\\$", []),
        ("`$x$`", []),
    ],
)
def test_a_formula_has_no_blank_inside_its_dollars_and_no_digit_beside_them(body: str, found: list[str]) -> None:
    assert formulas(body) == found


@pytest.mark.parametrize(
    ("body", "hidden"),
    [
        ("It is {{c1::$6}}.", ["$6"]),
        ("{{c1::US$ 6}} and {{c2::7$}}", ["US$ 6", "7$"]),
        ("{{c1::$5–$10}} a head", ["$5–$10"]),
        ("{{c1::$6}} and {{c2::$x}}", ["$6", "$x"]),
        ("{{c1::$A}}/{{c2::$B}}/$C", ["$A", "$B"]),
        ("{{c1::`$HOME`}}", ["$HOME"]),
        ("{{c1::\\$6}} or 7$", ["$6"]),
        ("{{c1::$x$ for $5}} and 6$", ["x for $5"]),
        ("{{c1::$6::price}} was $x$", ["$6"]),
    ],
)
def test_money_in_a_cloze_is_text(body: str, hidden: list[str]) -> None:
    note, told = read(body)
    assert ([plain(recalled(note, part)) for part in note.parts], told) == (hidden, ())


@pytest.mark.parametrize(
    ("body", "remedy"),
    [
        ("{{c1::$\\frac{a}{\\sqrt{b}}}$}}", "} }"),
        ("{{c1::$x^{a}}$}}", "} }"),
        ("{{c1::$x}}$", "both dollars"),
        ("$6 or {{c1::7$}}", "\\$ for money"),
        ("{{c1::{a}}}", "} }}"),
    ],
)
def test_a_cloze_that_ends_inside_a_formula_or_its_own_braces_is_told_with_the_remedy(body: str, remedy: str) -> None:
    _, (mistake,) = read(body)
    assert (mistake.rule in {"cloze-braces", "open-cloze"}, remedy in mistake.message) == (True, True), mistake
    assert not mistake.warning


@pytest.mark.parametrize(
    ("body", "hidden"), [("{{c1::$\\frac{a}{\\sqrt{b} }$}}", "\\frac{a}{\\sqrt{b} }"), ("{{c1::{a} }}", "{a} ")]
)
def test_the_remedies_are_taken(body: str, hidden: str) -> None:
    note, told = read(body)
    assert (plain(recalled(note, "c1")), told) == (hidden, ())


@pytest.mark.parametrize("content", ["5 or US", "5，涨到", "1,000 dollars and 6"])
def test_an_amount_and_words_are_money(content: str) -> None:
    assert reads_as_money(content)


@pytest.mark.parametrize("content", ["5", "5x", "2 < n", "5 \\text{ or } 6", "10^{-3} mol", "5 + x", "x or y"])
def test_other_formulas_are_none(content: str) -> None:
    assert not reads_as_money(content)


def test_money_that_is_read_as_a_formula_is_warned_about(learner: Learner) -> None:
    learner.write("ship/sea.md", "## Fare? {#fare}\n\nfirst\n\nIt is $5 or US$ more.\n")
    (told,) = learner.reads("check")
    assert (told["line"], told["level"], told["rule"]) == (5, "warning", "money")
    assert "\\$" in told["message"]
    learner.edit("ship/sea.md", "$5 or US$", "\\$5 or US\\$")
    assert learner.reads("check") == []
    assert learner.cards()["fare"]["answer"] == "first\nIt is $5 or US$ more."
