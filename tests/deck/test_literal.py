"""Clozes inside code and mathematics."""

from __future__ import annotations

import pytest

from srs.deck.face import answered, asked, recalled
from srs.deck.layout import Code, lay_out, plain
from tests.deck.test_clozes import read


@pytest.mark.parametrize(
    ("body", "shown", "hidden"),
    [
        ("`git {{c1::stash}} pop`", "git […] pop", "stash"),
        ("```\na = {{c1::b\nc}} d\n```", "a = […] d", "b\nc"),
        ("    a {{c1::b}}\n", "a […]", "b"),
        ("$f = {{c1::\\cos x}}$", "f = […]", "\\cos x"),
        ("$x^{{c1::10}} + 1$", "x^{[…]} + 1", "10"),
        ("$\\frac{{{c1::a}}}{b}$", "\\frac{[…]}{b}", "a"),
        ("$\\sqrt{{c1::ab::which}}$", "\\sqrt{[which]}", "ab"),
        ("$${{c1::a}} + b$$", "[…] + b", "a"),
        ("$$a = {{c1::b}}$$ (one)", "a = […]", "b"),
        ("`{{c1::{1: 2} }}`", "[…]", "{1: 2}"),
        ("a `{{c1::b}} c` {{c1::d}}", "a […] c […]", "b … d"),
        ("`x {{c1::a}}} y`", "x […]} y", "a"),
        ("| a |\n|---|\n| `{{c1::b}}` |", "a\n[…]", "b"),
    ],
)
def test_a_cloze_in_code_or_mathematics_is_one(body: str, shown: str, hidden: str) -> None:
    note, told = read(body)
    assert (note.parts, told) == (("c1",), ())
    assert plain(asked(note, "c1").body) == shown
    assert plain(recalled(note, "c1")) == hidden
    for word in hidden.split(" … "):
        shown = shown.replace("[which]", "[…]").replace("[…]", word, 1)
    assert plain(answered(note, "c1").body) == shown


def test_what_is_asked_for_is_marked_in_a_block_of_code() -> None:
    note, _ = read("```\na {{c1::b}} {{c2::c}}\n```")
    (question,), (answer,) = lay_out(asked(note, "c1").body), lay_out(answered(note, "c1").body)
    assert isinstance(question, Code)
    assert isinstance(answer, Code)
    assert [(span.text, set(span.styles)) for span in question.spans] == [
        ("a ", set()),
        ("[…]", {"gap"}),
        (" ", set()),
        ("c", set()),
    ]
    assert ("b", frozenset({"mark"})) in [(span.text, span.styles) for span in answer.spans]


@pytest.mark.parametrize(
    ("body", "rule", "line", "column"),
    [
        ("a `git {{c1::stash` b", "open-cloze", 3, 8),
        ("a\n`git {{c1::a {{c2::b}} }}`", "nested-cloze", 4, 6),
        ("```\na\n  {{cx::b}}\n```", "cloze-misspelt", 5, 3),
        ("$$\na = {{c1::\\frac{a}{b}}}\n$$", "cloze-braces", 4, 5),
        ("`x = {{c1::{a: 1}}}`", "cloze-braces", 3, 6),
        ("1. `{{c1:: }}` {#c1}", "empty-cloze", 3, 5),
        ("`{{c501::a}}`", "cloze-number", 3, 2),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(body: str, rule: str, line: int, column: int) -> None:
    (mistake,) = [each for each in read(body)[1] if each.rule != "kind-misfit"]
    assert (mistake.rule, mistake.line, mistake.column) == (rule, line, column)


def test_the_same_mistake_twice_is_told_at_both_places() -> None:
    _, told = read("`{{cx::a}} {{cx::b}}` {{cx::c}} `{{cx::d}}`")
    assert sorted(mistake.column for mistake in told) == [2, 12, 23, 34]


def test_braces_of_code_that_close_before_the_cloze_are_its_own() -> None:
    """Only what leaves a brace open next to the cloze's end cannot be told apart."""
    note, told = read("`{{c1::if (x) {}} y`")
    assert (plain(recalled(note, "c1")), told) == ("if (x) {", ())
