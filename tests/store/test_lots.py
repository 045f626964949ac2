"""Lists cut into pieces that a database takes."""

from __future__ import annotations

import pytest

from srs.store.lots import in_lots


@pytest.mark.parametrize(("number", "sizes"), [(0, []), (1, [1]), (3, [3]), (4, [3, 1]), (6, [3, 3]), (7, [3, 3, 1])])
def test_lots_hold_everything_once(number: int, sizes: list[int]) -> None:
    lots = list(in_lots(range(number), 3))
    assert [len(lot) for lot in lots] == sizes
    assert [each for lot in lots for each in lot] == list(range(number))
