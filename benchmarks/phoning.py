"""There and back with progress, as `srs export anki --with-progress` and `srs import anki` do it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from anki.collection import Collection, ExportAnkiPackageOptions, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from benchmarks.collection import ANSWERS_A_CARD, START, bring_up, fill, write_deck
from benchmarks.timing import Row, medians
from srs.collection.exporting import export_anki
from srs.collection.importing import import_anki
from srs.collection.rules import Leeches, Rules
from srs.deck import find_decks
from srs.due import milliseconds, moment_of
from srs.history.force import InForce
from srs.store.opening import open_store
from srs.store.values import Choice

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from srs.deck import Deck
    from srs.store.opening import Store


def rows(place: Path, scale: float) -> list[Row]:
    """Export a collection with all its reviews, as Anki does from its own; then import twice as many both ways."""
    exports = _exporting(place / "out", int(50_000 * scale))
    return [*exports, _importing(place / "back", int(100_000 * scale))]


def _exporting(place: Path, notes: int) -> list[Row]:
    write_deck(place / "decks" / "bench", notes)
    with open_store(str(place / "srs.db")) as store:
        bring_up(store, place / "decks")
        fill(store, notes // 5)
        began = time.perf_counter()
        _export(store, place)
        first = time.perf_counter() - began
        collection = _take(place)

        def anki() -> None:
            options = ExportAnkiPackageOptions(with_scheduling=True, with_media=True, legacy=True)
            collection.export_anki_package(out_path=str(place / "anki.apkg"), options=options, limit=None)

        again, theirs = medians(lambda: _export(store, place), anki, 3)
    collection.close()
    what = f"exporting {notes:,} notes with progress and {notes // 5 * ANSWERS_A_CARD:,} reviews"
    return [
        Row(f"{what}, for the first time", "Anki's own exporter", first, theirs, aim=1),
        Row(f"{what}, again", "Anki's own exporter", again, theirs, aim=1),
    ]


def _importing(place: Path, notes: int) -> Row:
    write_deck(place / "decks" / "bench", notes)
    with open_store(str(place / "full.db")) as store:
        bring_up(store, place / "decks")
        fill(store, notes)
        _export(store, place)
    with open_store(str(place / "empty.db")) as store:
        bring_up(store, place / "decks")
        began = time.perf_counter()
        _import(store, place)
        ours = time.perf_counter() - began
    began = time.perf_counter()
    _take(place).close()
    theirs = time.perf_counter() - began
    return Row(f"importing {notes * ANSWERS_A_CARD:,} reviews", "Anki importing the same package", ours, theirs)


def _export(store: Store, place: Path) -> None:
    export_anki(store, _decks(place), Choice(("bench",)), START, output=place / "ours.apkg", force=InForce())


def _import(store: Store, place: Path) -> None:
    def day_of(at: int) -> date:
        return moment_of(at).date()

    rules = Rules(InForce(), Leeches(), min)
    file = place / "ours.apkg"
    import_anki(store, _decks(place), file, rules, milliseconds(START), day_of, apply=False, refusal=lambda _: "")


def _decks(place: Path) -> dict[str, Deck]:
    return {folder.deck.namespace: folder.deck for folder in find_decks(place / "decks")[0]}


def _take(place: Path) -> Collection:
    collection = Collection(str(place / "collection.anki2"))
    options = ImportAnkiPackageOptions(with_scheduling=True)
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(place / "ours.apkg"), options=options))
    return collection
