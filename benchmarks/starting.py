"""From the command to the first card on the screen."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pexpect

from benchmarks.collection import bring_up, fill, write_deck
from benchmarks.timing import Row, medians
from srs.store.opening import open_store

if TYPE_CHECKING:
    from pathlib import Path


def rows(place: Path, scale: float) -> list[Row]:
    """Open a review in a terminal, and import only the two packages that it cannot do without."""
    notes = int(10_000 * scale)
    write_deck(place / "decks" / "bench", notes)
    with open_store(str(place / "srs.db")) as store:
        bring_up(store, place / "decks")
        fill(store, notes // 2)
    options = ["--decks", str(place / "decks"), "--db", str(place / "srs.db"), "--now", "2026-12-01 09:00"]
    environment = os.environ | {"TERM": "xterm-256color"}

    def first_card() -> None:
        child = pexpect.spawn(
            sys.executable, ["-m", "srs", *options, "review"], env=environment, timeout=60, dimensions=(24, 80)
        )
        child.expect("show answer")
        child.close(force=True)

    def imports() -> None:
        subprocess.run([sys.executable, "-c", "import sqlmodel, typer"], check=True)

    what = f"first card on the screen, {notes:,} cards"
    return [Row(what, "importing sqlmodel and typer alone", *medians(first_card, imports, 7), aim=1.5)]
