"""`srs import`: what it takes and what it says; what comes back is tested with the exchange itself."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    assert "left out: 3 notes of decks that are not here" in sailor.srs("import", "anki", package)


def test_what_was_edited_is_written_only_if_asked_for(sailor: Learner) -> None:
    file = sailor.home / "ship.apkg"
    sailor.srs("export", "anki", "-o", file)
    with closing(sqlite3.connect(":memory:")) as collection:
        with zipfile.ZipFile(file) as archive:
            collection.deserialize(archive.read("collection.anki2"))
        collection.execute("UPDATE notes SET flds = replace(flds, '1852', '1853'), mod = mod + 1")
        collection.commit()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("collection.anki2", collection.serialize())
    text = sailor.decks / "ship" / "sea.md"
    for options, word, metres in (((), "--apply", "1852"), (("--apply",), "(written)", "1853")):
        assert word in sailor.srs("import", "anki", file, *options)
        assert f"{metres} metres." in text.read_text(encoding="utf-8")


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
