"""How far some work is, told while it goes on."""

from __future__ import annotations

from srs.collection.telling import in_turns, quietly, watched


def test_work_tells_how_far_it_is_a_hundred_times_at_most() -> None:
    told: list[tuple[int, int]] = []
    assert list(watched(range(1000), lambda *each: told.append(each), 1000)) == list(range(1000))
    assert told == [(done, 1000) for done in range(0, 1000, 10)]
    assert list(watched("abc", lambda *each: told.append(each), 0)) == ["a", "b", "c"]


def test_nobody_is_told() -> None:
    with quietly("Counting") as share:
        assert list(watched([1], share, 1)) == [1]


def test_each_turn_is_told_as_its_part_of_all() -> None:
    told: list[tuple[int, int]] = []
    for share in in_turns(lambda done, size: told.append((done, size)), 3):
        list(watched("ab", share, 2))
    assert told == [(0, 6), (1, 6), (2, 6), (3, 6), (4, 6), (5, 6)]
    assert list(in_turns(None, 2)) == [None, None]
