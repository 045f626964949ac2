"""What a store knows of the files beside it: how chapters looked, and how far the history folder was read."""

from typing import TYPE_CHECKING

from srs.history.folder import Mark
from srs.store.query import ask, ask_one
from srs.store.stamps import ChapterStamp

if TYPE_CHECKING:
    from srs.store.query import Reads

FOLDER = "history"
"""The name of the folder whose lines a store takes."""
OWN_FILE = "history file of "
"""The name of the file that a computer writes in it stands under this and the computer's own name."""

LIBRARY_SAID = "library said by "
"""What a computer last said of the library of FSRS, and under which name, stands under this and its own name."""

WITH_PROGRESS = "exported with progress"
"""The decks (namespaces) that Anki was ever given with their progress stand under this, a line each."""


def read_stamps(connection: "Reads", deck: str) -> dict[str, ChapterStamp]:
    """Return how each chapter of a deck looked when it was last read, by its path."""
    return {row.path: ChapterStamp(row.path, row.size, row.mtime_ns) for row in ask(connection, "stamps", deck=deck)}


def read_order(connection: "Reads", deck: str) -> tuple[str, ...]:
    """Return the order of study that the positions of a deck's notes were made from."""
    found = ask_one(connection, "order", deck=deck)
    return tuple(found.split("\n")) if found else ()


def read_fact(connection: "Reads", name: str) -> str | None:
    """Return what a store knows of itself under a name."""
    found: str | None = ask_one(connection, "fact", name=name)
    return found


def read_marks(connection: "Reads") -> dict[str, Mark]:
    """Return how far the files of the history folder were read, by their names."""
    rows = ask(connection, "files")
    return {row.name: Mark(row.name, row.size, row.mtime_ns, row.stamp) for row in rows}
