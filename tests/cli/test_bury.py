"""`srs bury`: cards left out until tomorrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.learner import Learner


def test_a_card_is_left_out_until_tomorrow(sailor: Learner) -> None:
    assert sailor.srs("bury", "mile", "red/c1", "mile") == "2 cards buried until tomorrow\n"
    assert sailor.cards()["mile"]["state"] == "buried"
    sailor.now = "2026-12-02 09:00"
    assert sailor.cards()["mile"]["state"] == "new"


def test_tomorrow_begins_when_the_study_day_ends(sailor: Learner) -> None:
    sailor.now = "2026-12-02 02:00"
    sailor.srs("bury", "mile")
    sailor.now = "2026-12-02 05:00"
    assert sailor.cards()["mile"]["state"] == "new"


def test_a_card_that_is_buried_is_told_to_be_and_no_act_is_written(sailor: Learner) -> None:
    sailor.srs("bury", "mile")
    assert sailor.srs("bury", "mile", "anchor") == (
        "1 card buried until tomorrow\nmile is buried until tomorrow already\n"
    )
    assert sailor.srs("log", "show", "mile") == "2026-12-01 09:00  mile: buried until 2026-12-02\n"


def test_undo_brings_it_back(sailor: Learner) -> None:
    sailor.srs("bury", "mile")
    assert sailor.srs("undo") == "mile: buried until 2026-12-02 undone\n"
    assert sailor.cards()["mile"]["state"] == "new"
