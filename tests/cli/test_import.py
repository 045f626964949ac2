"""`srs import`: what it takes and what it says; what comes back is tested with the exchange itself."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from anki.collection import ExportAnkiPackageOptions, NoteIdsLimit
from anki.decks import DeckId

from tests.exporters.anki.phone import Phone
from tests.learner import MILE, SEA

if TYPE_CHECKING:
    from pathlib import Path

    from tests.learner import Learner


def test_a_package_of_ours_brings_nothing_new(sailor: Learner) -> None:
    """However often it is imported."""
    package = sailor.home / "ship.apkg"
    sailor.srs("answer", "mile", "4")
    sailor.srs("export", "anki", "-o", package, "--with-progress")
    for _ in range(2):
        said = sailor.srs("import", "anki", package)
        assert said == "0 reviews added, 1 known already\n0 cards due on another day now\n"
    assert sailor.progress() == {"mile": (1, "2026-12-02")}


def test_a_package_brings_its_reviews_to_an_empty_store(sailor: Learner) -> None:
    package = sailor.home / "ship.apkg"
    sailor.srs("answer", "mile", "4")
    sailor.srs("export", "anki", "-o", package, "--with-progress")
    sailor.store.unlink()
    said = sailor.srs("import", "anki", package)
    assert said == "1 review added, 0 known already\n1 card due on another day now\n"
    assert sailor.progress() == {"mile": (1, "2026-12-02")}


def test_notes_of_a_deck_that_is_not_here_are_counted(sailor: Learner) -> None:
    package = sailor.home / "ship.apkg"
    sailor.srs("export", "anki", "-o", package)
    (sailor.decks / "ship").rename(sailor.home / "elsewhere")
    sailor.write("boat/oars.md", "## Oars? {#oars}\n\nTwo.\n")
    sailor.store.unlink()
    refused = sailor.types("import", "anki", package)
    assert refused.code == 1
    assert refused.err == (
        f"srs: {package} is an Anki package with 3 notes of decks that are not here; nothing was taken;"
        " bring the decks here, and import again: `srs config` says where decks are looked for\n"
    )


def test_a_package_of_somebody_else_is_told_apart(sailor: Learner) -> None:
    """What it holds, and what could be done with it."""
    phone = Phone(sailor.home)
    for word in ("gato", "perro"):
        phone.add("Spanish", Front=word)
    refused = sailor.types("import", "anki", phone.export(sailor.home / "spanish.apkg"))
    assert (refused.code, refused.out) == (1, "")
    assert "is an Anki package with 2 notes that srs did not export (Basic: 2); nothing was taken" in refused.err
    assert "`srs new` makes one, `srs add` adds notes" in refused.err
    refused = sailor.types("import", "anki", phone.export(sailor.home / "old.apkg", legacy=True))
    assert "(Basic: 2); nothing was taken" in refused.err


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"front\tback\n", "text"),
        (b"", "empty"),
        (b"SQLite format 3\0more", "a database, such as Anki keeps for itself"),
        (b"\x89PNG\r\n\0", "a file of other data"),
    ],
)
def test_a_file_that_is_no_package_is_told_for_what_it_is(sailor: Learner, data: bytes, what: str) -> None:
    file = sailor.home / "notes.apkg"
    file.write_bytes(data)
    refused = sailor.types("import", "anki", file)
    assert refused.code == 1
    assert f"{file} is {what}, not an Anki package; export one with File › Export in Anki" in refused.err


def test_what_the_phone_did_with_notes_is_named(sailor: Learner) -> None:
    """Added, deleted and suspended ones, each with its heading, and with its line where it has one."""
    phone = carried(sailor)
    model = phone.collection.models.by_name("srs")
    assert model
    note = phone.collection.new_note(model)
    note["Id"], note["Prompt"] = "mine", "Which <b>wind</b>?"
    phone.collection.add_note(note, phone.collection.decks.id("Ship") or DeckId(1))
    phone.add("Ship", Front="a <b>boom</b>")
    phone.add("Ship::My own", Back="a keel")
    phone.add("Spanish", Front="gato")
    phone.collection.sched.suspend_cards([phone.card("red", 1).id])
    phone.collection.remove_notes([phone.note("mile").id])
    said = sailor.srs("import", "anki", phone.export(sailor.home / "back.apkg"))
    sea = sailor.decks / "ship" / "sea.md"
    added = (
        "added in Anki, not here: 3 notes; to keep them, `srs add` or a chapter\n  Which wind?\n  a boom\n  a keel\n"
    )
    assert added in said
    assert added in sailor.srs("import", "anki", phone.export(sailor.home / "old.apkg", legacy=True))
    assert "no longer in Anki, or not yet: 1 note; the next export brings them (back)" in said
    assert f"{sea}:13: mile: How long is a mile?\n" in said
    assert f"suspended in Anki alone: 1 card; `srs suspend CARD` does it here as well\n{sea}:19: red/c2: " in said
    assert "left out: 1 note of another kind\n" in said
    sailor.srs("suspend", "red/c2")
    assert "suspended in Anki" not in sailor.srs("import", "anki", sailor.home / "back.apkg")


def carried(sailor: Learner) -> Phone:
    """Export, and return a phone that has it."""
    sailor.srs("export", "anki", "-o", sailor.home / "ship.apkg")
    phone = Phone(sailor.home)
    phone.open(sailor.home / "ship.apkg")
    return phone


@pytest.mark.parametrize("form", ["package", "collection"])
def test_what_is_gone_from_anki_is_stale_no_longer(sailor: Learner, form: str) -> None:
    """Shown by a whole collection or by a package of the deck; while the note stands there, it stays on the list."""
    phone = carried(sailor)
    back = sailor.home / ("back.apkg" if form == "package" else "back.colpkg")
    write = phone.export if form == "package" else phone.backup
    sailor.write("ship/sea.md", SEA.replace(MILE, ""))
    sailor.srs("export", "anki", "-o", sailor.home / "ship.apkg")
    assert "gone from Anki" not in sailor.srs("import", "anki", write(back))
    assert "  mile: How long is a mile?" in sailor.srs("export", "anki", "--stale")
    phone.collection.remove_notes([phone.note("mile").id])
    assert "1 note that left the decks: gone from Anki, too\n" in sailor.srs("import", "anki", write(back))
    assert "no note that left" in sailor.srs("export", "anki", "--stale")
    assert "left earlier" not in sailor.srs("export", "anki", "--dry-run")


def test_a_package_of_some_notes_says_nothing_of_the_others(sailor: Learner) -> None:
    """One note of three is not the deck; nor is somebody else's collection, which knows none."""
    phone = carried(sailor)
    sailor.write("ship/sea.md", SEA.replace(MILE, ""))
    sailor.write("ship/more.md", "## A? {#a}\n\nA.\n\n## B? {#b}\n\nB.\n\n## C? {#c}\n\nC.\n")
    sailor.srs("export", "anki", "-o", sailor.home / "ship.apkg")
    phone.open(sailor.home / "ship.apkg")
    limit = NoteIdsLimit([phone.note("a").id])
    options = ExportAnkiPackageOptions(with_scheduling=True)
    phone.collection.export_anki_package(out_path=str(sailor.home / "some.apkg"), options=options, limit=limit)
    said = sailor.srs("import", "anki", sailor.home / "some.apkg")
    assert "no longer in Anki" not in said
    phone.collection.remove_notes(phone.collection.find_notes("note:srs*"))
    assert sailor.types("import", "anki", phone.backup(sailor.home / "theirs.colpkg")).code == 1
    assert "  mile: How long is a mile?" in sailor.srs("export", "anki", "--stale")


def change(package: Path, *statements: str) -> None:
    """Run statements on the collection in a package."""
    with closing(sqlite3.connect(":memory:")) as collection:
        with zipfile.ZipFile(package) as archive:
            collection.deserialize(archive.read("collection.anki2"))
        for statement in statements:
            collection.execute(statement)
        collection.commit()
        with zipfile.ZipFile(package, "w") as archive:
            archive.writestr("collection.anki2", collection.serialize())


def test_what_was_edited_is_written_only_if_asked_for(sailor: Learner) -> None:
    file = sailor.home / "ship.apkg"
    sailor.srs("export", "anki", "-o", file)
    change(file, "UPDATE notes SET flds = replace(flds, '1852', '1853'), mod = mod + 1")
    text = sailor.decks / "ship" / "sea.md"
    for options, word, metres in (((), "--apply", "1852"), (("--apply",), "(written)", "1853")):
        assert word in sailor.srs("import", "anki", file, *options)
        assert f"{metres} metres." in text.read_text(encoding="utf-8")


# At 14:00 UTC it is the same study day from Honolulu to Auckland.
ANSWERED = """\
INSERT INTO revlog SELECT 1779976800000, c.id, 0, 3, 1, 1, {}, 2000, {} FROM cards c JOIN notes n ON n.id = c.nid
WHERE n.flds LIKE '{}' || char(31) || '%' AND c.ord = {}"""


@pytest.mark.parametrize(
    ("ease", "kind", "origin", "due"),
    [(0, 3, "anki-cram", None), (2500, 3, "anki", "2026-05-29")],
    ids=["cram", "test"],
)
def test_what_a_filtered_deck_asked_to_no_end_is_a_drill(
    sailor: Learner, ease: int, kind: int, origin: str, due: str | None
) -> None:
    file = sailor.home / "ship.apkg"
    sailor.srs("export", "anki", "-o", file)
    change(file, ANSWERED.format(ease, kind, "mile", 0))
    assert "1 review added" in sailor.srs("import", "anki", file)
    assert json.loads(sailor.srs("log", "export", "-"))["from"] == origin
    assert sailor.progress() == {"mile": (1, due)}


def test_an_answer_to_a_step_that_is_no_longer_in_the_text_is_kept(sailor: Learner) -> None:
    """It waits for the text, even in a store that never saw it."""
    file = sailor.home / "ship.apkg"
    sailor.srs("export", "anki", "-o", file)
    change(file, ANSWERED.format(2500, 1, "anchor", 3))
    sailor.edit("ship/sea.md", "3. Make fast {#c3}\n", "")
    sailor.store.unlink()
    said = sailor.srs("import", "anki", file)
    assert "1 review kept for cards whose text is not in the decks now\n" in said
    sailor.edit("ship/sea.md", "2. Let go {#c2}\n", "2. Let go {#c2}\n3. Make fast {#c3}\n")
    assert sailor.progress() == {"anchor/c3": (1, "2026-05-29")}


def test_what_cannot_be_imported_is_said(sailor: Learner) -> None:
    words = sailor.home / "words.apkg"
    words.write_text("Dear diary", encoding="utf-8")
    for format_, file, code, said in (
        ("csv", words, 2, "no format 'csv' to import; it takes anki"),
        ("anki", sailor.home / "nowhere.apkg", 1, "nowhere.apkg cannot be read: no such file or directory"),
        ("anki", words, 1, "words.apkg"),
    ):
        outcome = sailor.types("import", format_, file)
        assert (outcome.code, outcome.out, said in outcome.err) == (code, "", True)
        assert outcome.err.count("\n") == 1
