"""What notes, cards, decks and tags are called in Anki; knows nothing of what they show.

Progress on phones hangs on these names: the same deck text gets the same names for ever.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from unicodedata import normalize

import genanki

from srs.characters import without_controls
from srs.deck import Chapter, Deck, Kind
from srs.deck.values import BACK

_SEPARATOR_COLONS = re.compile(r"::+|^:|:$")
_LEAST_DECK_ID, _DECK_IDS = 1 << 30, 1 << 30


def note_guid(namespace: str, note_id: str, kind: Kind) -> str:
    """Return the guid by which Anki knows a note again, whatever its text says.

    Where the note type is another, so is the guid: Anki cannot turn a note of one into a note of another.
    The parts are joined by `/`, which stands in no namespace and no id, so no two notes share a guid.
    """
    path = f"{namespace}/{note_id}"
    return str(genanki.guid_for(f"{path}/{kind}" if kind in {Kind.CLOZE, Kind.BOTH} else path))


def card_ord(kind: Kind, part: str) -> int | None:
    """Return the place of a part's card among its siblings in Anki, or `None` if it cannot have one.

    The place follows from the number in the text, never from the order, so that no card takes over another's
    history: the whole note is 0, step `c3` is 3, cloze `c3` is 2, the way back 1. A step without a number has no place.
    """
    if kind is Kind.CLOZE:
        return int(part[1:]) - 1
    if not part:
        return 0
    if kind is Kind.BOTH:
        return 1
    return int(part[1:]) if part.startswith("c") else None


def part_at(kind: Kind, place: int) -> str:
    """Return the part whose card has a place among its siblings: the opposite of `card_ord`."""
    if kind is Kind.CLOZE:
        return f"c{place + 1}"
    if kind is Kind.BOTH:
        return BACK if place else ""
    return f"c{place}" if place else ""


def deck_name(deck: Deck, chapter: Chapter) -> str:
    """Return the name of a chapter's deck in Anki: `deck::chapter`; colons that would nest further are widened."""
    return "::".join(_deck_component(name) for name in (deck.name, chapter.title))


def deck_id(name: str) -> int:
    """Return a deck's id: stable, and one for all spellings that Anki takes for the same name."""
    digest = sha256(normalize("NFC", name).casefold().encode()).digest()
    return _LEAST_DECK_ID + int.from_bytes(digest[:8]) % _DECK_IDS


def tag_list(tags: Iterable[str]) -> str:
    """Return tags as Anki stores them, between spaces; a space within a tag becomes `_`."""
    words = ["_".join(without_controls(tag).split()) for tag in tags]
    return f" {' '.join(word for word in words if word)} "


@lru_cache(maxsize=4096)  # a deck has far fewer chapters than notes
def _deck_component(name: str) -> str:
    return _SEPARATOR_COLONS.sub(lambda colons: "：" * len(colons[0]), without_controls(name).strip())
