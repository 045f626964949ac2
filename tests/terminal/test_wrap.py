"""Lines are cut where Unicode allows it, and a long run of blanks takes no longer than a word."""

from __future__ import annotations

from itertools import product

import pytest
from rich.text import Text
from uniseg.linebreak import line_break_units

from srs.terminal.wrap import _WORDS, _units, wrap
from tests.working import work


@pytest.mark.parametrize("signs", list(product("a(“中 1.", repeat=3)), ids="".join)
def test_lines_break_where_the_algorithm_breaks_them(signs: tuple[str, ...]) -> None:
    """However many blanks stand between the signs."""
    for blanks in (" ", "   "):
        text = blanks.join(signs) + blanks
        assert list(_units(text)) == list(line_break_units(text))


@pytest.mark.parametrize("signs", list(product("a1.:- ", repeat=3)), ids="".join)
def test_plain_words_break_where_the_algorithm_breaks_them(signs: tuple[str, ...]) -> None:
    """Letters, digits and the marks in and behind words, whatever stands around them."""
    assert _WORDS.fullmatch("2,278 cards are due: at 200 a day that ends on 2026-12-10.")
    for text in (f"b{''.join(signs)}c", f"7 {''.join(signs)} c"):
        assert list(_units(text)) == list(line_break_units(text))


def test_any_number_of_blanks_is_looked_at_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def noting(text: str) -> list[str]:
        seen.append(text)
        return list(line_break_units(text))

    monkeypatch.setattr("uniseg.linebreak.line_break_units", noting)
    text = " " * 8000 + "b" + " " * 8000 + "c"
    assert "".join(_units(text)) == text
    assert seen == [" b c"]


def test_signs_piled_up_as_no_script_does_take_no_more_work_than_others() -> None:
    """The library looks back over all of them at each, so it is not asked."""

    def lines(size: int) -> list[str]:
        return [line.plain for line in wrap(Text("中a1, " * 60 + "\u0301" * size + " b"), 40)]

    once, twice = work(lambda: lines(400)), work(lambda: lines(800))
    assert twice <= 2.5 * once
    assert "".join(lines(400)).replace(" ", "") == ("中a1," * 60 + "\u0301" * 400 + "b")
