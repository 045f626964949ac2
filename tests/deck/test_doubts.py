"""Text that is read as written and was likely meant otherwise: told, so that no card is lost unseen."""

from __future__ import annotations

import pytest

from srs.deck.chapter import read_chapter
from tests.deck.test_clozes import read as read_body
from tests.deck.test_slips import ROOT
from tests.learner import Learner


def rules(text: str) -> list[tuple[str, int, bool]]:
    """Return the rule and the line of each thing told of a chapter, and whether it is but a warning."""
    _, problems = read_chapter(ROOT / "sea.md", ROOT, text.encode())
    return [(problem.rule, problem.line, problem.warning) for problem in problems]


@pytest.mark.parametrize(
    ("text", "rule", "line", "warning"),
    [
        ("## Q {#q}\n\na {{c1::b}}\n\n> c {{c2::d}}\n", "cloze-unasked", 5, False),
        ("## Q {#q}\n\na\n\n> {{c1::d}}\n", "cloze-unasked", 5, False),
        ("## Q {#q .set}\n\n- a\n- {{c1::b}}\n", "cloze-unasked", 4, True),
        ("## Q {#q .basic}\n\n`{{c1::b}}`\n", "cloze-unasked", 3, True),
        ("## Q {#q}\n\n1. {{c1::a}} {#c1}\n", "step-number", 3, False),
        ("## Q {#q}\n\n1. a {#c1}\n2. b\n\nMore.\n", "step-number", 3, False),
        ("## Q {#q .basic}\n\n1. a {#c1}\n2. b\n", "step-number", 3, True),
        ("## Q {#q}\n\n9. a\n10. b\n   - c\n11. d\n", "list-parted", 5, True),
        ("## Q {#q}\n\n1. a\n\n```\nb\n```\n\n2. c\n", "list-parted", 5, True),
        ("## Q {#q}\n\n+ a\n- b\n", "list-parted", 4, True),
        ("## Q {#q .set .type}\n\n- a\n- b\n", "type-unasked", 3, True),
        ("## Q {#q}\n\nSo:\n1、a\n2、b\n", "no-list", 4, True),
        ("## Q {#q}\n\n1.a\n2.b\n", "no-list", 3, True),
        ("## Q {#q}\n\n1）a\n2）b\n", "no-list", 3, True),
        ("## Q {#q}\n\n（1）a\n（2）b\n", "no-list", 3, True),
        ("## Q {#q}\n\n(1) a\n(2) b\n", "no-list", 3, True),
        ("## Q {#q}\n\n① a\n② b\n", "no-list", 3, True),
        ("## Q {#q}\n\n一、a\n二、b\n", "no-list", 3, True),
        ("## Q {#q}\n\n-a\n-b\n", "no-list", 3, True),
        ("## Q {#q}\n\n・a\n・b\n", "no-list", 3, True),
        ("## Q {#q}\n\na\n\\(x^2\\)\n", "formula", 4, True),
        ("## Q {#q}\n\n\\[\nx_1\n\\]\n", "formula", 3, True),
        ("## Q {#q}\n\n$$\nx\n\n## B {#b}\n\n$$y$$\n", "open-formula", 3, False),
        ("## Q {#q.both}\n\na\n", "id", 1, True),
        ("## Q { #q}\n\na\n", "heading-braces", 1, False),
        ("## Q {id=q}\n\na\n", "heading-braces", 1, False),
        ("## Q {#q}\n\n1. a {#c1}\n   - b {#c1}\n", "label-place", 4, False),
        ("## Q {#q}\n\n- a {#c1}\n", "label-place", 3, False),
        ("---\ntags: [a，b]\n---\n\n## Q {#q}\n\na\n", "tags", 2, False),
        ('## Q {#q tags="a，b"}\n\na\n', "heading", 1, False),
    ],
)
def test_what_would_ask_or_show_something_else_is_told(text: str, rule: str, line: int, warning: bool) -> None:
    assert rules(text) == [(rule, line, warning)]


@pytest.mark.parametrize(
    "body",
    [
        "1.5\n2.5",
        "1、{{c1::a}}\n2、{{c2::b}}",
        "(1 a)\n(2 b)",
        "一人、a\n二人、b",
        "-1\n-2",
        "1、a",
        "--a\n--b",
        "a \\(b\\) \\[c\\]",
        "`\\(x^2\\)`",
        "costs \\$\\$",
        "`$$`",
        "$$x$$ and $$y$$",
        "> {{c1::a}}\n\nb",
        "1. a\n2. b\n\nMore.",
        "1. a\n\n- b",
        "1. a\n\nMore.\n\n1. b",
        "1. a {#c1}\n   - b",
        "- a \\{#c1}\n",
    ],
)
def test_what_may_as_well_be_meant_is_not(body: str) -> None:
    assert [mistake.rule for mistake in read_body(body)[1]] == []


def test_lines_that_look_like_a_list_are_text_where_the_heading_says_so() -> None:
    assert rules("## Q {#q .basic}\n\n1、a\n2、b\n") == []


def test_a_step_that_gets_a_cloze_keeps_its_history_to_itself(sailor: Learner) -> None:
    """Both would be called anchor/c1: while that is told the note stays as it was, and nothing is retired."""
    sailor.srs("answer", "anchor/c1", "good")
    sailor.edit("ship/sea.md", "1. Heave to {#c1}", "1. {{c1::Heave}} to {#c1}")
    outcome = sailor.types("sync")
    assert (outcome.code, "asks nothing" in outcome.err, "retired" in outcome.out) == (1, True, False)
    assert sailor.cards()["anchor/c1"]["answer"] == "Heave to"
