"""Exports to Anki as `srs export anki` does them, against bare genanki on the same fields and Anki's own exporter."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from typing import TYPE_CHECKING

import genanki
from anki.collection import Collection, ExportAnkiPackageOptions, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from benchmarks.collection import START, bring_up, write_deck
from benchmarks.timing import Row, medians
from exporters.anki.note_types import ORDINARY_FIELDS
from srs.collection.exporting import export_anki
from srs.deck import find_decks
from srs.store.exports import last_exports
from srs.store.opening import open_store
from srs.store.values import Choice

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from srs.store.opening import Store

_ROUNDS = 5
_BENCH = Choice(("bench",))


def rows(place: Path, scale: float) -> list[Row]:
    """Export the same notes for the first time, again, by genanki and by Anki."""
    notes = int(10_000 * scale)
    write_deck(place / "decks" / "bench", notes)
    decks = {folder.deck.namespace: folder.deck for folder in find_decks(place / "decks")[0]}

    def export(store: Store) -> None:
        export_anki(store, decks, _BENCH, START, output=place / "ours.apkg")

    with ExitStack() as stack:
        with open_store(str(place / "new.db")) as new:
            bring_up(new, place / "decks")
        stores = [stack.enter_context(open_store(str(_copy(place, number)))) for number in range(2 * _ROUNDS + 1)]
        old, *fresh = stores
        export(old)
        with old.reading() as connection:
            fields = [each.record.fields for each in last_exports(connection, _BENCH.decks).values()]
        collection = Collection(str(place / "collection.anki2"))
        package = ImportAnkiPackageRequest(package_path=str(place / "ours.apkg"), options=ImportAnkiPackageOptions())
        collection.import_anki_package(package)

        def anki() -> None:
            collection.export_anki_package(
                out_path=str(place / "anki.apkg"),
                options=ExportAnkiPackageOptions(with_media=True, legacy=True),
                limit=None,
            )

        def by_genanki() -> None:
            _genanki(place, fields)

        first, again = f"exporting {notes:,} notes, for the first time", f"exporting {notes:,} notes, again"
        genanki_too, theirs = "bare genanki, given the fields", "Anki's own exporter"
        return [
            Row(first, genanki_too, *medians(lambda: export(fresh.pop()), by_genanki, _ROUNDS), aim=1.5),
            Row(first, theirs, *medians(lambda: export(fresh.pop()), anki, _ROUNDS), aim=1),
            Row(again, genanki_too, *medians(lambda: export(old), by_genanki, _ROUNDS), aim=1.5),
            Row(again, theirs, *medians(lambda: export(old), anki, _ROUNDS), aim=1),
        ]


def _copy(place: Path, number: int) -> Path:
    """Copy the store that has exported nothing yet: a first export happens to a store but once."""
    copy = place / f"{number}.db"
    shutil.copyfile(place / "new.db", copy)
    return copy


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
