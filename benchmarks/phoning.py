"""There and back with progress: `srs export anki --with-progress` and `srs import anki`, as they are typed."""

from __future__ import annotations

import time
from itertools import count, islice
from statistics import median
from typing import TYPE_CHECKING

from anki.collection import Collection, ExportAnkiPackageOptions, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from benchmarks.collection import START, TODAY, bring_up, fill, write_deck
from benchmarks.timing import Ran, Row, peak_row, ran
from srs.due import milliseconds
from srs.history import LogLine, Review, horizon
from srs.history.force import InForce
from srs.scheduler import Grade
from srs.store.log import merge
from srs.store.opening import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOTES = 50_000
ANSWERS = 20  # a note
_ROUNDS, _SMALL = 3, 0.1  # below that scale a run only shows that all runs
_AGAIN, _MORE = 100, 1_000  # answers given between two exports, and between two imports


def rows(place: Path, scale: float) -> list[Row]:
    """Export a collection with all its reviews, as Anki does from its own; then import as many both ways."""
    notes = int(NOTES * scale)
    what = f"{notes:,} notes with {notes * ANSWERS:,} reviews"
    write_deck(place / "decks" / "bench", notes)
    with open_store(str(place / "empty.db")) as store:
        bring_up(store, place / "decks")
    (place / "srs.db").write_bytes((place / "empty.db").read_bytes())
    with open_store(str(place / "srs.db")) as store:
        fill(store, notes, ANSWERS)
    rounds = 1 if scale < _SMALL else _ROUNDS
    return [*_exporting(place, what, notes, rounds), *_importing(place, f"{notes * ANSWERS:,} reviews", notes)]


def _exporting(place: Path, what: str, notes: int, rounds: int) -> list[Row]:
    """Export for the first time, and again whenever 100 answers more were given."""
    first = _export(place, "first")
    collection = Collection(str(place / "collection.anki2"))
    _take(collection, place / "first.apkg")
    ours, theirs, moments = list[Ran](), list[float](), _moments()
    for _ in range(rounds):
        _answer(place, moments, notes, _AGAIN)
        ours.append(_export(place, "again"))
        theirs.append(_seconds_of_anki(collection, place / "anki.apkg"))
    collection.close()
    anki = median(theirs)
    named = f"exporting {what}"
    again = f"{named}, again with {_AGAIN} answers more"
    return [
        Row(f"{named}, for the first time", "Anki's own exporter", first.seconds, anki, 1.5),
        Row(again, "Anki's own exporter", median(each.seconds for each in ours), anki, 0.8),
        peak_row(f"{named}, for the first time", first.peak, place / "srs.db"),
        peak_row(again, max(each.peak for each in ours), place / "srs.db"),
    ]


def _importing(place: Path, what: str, notes: int) -> list[Row]:
    """Import what was exported into a store that has the decks alone, and the same with 1,000 answers more."""
    _export(place, "one")
    _answer(place, _moments(10_000_000), notes, _MORE)
    _export(place, "two")
    collection = Collection(str(place / "back.anki2"))
    named = f"importing {what}"
    more = f"the same file with {_MORE:,} more"
    found, memories = list[Row](), list[Row]()
    for file, called, aim in (("one", named, 1), ("two", f"{named}, then {more}", 0.1)):
        ours = _srs(place, "empty.db", "import", "anki", str(place / f"{file}.apkg"))
        began = time.perf_counter()
        _take(collection, place / f"{file}.apkg")
        theirs = time.perf_counter() - began
        found.append(Row(called, "Anki importing the same package", ours.seconds, theirs, aim))
        memories.append(peak_row(called, ours.peak, place / "empty.db"))
    collection.close()
    return [*found, *memories]


def _export(place: Path, file: str) -> Ran:
    return _srs(place, "srs.db", "export", "anki", "--with-progress", "--output", str(place / f"{file}.apkg"))


def _srs(place: Path, store: str, *words: str) -> Ran:
    """Run a command on a store of the place, in the morning on which the histories end."""
    return ran(place, "--db", str(place / store), "--now", "2026-12-01 09:00", *words)


def _moments(begin: int = 0) -> Iterator[int]:
    """Yield moments of the last day, each later than the one before; those of two calls stay apart."""
    return count(milliseconds(START) - 40_000_000 + begin, 97)


def _answer(place: Path, moments: Iterator[int], notes: int, number: int) -> None:
    """Give so many answers to as many cards, as far as there are cards, as another computer would have given them."""
    with open_store(str(place / "srs.db")) as store, store.writing() as connection:
        lines = [
            LogLine("bench", f"n{at % notes}", Review(at, TODAY, Grade.GOOD, 4000)) for at in islice(moments, number)
        ]
        merge(connection, lines, InForce(), horizon(milliseconds(START)))


def _seconds_of_anki(collection: Collection, file: Path) -> float:
    options = ExportAnkiPackageOptions(with_scheduling=True, with_media=True, legacy=True)
    began = time.perf_counter()
    collection.export_anki_package(out_path=str(file), options=options, limit=None)
    return time.perf_counter() - began


def _take(collection: Collection, file: Path) -> None:
    options = ImportAnkiPackageOptions(with_scheduling=True)
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(file), options=options))
