"""What leaves the house: notes written out for other programs.

Every exporter takes values and a path. None of them knows the store, the clock, randomness or the screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from srs.deck import Chapter, Deck, Note

__all__ = ["ExportNote"]


@dataclass(frozen=True, slots=True)
class ExportNote:
    """A note with the chapter and the deck it stands in.

    `changed_at`: epoch seconds at which anything shown with this note last changed: its own text, an image in
    it, or its chapter's tags or source. A program that already holds the note keeps its copy unless this moves.
    """

    deck: Deck
    chapter: Chapter
    note: Note
    changed_at: int
