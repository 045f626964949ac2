"""`srs backup`: a copy of the store that opens by itself."""

from __future__ import annotations

import stat
import sys
from typing import TYPE_CHECKING

import pytest

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


@pytest.mark.skipif(sys.platform == "win32", reason="permissions as Unix has them")
def test_whatever_holds_the_history_is_its_owners_alone(sailor: Learner) -> None:
    """The store, copies asked for, those that are kept by themselves, and the files of a history folder."""
    folder, copy = sailor.home / "history", sailor.home / "copy.db"
    sailor.srs("config", "set", "history", folder)
    sailor.srs("answer", "mile", "4")
    sailor.srs("backup", copy)
    sailor.srs("restore", copy)
    sailor.store.unlink()
    sailor.srs("restore", copy)
    kept = [*sailor.store.parent.glob(f"{sailor.store.name}*"), copy, *folder.iterdir()]
    assert len(kept) >= 5
    assert {
        each.name: oct(stat.S_IMODE(each.stat().st_mode)) for each in kept if stat.S_IMODE(each.stat().st_mode) != 0o600
    } == {}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
