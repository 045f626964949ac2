"""The search for circles rests while a deck is read, and goes on afterwards, whatever happens."""

from __future__ import annotations

import gc

import pytest

from srs.deck.uncollected import uncollected


def test_the_search_for_circles_rests_and_goes_on() -> None:
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(KeyError), uncollected():
        raise KeyError
    assert gc.isenabled()
