"""Flashcards as plain text, an honest scheduler, and a history that is never lost.

As a library: open a collection, ask it what is due, answer, undo, export, read the log. Moments are handed in, aware
of the learner's zone. Each name is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from srs.collection.acting import Undone as Undone
    from srs.collection.collection import Collection as Collection
    from srs.collection.collection import open_collection as open_collection
    from srs.collection.exporting import export_anki as export_anki
    from srs.collection.importing import import_anki as import_anki
    from srs.collection.rules import Answered as Answered
    from srs.errors import SrsError as SrsError
    from srs.history import LogLine as LogLine
    from srs.scheduler import Answer as Answer
    from srs.scheduler import Grade as Grade
    from srs.scheduler import Memory as Memory
    from srs.scheduler import Sm2 as Sm2
    from srs.settings import Settings as Settings
    from srs.store.values import StoredCard as StoredCard

__version__ = "0.1.0"
_ROOMS = {
    "srs.collection.acting": ("Undone",),
    "srs.collection.rules": ("Answered",),
    "srs.collection.collection": ("Collection", "open_collection"),
    "srs.collection.exporting": ("export_anki",),
    "srs.collection.importing": ("import_anki",),
    "srs.errors": ("SrsError",),
    "srs.scheduler": ("Answer", "Grade", "Memory", "Sm2"),
    "srs.settings": ("Settings",),
    "srs.store.values": ("StoredCard",),
    "srs.history": ("LogLine",),
}


def __getattr__(name: str) -> object:
    room = next((room for room, names in _ROOMS.items() if name in names), None)
    if room is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(room), name)
