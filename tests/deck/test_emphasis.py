"""Emphasis in scripts that part words by no blanks."""

from __future__ import annotations

import pytest

from srs.deck.layout import Paragraph, lay_out
from tests.deck.test_clozes import read


def styled(body: str) -> list[tuple[str, str]]:
    """Return the runs of a paragraph that have a style, each with it."""
    note, told = read(body)
    assert told == ()
    (block,) = lay_out(note.answer)
    assert isinstance(block, Paragraph)
    return [(span.text, " ".join(sorted(span.styles))) for span in block.spans if span.styles]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("**重点：**内容", [("重点：", "strong")]),
        ("他说**“你好”**了", [("“你好”", "strong")]),
        ("*注意：*内容", [("注意：", "em")]),
        ("~~旧的。~~新", [("旧的。", "s")]),
        ("在**“a”**和**b。**之间", [("“a”", "strong"), ("b。", "strong")]),
        ("**{{c1::重点：}}**内容", [("重点：", "cloze strong")]),
        ("これは**「重要」**です", [("「重要」", "strong")]),
        ("**重点**：内容", [("重点", "strong")]),
    ],
)
def test_signs_beside_punctuation_are_emphasis_where_words_have_no_blanks(
    body: str, found: list[tuple[str, str]]
) -> None:
    assert styled(body) == found


@pytest.mark.parametrize("body", ["** 重点 **内容", "一 ** 二 ** 三", "_重点：_内容", "**Note:**text", "3 * 4，5 * 6"])
def test_elsewhere_it_is_as_in_commonmark(body: str) -> None:
    assert styled(body) == []
