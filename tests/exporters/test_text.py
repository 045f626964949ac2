"""Anki's text import of our text: the same notes, by guid, in the same decks, with their tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anki.collection import ImportCsvRequest

from exporters.text import write
from tests.exporters.anki.phone import Phone, exported, write_notes

if TYPE_CHECKING:
    from pathlib import Path

NOTES = (
    "## 多久不再弹？ {#snooze}\n\n3 天，\t“真的”。\n\n> 太久会忘。",
    "## 按哪几步走？ {#steps}\n\n1. 算账 {#c1}\n2. 分层 {#c2}",
    "## 灰度？ {#pilot}\n\n在 {{c1::10%}} 的用户中，{{c2::留存}} 下滑。\n\n第二段。",
)


def take(phone: Phone, file: Path) -> None:
    """Import a text file with what it says of itself."""
    metadata = phone.collection.get_csv_metadata(path=str(file), delimiter=None)
    phone.collection.import_csv(ImportCsvRequest(path=str(file), metadata=metadata))


def test_text_brings_the_notes_of_a_package(tmp_path: Path) -> None:
    phone = Phone(tmp_path)
    notes = exported(*NOTES)
    write_notes(tmp_path / "types.apkg", notes)
    phone.open(tmp_path / "types.apkg")
    before = {guid: (fields, tags) for guid, fields, tags in phone.rows("SELECT guid, flds, tags FROM notes")}
    cards = phone.rows("SELECT count(*), min(did), max(did) FROM cards")
    phone.collection.remove_notes(phone.collection.find_notes(""))
    assert write(tmp_path / "notes.txt", notes) == 3
    take(phone, tmp_path / "notes.txt")
    assert {guid: (fields, tags) for guid, fields, tags in phone.rows("SELECT guid, flds, tags FROM notes")} == before
    assert phone.rows("SELECT count(*), min(did), max(did) FROM cards") == cards


def test_text_of_a_changed_note_updates_it(tmp_path: Path) -> None:
    phone = Phone(tmp_path)
    phone.take(exported(*NOTES))
    write(tmp_path / "notes.txt", exported(NOTES[0].replace("3 天", "5 天")))
    take(phone, tmp_path / "notes.txt")
    assert phone.note("snooze")["Answer"] == "<p>5 天，\t“真的”。</p>"
    assert len(phone.collection.find_notes("")) == 3
