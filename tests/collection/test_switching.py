"""Another scheduler in force, and what that moves."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from srs.collection.collection import open_collection
from srs.collection.switching import Moved, Wanted, switch
from srs.history import Switch
from srs.scheduler import Sm2

if TYPE_CHECKING:
    from tests.learner import Learner

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


def test_a_dry_run_leaves_everything_as_it_was(sailor: Learner) -> None:
    with open_collection(sailor.decks, str(sailor.store), NOW) as collection:
        done = switch(collection, Wanted("sm2", smooth=True), "", NOW, dry_run=True)
        assert (done.act, done.moved, collection.log()) == (Switch(0, "sm2", smooth=True), Moved(), [])
        assert collection.undo(NOW) is None


def test_smooth_stays_as_it_is_where_nothing_is_said_of_it(sailor: Learner) -> None:
    """For a deck, what is in force for that deck."""
    with open_collection(sailor.decks, str(sailor.store), NOW) as collection:
        switch(collection, Wanted("sm2", smooth=True), "ship", NOW)
    with open_collection(sailor.decks, str(sailor.store), NOW) as collection:
        assert collection.scheduler("ship") == Sm2(smooth=True)
        assert switch(collection, Wanted("sm2"), "ship", NOW).already
        done = switch(collection, Wanted("sm2"), "", NOW)
        assert (done.act.smooth, done.already) == (False, False)
    with open_collection(sailor.decks, str(sailor.store), NOW) as collection:
        assert collection.scheduler("ship") == Sm2()
        assert len(collection.log()) == 2
