"""Deck text: found, read, checked and given ids; knows no store, no screen and no clock.

Each name is loaded when it is first used: who only wants to find the decks waits for no parser.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from srs.deck.check import ReadDeck as ReadDeck
    from srs.deck.check import read_deck as read_deck
    from srs.deck.check import read_decks as read_decks
    from srs.deck.folder import ChapterFile as ChapterFile
    from srs.deck.folder import DeckFolder as DeckFolder
    from srs.deck.folder import Folders as Folders
    from srs.deck.folder import find_decks as find_decks
    from srs.deck.note import note_from_text as note_from_text
    from srs.deck.reading import read_file as read_file
    from srs.deck.values import Chapter as Chapter
    from srs.deck.values import Deck as Deck
    from srs.deck.values import Kind as Kind
    from srs.deck.values import Note as Note
    from srs.deck.values import Place as Place
    from srs.deck.values import Step as Step
    from srs.deck.values import card_id as card_id
    from srs.deck.values import split_card_id as split_card_id

_FILES = {
    "check": ("ReadDeck", "read_deck", "read_decks"),
    "folder": ("ChapterFile", "DeckFolder", "Folders", "find_decks"),
    "note": ("note_from_text",),
    "reading": ("read_file",),
    "values": ("Chapter", "Deck", "Kind", "Note", "Place", "Step", "card_id", "split_card_id"),
}


def __getattr__(name: str) -> object:
    file = next((file for file, names in _FILES.items() if name in names), None)
    if file is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{file}"), name)
