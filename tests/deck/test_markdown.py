"""The Markdown of decks: what is mathematics, what a cloze, what only text."""

from __future__ import annotations

import pytest

from srs.deck.labels import without_labels
from srs.deck.markdown import parse, provisional_id


def kinds(text: str) -> list[str]:
    """Return the kinds of the inline tokens of a text."""
    (inline,) = (token for token in parse(text) if token.type == "inline")
    return [child.type for child in inline.children or ()]


@pytest.mark.parametrize("text", ["$x$", "so $x^2$ is", "$x$."])
def test_dollars_without_spaces_inside_are_mathematics(text: str) -> None:
    assert "math_inline" in kinds(text)


@pytest.mark.parametrize("text", ["$ x$", "$x $", "5$x$6", r"\$x$", "costs 5$ or 6$"])
def test_other_dollars_are_money(text: str) -> None:
    assert "math_inline" not in kinds(text)


def test_two_dollars_stand_alone() -> None:
    assert [token.type for token in parse("$$\nx\n$$")] == ["math_block"]


@pytest.mark.parametrize("text", ["<b>x</b>", "[a]: http://x.y", "text\n==="])
def test_html_references_and_underlined_headings_are_text(text: str) -> None:
    assert {token.type for token in parse(text)} == {"paragraph_open", "inline", "paragraph_close"}


def test_labels_leave_and_classes_stay() -> None:
    assert without_labels("## How? {#how .steps} ##\n\n1. a {#c1}\n2. b {c}") == "## How? .steps ##\n\n1. a\n2. b {c}"


def test_a_provisional_id_follows_from_the_words_alone() -> None:
    (one,) = (token for token in parse("a  *b*") if token.type == "inline")
    (other,) = (token for token in parse("a\nb") if token.type == "inline")
    assert provisional_id(one.children or (), 8) == provisional_id(other.children or (), 8)
    assert len(provisional_id(one.children or (), 6)) == 7
