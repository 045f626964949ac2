"""Whatever a note is called by and by, Anki has it once: real exports, imported into the real Anki each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.exporters.anki.phone import Phone
from tests.learner import Learner

if TYPE_CHECKING:
    from pathlib import Path

BARE = "## How long is a mile?\n\n1852 metres.\n\n## How to moor?\n\n1. Heave\n2. Haul\n"
MILE = "## How long is a mile? {#mile}\n\n1852 metres.\n"
DEEP = "## How long is a fathom? {#deep}\n\nSix feet.\n"
OARS = "## Oars? {#oars}\n\nTwo.\n"
NONE_STALE = "no note that left the decks still stands in Anki, as far as is known\n"


@pytest.fixture
def phone(tmp_path: Path) -> Phone:
    """A phone without a note."""
    return Phone(tmp_path)


def carried(learner: Learner, phone: Phone, *options: str) -> str:
    """Export, import into Anki, and return what the export said."""
    said = learner.srs("export", "anki", "-o", learner.home / "x.apkg", *options)
    phone.open(learner.home / "x.apkg", with_progress=True)
    return said


def headings(phone: Phone) -> list[str]:
    """Return the headings of all notes in Anki."""
    return sorted(phone.collection.get_note(note)["Prompt"] for note in phone.collection.find_notes("Id:_*"))


def answered(learner: Learner, phone: Phone, package: str = "back.apkg") -> str:
    """Answer two cards on the phone, and import that here."""
    phone.review(3, 3)
    return learner.srs("import", "anki", phone.export(learner.home / package))


def test_ids_written_after_an_export_double_nothing(learner: Learner, phone: Phone) -> None:
    """By `check --fix` and by `export --fix`, and without an answer, too; reviews come home to the new ids."""
    learner.write("ship/sea.md", BARE)
    carried(learner, phone)
    learner.srs("check", "--fix")
    assert "0 new, 2 updated, 0 unchanged" in carried(learner, phone)
    assert headings(phone) == ["How long is a mile?", "How to moor?"]
    assert learner.srs("export", "anki", "--stale") == NONE_STALE
    assert "2 reviews added" in answered(learner, phone)
    assert sum(card["reviews"] for card in learner.cards().values()) == 2


def test_fixed_while_exporting(learner: Learner, phone: Phone) -> None:
    learner.write("ship/sea.md", BARE)
    carried(learner, phone)
    assert "0 new, 2 updated, 0 unchanged" in carried(learner, phone, "--fix")
    assert headings(phone) == ["How long is a mile?", "How to moor?"]
    assert "0 new, 0 updated, 2 unchanged" in carried(learner, phone)


@pytest.mark.parametrize("practised", [True, False])
def test_an_id_renamed_by_hand_and_adopted(learner: Learner, phone: Phone, *, practised: bool) -> None:
    """Twice over; before the adoption the old one is told as stale, and after it nothing is."""
    learner.write("ship/sea.md", MILE)
    carried(learner, phone)
    if practised:
        learner.srs("answer", "mile", "4")
    for old, new in (("mile", "league"), ("league", "sea-mile")):
        learner.write("ship/sea.md", MILE.replace("#mile", f"#{new}"))
        learner.srs("sync")
        assert "  mile: How long" in learner.srs("export", "anki", "--stale") or old != "mile"
        learner.srs("adopt", old, new)
        assert learner.srs("export", "anki", "--stale") == NONE_STALE
        assert "0 new, 1 updated, 0 unchanged" in carried(learner, phone)
        assert headings(phone) == ["How long is a mile?"]
    assert phone.note("sea-mile")["Answer"] == "<p>1852 metres.</p>"
    phone.review(3)
    assert "1 review added" in learner.srs("import", "anki", phone.export(learner.home / "back.apkg"))
    assert learner.cards()["sea-mile"]["reviews"] == 1 + practised


def test_an_adoption_after_the_doubled_export(learner: Learner, phone: Phone) -> None:
    """Exported under the new name before it adopted the old one: the second note is the stale one then."""
    learner.write("ship/sea.md", MILE)
    carried(learner, phone)
    learner.write("ship/sea.md", MILE.replace("#mile", "#league"))
    carried(learner, phone)
    assert len(headings(phone)) == 2
    learner.now = "2026-12-02 09:00"
    learner.srs("adopt", "mile", "league")
    carried(learner, phone)
    said = learner.srs("export", "anki", "--stale")
    assert "1 note no longer in the decks" in said
    words = said.split("search Anki's browser for\n")[1].split("\n")[0]
    found = phone.collection.find_notes(words)
    assert len(found) == 1
    phone.collection.remove_notes(found)
    assert headings(phone) == ["How long is a mile?"]
    assert "0 new, 0 updated, 1 unchanged" in carried(learner, phone)
    assert headings(phone) == ["How long is a mile?"]


@pytest.mark.parametrize("first", ["boat", "zebra"])
def test_a_note_moved_to_another_deck_and_adopted(learner: Learner, phone: Phone, first: str) -> None:
    learner.write("ship/sea.md", MILE + "\n" + OARS)
    carried(learner, phone)
    learner.write("ship/sea.md", OARS)
    learner.write(f"{first}/deck.toml", f'name = "Other"\nnamespace = "{first}"\n')
    learner.write(f"{first}/sea.md", MILE)
    learner.srs("adopt", "ship:mile", f"{first}:mile")
    said = carried(learner, phone)
    assert "0 new" in said
    assert "belongs to" in said
    assert headings(phone) == ["How long is a mile?", "Oars?"]
    assert learner.srs("export", "anki", "--stale") == NONE_STALE
    phone.review(3, 3)
    assert "reviews added" in learner.srs("import", "anki", phone.export(learner.home / "back.apkg"))
    assert learner.cards()["mile"]["reviews"] + learner.cards()["oars"]["reviews"] == 2
    assert "0 new, 0 updated, 1 unchanged" in carried(learner, phone, "--deck", first)


def test_a_basic_note_that_was_renamed_and_became_a_cloze(learner: Learner, phone: Phone) -> None:
    """Its history goes on in the new card; the old note in Anki is told as stale, and its reviews still come home."""
    learner.write("ship/sea.md", MILE)
    learner.srs("answer", "mile", "4")
    carried(learner, phone, "--with-progress")
    learner.write("ship/sea.md", "## How long is a mile? {#league}\n\n{{c1::1852}} metres.\n")
    learner.srs("sync")
    learner.srs("adopt", "mile", "league/c1")
    said = carried(learner, phone, "--with-progress")
    assert "1 note no longer in the decks, but still in Anki" in said
    (cloze,) = phone.collection.find_cards('"note:srs cloze"')
    assert phone.collection.get_card(cloze).reps == 1
    assert learner.cards()["league/c1"]["reviews"] == 1


def test_a_second_computer_with_the_log_and_the_text(learner: Learner, phone: Phone, tmp_path: Path) -> None:
    """It never exported a thing, yet it updates what the first one gave to Anki, and takes home the reviews of that."""
    learner.write("ship/sea.md", BARE)
    learner.write("ship/old.md", DEEP)
    carried(learner, phone)
    learner.srs("check", "--fix")
    learner.write("ship/old.md", DEEP.replace("#deep", "#fathom"))
    learner.srs("sync")
    learner.srs("adopt", "deep", "fathom")
    learner.srs("log", "export", learner.home / "log.jsonl")
    second = Learner(tmp_path / "second", learner.capture)
    second.home.mkdir()
    (learner.decks).rename(second.decks)
    second.now = "2026-12-03 09:00"
    second.srs("log", "merge", learner.home / "log.jsonl")
    carried(second, phone)
    assert len(headings(phone)) == 3
    assert "2 reviews added" in answered(second, phone)
    assert sum(card["reviews"] for card in second.cards().values()) == 2
    assert second.srs("export", "anki", "--stale") == NONE_STALE


def test_a_note_that_moved_twice_is_known_in_its_last_deck_alone(learner: Learner, phone: Phone) -> None:
    """It was exported under each of its names in turn; an export of the last deck knows what Anki was given."""
    learner.write("ship/sea.md", MILE)
    carried(learner, phone)
    for old, new in (("ship", "boat"), ("boat", "raft")):
        learner.write(f"{old}/sea.md", OARS.replace("oars", f"{old}-oars"))
        learner.write(f"{new}/sea.md", MILE)
        learner.srs("adopt", f"{old}:mile", f"{new}:mile")
        assert "0 new, 0 updated, 1 unchanged" in carried(learner, phone, "--deck", new)
    assert headings(phone) == ["How long is a mile?"]


def test_both_directions_under_another_name_on_a_second_computer(learner: Learner, phone: Phone) -> None:
    """A store that never exported knows the note by the guid of its first name; it tells of the note by its new id."""
    text = "## Port? {#port .both}\n\nLeft.\n"
    learner.write("ship/sea.md", text)
    carried(learner, phone)
    learner.write("ship/sea.md", text.replace("#port", "#larboard"))
    learner.srs("adopt", "port", "larboard")
    learner.srs("log", "export", learner.home / "log.jsonl")
    learner.store.unlink()
    learner.srs("log", "merge", learner.home / "log.jsonl")
    phone.collection.sched.suspend_cards([phone.card("port", 1).id])
    phone.review(3)
    said = learner.srs("import", "anki", phone.export(learner.home / "back.apkg"))
    assert "1 review added" in said
    assert f"{learner.decks / 'ship' / 'sea.md'}:1: larboard/back: Port?" in said
    assert learner.cards()["larboard"]["reviews"] == 1
