"""How the time for an outline is shared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.deck.pacing import cards_behind, own_seconds, parts
from srs.deck.values import Line, Outline


def lines(*seconds: int | None) -> tuple[Line, ...]:
    return tuple(Line((), each, (), 1) for each in seconds)


@pytest.mark.parametrize(
    ("times", "seconds", "expected"),
    [
        ((20, 60, 40), 120, (20, 60, 40)),
        ((20, 60, 40), 60, (10, 30, 20)),
        ((None, None), 180, (90, 90)),
        ((20, None, 40), 90, (20, 30, 40)),
        ((20, None, 40), 180, (20, 120, 40)),
        ((20, None, 40, None), 61, (20, 0, 40, 1)),
        ((20, None, 40), 60, (13, 20, 27)),
        ((20, None, 40), 30, (7, 10, 13)),
        ((1, 1, 1), 100, (33, 34, 33)),
    ],
)
def test_each_line_has_its_share(times: tuple[int | None, ...], seconds: int, expected: tuple[int, ...]) -> None:
    assert parts(lines(*times), seconds) == expected


@given(st.lists(st.none() | st.integers(0, 3600), min_size=1, max_size=20), st.integers(6, 7200))
def test_the_shares_add_up_to_the_time_there_is(times: list[int | None], seconds: int) -> None:
    found = parts(lines(*times), seconds)
    assert sum(found) == seconds
    assert len(found) == len(times)
    assert min(found) >= 0


@pytest.mark.parametrize(("times", "total"), [((20, 60), 80), ((20, None), None), ((), None), ((0, 20), None)])
def test_an_outline_has_a_time_of_its_own_if_each_line_has(times: tuple[int | None, ...], total: int | None) -> None:
    assert own_seconds(Outline((), lines(*times), filled=True)) == total


def test_the_cards_behind_lines_come_once() -> None:
    every = tuple(Line((), None, cards, 1) for cards in (("a", "b"), (), ("b", "c"), ("d",)))
    assert cards_behind(every, [1, 2, 3]) == ("a", "b", "c")
    assert cards_behind(every, []) == ()
