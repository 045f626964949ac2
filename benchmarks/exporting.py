"""`srs export anki` as it is typed, against a program of bare genanki that is handed the same fields."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from statistics import median

from benchmarks.collection import bring_up, write_deck
from benchmarks.timing import Ran, Row, peak_row, ran, ran_program
from srs.store.exported import last_exports
from srs.store.opening import open_store

_ROUNDS, _SMALL = 3, 0.1  # below that scale a run only shows that all runs
_THEIRS = "a program of bare genanki, given the fields"
_BARE = Path(__file__).with_name("bare_genanki.py")


def rows(place: Path, scale: float) -> list[Row]:
    """Export the same notes for the first time, again, and by genanki, by turns."""
    notes = int(10_000 * scale)
    write_deck(place / "decks" / "bench", notes)
    with open_store(str(place / "new.db")) as new:
        bring_up(new, place / "decks")
    first, again, theirs = list[Ran](), list[Ran](), list[Ran]()
    for number in range(1 if scale < _SMALL else _ROUNDS):
        # A first export happens to a store but once.
        shutil.copyfile(place / "new.db", place / f"{number}.db")
        first.append(_export(place, f"{number}.db"))
        if not number:
            _write_fields(place)
        again.append(_export(place, "0.db"))
        theirs.append(ran_program(place, str(_BARE), str(place / "fields.json"), str(place / "bare.apkg")))
    what = f"`srs export anki` of {notes:,} notes"
    genanki = median(each.seconds for each in theirs)
    found = list[Row]()
    for called, runs, aim in ((f"{what}, for the first time", first, 3), (f"{what}, again", again, 1.2)):
        found.append(Row(called, _THEIRS, median(each.seconds for each in runs), genanki, aim))
        found.append(peak_row(called, max(each.peak for each in runs), place / "0.db"))
    return found


def _export(place: Path, store: str) -> Ran:
    return ran(place, "--db", str(place / store), "export", "anki", "--output", str(place / "ours.apkg"))


def _write_fields(place: Path) -> None:
    with open_store(str(place / "0.db")) as store, store.reading() as connection:
        fields = [each.record.fields for each in last_exports(connection, ["bench"]).values()]
    (place / "fields.json").write_text(json.dumps(fields, ensure_ascii=False), encoding="utf-8")
