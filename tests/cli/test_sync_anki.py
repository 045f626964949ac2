"""`srs sync --anki PROFILE`: one history with the Anki on this computer, a real collection on the other side."""

from __future__ import annotations

import re
import sys
from datetime import datetime, timedelta
from time import time
from typing import TYPE_CHECKING

import pytest
from anki.collection import ExportAnkiPackageOptions

from exporters.anki import note_types
from exporters.anki.exchange.doors import Login
from srs.collection.exchange.keys import write_login
from tests.anki_profile import Profile, agree, answer, find
from tests.anki_server import later

if TYPE_CHECKING:
    from tests.learner import Learner

HERE = "http://127.0.0.1:9/"


def test_both_sides_agree_after_a_run_and_the_next_has_nothing_to_do(today: Learner, profile: Profile) -> None:
    today.srs("answer", "mile", "good")
    today.srs("suspend", "red/c2")
    today.srs("bury", "anchor")
    said = today.types("sync", "--anki", "User 1")
    assert "3 notes new, 1 review sent" in said.out
    (copy,) = re.findall(r"kept in (.*\.colpkg)", said.err)
    assert copy == str(today.home / "anki-User-1-before-srs.colpkg")
    agree(today, profile)
    assert "both sides agree" in today.srs("sync", "--anki", "User 1")

    with profile.window() as anki:
        answer(anki, "red/c1", 4)
        answer(anki, "anchor/c3", 1)
        anki.sched.suspend_cards([find(anki, "anchor/c1")])
        anki.sched.set_due_date([find(anki, "anchor/c2")], "5")
    later(today, 2)
    today.srs("answer", "anchor/c2", "easy")
    today.srs("resume", "red/c2")
    found = today.reads("sync", "--anki", "User 1")
    assert found["decks"]["added"] == []
    assert found["account"]["here"]["reviews"] == 2
    assert found["account"]["here"]["acts"] == {"suspend": 1, "set": 1}
    assert (found["account"]["there"]["reviews"], found["account"]["there"]["put_back"]) == (1, 1)
    there = profile.cards()
    assert there["anchor/c3"].type == 1  # in its steps, and left in them while the day lasts
    with profile.window() as anki:
        anki.sched.set_due_date([find(anki, "anchor/c3")], "0")
    later(today, 2)
    today.srs("sync", "--anki", "User 1")
    agree(today, profile)
    assert today.reads("sync", "--anki", "User 1")["account"]["there"]["scheduled"] == 0
    assert today.srs("doctor")


@pytest.mark.slow
def test_an_unknown_profile_is_answered_with_those_that_are_there(sailor: Learner, profile: Profile) -> None:
    said = sailor.types("sync", "--anki", "Nobody")
    assert (said.code, said.err) == (2, "srs: Anki has no profile 'Nobody'; there is User 1\n")
    assert profile.cards() == {}


@pytest.mark.slow
def test_an_open_window_is_told_in_a_sentence(sailor: Learner, profile: Profile) -> None:
    with profile.window():
        said = sailor.types("sync", "--anki", "User 1")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "is open in Anki" in said.err


@pytest.mark.parametrize("words", [("sync", "--anki", "User 1"), ("sync",), ("login", "--server", HERE, "me")])
def test_where_the_library_is_missing_each_command_that_needs_it_says_how_to_install_it(
    sailor: Learner, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setitem(sys.modules, "anki.collection", None)
    write_login(sailor.home / "home/.local/share/srs/account/login.json", Login(HERE, "me", "key", HERE))
    said = sailor.types(*words)
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "pip install 'srs[anki]'" in said.err


@pytest.mark.slow
def test_a_dry_run_says_it_before_and_writes_nothing(today: Learner, profile: Profile) -> None:
    assert "3 notes new" in today.srs("sync", "--anki", "User 1", "--dry-run")
    assert profile.cards() == {}
    today.write("../config.toml", 'anki = "User 1"\n')
    config = ("--config", str(today.home / "config.toml"))
    assert today.reads(*config, "sync", "--offline")["account"] is None
    assert profile.cards() == {}
    assert len(today.reads(*config, "sync")["account"]["there"]["new"]) == 3


@pytest.mark.slow
def test_edits_are_shown_written_when_asked_and_never_overwritten(today: Learner, profile: Profile) -> None:
    today.srs("export", "anki", "-o", today.home / "ship.apkg")
    today.srs("sync", "--anki", "User 1")
    with profile.window() as anki:
        note = anki.get_note(anki.find_notes("Id:mile")[0])
        note["Answer"] = "1853 metres.<br>"
        note.tags = [*note.tags, "leech"]
        anki.update_note(note)
    today.edit("ship/sea.md", "tags: [sea, exam]", "tags: [sea, test]")
    for _ in range(2):
        assert "+ 1853 metres." in today.srs("sync", "--anki", "User 1")
    assert set(profile.cards()["mile"].tags) == {"sea", "test", "leech"}
    said = today.srs("sync", "--anki", "User 1", "--apply")
    assert "Answer (written)" in said
    assert "1853 metres." in (today.decks / "ship/sea.md").read_text(encoding="utf-8")
    assert today.reads("sync", "--anki", "User 1")["account"]["here"]["edits"] == []
    with profile.window() as anki:
        assert anki.get_note(anki.find_notes("Id:mile")[0])["Answer"] == "1853 metres.<br>"
        options = ExportAnkiPackageOptions(with_scheduling=True)
        anki.export_anki_package(out_path=str(today.home / "back.apkg"), options=options, limit=None)
    assert "edited" not in today.srs("import", "anki", today.home / "back.apkg", "--apply")


@pytest.mark.slow
def test_what_left_the_text_is_marked_there_and_what_was_deleted_there_is_suspended_here(
    today: Learner, profile: Profile
) -> None:
    today.srs("sync", "--anki", "User 1")
    with profile.window() as anki:
        anki.remove_notes(anki.find_notes("Id:mile"))
    text = (today.decks / "ship/sea.md").read_text(encoding="utf-8")
    today.write("ship/sea.md", re.sub(r"(?s)## How to anchor.*?\n(?=## How long)", "", text))
    said = today.srs("sync", "--anki", "User 1")
    assert "1 note retired" in said
    assert re.search(r"sea\.md:\d+: mile: deleted in Anki, so suspended here", said)
    there = profile.cards()
    assert {(card.queue, "srs-retired" in card.tags) for name, card in there.items() if "anchor" in name} == {
        (-1, True)
    }
    assert "mile" not in there
    assert today.cards()["mile"]["state"] == "suspended"
    today.write("ship/sea.md", text)
    later(today, 5)
    today.srs("resume", "mile")
    assert "1 note new" in today.srs("sync", "--anki", "User 1")
    agree(today, profile)
    assert today.cards()["anchor"]["state"] == "new"


@pytest.mark.slow
def test_a_card_in_a_filtered_deck_gets_its_home_due_day_and_stays(today: Learner, profile: Profile) -> None:
    today.srs("answer", "mile", "good")
    today.srs("sync", "--anki", "User 1")
    with profile.window() as anki:
        deck = anki.sched.get_or_create_filtered_deck(0)  # type: ignore[arg-type]
        deck.config.search_terms[0].search = "Id:mile"
        anki.sched.add_or_update_filtered_deck(deck)
    today.now = (datetime.fromisoformat(today.now) + timedelta(days=1)).isoformat(sep=" ", timespec="seconds")
    today.srs("answer", "mile", "good")
    today.srs("sync", "--anki", "User 1")
    card = profile.cards()["mile"]
    assert card.home
    assert (card.home_due, card.interval) == (7, 6)


@pytest.mark.slow
def test_a_memory_state_of_fsrs_is_taken_out_where_a_schedule_is_written(today: Learner, profile: Profile) -> None:
    """Left stale, its buttons would promise days where the history gives months."""
    today.srs("sync", "--anki", "User 1")
    with profile.window() as anki:
        anki.set_config("fsrs", True)
        answer(anki, "mile", 4)
    assert '"s":' in profile.cards()["mile"].data
    today.srs("sync", "--anki", "User 1")
    card = profile.cards()["mile"]
    assert (card.interval, {'"s"', '"d"', '"lrt"'} & set(re.findall(r'"\w+"', card.data))) == (1, set())


@pytest.mark.slow
def test_new_looks_reach_a_collection_without_new_notes_and_without_a_change_of_its_schema(
    today: Learner, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was edited there stays, also when new notes come."""
    today.srs("sync", "--anki", "User 1")
    today.srs("sync", "--anki", "User 1")
    with profile.window() as anki:
        cloze = anki.models.by_name("srs cloze")
        assert cloze
        cloze["css"] = ".mine {}"
        anki.models.update_dict(cloze)
        assert anki.db
        anki.db.execute("UPDATE col SET ls = scm")  # as after a sync
    style = note_types._style()
    monkeypatch.setattr("exporters.anki.note_types._style", lambda: f"{style}.later {{}}")
    for module in ("note_types", "exchange.looks"):
        monkeypatch.setattr(f"exporters.anki.{module}.CHANGED_AT", int(time()) + 60)
    assert "1 note type given new looks" in today.srs("sync", "--anki", "User 1", "--dry-run")
    there = today.reads("sync", "--anki", "User 1")["account"]["there"]
    assert {what: found for what, found in there.items() if found} == {"looks": ["srs"]}
    today.write("ship/crew.md", "## Green? {#green}\n\nTo {{c1::starboard}}.\n")
    assert "1 note new" in today.srs("sync", "--anki", "User 1")
    with profile.window() as anki:
        looks = {each["name"]: each["css"] for each in anki.models.all()}
        assert looks["srs"].count(".later") == 1
        assert looks["srs cloze"] == ".mine {}"
        assert not anki.schema_changed()
    assert "both sides agree" in today.srs("sync", "--anki", "User 1")


@pytest.mark.slow
def test_new_cards_stand_there_in_the_order_of_study(today: Learner, profile: Profile) -> None:
    today.edit("ship/sea.md", "{#red}", "{#red rank=1}")
    today.write("ship/crew.md", "## Green? {#green rank=2}\n\nStarboard.\n")
    assert "made there: red green anchor mile" in today.srs("sync", "--anki", "User 1")
    places = {name: card.due for name, card in profile.cards().items()}
    assert sorted(places, key=lambda name: places[name])[:4] == ["red/c1", "red/c2", "green", "anchor"]


@pytest.mark.slow
def test_a_field_renamed_there_is_told_with_nothing_written_until_it_is_named_as_before(
    today: Learner, profile: Profile
) -> None:
    today.srs("sync", "--anki", "User 1")
    _rename(profile, "Prompt", "Frage")
    before = profile.cards()
    today.srs("answer", "mile", "good")
    today.edit("ship/sea.md", "How long is", "How far is")
    outcome = today.types("sync", "--anki", "User 1")
    assert (outcome.code, outcome.err.count("\n")) == (1, 1)
    assert "the note type srs in the Anki collection has no field Prompt" in outcome.err
    assert profile.cards() == before
    _rename(profile, "Frage", "Prompt")
    later(today, 5)
    assert "1 note changed" in today.srs("sync", "--anki", "User 1")
    assert profile.cards()["mile"].interval == 1
    agree(today, profile)


def _rename(profile: Profile, old: str, new: str) -> None:
    with profile.window() as anki:
        kind = anki.models.by_name("srs")
        assert kind
        anki.models.rename_field(kind, anki.models.field_map(kind)[old][1], new)
        anki.models.update_dict(kind)
