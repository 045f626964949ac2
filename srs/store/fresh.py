"""Which chapters look otherwise than when they were last read: seen by their files' stamps alone."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from srs.deck import ChapterFile, DeckFolder
from srs.deck.reading import READING
from srs.store.lots import AT_ONCE
from srs.store.marks import read_order, read_stamps
from srs.store.query import ask_one
from srs.store.stamps import GONE, ChapterStamp

if TYPE_CHECKING:
    from srs.store.query import Reads


def changed_files(connection: "Reads", folder: DeckFolder) -> tuple[list[ChapterFile], list[str]]:
    """Return the files that look otherwise than when they were last read, and the paths that are gone."""
    stamps = read_stamps(connection, folder.deck.namespace)
    here = {path_of(file, folder): file for file in folder.files}
    other = [file for path, file in here.items() if stamps.get(path) != stamp_of(file, folder)]
    return other, [path for path, stamp in stamps.items() if path not in here and stamp.size != GONE]


def order_changed(connection: "Reads", folder: DeckFolder) -> bool:
    """Whether a deck says another order of study than the one that its notes were put in."""
    return read_order(connection, folder.deck.namespace) != folder.deck.order


def may_be_lost(connection: "Reads", decks: Collection[str]) -> bool:
    """Whether a note with a history may have left the text of these decks, or stands in a deck that is not here."""
    return bool(ask_one(connection, "lost", decks=list(decks) if len(decks) <= AT_ONCE else []))


def stamp_of(file: ChapterFile, folder: DeckFolder) -> ChapterStamp:
    """Return how a chapter looks now."""
    # A nanosecond for each change of the rules by which chapters are read: one read by other rules looks changed.
    return ChapterStamp(path_of(file, folder), file.size, file.mtime_ns + READING)


def path_of(file: ChapterFile, folder: DeckFolder) -> str:
    """Return the path of a chapter within its deck."""
    return file.file.relative_to(folder.deck.root).as_posix()
