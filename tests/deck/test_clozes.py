"""Anki's cloze notation in text: what is one, what is nearly one, and what is told."""

from __future__ import annotations

import pytest

from srs.deck.face import asked, recalled
from srs.deck.layout import plain
from srs.deck.markdown import parse
from srs.deck.note import read_note
from srs.deck.values import Mistake, Note

HEADING = "## q {#q}\n\n"


def read(body: str) -> tuple[Note, tuple[Mistake, ...]]:
    """Return a note of a body, and what is told of it."""
    text = HEADING + body
    return read_note(parse(text), text, 1)


@pytest.mark.parametrize(
    ("body", "hidden", "shown"),
    [
        ("{{c1::a::b}}", "a", "[b]"),
        (r"{{c1::a:\:b}}", "a::b", "[…]"),
        (r"{{c1::a\::b}}", "a::b", "[…]"),
        (r"{{c1::a:\:b::c}}", "a::b", "[c]"),
        ("{{c1::`a::b`}}", "a::b", "[…]"),
        ("{{c1::`a`::b}}", "a", "[b]"),
        (r"{{c1::a}\}b}}", "a}}b", "[…]"),
        (r"{{c1::`a}\}b`}}", "a}}b", "[…]"),
        (r"{{c1::the \` key}}", "the ` key", "[…]"),
        ("{{c1::std:: a namespace}}", "std", "[a namespace]"),
    ],
)
def test_a_backslash_between_two_signs_makes_text_of_them(body: str, hidden: str, shown: str) -> None:
    note, told = read(body)
    assert (plain(recalled(note, "c1")), plain(asked(note, "c1").body), told) == (hidden, shown, ())


@pytest.mark.parametrize("text", [r"{\{c1::a}}", r"\{{c1::a}}", r"`{\{c1::a}}`"])
def test_braces_kept_apart_are_text(text: str) -> None:
    note, told = read(text)
    assert (note.parts, plain(note.answer), told) == (("",), "{{c1::a}}", ())


@pytest.mark.parametrize("sign", ["{{cx::", "{{C1::", "{{c::", "{{ c1::", "{{c1 ::", "{{c-1::", "{{c1:"])
def test_what_was_surely_meant_as_a_cloze_is_told(sign: str) -> None:
    _, told = read(f"At sea {sign}a}}}} b")
    assert [(mistake.rule, mistake.line, mistake.column) for mistake in told] == [("cloze-misspelt", 3, 8)]
    assert "{{c1::…}}" in told[0].message


@pytest.mark.parametrize("sign", ["{c1::a}", "{c12::a::b}"])
def test_a_cloze_with_one_brace_is_told(sign: str) -> None:
    _, told = read(f"At sea {sign} b")
    assert [(mistake.rule, mistake.line, mistake.column) for mistake in told] == [("cloze-misspelt", 3, 8)]
    assert "write {{c1::…}}, or \\{ if you mean the brace" in told[0].message
    assert read(f"At sea \\{sign} b")[1] == ()


def test_a_heading_is_looked_through_as_well() -> None:
    (mistake,) = read_note(parse("## A {{cx::b}}? {#q}\n\na"), "## A {{cx::b}}? {#q}\n\na", 1)[1]
    assert (mistake.rule, mistake.line, mistake.column) == ("cloze-misspelt", 1, 6)


@pytest.mark.parametrize(
    "text",
    [
        "{{field}}",
        "{{cloze:Text}}",
        "{{count}}",
        "{{colour::x}}",
        "{c1::",
        "{c1::}",
        "`{c1::a}`",
        "{c1:a}",
        "{c::a}",
        "{{ x | y }}",
    ],
)
def test_other_braces_are_text(text: str) -> None:
    assert read(text)[1] == ()


@pytest.mark.parametrize(
    ("body", "right"),
    [
        ("{{c1::std::vector}}", r"std:\:vector"),
        ("{{c1::std::chrono::seconds}}", r"std:\:chrono:\:seconds"),
        ("{{c1::ActiveRecord::Base}}", r"ActiveRecord:\:Base"),
        ("{{c1::Foo::bar()}}", r"Foo:\:bar()"),
        ("`{{c1::Vec::new}}`", r"Vec:\:new"),
    ],
)
def test_a_hint_that_may_be_a_name_is_warned_about(body: str, right: str) -> None:
    """The note is usable as it reads; the warning gives both ways to write it."""
    note, (doubt,) = read(body)
    assert (doubt.rule, doubt.warning, note.parts) == ("hint-or-name", True, ("c1",))
    assert right in doubt.message
    assert read(f"`{{{{c1::{right}}}}}`")[1] == ()


@pytest.mark.parametrize("body", ["{{c1::Paris::city}}", "{{c1::port::which side}}", "{{c1::10%::how much}}"])
def test_a_hint_is_no_name(body: str) -> None:
    assert read(body)[1] == ()
