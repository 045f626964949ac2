"""Whom a learner means by the names of an adoption."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from srs.collection.adopting import adopt, adoptions_meant
from srs.collection.collection import open_collection
from srs.errors import SrsError
from srs.sync import Adoption
from tests.learner import MILE

if TYPE_CHECKING:
    from tests.learner import Learner

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


def meant(learner: Learner, old: str, new: str) -> list[Adoption]:
    """Return what two names mean."""
    with open_collection(learner.decks, str(learner.store), NOW) as collection:
        return adoptions_meant(collection.store, collection.decks, old, new)


@pytest.fixture
def moved(sailor: Learner) -> Learner:
    """Somebody who moved a note to another deck."""
    sailor.srs("sync")
    sailor.edit("ship/sea.md", MILE, "")
    sailor.write("boat/x.md", MILE)
    return sailor


@pytest.mark.parametrize("old", ["mile", "ship:mile"])
@pytest.mark.parametrize("new", ["mile", "boat:mile"])
def test_an_id_without_its_deck_means_the_one_that_is_possible(moved: Learner, old: str, new: str) -> None:
    assert meant(moved, old, new) == [Adoption(("ship", "mile"), ("boat", "mile"))]


def test_a_card_may_go_on_as_a_card(moved: Learner) -> None:
    """A note that is now of another kind has other cards."""
    assert meant(moved, "mile", "red/c1") == [Adoption(("ship", "mile"), ("ship", "red/c1"))]


def test_of_a_whole_deck_go_on_the_notes_that_left_it(moved: Learner) -> None:
    """What stands in both texts are two notes."""
    moved.edit("boat/x.md", MILE, f"{MILE}\n## Red? {{#red}}\n\nPort.\n")
    assert meant(moved, "ship:", "boat:") == [Adoption(("ship", "mile"), ("boat", "mile"))]


def test_what_went_on_does_not_go_on_again(moved: Learner) -> None:
    with open_collection(moved.decks, str(moved.store), NOW) as collection:
        adopt(
            collection.store,
            adoptions_meant(collection.store, collection.decks, "ship:", "boat:"),
            NOW,
            collection.rules,
        )
        assert adoptions_meant(collection.store, collection.decks, "ship:", "boat:") == []
        adopt(collection.store, [], NOW, collection.rules)
        assert len(collection.log()) == 1


def test_a_name_that_stands_does_not_go_on(moved: Learner) -> None:
    with pytest.raises(SrsError, match="ship:red stands in the text"):
        meant(moved, "red", "boat:mile")
