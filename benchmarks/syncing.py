"""Bringing the store up to the decks: work grows with the change, not with the collection."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from benchmarks.collection import bring_up, write_deck
from benchmarks.timing import Row, medians
from srs.store.opening import open_store

if TYPE_CHECKING:
    from pathlib import Path


def rows(place: Path, scale: float) -> list[Row]:
    """Read everything once into new stores; between that, read again with nothing changed, and with one edit."""
    notes = int(10_000 * scale)
    decks = place / "decks"
    chapter = write_deck(decks / "bench", notes)
    text = chapter.read_text(encoding="utf-8")
    numbers = count()

    def first() -> None:
        with open_store(str(place / f"new{next(numbers)}.db")) as store:
            bring_up(store, decks)

    with open_store(str(place / "srs.db")) as kept:
        bring_up(kept, decks)

        def edited() -> None:
            chapter.write_text(text.replace("答案是", f"第 {next(numbers)} 次的答案是", 1), encoding="utf-8")
            bring_up(kept, decks)

        unchanged = medians(lambda: bring_up(kept, decks), first, 3)
        edit = medians(edited, first, 3)
    return [
        Row(f"sync of {notes:,} unchanged notes", "their first sync", *unchanged, aim=0.1),
        Row("sync with one note edited", "the first sync", *edit, aim=0.15),
    ]
