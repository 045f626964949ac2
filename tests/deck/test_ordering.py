"""By what number a note is studied: its deck's entries first, then its own rank."""

from __future__ import annotations

from itertools import pairwise
from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from srs.deck.ordering import idle_entries, moved, position

E2, E10 = PurePosixPath("e02-ads.md"), PurePosixPath("e10-end.md")
ORDER = ("tag:core", "e10", "tag:late")
TAGS = st.frozensets(st.sampled_from(["core", "late", "sea"]))
RANKS = st.none() | st.integers(0, 999_999)
ORDERS = st.lists(st.sampled_from(["tag:core", "tag:late", "e2", "e10", "tag: sea"]), unique=True).map(tuple)


def test_a_note_goes_to_the_first_entry_that_fits_it() -> None:
    places = [
        position(ORDER, E10, {"late", "core"}, None),
        position(ORDER, E10, {"late"}, None),
        position(ORDER, E2, {"late"}, None),
        position(ORDER, E2, set(), None),
    ]
    assert places == sorted(places)
    assert len(set(places)) == 4
    assert places[0] == position(ORDER, E2, {"core"}, None)


def test_within_an_entry_the_lower_rank_comes_first_and_none_last() -> None:
    """However low a rank is, and however high, its note stays within its entry."""
    core, rest = {"core"}, set[str]()
    places = [position(ORDER, E2, core, rank) for rank in (0, 1, 999_999, None)]
    places += [position(ORDER, E2, rest, rank) for rank in (0, 2, None)]
    assert all(one < other for one, other in pairwise(places))


def test_a_note_that_says_nothing_in_a_deck_that_says_nothing_is_number_0() -> None:
    """As in a store that was made before there were such numbers."""
    assert position((), E2, {"core"}, None) == 0


@given(ORDERS, ORDERS, TAGS, RANKS)
def test_another_order_gives_the_number_that_it_would_have_given_at_first(
    one: tuple[str, ...], other: tuple[str, ...], tags: frozenset[str], rank: int | None
) -> None:
    assert moved(position(one, E2, tags, rank), other, E2, tags) == position(other, E2, tags, rank)


def test_entries_that_fit_no_note_are_known() -> None:
    notes = [(E2, {"sea"}), (E10, {"core"})]
    assert list(idle_entries(("core", "tag:core", "e2", "e1", "E010", "tag:sea", "tag:Sea"), notes)) == [
        *("core", "e1", "tag:Sea")
    ]
