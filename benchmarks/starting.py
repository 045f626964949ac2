"""From the command to the first card on the screen, and to the day at a glance."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
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
    options = ["--decks", str(place / "decks"), "--db", str(place / "srs.db")]
    # An installed program has its bytecode beside it, and a learner types no moment.
    environment = {**os.environ, "TERM": "xterm-256color"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def shown(sign: str, *words: str) -> None:
        command = ["-m", "srs", *options, *words]
        child = pexpect.spawn(sys.executable, command, env=environment, timeout=60, dimensions=(24, 80))
        child.expect(sign)
        child.close(force=True)

    def imports() -> None:
        subprocess.run([sys.executable, "-c", "import sqlmodel, typer"], check=True, env=environment)

    imported = "importing sqlmodel and typer alone"
    screens = (("first card on the screen", "show answer", "review"), ("`srs` alone", "Next:"))
    return [
        Row(f"{what}, {notes:,} cards", imported, *medians(partial(shown, sign, *words), imports, 7), aim=0.6)
        for what, sign, *words in screens
    ]
