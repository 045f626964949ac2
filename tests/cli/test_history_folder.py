"""A folder that carries the history: computers that share it know the same, whatever becomes of its files."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from srs.collection.collection import open_collection
from srs.scheduler import Grade
from srs.settings import Settings

if TYPE_CHECKING:
    from tests.learner import Learner

HALF = b'{"card": "mile", "at": "2026-1'


@pytest.fixture
def folder(sailor: Learner, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is carried about, as the environment names it."""
    place = sailor.home / "carried"
    place.mkdir()
    monkeypatch.setenv("SRS_HISTORY", str(place))
    return place


def other(learner: Learner, name: str = "b") -> Learner:
    """Return the learner at another computer, which has the same decks and a store of its own."""
    home = learner.home / name
    if not home.exists():
        home.mkdir()
        shutil.copytree(learner.decks, home / "decks")
    return replace(learner, home=home)


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.jsonl"))


def known(learner: Learner) -> list[str]:
    """Return the log as the learner's store has it."""
    return learner.srs("log", "export", "-").splitlines()


def told(folder: Path) -> set[str]:
    """Return all whole lines of all files."""
    text = b"\n".join(file.read_bytes() for file in files(folder))
    return {line.decode() for line in text.split(b"\n") if line.endswith(b"}")}


def test_every_act_travels_and_all_computers_show_the_same(sailor: Learner, folder: Path) -> None:
    b, c = other(sailor), other(sailor, "c")
    sailor.srs("answer", "mile", "4")
    b.srs("suspend", "red/c1")
    c.srs("answer", "anchor", "3")
    sailor.srs("undo")
    everyone = [one.cards() for one in (b, c, sailor)]
    for card in (card for cards in everyone for card in cards.values()):
        del card["source"]  # each has decks in a folder of its own
    assert everyone[0] == everyone[1] == everyone[2]
    assert everyone[0]["mile"]["due"] is None
    assert everyone[0]["red/c1"]["state"] == "suspended"
    assert known(sailor) == known(b) == known(c)
    assert len(files(folder)) == 3


def test_a_file_is_only_ever_added_to_and_by_one_computer(sailor: Learner, folder: Path) -> None:
    b = other(sailor)
    sailor.srs("answer", "mile", "4")
    (own,) = files(folder)
    before = own.read_bytes()
    b.srs("answer", "anchor", "3")
    assert own.read_bytes() == before
    sailor.srs("answer", "red/c1", "3")
    assert own.read_bytes().startswith(before)
    assert own.read_bytes().count(b"\n") == 2


def test_what_was_there_before_the_folder_goes_into_it(sailor: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    sailor.srs("answer", "mile", "4")
    log = sailor.home / "carried-by-hand.jsonl"
    log.write_text(
        '{"card":"red/c1","at":"2026-11-01T09:00:00Z","day":"2026-11-01","grade":4,"ms":9,"from":"x","deck":"ship"}\n',
        encoding="utf-8",
    )
    sailor.srs("log", "merge", log)
    place = sailor.home / "carried"
    place.mkdir()
    monkeypatch.setenv("SRS_HISTORY", str(place))
    sailor.srs("cards")
    assert told(place) == set(known(sailor))
    assert len(known(other(sailor))) == 2


def test_reviews_read_from_anki_go_into_the_folder(sailor: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    phone, package, place = other(sailor), sailor.home / "sea.apkg", sailor.home / "carried"
    phone.srs("answer", "mile", "4")
    phone.srs("export", "anki", "--with-progress", "-o", package)
    place.mkdir()
    monkeypatch.setenv("SRS_HISTORY", str(place))
    sailor.srs("import", "anki", package)
    (line,) = told(place)
    assert '"from": "anki"' in line
    assert [line] == known(sailor)


def test_nothing_is_written_twice_and_nothing_where_nothing_was_done(sailor: Learner, folder: Path) -> None:
    sailor.srs("answer", "mile", "4")
    look = files(folder)[0].stat()
    for _ in range(2):
        sailor.srs("cards")
    assert files(folder)[0].stat() == look


def test_a_conflict_copy_is_read_like_any_file(sailor: Learner, folder: Path) -> None:
    sailor.srs("answer", "mile", "4")
    files(folder)[0].rename(folder / "x (conflicted copy 2026).jsonl")
    assert known(other(sailor)) == known(sailor)


def test_whole_lines_are_used_and_the_rest_is_told(sailor: Learner, folder: Path) -> None:
    b = other(sailor)
    sailor.srs("answer", "mile", "4")
    (own,) = files(folder)
    line = own.read_bytes()
    own.write_bytes(b"<<<<<<< HEAD\n" + line + b"=======\n>>>>>>> theirs\n" + HALF)
    outcome = b.types("cards", "--json")
    assert outcome.code == 0
    assert f"{own}:1: a conflict marker" in outcome.err
    assert f"{own}:5: half a line" in outcome.err
    assert known(b) == known(sailor)


def test_rubbish_without_end_is_told_in_few_lines(sailor: Learner, folder: Path) -> None:
    (folder / "x.jsonl").write_text("rubbish\n" * 500, encoding="utf-8")
    said = sailor.types("cards").err
    assert said.count("not a line of a log") == 5
    assert "495 more lines of this kind" in said
    assert sailor.types("cards").err == ""


@pytest.mark.parametrize("damage", ["shrank", "rewritten", "gone"])
def test_what_only_this_store_knows_is_put_back(sailor: Learner, folder: Path, damage: str) -> None:
    for card in ("mile", "red/c1", "anchor"):
        sailor.srs("answer", card, "4")
    (own,) = files(folder)
    lines = own.read_bytes().splitlines(keepends=True)
    if damage == "gone":
        own.unlink()
    else:
        own.write_bytes(lines[0] if damage == "shrank" else b"".join((lines[2], b"x" * 400, b"\n", lines[1])))
    outcome = sailor.types("cards")
    assert outcome.code == 0
    assert "what is lacking is put back" in outcome.err
    assert told(folder) >= set(known(sailor))
    assert len(known(other(sailor))) == 3


def test_an_append_that_was_killed_is_made_good(sailor: Learner, folder: Path) -> None:
    """The answer was in the store when half of its line was written."""
    sailor.srs("answer", "mile", "4")
    (own,) = files(folder)
    own.write_bytes(own.read_bytes() + HALF)
    sailor.srs("answer", "red/c1", "4")
    assert own.read_bytes().splitlines()[1] == HALF
    assert len(known(other(sailor))) == 2


def test_a_home_that_was_copied_gets_a_file_of_its_own(sailor: Learner, folder: Path) -> None:
    sailor.srs("answer", "mile", "4")
    shutil.copytree(sailor.decks, sailor.home / "copy" / "decks")
    shutil.copy(sailor.store, sailor.home / "copy" / "srs.db")
    copy = replace(sailor, home=sailor.home / "copy")
    copy.srs("answer", "red/c1", "4")
    assert len(files(folder)) == 1
    sailor.srs("answer", "anchor", "4")
    assert len(files(folder)) == 2
    copy.srs("cards")
    assert known(copy) == known(sailor)
    assert len(files(folder)) == 2


@pytest.mark.usefixtures("folder")
def test_a_store_that_was_put_back_gets_all_from_its_own_file(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "4")
    kept = sailor.home / "kept.db"
    sailor.srs("backup", kept)
    sailor.srs("answer", "red/c1", "4")
    before = sailor.cards(), known(sailor)
    for file in sailor.home.glob("srs.db*"):
        file.unlink()
    kept.rename(sailor.store)
    assert (sailor.cards(), known(sailor)) == before


def test_a_store_begun_empty_gets_all(sailor: Learner, folder: Path) -> None:
    sailor.srs("answer", "mile", "4")
    before = sailor.cards()
    for file in sailor.home.glob("srs.db*"):
        file.unlink()
    assert folder.exists()
    assert sailor.cards() == before


def test_a_long_file_is_taken_in_all_at_once_in_portions(
    sailor: Learner, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(1, 9):
        sailor.now = f"2026-12-{day:02} 09:00"
        sailor.srs("answer", "mile", "4")
    before = sailor.progress()
    (file,) = folder.glob("*.jsonl")
    sailor.store.unlink()
    monkeypatch.setattr("srs.history.folder._MOST_AT_ONCE", 2 * len(file.read_bytes()) // 8)
    assert sailor.progress() == before
    assert len(sailor.srs("log", "export", "-").splitlines()) == 8


def test_a_folder_that_is_not_there_stays_so(sailor: Learner, folder: Path) -> None:
    away = folder.rename(sailor.home / "unplugged")
    outcome = sailor.types("answer", "mile", "4")
    assert outcome.code == 0
    assert outcome.err == f"the history folder {folder} is not there; what is done here goes into it once it is\n"
    assert not folder.exists()
    away.rename(folder)
    sailor.srs("cards")
    assert told(folder) == set(known(sailor))


def test_an_empty_mount_point_is_not_taken_for_the_folder(sailor: Learner, folder: Path) -> None:
    sailor.srs("answer", "mile", "4")
    away = folder.rename(sailor.home / "unplugged")
    folder.mkdir()
    outcome = sailor.types("answer", "red/c1", "4")
    assert outcome.code == 0
    assert "its medium is not in" in outcome.err
    assert list(folder.iterdir()) == []
    folder.rmdir()
    away.rename(folder)
    sailor.srs("cards")
    assert told(folder) == set(known(sailor))


def test_a_folder_that_cannot_be_written_holds_nothing_up(
    sailor: Learner, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sailor.srs("cards")
    really = os.open

    def read_only(path: str, flags: int, *mode: int) -> int:
        if flags & os.O_RDWR:
            raise OSError(30, "Read-only file system")
        return really(path, flags, *mode)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", read_only)
        outcome = sailor.types("answer", "mile", "4")
    assert outcome.code == 0
    told_why = "read-only file system; what was done here is kept until it can"
    assert outcome.err == f"the history folder {folder} cannot be written: {told_why}\n"
    sailor.srs("cards")
    assert told(folder) == set(known(sailor))


@pytest.mark.usefixtures("folder")
def test_a_store_takes_nothing_from_another_folder_until_it_joins(
    sailor: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    sailor.srs("answer", "mile", "4")
    stranger = other(sailor)
    theirs = sailor.home / "theirs"
    theirs.mkdir()
    monkeypatch.setenv("SRS_HISTORY", str(theirs))
    stranger.srs("answer", "anchor", "3")
    before = told(theirs)
    outcome = sailor.types("answer", "red/c1", "4")
    assert outcome.code == 0
    assert f"`srs log join {theirs}`" in outcome.err
    assert told(theirs) == before
    assert len(known(sailor)) == 2
    assert "1 line came in, 2 stood here" in sailor.srs("log", "join", theirs)
    assert len(known(sailor)) == 3
    assert known(stranger) == known(sailor)


def test_a_folder_that_is_not_there_cannot_be_joined(sailor: Learner) -> None:
    outcome = sailor.types("log", "join", sailor.home / "none")
    assert outcome.code == 1
    assert "cannot be joined: no such file or directory; `srs config set history DIR` makes one" in outcome.err


def test_a_folder_that_is_joined_is_not_that_of_the_settings_yet(sailor: Learner) -> None:
    place = sailor.home / "carried"
    place.mkdir()
    assert f"`srs config set history {place}`" in sailor.srs("log", "join", place)


def test_config_set_makes_the_folder(sailor: Learner) -> None:
    place, config = sailor.home / "new" / "history", sailor.home / "config.toml"
    sailor.srs("--config", config, "config", "set", "history", place)
    assert [file.name for file in place.iterdir()] == ["srs-history-id"]
    sailor.srs("--config", config, "answer", "mile", "4")
    assert len(files(place)) == 1


def test_a_line_without_a_deck_is_passed_on_with_its_own(sailor: Learner, folder: Path) -> None:
    sailor.srs("sync")
    (folder / "old.jsonl").write_text(
        '{"card":"mile","at":"2026-11-01T09:00:00Z","day":"2026-11-01","grade":4,"ms":9,"from":"x"}\n', encoding="utf-8"
    )
    assert sailor.progress() == {"mile": (1, "2026-11-02")}
    assert set(known(sailor)) <= told(folder)


def test_a_scheduler_from_elsewhere_is_in_force_at_once(sailor: Learner, folder: Path) -> None:
    sailor.srs("answer", "mile", "4")
    (folder / "other.jsonl").write_text(
        '{"what":"scheduler","card":"","at":"2026-12-01T08:00:00.000Z","name":"sm2","smooth":true}\n', encoding="utf-8"
    )
    assert "the scheduler has changed" in sailor.types("cards").err
    assert sailor.types("doctor").code == 0


def test_a_medium_that_is_pulled_out_in_a_sitting_is_not_replaced(sailor: Learner, folder: Path) -> None:
    said: list[str] = []
    now, settings = datetime(2026, 12, 1, 9, tzinfo=UTC), Settings(history=str(folder))
    with open_collection(sailor.decks, str(sailor.store), now, settings, tell=said.append) as collection:
        collection.answer("mile", Grade.GOOD, now)
        away = folder.rename(sailor.home / "unplugged")
        folder.mkdir()
    assert list(folder.iterdir()) == []
    assert said == [f"the history folder {folder} has gone meanwhile; what was done here goes into it once it is back"]
    folder.rmdir()
    away.rename(folder)
    sailor.srs("cards")
    assert told(folder) == set(known(sailor))


def test_an_odd_line_holds_up_no_other(sailor: Learner, folder: Path) -> None:
    """A NUL or an endless name, which a server cannot keep: told, and the lines around it count."""
    b = other(sailor)
    sailor.srs("answer", "mile", "4")
    (own,) = files(folder)
    line = own.read_text(encoding="utf-8")
    own.write_text(line.replace('"mile"', '"m\\u0000"') + line.replace('"mile"', f'"{"m" * 9000}"') + line, "utf-8")
    outcome = b.types("cards", "--json")
    assert outcome.code == 0
    assert f"{own}:1: not a line of a log: a NUL character" in outcome.err
    assert f"{own}:2: not a line of a log: card has 9,000 bytes" in outcome.err
    assert known(b) == known(sailor)


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes as Unix has them")
def test_no_link_in_the_folder_leads_what_is_written_elsewhere(sailor: Learner, folder: Path) -> None:
    """Nor is what a link names read; a pipe keeps nobody waiting, and a name that is no text is passed over."""
    sailor.srs("answer", "mile", "4")
    (own,) = folder.glob("*.jsonl")
    mine = sailor.home / "mine"
    mine.write_text("swordfish\n", encoding="utf-8")
    own.unlink()
    own.symlink_to(mine)
    (folder / "other.jsonl").symlink_to(mine)
    os.mkfifo(folder / "pipe.jsonl")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.jsonl")).write_text("no\n", encoding="utf-8")
    outcome = sailor.types("answer", "mile", "4")
    assert outcome.code == 0
    assert "cannot be written: " in outcome.err
    assert "swordfish" not in outcome.err
    assert mine.read_text(encoding="utf-8") == "swordfish\n"
    (folder / "srs-history-id").unlink()
    os.mkfifo(folder / "srs-history-id")
    assert "it is a pipe" in sailor.types("answer", "mile", "4").err
    assert sailor.srs("log", "export", "-").count("\n") == 3
