"""Two runs of the benchmarks held against each other."""

from __future__ import annotations

from benchmarks.comparing import ratios, slower
from benchmarks.timing import HEAD, Row


def test_a_ratio_that_grew_by_more_than_a_tenth_is_told() -> None:
    before = [Row("a sync", "theirs", 1.0, 1.0), Row("an export", "theirs", 2.0, 1.0, aim=1.5)]
    table = "\n".join(["2026-11-29, two cores", "", HEAD, *map(str, before), "", "| not | a row |"])
    assert ratios(table) == {("a sync", "theirs"): 1.0, ("an export", "theirs"): 2.0}
    now = [Row("a sync", "theirs", 1.1, 1.0), Row("an export", "theirs", 2.3, 1.0), Row("new", "theirs", 9.0, 1.0)]
    assert slower(ratios(table), now) == ["slower: an export: 2.3 × theirs, 2 before"]


def test_a_peak_is_told_in_megabytes_and_compared_like_any_other() -> None:
    row = Row("a command, peak memory", "the size of the database", 90e6, 60e6, aim=2, memory=True)
    told = "| a command, peak memory | the size of the database | 90 MB | 60 MB | 1.5 | ≤ 2 |"
    assert (str(row), ratios(told)) == (told, {("a command, peak memory", "the size of the database"): 1.5})
