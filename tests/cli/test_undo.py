"""`srs undo`: the last answer undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.learner import Learner


def test_undo_takes_back_the_last_answer(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "4")
    sailor.srs("answer", "red/c1", "5")
    assert sailor.srs("undo") == "red/c1: grade 5 of 2026-12-01 undone; new again\n"
    assert sailor.progress() == {"mile": (1, "2026-12-02")}
    sailor.srs("undo")
    outcome = sailor.types("undo")
    assert (outcome.code, outcome.err) == (1, "srs: there is nothing to undo on this computer\n")


def test_undo_tells_when_the_card_is_due_without_the_answer(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "4")
    sailor.now = "2026-12-02 09:00"
    sailor.srs("answer", "mile", "2")
    assert sailor.srs("undo") == "mile: grade 2 of 2026-12-02 undone; due 2026-12-02\n"


def test_undo_asks_a_card_again_that_the_answer_suspended_as_a_leech(sailor: Learner) -> None:
    """As `u` does in a sitting."""
    config = sailor.home / "config.toml"
    config.write_text("leech_lapses = 1\n", encoding="utf-8")
    for day, grade in ((1, "4"), (2, "1")):
        sailor.now = f"2026-12-0{day} 09:00"
        sailor.srs("--config", config, "answer", "mile", grade)
    sailor.srs("--config", config, "undo")
    card = sailor.cards()["mile"]
    assert (card["state"], card["lapses"], card["due"]) == ("review", 0, "2026-12-02")
