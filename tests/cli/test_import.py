"""`srs import`: what it takes and what it says; what comes back is tested with the exchange itself."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

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
    assert "left out: 3 notes of decks that are not here" in sailor.srs("import", "anki", package)


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
