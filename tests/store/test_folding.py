"""Many cards are folded as few are, whatever was done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from srs.due.day import LATEST
from srs.history import Adopt, Flag, Forget, Suspend
from srs.history.force import InForce
from srs.store import folding
from srs.store.folding import refold
from srs.store.log import merge
from srs.store.memories import standing_of
from srs.store.tables import cards, reviews
from tests.history.told import A_DAY, NOON, answer, does, from_anki, undo
from tests.store.shelf import DAY

if TYPE_CHECKING:
    from tests.store.shelf import Shelf

HISTORY = (
    answer(card="plain"),
    answer(1, card="plain"),
    answer(7, grade=1, card="plain"),
    answer(8, card="plain", origin="cram"),
    answer(card="twice"),
    from_anki(answer(card="twice"), late=3),
    answer(5, card="undone"),
    undo(answer(5, card="undone")),
    answer(card="forgotten"),
    does(Forget(NOON + A_DAY, DAY), "forgotten"),
    answer(card="flagged"),
    does(Flag(NOON + 5, "which?"), "flagged"),
    does(Suspend(NOON + 5), "never answered"),
    answer(card="mile"),
    answer(1, card="sea-mile"),
    does(Adopt(NOON + 9, "ship", "mile"), "sea-mile"),
)


@pytest.mark.parametrize("few", [0, 100])
def test_what_is_kept_is_what_the_history_gives(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    names = {line.card for line in HISTORY}
    keys = {name: shelf.card(name) for name in sorted(names)}
    merge(shelf.connection, HISTORY, InForce(), LATEST)
    should = {row.id: standing_of(row) for row in shelf.connection.execute(select(cards))}
    assert {name for name, key in keys.items() if should[key].memory} == names - {
        "undone",
        "forgotten",
        "never answered",
        "mile",
    }
    shelf.connection.execute(update(cards).values(remark="spoilt"))
    shelf.connection.execute(update(reviews).values(counts=False))
    monkeypatch.setattr(folding, "_FEW", few)
    assert refold(shelf.connection, keys.values(), InForce()) == should
    assert {row.id: standing_of(row) for row in shelf.connection.execute(select(cards))} == should
    counts = {row.name_id: row.counts for row in shelf.connection.execute(select(reviews).order_by(reviews.c.at))}
    assert [name for name, key in keys.items() if key in counts and not counts[key]] == ["twice", "undone"]
    assert refold(shelf.connection, keys.values(), InForce()) == should
