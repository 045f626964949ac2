"""TeX as it reads in a terminal; what has no form there stays as it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.terminal.tex import LONGEST, readable

SIGNS = st.sampled_from([
    *("\\frac", "{", "}", "a", "12", "^", "_", "\\alpha", " ", "\\", "\\\\", "&", "$", "%", "\\sqrt", "[", "]", "留存"),
    *("\\begin{cases}", "\\end{cases}", "\\left(", "\\right.", "\\text{a b}", "\\log", "\\unknown", "'", "\x1b", "~"),
])  # fmt: skip


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\frac{a}{b}", "a/b"),
        (r"\frac{a+b}{2a}", "(a+b)/(2a)"),
        (r"\frac12", "1/2"),
        (r"a \ne b \pmod{n}", "a ≠ b (mod n)"),
        (r"\arg \det A", "arg det A"),
        (r"\dfrac{\text{点击}}{\text{曝光}} \times 100\%", "点击/曝光 × 100%"),
        (r"\frac{n(n+1)}{n(n-1)}", "n(n+1)/(n(n−1))"),
        (r"\alpha + \beta \le \Omega", "α + β ≤ Ω"),
        (r"\Delta x", "Δx"),
        (r"x_1^2 + x_{n+1}", "x₁² + xₙ₊₁"),
        (r"e^{i\pi}", "e^(iπ)"),
        (r"x^q", "x^q"),
        (r"a_{i,j}", "a_(i,j)"),
        (r"x_{\text{churn}}", "x_churn"),
        (r"10^{-3}", "10⁻³"),
        (r"f'(x) = \lim_{h\to 0} f", "f′(x) = lim_(h → 0) f"),
        (r"\sqrt{x^2+1} + \sqrt[3]{8} + \sqrt[5]{2}", "√(x²+1) + ∛8 + ⁵√2"),
        (r"\sum_{i=1}^{n} i^2", "∑ᵢ₌₁ⁿ i²"),
        (r"O(n\log n)", "O(n log n)"),
        (r"\sin^2\theta + 2\cos x", "sin²θ + 2 cos x"),
        (r"\left( \frac{1}{2} \right)", "( 1/2 )"),
        (r"\left. x \right|_0", "x |₀"),
        (r"\hat\theta, \vec{v}, \overline{AB}", "θ̂, v⃗, A̅B̅"),
        (r"\mathbb{R}^n", "ℝⁿ"),
        (r"\{x \mid x > 0\}", "{x | x > 0}"),
        (r"\binom{n}{k}", "C(n, k)"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "(a, b; c, d)"),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned}", "a = b\n= c"),
        (r"\neg p \land q", "¬ p ∧ q"),
        (r"v = s/t", "v = s/t"),
    ],
)
def test_what_has_a_form_in_a_line_of_text_gets_it(tex: str, text: str) -> None:
    assert readable(tex) == text


@pytest.mark.parametrize(
    "tex",
    [
        *(r"\unknown{x}", r"\hat{abc}", r"{n \choose k}", r"\begin{tikzcd} a \end{tikzcd}", r"\not\in", r"\\"),
        *(r"\frac{", "}", "{a", "a$b", "%a_1", r"\begin{cases}", "{" * 4000 + "x" + "}" * 4000),
    ],
)
def test_what_has_none_stays_as_it_was_written(tex: str) -> None:
    assert readable(tex) == tex


def test_a_very_long_formula_is_left_as_it_is() -> None:
    assert readable("x_1" + " " * (LONGEST - 3)) == "x₁"
    assert readable("x_1" + " " * (LONGEST - 2)).startswith("x_1")


def test_what_has_none_stays_among_what_has_one() -> None:
    assert readable(r"\alpha \unknown{x_1}^2") == r"α \unknown{x_1}²"


@given(st.lists(SIGNS, max_size=12).map("".join))
def test_any_tex_is_read_and_none_vanishes(tex: str) -> None:
    assert bool(readable(tex).strip()) >= bool(tex.strip(" ~{}$%&^_\\\n")) or "\\" in tex
