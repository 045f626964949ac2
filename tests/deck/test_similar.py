"""Texts that are nearly the same: found by what they share, however many share a part of it."""

from __future__ import annotations

import pytest

from srs.deck.similar import near_duplicates


def test_texts_that_share_most_of_their_pairs_are_found_once_the_later_first() -> None:
    texts = {"a": "how long is a sea mile", "b": "how long is a sea mile?", "c": "which light is red"}
    assert list(near_duplicates(texts)) == [("b", "a")]


@pytest.mark.parametrize("holders", [3, 50])
def test_pairs_that_many_texts_hold_still_find_their_likes(holders: int) -> None:
    """All begin alike; the last two are the same all through."""
    texts = {f"n{number}": f"what is the name of {chr(0x4E00 + 7 * number) * 9}" for number in range(holders)}
    texts |= {"one": "what is the name of the sea", "two": "what is the name of the sea!"}
    assert ("two", "one") in list(near_duplicates(texts))


def test_case_and_spaces_do_not_tell_texts_apart() -> None:
    assert list(near_duplicates({"a": "Sea Mile", "b": "seamile"}, likeness=1.0)) == [("b", "a")]


def test_likeness_is_shared_pairs_over_all_pairs() -> None:
    """`abcd` and `abce` share ab and bc of ab, bc, cd, ce: a half."""
    texts = {"a": "abcd", "b": "abce"}
    assert list(near_duplicates(texts, likeness=0.5)) == [("b", "a")]
    assert list(near_duplicates(texts, likeness=0.51)) == []
