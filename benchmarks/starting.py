"""From the command to the first card on the screen, and to the day at a glance."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pexpect

from benchmarks.collection import bring_up, fill, write_deck
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
    # An installed program has its bytecode beside it, and a learner types no moment.
    environment = {**os.environ, "TERM": "xterm-256color"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    shown: list[pexpect.spawn[bytes]] = []  # kept until all is timed: a child that is let go of is closed

    def first_card() -> None:
        command = ["-m", "srs", "--decks", str(place / "decks"), "--db", str(place / "srs.db"), "review"]
        child = pexpect.spawn(sys.executable, command, env=environment, timeout=60, dimensions=(24, 80))
        child.expect("show answer")
        child.kill(signal.SIGKILL)  # a clean end would be timed with it, and so would what pexpect waits for at a close
        shown.append(child)

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
