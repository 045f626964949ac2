"""What was typed against what was to be recalled: what counts, and what is forgiven."""

from __future__ import annotations

import pytest

from srs.deck.typed import compare


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1852", "1852."),
        ("1852!", "1852"),
        ("1852?", "1852;"),
        ("a, b", "a，b"),
        ("PORT", "port"),
        ("１８５２ 米", "1852米"),
        ("“a”", '"a"'),
        ("a–b", "a-b"),
        ("a、b", "a,b"),
        ("5～6", "5~6"),
    ],
)
def test_width_case_spaces_and_kinds_of_signs_are_forgiven(typed: str, expected: str) -> None:
    assert compare(typed, expected).right


@pytest.mark.parametrize(("typed", "expected"), [("1851", "1852"), ("a.b", "ab"), ("", "a"), ("ab", "a")])
def test_what_differs_is_not_right(typed: str, expected: str) -> None:
    assert not compare(typed, expected).right


@pytest.mark.parametrize("between", ["", " ", ", ", "，", "、", "；", ";", " / ", "／", "…", "...", " … "])
def test_the_answers_of_several_gaps_are_parted_by_any_sign(between: str) -> None:
    assert compare(f"revenue{between}trust", "revenue … trust").right


@pytest.mark.parametrize(
    "typed", ["revenue, or trust", "rev,enue trust", "trust, revenue", "revenue", ", trust", "revenue! trust"]
)
def test_nothing_else_may_stand_between_them(typed: str) -> None:
    assert not compare(typed, "revenue … trust").right


def test_runs_tell_where_the_texts_agree() -> None:
    found = compare("hauled", "hauls")
    assert found.typed == (("haul", True), ("ed", False))
    assert found.expected == (("haul", True), ("s", False))
