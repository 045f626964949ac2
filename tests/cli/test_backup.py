"""`srs backup`: a copy of the store that opens by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.learner import Learner


def test_a_copy_holds_what_was_answered(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "4")
    before, copy = sailor.cards(), sailor.home / "copy.db"
    said = sailor.srs("backup", copy)
    assert said.startswith(f"Copied {sailor.store} to {copy}")
    sailor.srs("answer", "anchor", "4")
    assert {card["id"]: card for card in sailor.reads("--db", copy, "cards")} == before


def test_a_copy_that_cannot_be_written_is_said_without_blaming_the_store(sailor: Learner) -> None:
    sailor.srs("sync")
    copy = sailor.home / "nowhere" / "copy.db"
    outcome = sailor.types("backup", copy)
    assert (outcome.code, outcome.err.startswith(f"srs: cannot write the copy {copy}: ")) == (1, True)


def test_a_store_is_not_copied_onto_itself(sailor: Learner) -> None:
    """Whatever the path is called by."""
    sailor.srs("answer", "mile", "4")
    link = sailor.home / "link.db"
    link.symlink_to(sailor.store)
    for path in (sailor.store, link, sailor.decks / ".." / "srs.db"):
        outcome = sailor.types("backup", path)
        assert (outcome.code, "is the store itself; name another file" in outcome.err) == (1, True)
    assert sailor.progress() == {"mile": (1, "2026-12-02")}
