"""Which question is drawn."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.collection.chance import seeded
from srs.collection.choosing import Strength, chosen, several, together

KNOWN, UNSEEN = Strength(10), Strength(10, unseen=10)


@pytest.mark.parametrize(
    ("strength", "weight"),
    [
        (KNOWN, 1000),
        (UNSEEN, 10_000),
        (Strength(10, unseen=1), 1900),
        (Strength(10, lapses=1), 1900),
        (Strength(10, failures=1), 1900),
        (Strength(10, 2, 2, 1), 5500),
        (Strength(10, lapses=40), 10_000),
        (Strength(100, unseen=10), 1900),
        (Strength(), 10_000),
    ],
)
def test_the_weaker_the_heavier_whatever_the_size(strength: Strength, weight: int) -> None:
    assert strength.weight == weight


def test_each_is_drawn_as_often_as_it_weighs() -> None:
    """Every number that can be drawn is drawn once."""
    strengths = (KNOWN, UNSEEN, Strength(10, unseen=5))
    total = sum(each.weight for each in strengths)
    spots = iter(range(1, total + 1))
    places = Counter(chosen(strengths, lambda _, __: next(spots)) for _ in range(total))
    assert places == {0: 1000, 1: 10_000, 2: 5500}

    def all_of_them(low: int, high: int) -> int:
        assert (low, high) == (1, total)
        return high

    assert chosen(strengths, all_of_them) == 2


@given(
    st.lists(st.builds(Strength, st.integers(1, 9), st.integers(0, 9)), max_size=8), st.integers(0, 9), st.integers()
)
def test_several_are_drawn_none_twice_and_the_same_for_a_seed(known: list[Strength], most: int, seed: int) -> None:
    drawn = several(known, most, seeded(seed))
    assert len(drawn) == len(set(drawn)) == min(most, len(known))
    assert set(drawn) <= set(range(len(known)))
    assert drawn == several(known, most, seeded(seed))


def test_a_seed_draws_the_same_in_every_version() -> None:
    draw = seeded(7)
    assert [draw(1, 100) for _ in range(5)] == [33, 16, 66, 8, 54]


def test_cards_count_up_to_their_chapter() -> None:
    assert together([Strength(1, 1, 0, 2), Strength(1, 0, 3, 1)]) == Strength(2, 1, 3, 3)
    assert together([]) == Strength()
