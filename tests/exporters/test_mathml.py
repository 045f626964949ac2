"""Mathematics in a page: set by the browser alone, and nothing in it acts."""

from __future__ import annotations

import re
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.mathml import mathml

SIGNS = st.sampled_from([
    *("\\frac", "{", "}", "a", "^", "_", "\\text", "<b>", "&lt;", "&#x3c;", "\\href", "javascript:x", "\\class{mark}"),
    *("\\style", "onload=x", "\\alpha", "\\\\", "&", "\x1b", "\\begin{cases}", "\\end{cases}", '"', "\\color{red}"),
])  # fmt: skip


def test_fractions_and_greek_are_set() -> None:
    assert "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>β</mi></mrow></mfrac>" in mathml(r"\frac{a}{\beta}", block=False)
    assert 'display="block"' in mathml("x", block=True)
    assert 'display="inline"' in mathml("x", block=False)
    assert "<mo>&lt;</mo>" in mathml("a < b", block=False)


@pytest.mark.parametrize("tex", [r"\frac{", "^", "a_b_c", "%", "{" * 3000 + "}" * 3000, "(" * 20_001])
def test_what_cannot_be_read_gives_nothing(tex: str) -> None:
    assert mathml(tex, block=False) == ""


@pytest.mark.parametrize(
    "tex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\style{background: red}{x}",
        r"\class{card}{x}",
        r"\text{<script>alert(1)</script>}",
        r"\text{&lt;script&gt;} &#x0003C;script>",
    ],
)
def test_nothing_in_a_formula_acts(tex: str) -> None:
    made = mathml(tex, block=False)
    assert "<script" not in made
    assert not re.search(r"\b(?:href|style|class)=", made)


def test_what_a_cloze_hides_is_marked() -> None:
    assert '<mrow class="mark">' in mathml(r"x = \class{mark}{2}", block=False)


@given(st.lists(SIGNS, max_size=10).map("".join))
def test_any_tex_gives_an_element_or_nothing(tex: str) -> None:
    made = mathml(tex, block=False)
    assert not made or fromstring(made).tag.endswith("math")  # noqa: S314 -- our own output
