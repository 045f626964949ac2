"""Formulas that would act in Anki are told, and leave as text; the others are formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exporters.anki.html import Setting, block_html
from srs.deck import note_from_text
from srs.deck.maths import acting_command, acting_in, formulas

if TYPE_CHECKING:
    from tests.learner import Learner

ACTING = {
    r"\href{javascript:alert(1)}{x}": r"\href",
    r"\style{background:url(https://a.b/c)}{x}": r"\style",
    r"a \class{card}{x}": r"\class",
    r"\cssId{qa}{x}": r"\cssId",
    r"\require{action}": r"\require",
    r"\unicode[https://a.b]{x41}": r"\unicode",
    r"\htmlStyle{color:red}{x}": r"\htmlStyle",
    r"\htmlData{a=b}{x}": r"\htmlData",
    r"\data{a=b}{x}": r"\data",
    r"\def\x{\href}\x{a}{b}": r"\def",
    r"\verb\a\\href{javascript:a}{here}": r"\verb",
    r"\let\beta=\gamma": r"\let",
    r"\newcommand{\alpha}{b}": r"\newcommand",
    r"\fcolorbox{red;background-image:url(http://a.b/c)}{white}{z}": r"\fcolorbox",
    r"\color{red;background:url(a)}z": r"\color",
    r"\ce{\\href{a}{b}}": r"\href",
    r"\unknown": r"\unknown",
    r"\\\href{a}{b}": r"\href",
    r"\mmlToken{mi}[href=a]{b}": r"\mmlToken",
    r"\bbox[border:1px]{b}": r"\bbox",
    r"\href": r"\href",
}


@pytest.mark.parametrize(("formula", "command"), ACTING.items())
def test_a_formula_that_would_act_leaves_as_text(formula: str, command: str) -> None:
    assert acting_command(formula) == command
    for text in (f"${formula}$", f"$$\n{formula}\n$$", f"- ${formula}$"):
        html = block_html(note_from_text(f"## q {{#q}}\n\n{text}").answer, Setting(str))
        assert r"\(" not in html
        assert r"\[" not in html
        assert f"{formula.strip(chr(92))[:5]}" in html


@pytest.mark.parametrize(
    "formula",
    [
        r"x {{c1::a::\href{b}{c} }}",
        r"x {{c1::\href{b}{c} }}",
        r"x \href{b}{ {{c1::a}} }",
        r"x \hr{{c1::ef}}{b}{c}",
        r"x \{{c1::href}}{b}{c}",
    ],
)
def test_a_command_that_would_act_does_so_from_no_piece_of_a_formula(formula: str) -> None:
    for text in (f"${formula}$", f"$$\n{formula}\n$$"):
        note = note_from_text(f"## q {{#q .cloze}}\n\n{text}")
        assert all(acting_in(found) for _, found in formulas(note))
        html = block_html(note.answer, Setting(str, guarded=True, clozes=True))
        assert r"\(" not in html
        assert r"\[" not in html


@pytest.mark.parametrize(
    "formula",
    [
        *(r"\frac{a}{b}", r"\\href{x}", "href", r"\text{\%}", "x^2", "\\", r"\color{red}x + \textcolor{ blue }{y}"),
        *(r"\begin{pmatrix}a\\b\end{pmatrix}", r"\ce{2 H2 + O2 -> 2 H2O}", r"\left\{\,\sum_{i\in I}\right."),
    ],
)
def test_other_formulas_are_formulas(formula: str) -> None:
    assert acting_command(formula) == ""


def test_it_is_told_with_its_line_and_the_card_is_usable(learner: Learner) -> None:
    text = "## What is $\\style{a}{b}$? {#a}\n\nOne.\n\n> It $\\cssId{a}{b}$\n\n## b {#b}\n\n$$\n\\href{a}{b}\n$$\n"
    learner.write("ship/sea.md", text)
    outcome = learner.types("check")
    assert (outcome.code, outcome.out) == (0, "2 notes, 2 cards: no problem, 3 warnings\n")
    told = [line.partition("sea.md:")[2] for line in outcome.err.split("\n")[:-1]]
    assert [line.partition(" might act")[0] for line in told] == [
        "1: warning: \\style",
        "5: warning: \\cssId",
        "9: warning: \\href",
    ]
