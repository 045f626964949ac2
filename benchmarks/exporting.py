"""Writing an Anki package, against bare genanki on the same fields and against Anki's own exporter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import genanki
from anki.collection import Collection, ExportAnkiPackageOptions, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from benchmarks.collection import write_deck
from benchmarks.timing import Row, medians
from exporters import ExportNote
from exporters.anki import write_package
from exporters.anki.fields import note_fields
from exporters.anki.note_types import ORDINARY_FIELDS
from srs.deck import read_decks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_CHANGED_AT = 1_790_000_000


def rows(place: Path, scale: float) -> list[Row]:
    """Write the same notes three ways."""
    write_deck(place / "decks" / "bench", int(10_000 * scale))
    (deck,), _ = read_decks(place / "decks")
    notes = [
        ExportNote(deck.folder.deck, chapter, note, _CHANGED_AT) for chapter in deck.chapters for note in chapter.notes
    ]
    fields = [note_fields(note, str) for note in notes]
    write_package(place / "ours.apkg", notes)
    collection = Collection(str(place / "collection.anki2"))
    package = ImportAnkiPackageRequest(package_path=str(place / "ours.apkg"), options=ImportAnkiPackageOptions())
    collection.import_anki_package(package)

    def ours() -> None:
        write_package(place / "ours.apkg", notes)

    def anki() -> None:
        collection.export_anki_package(
            out_path=str(place / "anki.apkg"),
            options=ExportAnkiPackageOptions(with_media=True, legacy=True),
            limit=None,
        )

    what = f"exporting {len(notes):,} notes"
    by_genanki = Row(what, "bare genanki, the same fields", *medians(ours, lambda: _genanki(place, fields)), aim=1.5)
    by_anki = Row(what, "Anki's own exporter", *medians(ours, anki), aim=1)
    collection.close()
    return [by_genanki, by_anki]


def _genanki(place: Path, fields: Sequence[Sequence[str]]) -> None:
    model = genanki.Model(
        1_607_392_319,
        "Bench",
        fields=[{"name": name} for name in ORDINARY_FIELDS],
        templates=[{"name": "Whole", "qfmt": "{{Prompt}}", "afmt": "{{Prompt}}<hr>{{Answer}}"}],
    )
    deck = genanki.Deck(2_059_400_110, "Bench")
    for number, row in enumerate(fields):
        deck.add_note(genanki.Note(model=model, fields=list(row), guid=f"bench{number}"))
    genanki.Package(deck).write_to_file(str(place / "genanki.apkg"))
