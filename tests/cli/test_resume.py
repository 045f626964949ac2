"""`srs resume`: cards back in the queue."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.learner import Learner


def test_resumed_cards_are_asked_again(sailor: Learner) -> None:
    sailor.srs("suspend", "mile", "red/c1")
    assert sailor.srs("resume", "mile") == "1 card resumed\n"
    cards = sailor.cards()
    assert [cards[name]["state"] for name in ("mile", "red/c1")] == ["new", "suspended"]


def test_a_buried_card_comes_back_at_once(sailor: Learner) -> None:
    sailor.srs("sync")
    with closing(sqlite3.connect(sailor.store)) as store, store:
        store.execute("UPDATE cards SET buried_until = '2026-12-02' WHERE name IN ('mile', 'anchor')")
    assert sailor.cards()["mile"]["state"] == "buried"
    sailor.srs("resume", "mile")
    cards = sailor.cards()
    assert [cards[name]["state"] for name in ("mile", "anchor")] == ["new", "buried"]
