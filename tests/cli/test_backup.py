"""`srs backup`: a copy of the store that opens by itself."""

from __future__ import annotations

import stat
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from srs.collection.backups import keep_daily
from srs.store.opening import open_store

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


def test_a_file_that_is_there_is_replaced_only_if_that_is_said(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "4")
    copy = sailor.home / "copy.db"
    copy.write_text("something of mine", encoding="utf-8")
    outcome = sailor.types("backup", copy)
    assert (outcome.code, outcome.err) == (1, f"srs: {copy} is there already; --force replaces it\n")
    assert copy.read_text(encoding="utf-8") == "something of mine"
    sailor.srs("backup", "--force", copy)
    assert sailor.reads("--db", copy, "cards", "mile")[0]["reviews"] == 1


def test_a_folder_is_told_to_be_none_to_copy_to(sailor: Learner) -> None:
    for folder in (str(sailor.decks), "/", ""):
        for words in ([], ["--force"]):
            outcome = sailor.types("backup", folder, *words)
            told = f"srs: cannot write the copy {folder or '.'}: is a directory\n"
            assert (outcome.code, outcome.err) == (1, told)


def test_what_was_kept_by_itself_is_listed(sailor: Learner) -> None:
    assert sailor.srs("backup", "--list") == "No copy has been kept yet; one is, after each day's first sitting.\n"
    sailor.srs("sync")
    with open_store(str(sailor.store)) as store:
        for day in (30, 29):
            keep_daily(store, date(2026, 11, day), 14)
    *listed, last = sailor.srs("backup", "--list").splitlines()
    assert [(line.split()[0], line.split()[-1]) for line in listed] == [
        (f"2026-11-{day}", f"{sailor.store}.2026-11-{day}.backup") for day in (29, 30)
    ]
    assert last == "`srs restore FILE` puts one back"


def test_a_copy_without_a_name_is_told_to_need_one(sailor: Learner) -> None:
    outcome = sailor.types("backup")
    assert (outcome.code, outcome.err.startswith("srs: say where the copy goes: srs backup FILE")) == (2, True)


def test_of_a_server_pg_dump_makes_copies(sailor: Learner) -> None:
    outcome = sailor.types("--db", "postgresql://here/srs", "backup", "--list")
    assert (outcome.code, "pg_dump" in outcome.err) == (1, True)


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
