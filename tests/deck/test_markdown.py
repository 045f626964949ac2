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


def test_a_cloze_is_one_word_of_a_link() -> None:
    """A bracket inside it does not end the link's text."""
    assert kinds("[{{c1::a]b}}](c.md)") == ["link_open", "cloze_open", "text", "cloze_close", "link_close"]


@pytest.mark.parametrize("number", ["1", "2", "499", "500"])
def test_clozes_have_the_numbers_that_anki_takes(number: str) -> None:
    assert kinds(f"{{{{c{number}::a}}}}") == ["cloze_open", "text", "cloze_close"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{c0::a}}", "cloze number 0 is out of range; Anki takes 1 to 500"),
        ("{{c501::a}}", "cloze number 501 is out of range"),
        ("{{c1::a", "the cloze {{c1:: is not closed in its paragraph"),
        ("{{c1::$x^{a}}$}}", "}} inside $math$ ends the cloze"),
        ("{{c1:: }}", "the cloze {{c1:: hides nothing"),
        ("{{c1::a {{c2::b}} }}", "a cloze inside the cloze {{c1::"),
    ],
)
def test_what_is_wrong_with_a_cloze_is_said(text: str, said: str) -> None:
    (inline,) = (token for token in parse(text) if token.type == "inline")
    (told,) = next(child.meta["told"] for child in inline.children or () if child.type == "mistake")
    assert told.message.startswith(said)
