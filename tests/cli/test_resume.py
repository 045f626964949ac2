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


def test_a_card_that_is_in_the_queue_is_told_to_be_and_no_act_is_written(sailor: Learner) -> None:
    sailor.srs("suspend", "red/c1")
    assert sailor.srs("resume", "mile", "ship:red/c1") == "1 card resumed\nmile is in the queue already\n"
    assert sailor.srs("resume", "red/c1") == "red/c1 is in the queue already\n"
    assert len(sailor.srs("log", "show").splitlines()) == 2


def test_undo_puts_a_card_back_out_of_the_queue(sailor: Learner) -> None:
    sailor.srs("suspend", "mile")
    sailor.srs("resume", "mile")
    assert sailor.srs("undo") == "mile: resumed undone\n"
    assert sailor.cards()["mile"]["state"] == "suspended"
