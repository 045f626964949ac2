"""Deck text: found, read, checked and given ids; knows no store, no screen and no clock."""

from srs.deck.check import ReadDeck, read_deck, read_decks
from srs.deck.folder import ChapterFile, DeckFolder, Folders, find_decks
from srs.deck.note import note_from_text
from srs.deck.reading import read_file
from srs.deck.values import Chapter, Deck, Kind, Note, Place, Step, card_id, split_card_id

__all__ = [
    "Chapter",
    "ChapterFile",
    "Deck",
    "DeckFolder",
    "Folders",
    "Kind",
    "Note",
    "Place",
    "ReadDeck",
    "Step",
    "card_id",
    "find_decks",
    "note_from_text",
    "read_deck",
    "read_decks",
    "read_file",
    "split_card_id",
]
