"""`srs forget`: memories begun anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.learner import Learner


def test_a_card_is_new_again_and_its_answers_stay_in_the_log(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "good")
    sailor.srs("answer", "red/c1", "good")
    assert sailor.srs("forget", "mile") == "1 card new again\n"
    cards = sailor.cards()
    assert [(cards[name]["state"], cards[name]["due"]) for name in ("mile", "red/c1")] == [
        ("new", None),
        ("review", "2026-12-02"),
    ]
    shown = sailor.srs("log", "show", "mile").splitlines()
    assert shown == [
        "2026-12-01 09:00  grade 4     0.0 s  script    mile",
        "2026-12-01 09:00  mile: forgotten on 2026-12-01",
    ]
    assert "new: forgotten after 1 answer" in sailor.srs("show", "mile")


def test_a_card_that_is_new_is_told_to_be_and_no_act_is_written(sailor: Learner) -> None:
    assert sailor.srs("forget", "mile") == "mile is new already\n"
    assert sailor.srs("log", "show") == "Nothing has been done yet.\n"


def test_undo_gives_the_memory_back(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "good")
    sailor.srs("forget", "mile")
    assert sailor.srs("undo") == "mile: forgotten on 2026-12-01 undone; due 2026-12-02\n"
    assert sailor.progress() == {"mile": (1, "2026-12-02")}


def test_nothing_is_forgotten_if_an_id_is_wrong(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "good")
    assert sailor.types("forget", "mile", "nope").code == 1
    assert sailor.progress() == {"mile": (1, "2026-12-02")}
