"""What was made of a note is kept until the way of making it changes: then RENDERING has to be raised."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from exporters import ExportNote
from exporters.anki.fields import RENDERING, note_fields
from srs.deck import read_decks

GOLDEN = Path(__file__).resolve().parents[2] / "data" / "decks" / "good"
MADE = {1: "2cfde8c901107350"}


def test_the_golden_decks_are_made_into_the_same_fields() -> None:
    """If this fails on purpose: raise RENDERING, and note the new digest under it."""
    digest = sha256()
    for folder in sorted(GOLDEN.iterdir()):
        decks, _ = read_decks(folder)
        for deck in decks:
            placed = replace(deck.folder.deck, root=Path())
            for chapter in deck.chapters:
                for note in chapter.notes:
                    fields = note_fields(ExportNote(placed, chapter, note, 0), lambda address: address)
                    digest.update("\x1f".join(fields).encode("utf-8", "surrogatepass"))
    assert MADE[RENDERING] == digest.hexdigest()[:16]
