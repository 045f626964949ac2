"""Deck text as the store knows it, and a change of it to be written: plain values, so that a plan can be pure."""

from msgspec import Struct

from srs.deck import Chapter
from srs.store.stamps import ChapterStamp


class KnownCard(Struct, frozen=True):
    """A card's row, its id, and whether it is retired."""

    key: int
    name: str
    retired: bool


class KnownNote(Struct, frozen=True):
    """A note's row, with what its chapter gives to it, and its cards, retired ones included.

    `outline`: it is an outline, of which there is no card, and its text stood there last time.
    """

    key: int
    name: str
    path: str
    text: str
    tags: tuple[str, ...]
    source: str
    cards: tuple[KnownCard, ...]
    outline: bool = False


class Rename(Struct, frozen=True):
    """The row of a note or a card whose text names it otherwise now."""

    key: int
    old: str
    new: str


class CardPut(Struct, frozen=True):
    """A card to be written with its place in its note; `key` is empty for one that is new."""

    name: str
    place: int
    key: int | None


class NotePut(Struct, frozen=True):
    """A note to be written with its cards; `key` is empty for one that is new, `changed` if its content differs.

    `tags` are its own; by `position` it is studied (`srs.deck.ordering`).
    """

    name: str
    key: int | None
    path: str
    line: int
    kind: str
    text: str
    changed: bool
    cards: tuple[CardPut, ...]
    tags: tuple[str, ...] = ()
    position: int = 0


class TextChange(Struct, frozen=True):
    """Everything that reading a deck again changes in the store; `chapters` with the stamps of their files.

    `renamed_notes` and `renamed_cards` are rows that get another name; `adopted` are cards whose new name has a row of
    its own already. `retired` are numbers of cards; `gone` are paths of chapters whose files are no more;
    `gone_outlines` are numbers of notes.
    """

    deck: str
    chapters: tuple[tuple[Chapter, ChapterStamp], ...]
    notes: tuple[NotePut, ...]
    renamed_notes: tuple[Rename, ...] = ()
    renamed_cards: tuple[Rename, ...] = ()
    adopted: tuple[Rename, ...] = ()
    retired: tuple[int, ...] = ()
    gone: tuple[str, ...] = ()
    gone_outlines: tuple[int, ...] = ()
