"""From the command to the first card on the screen, and to the day at a glance."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

from benchmarks.collection import bring_up, fill, write_deck
from benchmarks.sitting import review
from benchmarks.timing import Row, medians
from srs.store.opening import open_store

IMPORTS = "importing sqlmodel and typer alone"
DECKS = Path(__file__).resolve().parents[1] / "decks"


def rows(place: Path, scale: float) -> list[Row]:
    """Open a review in a terminal and run what only reads, and import only the two packages that all cannot do without.

    The first card comes out of a large collection; the others are run on the interview deck, half of it answered.
    """
    notes = int(10_000 * scale)
    write_deck(place / "decks" / "bench", notes)
    for name, decks, answered in (("srs.db", place / "decks", notes // 2), ("interview.db", DECKS, 200)):
        with open_store(str(place / name)) as store:
            bring_up(store, decks)
            fill(store, answered)
    environment = dict(os.environ)  # an installed program has its bytecode beside it, and a learner types no moment
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def first_card() -> None:
        with review(place):
            pass

    def run(*words: str) -> None:
        command = [sys.executable, "-m", "srs", "--decks", str(DECKS), "--db", str(place / "interview.db"), *words]
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)

    def imports() -> None:
        subprocess.run([sys.executable, "-c", "import sqlmodel, typer"], check=True, env=environment)

    commands: tuple[list[str], ...] = ([], ["cards"], ["show", "e1-tension"], ["stats"])
    return [
        Row(f"first card on the screen, {notes:,} cards", IMPORTS, *medians(first_card, imports, 7), aim=0.6),
        *(
            Row(
                f"`{' '.join(['srs', *words])}`{'' if words else ' alone'}, on the interview deck",
                IMPORTS,
                *medians(partial(run, *words), imports, 7),
                aim=1.1 if words else 0.6,
            )
            for words in commands
        ),
    ]
